// `ssrm doctor`: what works on this machine and why the rest does not; how data files are read.
import { openDataset } from "../data/dataset.ts";
import { diagnose } from "../engine/doctor.ts";
import { projectMapping } from "./openData.ts";
import type { doctorOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { absolute, cacheFolder } from "./places.ts";
import { print, printJson, tell } from "./terminal.ts";
import { version } from "./version.ts";

interface FileReport {
  readonly path: string;
  /** Null where the file can't be read at all; `error` says why. */
  readonly form: string | null;
  readonly format: string | null;
  readonly rows: number;
  readonly pairs: number;
  readonly responses: number;
  /** Pairs whose row carries a verdict: a preference, a tie, or both bad. */
  readonly verdicts: number;
  readonly ties: number;
  readonly bothBad: number;
  readonly skipped: number;
  readonly firstSkipped: readonly { readonly line: number; readonly reason: string }[];
  readonly error: string | null;
}

const shownBadRows = 10;

/** Exit 1 where the CPU does not work or a file can't be read; the report comes in any case. */
export async function doctorCommand({
  operands,
  values,
}: Arguments<typeof doctorOptions>): Promise<number> {
  const { runtime, providers } = await diagnose();
  const paths = absolute(operands);
  const mapping = paths.length === 0 ? null : await projectMapping(paths);
  const files: FileReport[] = [];
  for (const path of paths) files.push(await examine(path, mapping));
  const machine = {
    ssrm: version(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    runtime,
  };
  if (values.json) await printJson({ ...machine, providers, files });
  else {
    const lines = [
      `ssrm ${machine.ssrm}, Node ${machine.node}, ${machine.platform}, ${runtime}`,
      ...providers.map(({ provider, works, detail }) =>
        works ? `  ${provider}: works, ${detail}` : `  ${provider}: does not work. ${detail}`,
      ),
      ...files.flatMap(linesOf),
    ];
    await print(`${lines.join("\n")}\n`);
  }
  for (const { error } of files) if (error !== null) tell(`ssrm: ${error}`);
  const isWell = providers.some(({ provider, works }) => provider === "cpu" && works);
  return isWell && files.every(({ error }) => error === null) ? 0 : 1;
}

async function examine(
  path: string,
  mapping: Readonly<Record<string, string>> | null,
): Promise<FileReport> {
  const counts = { rows: 0, pairs: 0, responses: 0, verdicts: 0, ties: 0, bothBad: 0, skipped: 0 };
  const firstSkipped: { line: number; reason: string }[] = [];
  try {
    const dataset = await openDataset([path], {
      cacheDir: cacheFolder(),
      mapping,
      note: () => undefined,
    });
    try {
      for await (const row of dataset.rows()) {
        counts.rows++;
        if (row.kind === "bad") {
          counts.skipped++;
          if (firstSkipped.length < shownBadRows) {
            firstSkipped.push({ line: row.line, reason: row.reason });
          }
        } else if (row.kind === "response") counts.responses++;
        else {
          counts.pairs++;
          if (row.gold !== null) counts.verdicts++;
          if (row.gold === "tie") counts.ties++;
          if (row.gold === "both-bad") counts.bothBad++;
        }
      }
      const { form, format } = dataset.files[0]!;
      return { path, form, format, ...counts, firstSkipped, error: null };
    } finally {
      await dataset.close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { path, form: null, format: null, ...counts, firstSkipped, error: message };
  }
}

function linesOf(file: FileReport): string[] {
  if (file.error !== null) return [`${file.path}: can't be read (see below)`];
  const { rows, pairs, responses, verdicts, ties, bothBad, skipped, firstSkipped } = file;
  const more = skipped - firstSkipped.length;
  return [
    `${file.path}: read as ${file.form} (${file.format})`,
    `  ${rows} rows: ${pairs} pairs, ${verdicts} of them with a verdict (${ties} ties, ${bothBad} both bad); ` +
      `${responses} rows of one response; ${skipped} would be skipped`,
    ...firstSkipped.map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
