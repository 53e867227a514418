// One Ctrl+C may arrive through npm, a script and the terminal; only one that comes later ends at once.
import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";

const module = pathToFileURL(join(import.meta.dirname, "../../src/cli/stopSignal.ts")).href;
const script = `
  import { listenForStop } from ${JSON.stringify(module)};
  const signal = listenForStop(() => console.log("asked"));
  console.log(signal.stopRequested());
  setInterval(() => console.log(signal.stopRequested()), 100);
`;

test("the same signal passed on twice asks once; a later one ends with 130", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  let said = "";
  const started = new Promise<void>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      resolve();
    }),
  );
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await started;
  child.kill("SIGINT");
  child.kill("SIGTERM");
  await wait(700);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(said.match(/no\n/g)?.length).toBeGreaterThan(0);
  expect(said.match(/asked\n/g)).toHaveLength(1);
  expect(said).toContain("after-step\n");
});
