// What was asked of the host, as a value.
import type { Answer } from "./state.ts";

/** The answer or why there is none; never rejects. */
export async function answerOf<T>(promise: Promise<T>): Promise<Exclude<Answer<T>, Waiting>> {
  try {
    return { is: "there", value: await promise };
  } catch (error) {
    return { is: "failed", reason: reasonOf(error) };
  }
}

type Waiting = { readonly is: "waiting" };

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
