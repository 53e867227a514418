// Prodigy choice: text and two options, A the canonical first. A tie accepts both, both bad is a rejected
// task with nothing accepted.
import type { Winner } from "../../core/pair.ts";
import { prodigy as readBy } from "../forms/prodigy.ts";
import {
  losesNothing,
  originOf,
  plainText,
  preferenceLeavesOut,
  refusePlain,
  type ExportForm,
} from "./exportForm.ts";

export const prodigyChoice: ExportForm = {
  name: "prodigy",
  readBy,
  leavesOut: preferenceLeavesOut,
  refuse: refusePlain,
  loses: losesNothing,
  write: (row) => ({
    text: plainText(row.pair.prompt),
    options: [
      { id: "A", text: plainText(row.pair.first) },
      { id: "B", text: plainText(row.pair.second) },
    ],
    accept: accepted[row.winner],
    answer: row.winner === "both-bad" ? "reject" : "accept",
    _view_id: "choice",
    // "single" could not show a tie.
    config: { choice_style: "multiple" },
    ...originOf(row),
  }),
};

const accepted: Readonly<Record<Winner, readonly string[]>> = {
  first: ["A"],
  second: ["B"],
  tie: ["A", "B"],
  "both-bad": [],
};
