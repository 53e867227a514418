// How long the command takes to say what it can do, beside Node alone.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { medianMs, printFigure } from "../support/figures.ts";

const command = join(import.meta.dirname, "../../dist/ssrm.mjs");
const node = (...args: string[]): void => {
  execFileSync(process.execPath, args, { stdio: "ignore" });
};

printFigure({
  name: "ssrm --help",
  value: medianMs(9, () => node(command, "--help")) / 1000,
  unit: "s",
  baseline: { name: "node -e 0", value: medianMs(9, () => node("-e", "0")) / 1000 },
  limit: 0.3,
});
