// What the page says where it has no pair, and the one thing to do next.
import type { Nothing } from "../../protocol/page/labelPage.ts";

export const noProject: Nothing = {
  title: "No project yet",
  text: "Choose the file that holds your pairs; SSRM keeps your verdicts beside it.",
  action: { label: "New project from file", act: "new-project" },
};

export const virtualFolder: Nothing = {
  title: "This folder is on no disk",
  text: "Open it locally, or over Remote-SSH, WSL or a dev container, so that verdicts can be saved.",
  action: null,
};

/** project.json has a mistake, a file is missing, a run's data has changed. */
export function trouble(title: string, error: unknown): Nothing {
  return {
    title,
    text: error instanceof Error ? error.message : String(error),
    action: { label: "Show log", act: "log" },
  };
}

export const allLabeled: Nothing = {
  title: "No pair is left to label",
  text: "Each has a verdict, or was skipped twice. Run trains on the verdicts and says how far the model can be trusted.",
  action: { label: "Run", act: "run" },
};

export const noRun: Nothing = {
  title: "Nothing to review yet",
  text: "After the first model of a run, the pairs that it is unsure of come here. Label some pairs, then run.",
  action: { label: "Label pairs", act: "label" },
};

export const reviewed: Nothing = {
  title: "No pair waits for review",
  text: "Your verdicts enter the next iteration. Check next how right the pseudo-labels are.",
  action: { label: "Audit pseudo-labels", act: "audit" },
};

export const nothingSelected: Nothing = {
  title: "No pseudo-label to audit yet",
  text: "From its first iteration on, a run keeps the pseudo-labels that it is sure of; a sample of them comes here.",
  action: { label: "Open the dashboard", act: "dashboard" },
};

export const audited: Nothing = {
  title: "The whole sample is audited",
  text: "Your verdicts enter the next run, and the dashboard shows how right the pseudo-labels were.",
  action: { label: "Open the dashboard", act: "dashboard" },
};
