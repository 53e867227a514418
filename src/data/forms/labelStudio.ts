// Label Studio JSON: data, and annotations whose results of type pairwise say left or right. Cancelled
// annotations are skipped, predictions are the model's and never a label.
import { describeValue, RowError } from "../dataError.ts";
import type { Form, OwnVerdict } from "./form.ts";
import { readNamedResponses } from "./responseNames.ts";
import { listOf, objectOf, own, valueOf } from "./rowValues.ts";
import { majorityOf, verdictOf } from "./verdictWords.ts";

export const labelStudio: Form = {
  name: "Label Studio",
  needs: ["data"],
  matches: (row) => objectOf(valueOf(row, "data")) !== null,
  read: (row) => {
    const data = objectOf(valueOf(row, "data"));
    if (data === null) {
      throw new RowError(`"data": expected an object, got ${describeValue(valueOf(row, "data"))}`);
    }
    const annotations = listOf(valueOf(row, "annotations")) ?? [];
    const verdicts = annotations.flatMap((annotation) => verdictOfAnnotation(annotation) ?? []);
    return {
      ...readNamedResponses({ values: data, cells: row.cells }, "data."),
      verdict: majorityOf(verdicts),
    };
  },
};

function verdictOfAnnotation(annotation: unknown): OwnVerdict | null {
  if (own(annotation, "was_cancelled") === true) return null;
  for (const result of listOf(own(annotation, "result")) ?? []) {
    if (own(result, "type") === "pairwise") {
      return verdictOf(own(own(result, "value"), "selected"), "annotations.result.value.selected");
    }
  }
  return null;
}
