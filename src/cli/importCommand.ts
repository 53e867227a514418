// `ssrm labels import`: verdicts of other tools' exports into a label log.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readVerdicts, storeVerdicts } from "../data/labels/labelImport.ts";
import { openLabelStore } from "../data/labels/labelStore.ts";
import { projectMapping } from "./openData.ts";
import type { importOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { absolute, cacheFolder } from "./places.ts";
import { print, printJson, tell } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

const shownBadRows = 5;

/** Importing the same file again adds nothing. */
export async function importCommand({
  operands,
  values,
}: Arguments<typeof importOptions>): Promise<number> {
  if (operands.length === 0)
    throw new UsageError("expected FILE, one or more files with verdicts, got none");
  const paths = absolute(operands);
  const dir = resolve(values.into ?? ".ssrm");
  if (!existsSync(dirname(dir))) {
    throw new Error(
      `--into ${dir}: expected a place in a folder that exists, got none at ${dirname(dir)}: check the path.`,
    );
  }
  const read = await readVerdicts(paths, {
    cacheDir: cacheFolder(),
    mapping: await projectMapping(paths),
    note: tell,
    time: new Date(),
  });
  for (const { file, line, reason } of read.bad.slice(0, shownBadRows)) {
    tell(`${read.files[file]!.path}: line ${line} is skipped: ${reason}`);
  }
  if (read.events.length === 0) {
    throw new Error(
      `${operands.join(", ")}: expected rows with a verdict, got ${read.withoutVerdict} without one and ` +
        `${read.bad.length} that can't be read: name an export that holds verdicts.`,
    );
  }
  const store = openLabelStore({
    dir,
    journalDir: null,
    writer: `import-${randomBytes(8).toString("hex")}`,
    now: () => new Date(),
    randomId: () => randomBytes(16).toString("hex"),
  });
  const stored = await storeVerdicts(store, read.events);
  if (stored.reason !== null) tell(stored.reason);
  const result = {
    into: dir,
    added: stored.added,
    known: stored.known,
    withoutVerdict: read.withoutVerdict,
    skipped: read.bad.length,
  };
  if (values.json) await printJson(result);
  else {
    await print(
      `${result.added} verdicts added to ${dir}; ${result.known} were there already, ` +
        `${result.withoutVerdict} rows have no verdict, ${result.skipped} were skipped.\n`,
    );
  }
  return 0;
}
