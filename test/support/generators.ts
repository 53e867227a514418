// Running generators to their end, where only the result, or only the events beside the steps, is asked for.
import type { SsrmEvent } from "../../src/learn/ssrm.ts";

/** What an asynchronous generator returns. */
export async function resultOf<T>(work: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await work.next();
  while (!next.done) next = await work.next();
  return next.value;
}

/** What a synchronous generator returns. */
export function returned<T>(work: Generator<unknown, T>): T {
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

export type MainEvent<Checkpoint> = Exclude<SsrmEvent<Checkpoint>, { readonly kind: "step" }>;

/** The loop's events without its steps. */
export async function mainEvents<Checkpoint>(
  events: AsyncGenerator<SsrmEvent<Checkpoint>, void>,
): Promise<MainEvent<Checkpoint>[]> {
  const kept: MainEvent<Checkpoint>[] = [];
  for await (const event of events) if (event.kind !== "step") kept.push(event);
  return kept;
}
