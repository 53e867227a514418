// The real preference pairs beside the checkout, where they are.
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/data");

/** Path of one of the shared data files; null where this machine does not have them. */
export function sharedData(name: string): string | null {
  const path = join(folder, name);
  return existsSync(path) ? path : null;
}
