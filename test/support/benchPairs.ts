// A data file of a million pairs for benchmarks of pages: about 1.1 GB of short pairs, and chosen rows whose
// answers are 8 kB of Markdown each, as assistants write them.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";

/** What every long answer ends with, so that a page can be asked whether it shows all of it. */
export const endOfAnswer = "That is all of the answer.";

const filler = "the answer depends on what you mean by it and on how much time you have ".repeat(7);

/** Writes the file and answers its size in bytes; `long` are the rows, from 0, with 8 kB answers. */
export async function writeBenchPairs(
  path: string,
  { pairs, long }: { readonly pairs: number; readonly long: ReadonlySet<number> },
): Promise<number> {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 });
  let batch: string[] = [];
  for (let i = 0; i < pairs; i++) {
    const [a, b] = long.has(i)
      ? [longAnswer(`First ${i}`), longAnswer(`Second ${i}`)]
      : [`First ${i}. ${filler}`, `Second ${i}. ${filler}`];
    const prompt = `Question ${i}: what should I do about it?`;
    batch.push(JSON.stringify({ id: i, prompt, response_a: a, response_b: b }));
    if (batch.length < 1000 && i < pairs - 1) continue;
    if (!out.write(`${batch.join("\n")}\n`)) await once(out, "drain");
    batch = [];
  }
  out.end();
  await once(out, "finish");
  return (await stat(path)).size;
}

/** Headings, paragraphs, lists and code, at least 8,000 characters and hardly more. */
function longAnswer(name: string): string {
  const parts = [`## ${name}`];
  let length = parts[0]!.length;
  for (let i = 1; length < 8000 - endOfAnswer.length; i++) {
    const part = section(i).slice(0, 8000 - endOfAnswer.length - length);
    parts.push(part);
    length += part.length + 2;
  }
  return [...parts, endOfAnswer].join("\n\n");
}

function section(i: number): string {
  if (i % 6 === 3) {
    return [
      "- **first**, look at what is there",
      "- then `measure` it",
      "- *only then* change it",
    ].join("\n");
  }
  if (i % 6 === 5) {
    return ["```python", `def step_${i}(rows):`, "    total = sum(row.size for row in rows)", "    return total / max(len(rows), 1)", "```"].join("\n"); // prettier-ignore
  }
  return `${i}th thought: ${filler.slice(0, 380)}, with **care** and \`code_${i}\` in it.`;
}
