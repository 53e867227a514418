/** What was asked for cannot be asked so: an option is missing or does not fit. The command exits with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
