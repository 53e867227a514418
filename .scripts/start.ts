// `npm start`: builds, then makes an SSRM run of the sample project, or of the user's own files with
// `npm start -- FILE...`, and says what came out of it and how to go on in VS Code.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { QueueItem } from "../src/core/records.ts";
import { runInForeground } from "./child.mjs";

interface Job {
  /** The folder to open in VS Code; the run goes below its .ssrm/runs. */
  readonly folder: string;
  /** Arguments of `ssrm run`, paths relative to the folder. */
  readonly args: readonly string[];
  /** Held-out pairs with verdicts, judged per subset at the end. */
  readonly testFile: string | null;
  readonly introduction: string;
}

const root = dirname(import.meta.dirname);
const callersFolder = process.env["INIT_CWD"] ?? process.cwd();
const files = process.argv.slice(2);

await run([join(root, ".scripts/build.ts")], root);
const job = files.length === 0 ? sampleJob() : ownJob(files);
console.log(`\n${job.introduction}\n`);
const out = join(".ssrm/runs", `start-${new Date().toISOString().replace(/[-:]|\..*/g, "")}`);
await run([join(root, "dist/ssrm.mjs"), "run", ...job.args, "--out", out], job.folder);
if (job.testFile !== null) {
  console.log("\nWhere the model is right and where it only looks sure, on held-out pairs:\n");
  await run([join(root, "dist/ssrm.mjs"), "eval", job.testFile, "--model", out], job.folder);
}
sayWhatNext();

function sampleJob(): Job {
  const folder = join(root, "media/sample");
  const count = (file: string): number =>
    readFileSync(join(folder, file), "utf8").trimEnd().split("\n").length;
  const [first] = readFileSync(join(folder, "pairs.jsonl"), "utf8").split("\n", 1);
  const pair = JSON.parse(first ?? "{}") as Readonly<Record<string, string>>;
  return {
    folder,
    args: [
      "pairs.jsonl",
      ...["--labels", ".ssrm/labels.jsonl", "--gold", "gold.jsonl", "--test", "test.jsonl"],
    ],
    testFile: "test.jsonl",
    introduction: [
      `The sample: ${count("pairs.jsonl")} pairs of answers, ${count(".ssrm/labels.jsonl")} of them with a verdict. Verdicts`,
      "on the others are in gold.jsonl, for reporting only. The first pair:",
      `  prompt: ${pair["prompt"]}`,
      `       A: ${pair["response_a"]}`,
      `       B: ${pair["response_b"]}`,
    ].join("\n"),
  };
}

/**
 * Labels are those of label logs in the caller's folder; without one, a tenth of the file's own preferences
 * stands for the labels and the rest is hidden from training.
 */
function ownJob(given: readonly string[]): Job {
  const data = given.map((file) => resolve(callersFolder, file));
  for (const file of data) {
    if (!existsSync(file)) fail(`${file} is not there; expected a file with preference pairs.`);
  }
  const logs = globSync(".ssrm/labels*.jsonl", { cwd: callersFolder });
  const seed =
    logs.length > 0
      ? logs.flatMap((log) => ["--labels", log])
      : ["--seed-fraction", "0.1", "--seed", "0"];
  return {
    folder: callersFolder,
    args: [...data.map((file) => relative(callersFolder, file)), ...seed],
    testFile: null,
    introduction:
      logs.length > 0
        ? `Labels: ${logs.join(", ")}.`
        : "No label log in .ssrm here: 10 % of the preferences in your data are taken as the labeled seed\n" +
          "(drawn by prompt, seed 0); the others are hidden from training and used for reporting only.",
  };
}

function sayWhatNext(): void {
  const at = (path: string): string => relative(callersFolder, join(job.folder, path)) || ".";
  const queue = readFileSync(join(job.folder, out, "queue.jsonl"), "utf8").split("\n");
  const unsure = queue.filter((line) => line !== "").map((line) => JSON.parse(line) as QueueItem);
  const head = unsure.slice(0, 3).map(({ line, p }) => `row ${line} (p ${p.toFixed(3)})`);
  console.log(
    [
      "",
      `Report: ${at(join(out, "report.html"))}`,
      `Least sure of: ${head.join(", ")}; all ${unsure.length} in ${at(join(out, "queue.jsonl"))}`,
      "",
      `In this checkout \`ssrm\` is \`npm run --silent ssrm --\`; for these paths type it in the folder ${at("")}`,
      "",
      "The same folder in VS Code: pack the extension with `npm run package`, then",
      "  code --install-extension ssrm-studio-*.vsix",
      `  code ${at("")}`,
      'and run the command "SSRM: Run".',
    ].join("\n"),
  );
}

async function run(args: readonly string[], cwd: string): Promise<void> {
  const status = await runInForeground(process.execPath, args, cwd);
  if (status !== 0) process.exit(status);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
