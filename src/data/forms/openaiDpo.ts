// OpenAI DPO (also Azure, Together, Fireworks): input.messages, preferred_output, non_preferred_output.
import { RowError, describeValue } from "../dataError.ts";
import type { Form } from "./form.ts";
import { hasColumn, messagesOf, objectOf, own, valueOf } from "./rowValues.ts";

export const openaiDpo: Form = {
  name: "OpenAI DPO",
  needs: ["input", "preferred_output", "non_preferred_output"],
  matches: (row) => openaiDpo.needs.every((column) => hasColumn(row, column)),
  read: (row) => {
    const messages = own(objectOf(valueOf(row, "input")), "messages");
    if (messages === null) {
      throw new RowError(
        `"input": expected {messages: [...]}, got ${describeValue(valueOf(row, "input"))}`,
      );
    }
    const output = (column: string) =>
      messagesOf(row, valueOf(row, column), { role: "assistant", name: column });
    return {
      kind: "pair",
      prompt: messagesOf(row, messages, { role: "user", name: "input.messages" }),
      a: output("preferred_output"),
      b: output("non_preferred_output"),
      verdict: "a",
    };
  },
};
