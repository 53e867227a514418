// TRL implicit prompt: chosen and rejected alone, each of them prompt and response in one.
import type { Form } from "./form.ts";
import { kindOf, lacksPrompt, readPreference } from "./preference.ts";

export const trlImplicit: Form = {
  name: "TRL implicit prompt",
  needs: ["chosen", "rejected"],
  matches: (row) =>
    lacksPrompt(row) &&
    ["chosen", "rejected"].every((column) => !["absent", "other"].includes(kindOf(row, column))),
  read: readPreference,
};
