// Copies of the sample project in temporary folders, and a larger one made from it.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sample = join(import.meta.dirname, "../../../media/sample");
const files = ["pairs.jsonl", "gold.jsonl", "test.jsonl"];

/** The sample as a new user has it, without any run. Remove it with `removeWorkspace`. */
export function sampleWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ssrm-workspace-")));
  for (const file of files) cpSync(join(sample, file), join(folder, file));
  mkdirSync(join(folder, ".ssrm"));
  for (const file of ["labels.jsonl", "project.json"]) {
    cpSync(join(sample, ".ssrm", file), join(folder, ".ssrm", file));
  }
  return folder;
}

/**
 * The sample with its pairs written many times over, each time with another prompt, so that a run takes long
 * enough to be interrupted.
 */
export function largeWorkspace(copies: number): string {
  const folder = sampleWorkspace();
  const rows = readFileSync(join(folder, "pairs.jsonl"), "utf8").trimEnd().split("\n");
  const more = Array.from({ length: copies }, (_, copy) =>
    rows.map((row) => {
      const values = JSON.parse(row) as Record<string, string>;
      return JSON.stringify({
        ...values,
        id: `${values["id"]}-${copy}`,
        prompt: `${values["prompt"]} (case ${copy})`,
      });
    }),
  );
  writeFileSync(join(folder, "pairs.jsonl"), `${[...rows, ...more.flat()].join("\n")}\n`);
  return folder;
}

export function removeWorkspace(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
