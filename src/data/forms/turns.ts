// Where the prompt ends and the responses begin. Forms that repeat the conversation in both responses and
// forms that give it once must come out the same, or one pair would have two ids.
import { trimBlanks, type Message } from "../../core/pair.ts";
import type { FormPair } from "./form.ts";

/** The pair with a prompt that its responses repeat taken out, and turns common to both moved into the prompt. */
export function foldCommonTurns(pair: FormPair): FormPair {
  const repeated = startsWith(pair.a, pair.prompt) && startsWith(pair.b, pair.prompt);
  const skip = repeated ? pair.prompt.length : 0;
  const a = pair.a.slice(skip);
  const b = pair.b.slice(skip);
  // Each response keeps at least its last turn, so equal responses stay responses.
  const most = Math.min(a.length, b.length) - 1;
  let common = 0;
  while (common < most && sameTurn(a[common]!, b[common]!)) common++;
  if (skip + common === 0) return pair;
  return {
    ...pair,
    prompt: [...pair.prompt, ...a.slice(0, common)],
    a: a.slice(common),
    b: b.slice(common),
  };
}

/** Whether the messages begin with all of the prompt's and hold more. */
function startsWith(messages: readonly Message[], prompt: readonly Message[]): boolean {
  return messages.length > prompt.length && prompt.every((turn, i) => sameTurn(turn, messages[i]!));
}

function sameTurn(a: Message, b: Message): boolean {
  return a.role === b.role && trimBlanks(a.content) === trimBlanks(b.content);
}
