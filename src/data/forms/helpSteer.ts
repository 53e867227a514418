// HelpSteer3: context, response1, response2 and overall_preference from -3 to 3, negative for response1.
import type { Form } from "./form.ts";
import { hasColumn, messagesOf, optionalOf, valueOf } from "./rowValues.ts";
import { verdictOfScale } from "./verdictWords.ts";

export const helpSteer: Form = {
  name: "HelpSteer3",
  needs: ["context", "response1", "response2"],
  matches: (row) => helpSteer.needs.every((column) => hasColumn(row, column)),
  read: (row) => {
    const response = (column: string) =>
      messagesOf(row, valueOf(row, column), { role: "assistant", name: column });
    return {
      kind: "pair",
      prompt: messagesOf(row, valueOf(row, "context"), { role: "user", name: "context" }),
      a: response("response1"),
      b: response("response2"),
      verdict: verdictOfScale(optionalOf(row, "overall_preference"), "overall_preference"),
    };
  },
};
