// Which version of the program this is.
import { readFileSync } from "node:fs";

/** Of package.json, which lies above dist both in a checkout and in the extension. */
export function version(): string {
  const file = new URL("../package.json", import.meta.url);
  return String((JSON.parse(readFileSync(file, "utf8")) as { version: unknown }).version);
}
