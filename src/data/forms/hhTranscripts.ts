// Anthropic HH: chosen and rejected as two transcripts; the turns that they share are the prompt.
import type { Form } from "../form.ts";
import { kindOf, readPreference } from "../preference.ts";

export const hhTranscripts: Form = {
  name: "HH transcripts",
  needs: ["chosen", "rejected"],
  matches: (row) =>
    kindOf(row, "prompt") === "absent" &&
    ["chosen", "rejected"].every((column) => kindOf(row, column) === "transcript"),
  read: readPreference,
};
