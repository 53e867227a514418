// What a person can say of a pair as a page shows it, A then B. Which of them is the canonical first only the
// host knows.

/** Seven degrees, and that neither response is any good. */
export const judgments = [
  "a-much",
  "a-better",
  "a-slightly",
  "tie",
  "b-slightly",
  "b-better",
  "b-much",
  "both-bad",
] as const;

export type Judgment = (typeof judgments)[number];

/** Everything that a key of the label page can mean. */
export const labelActions = [
  ...judgments,
  "skip",
  "flag",
  "rationale",
  "undo",
  "redo",
  "diff",
  "raw",
  "arrange",
  "guidelines",
  "keys",
] as const;

export type LabelAction = (typeof labelActions)[number];

/** The keys of each action, as KeyboardEvent.key names them, with "Ctrl+" and "Shift+" before where held. */
export type KeyMap = Readonly<Record<LabelAction, readonly string[]>>;
