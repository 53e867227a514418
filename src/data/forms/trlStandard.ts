// TRL standard: prompt, chosen and rejected as text.
import type { Form } from "./form.ts";
import { kindOf, lacksPrompt, readPreference } from "./preference.ts";

export const trlStandard: Form = {
  name: "TRL standard",
  needs: ["prompt", "chosen", "rejected"],
  matches: (row) =>
    !lacksPrompt(row) &&
    ["prompt", "chosen", "rejected"].every((column) =>
      ["text", "transcript"].includes(kindOf(row, column)),
    ),
  read: readPreference,
};
