// Arena battles: conversation_a, conversation_b and winner; the turns that both share are the prompt.
import type { Form } from "./form.ts";
import { hasColumn, messagesOf, optionalOf, valueOf } from "./rowValues.ts";
import { verdictOf } from "./verdictWords.ts";

export const arena: Form = {
  name: "Arena battles",
  needs: ["conversation_a", "conversation_b"],
  matches: (row) => arena.needs.every((column) => hasColumn(row, column)),
  read: (row) => {
    const side = (column: string) =>
      messagesOf(row, valueOf(row, column), { role: "assistant", name: column });
    return {
      kind: "pair",
      prompt: [],
      a: side("conversation_a"),
      b: side("conversation_b"),
      verdict: verdictOf(optionalOf(row, "winner"), "winner"),
    };
  },
  idColumn: "question_id",
};
