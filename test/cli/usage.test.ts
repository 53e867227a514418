// Wrong usage ends with 2 and says what is right; nothing goes to stdout and nothing is written.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plainRows, ssrm, writeRows } from "../support/command.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-usage-"));
  writeRows(join(folder, "d.jsonl"), plainRows(20, "u"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const mistakes: readonly (readonly [line: string, expected: RegExp])[] = [
  ["rnu d.jsonl", /unknown command "rnu": did you mean ssrm run\?/],
  ["evaluate d.jsonl", /unknown command "evaluate": expected run, score, eval/],
  ["labels exprot", /unknown command "labels exprot": did you mean ssrm labels export\?/],
  ["labels", /expected ssrm labels export or ssrm labels import/],
  ["run d.jsonl --thresold 0.9", /unknown option --thresold: did you mean --threshold\?/],
  ["run d.jsonl --lables x", /unknown option --lables: did you mean --labels\?/],
  ["run d.jsonl --zzz", /unknown option --zzz: expected --labels, /],
  ["run d.jsonl -s 1", /unknown option -s/],
  ["run d.jsonl --threshold 1.5", /--threshold: expected a number from 0.5 to 1, got "1.5"/],
  ["run d.jsonl --threshold 0.3", /--threshold: expected a number from 0.5 to 1/],
  ["run d.jsonl --threshold -1", /--threshold: expected a number from 0.5 to 1, got "-1"/],
  ["run d.jsonl --threshold=high", /--threshold: expected a number .*"high"/],
  ["run d.jsonl --iterations 2.5", /--iterations: expected a whole number from 0 to 100/],
  ["run d.jsonl --iterations -1", /--iterations: expected a whole number from 0 to 100/],
  ["run d.jsonl --seed -1", /--seed: expected a whole number from 0 up/],
  ["run d.jsonl --seed 0x10", /--seed: expected a whole number from 0 up, got "0x10"/],
  ["run d.jsonl --seed-count 0", /--seed-count: expected a whole number from 1 up/],
  ["run d.jsonl --seed-fraction 0", /--seed-fraction: expected a number above 0 and at most 1/],
  ["run d.jsonl --seed-fraction 1.1", /--seed-fraction: expected a number above 0 and at most 1/],
  ["run d.jsonl --l2 0", /--l2: expected auto, or a number above 0/],
  [
    "run d.jsonl --confidence callibrated",
    /--confidence: expected raw or calibrated.*did you mean calibrated\?/,
  ],
  ["run d.jsonl --start again", /--start: expected restart or continue, got "again"/],
  ["run d.jsonl --keep worst", /--keep: expected last or best/],
  ["run d.jsonl --provider gpu", /--provider: expected auto, cpu, webgpu or cuda/],
  ["run d.jsonl --depth deep", /--depth: expected head, lora or full/],
  ["run d.jsonl --objective dpo", /--objective: expected bradley-terry or pairwise/],
  ["run d.jsonl --threshold", /--threshold: expected a value .*got nothing/],
  ["run d.jsonl --threshold --json", /--threshold: expected a value .*got the option --json/],
  ["run d.jsonl --json=yes", /--json takes no value/],
  ["run d.jsonl --seed 1 --seed 2", /--seed is given twice/],
  [
    "run d.jsonl --seed-count 5 --seed-fraction 0.5",
    /expected --seed-fraction or --seed-count, got both/,
  ],
  ["run", /expected DATA/],
  ["run d.jsonl", /--labels FILE.*--labeled FILE.*--seed-count N/],
  ["run d.jsonl --gold d.jsonl", /--labels FILE.*--labeled FILE.*--seed-count N/],
  ["run d.jsonl --seed-count 5 --model lexcal", /did you mean lexical\?/],
  ["run d.jsonl --seed-count 5 --model hub:a/b", /hub:a\/b.*training engine.*not in this version/],
  ["run d.jsonl --seed-count 5 --depth lora", /--depth lora needs the training engine/],
  ["run d.jsonl --seed-count 5 --objective pairwise", /pairwise needs the training engine/],
  ["run d.jsonl --seed-count 5 --provider cuda", /runs on the CPU: expected auto or cpu/],
  ["run --resume r --seed 1", /expected only --json beside it, got --seed/],
  ["run d.jsonl --resume r", /expected only --json beside it, got d.jsonl/],
  ["score d.jsonl", /expected --model RUN_OR_DIR/],
  ["score d.jsonl --model r --adapter a", /--adapter needs the training engine/],
  ["score d.jsonl --model r --json", /unknown option --json/],
  ["eval --model r", /expected DATA/],
  ["compare", /expected RUN/],
  ["baselines d.jsonl --out x", /unknown option --out/],
  ["baselines d.jsonl", /--labels FILE.*--labeled FILE/],
  ["labels export", /expected --run DIR, or DATA/],
  ["labels export d.jsonl", /expected --labels FILE/],
  ["labels export d.jsonl --run r", /expected no DATA/],
  ["labels export d.jsonl --labels l --selected", /expected --run DIR/],
  ["labels export d.jsonl --labels l --form prodgy", /did you mean prodigy\?/],
  ["labels import", /expected FILE/],
];

test.each(mistakes)("ssrm %s", (line, expected) => {
  const { status, stdout, stderr } = ssrm(folder, ...line.split(" "));
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  const [said, next, ...rest] = stderr.split("\n");
  expect(said).toMatch(expected);
  expect(next).toMatch(/^See ssrm .*--help$/);
  expect(rest).toEqual([""]);
});

test("nothing was written", () => {
  expect(readdirSync(folder)).toEqual(["d.jsonl"]);
});
