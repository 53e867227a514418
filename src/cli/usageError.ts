// Wrong usage of the command: exit 2. The engine throws errors of the same name for what only it can see.

/** A mistake in what was typed; the message says what was expected, what was got and what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether an error is about usage. By name: the other zones' own classes load only with them. */
export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && usageErrors.has(error.name);
}

const usageErrors: ReadonlySet<string> = new Set([
  "UsageError",
  // No source of labels, and a folder for a run that holds something: only the engine can see these.
  "NoLabelsError",
  "RunFolderError",
]);
