// Anthropic HH: chosen and rejected as two transcripts; the turns that they share are the prompt.
import type { Form } from "./form.ts";
import { kindOf, lacksPrompt, readPreference } from "./preference.ts";

export const hhTranscripts: Form = {
  name: "HH transcripts",
  needs: ["chosen", "rejected"],
  matches: (row) =>
    lacksPrompt(row) &&
    ["chosen", "rejected"].every((column) => kindOf(row, column) === "transcript"),
  read: readPreference,
};
