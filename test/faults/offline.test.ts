// Nothing leaves the machine: the command works without a network, tries none where there is one, and writes
// nowhere but where it says. Controls with ONNX Runtime's telemetry on are caught.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNoStrace } from "../support/labelWriters.ts";
import { judged, makeRows, writeRowsTo } from "../support/pairFiles.ts";
import {
  beyondLoopback,
  type Ended,
  makeHome,
  traceNode,
  whyNoNamespace,
} from "../support/traffic.ts";

const root = join(import.meta.dirname, "../..");
const command = join(root, "dist/ssrm.mjs");
const noStrace = whyNoStrace();
const noNamespace = whyNoNamespace();
if (noStrace !== null) console.log(`Skipped: sockets of the command: ${noStrace}`);
if (noNamespace !== null) console.log(`Skipped: the command without a network: ${noNamespace}`);

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-offline-"));
  writeRowsTo(at("data.jsonl"), judged(makeRows(120, "offline")));
  writeRowsTo(at("test.jsonl"), judged(makeRows(30, "test")));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = [
  "run",
  "data.jsonl",
  "--seed-count",
  "30",
  "--test",
  "test.jsonl",
  "--threshold",
  "0.6",
];

describe.skipIf(noNamespace !== null)("without a network", () => {
  const offline = (script: string, args: readonly string[], name: string): Ended => {
    const { env } = makeHome(at(name));
    const shell = ["-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh", process.execPath];
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      ["-rn", "sh", ...shell, script, ...args],
      { cwd: folder, env, encoding: "utf8" },
    );
    return { status, stdout, stderr };
  };

  it("a control that connects to another machine fails", () => {
    const connect =
      'require("node:net").connect(9, "192.0.2.1").on("error", (e) => { console.log(e.code); process.exit(3); })';
    const { status, stdout } = offline("-e", [connect], "control");
    expect({ status, stdout }).toEqual({ status: 3, stdout: "ENETUNREACH\n" });
  });

  it("the whole flow works: run, go on, score, eval, labels export, doctor", () => {
    const whole = [
      [...run, "--out", "offline", "--json"],
      ["run", "--resume", "offline", "--json"],
      ["score", "data.jsonl", "--model", "offline"],
      ["eval", "test.jsonl", "--model", "offline", "--json"],
      ["labels", "export", "--run", "offline", "--selected"],
      ["doctor", "data.jsonl"],
    ];
    for (const args of whole) {
      const { status, stdout, stderr } = offline(command, args, "home");
      expect({ args, status, stderr }).toMatchObject({ args, status: 0 });
      expect(stdout.length, args.join(" ")).toBeGreaterThan(10);
    }
  }, 120_000);
});

describe.skipIf(noStrace !== null)("where there is a network", () => {
  it.each([
    ["run", [...run, "--out", "traced", "--json"]],
    ["doctor", ["doctor", "data.jsonl"]],
  ])("%s opens no socket beyond this machine and writes nothing of its own", async (name, args) => {
    const { env, files } = makeHome(at(`home of ${name}`));
    const log = at(`${name}.trace`);
    const { status, stderr } = await traceNode([command, ...args], { cwd: folder, env, log }).ended;
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(beyondLoopback(log)).toEqual([]);
    expect(files()).toEqual([]);
  });

  it("gzip data is unpacked into the cache folder and nowhere else", async () => {
    spawnSync("gzip", ["-k", at("data.jsonl")]);
    const { env, files } = makeHome(at("home of gzip"));
    const args = [
      "run",
      "data.jsonl.gz",
      "--seed-count",
      "30",
      "--iterations",
      "0",
      "--out",
      "unpacked",
    ];
    const log = at("gzip.trace");
    expect((await traceNode([command, ...args], { cwd: folder, env, log }).ended).status).toBe(0);
    expect(beyondLoopback(log)).toEqual([]);
    expect(files().length).toBeGreaterThan(0);
    expect(files().filter((file) => !file.startsWith("cache/ssrm/"))).toEqual([]);
  });

  it("controls: with telemetry on, files and a look-up of its host are seen, after the same time without none", async () => {
    const script = join(import.meta.dirname, "children/telemetry.ts");
    const longestMs = 80_000;
    const start = (name: string, extra: NodeJS.ProcessEnv) => {
      const { env, files } = makeHome(at(name));
      const log = at(`${name}.trace`);
      const traced = traceNode([script, String(longestMs)], {
        ...{ cwd: folder, env: { ...env, ...extra }, log },
      });
      return { ...traced, log, files };
    };
    const on = start("telemetry on", {});
    const off = start("telemetry off", { ORT_DISABLE_TELEMETRY: "1" });
    const startedAt = performance.now();
    try {
      await expect
        .poll(() => beyondLoopback(on.log).join("\n"), { timeout: longestMs, interval: 200 })
        .toMatch(/sin_port=htons\(53\)|connect\(.*AF_INET/);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      console.log(
        `telemetry on: caught after ${seconds} s, with the files ${on.files().join(", ")}`,
      );
    } finally {
      on.stop();
      off.stop();
      await Promise.all([on.ended, off.ended]);
    }
    expect(on.files().some((file) => file.endsWith("/deviceid"))).toBe(true);
    expect(beyondLoopback(off.log)).toEqual([]);
    expect(off.files()).toEqual([]);
  }, 120_000);
});
