// Prompt, chosen and rejected, some as text and some as lists of messages: usually a conversation as prompt
// and plain responses.
import type { Form } from "./form.ts";
import { kindOf, lacksPrompt, readPreference } from "./preference.ts";

export const trlMixed: Form = {
  name: "TRL with messages and text mixed",
  needs: ["prompt", "chosen", "rejected"],
  matches: (row) =>
    !lacksPrompt(row) &&
    ["prompt", "chosen", "rejected"].every(
      (column) => !["absent", "other"].includes(kindOf(row, column)),
    ),
  read: readPreference,
};
