// Which files' pairs can be labeled from the list: a verdict on another pair would be counted among the labels
// and enter no run. No VS Code here.

/** Why the pairs of a file with this role in the project can't be labeled, with what to do; null where they can. */
export function whyNotLabeled(
  role: "data" | "labeled" | "gold" | "test" | null,
  name: string,
): string | null {
  switch (role) {
    case "data":
    case "labeled":
      return null;
    case "test":
      return `${name} is the test set, which judges the model, so its pairs are not labeled. Label pairs of the project's data.`;
    case "gold":
      return `${name} holds gold verdicts, which are for reporting only. Open the data file to label its pairs.`;
    case null:
      return `${name} is not data of a project yet, so no run would use a verdict on it. Choose "How it is read" and "Use this file" first.`;
  }
}
