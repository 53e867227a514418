// OpenAI DPO (also Azure, Together, Fireworks): input.messages, preferred_output, non_preferred_output.
import { openaiDpo as readBy } from "../forms/openaiDpo.ts";
import {
  losesNothing,
  preferenceLeavesOut,
  preferenceOf,
  refuseUndecided,
  type ExportForm,
  type LabeledRow,
} from "./exportForm.ts";

export const openaiDpo: ExportForm = {
  name: "openai-dpo",
  readBy,
  leavesOut: preferenceLeavesOut,
  refuse: (row) => refuseUndecided(row) ?? refuseMessages(row),
  loses: losesNothing,
  write: (row) => {
    const { chosen, rejected, origin } = preferenceOf(row);
    return {
      input: { messages: row.pair.prompt, tools: [], parallel_tool_calls: true },
      preferred_output: chosen,
      non_preferred_output: rejected,
      ...origin,
    };
  },
};

/** The service asks for a prompt, and for an assistant message in each output. */
function refuseMessages({ pair }: LabeledRow): string | null {
  if (pair.prompt.length === 0) return "it has no prompt";
  const hasAssistant = [pair.first, pair.second].every((response) =>
    response.some(({ role }) => role === "assistant"),
  );
  return hasAssistant ? null : "a response has no assistant message";
}
