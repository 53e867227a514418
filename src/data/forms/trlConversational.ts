// TRL conversational: prompt, chosen and rejected as lists of messages.
import type { Form } from "./form.ts";
import { kindOf, readPreference } from "./preference.ts";

export const trlConversational: Form = {
  name: "TRL conversational",
  needs: ["prompt", "chosen", "rejected"],
  matches: (row) =>
    ["prompt", "chosen", "rejected"].every((column) => kindOf(row, column) === "messages"),
  read: readPreference,
};
