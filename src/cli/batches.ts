// Rows some at a time, so that memory stays bounded whatever the file.

/** How many rows are scored together: enough that a batch's own cost does not show. */
const batchSize = 2000;

/** The items in order, at most 2,000 at a time. */
export async function* batchesOf<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[], void> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
