// Waiting for a model's work where nobody watches its steps.

/** Runs the work to its end and gives its result. */
export async function finished<T>(work: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await work.next();
  while (!next.done) next = await work.next();
  return next.value;
}
