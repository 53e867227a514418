// Prompt and one response, for scoring alone.
import type { Form } from "./form.ts";
import { promptOf } from "./preference.ts";
import { hasColumn, messagesOf, valueOf } from "./rowValues.ts";

export const responses: Form = {
  name: "single responses",
  needs: ["prompt", "response"],
  matches: (row) => responses.needs.every((column) => hasColumn(row, column)),
  read: (row) => ({
    kind: "response",
    prompt: promptOf(row, valueOf(row, "prompt")),
    response: messagesOf(row, valueOf(row, "response"), { role: "assistant", name: "response" }),
  }),
};
