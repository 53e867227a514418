// The text that says what a good response is: Markdown beside the pairs, each verdict stamped with its version.
import { readFile } from "node:fs/promises";
import { sha256Hex } from "../../core/hash.ts";
import type { Guidelines } from "../../protocol/page/labelPage.ts";

/** Where the guidelines lie below .ssrm, unless project.json names another file. */
export const guidelinesName = "guidelines.md";

/** Beyond a book; the page would not be the place for it. */
const mostCharacters = 400_000;

/** The first 12 hex digits of the text's SHA-256. */
function guidelineVersion(markdown: string): string {
  return sha256Hex(markdown).slice(0, 12);
}

/** The guidelines in a file, null where there is none that can be read. */
export async function readGuidelines(path: string): Promise<Guidelines | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null || text.trim() === "") return null;
  return { markdown: text.slice(0, mostCharacters), version: guidelineVersion(text) };
}

/** What a new file of guidelines holds. */
export const guidelinesTemplate = `# How to judge

Say which response you would rather have got, for this prompt, as a whole.

- **Right before nice.** A correct plain answer beats a wrong polished one.
- **To the point.** Length is no merit; what is missing is a fault.
- **Much better**: hardly anybody would disagree. **Slightly**: you could live with the other.
- **Tie**: equally good. **Both bad**: neither should be given to anybody.
- **Skip** what you can't judge. Write a reason (R) where the choice was hard.
`;
