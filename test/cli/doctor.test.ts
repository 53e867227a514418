// `ssrm doctor`: the CPU runs the one-op graph; what does not work is named; how files are read.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adviceFor } from "../../src/engine/providerAdvice.ts";
import { plainRows, ssrm, ssrmJson, writeRows } from "../support/command.ts";

type Json = Readonly<Record<string, unknown>>;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-doctor-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("names the runtime and every provider; the CPU works", () => {
  const result = ssrmJson(folder, "doctor");
  expect(result["runtime"]).toMatch(/^onnxruntime-node \d+\.\d+\.\d+$/);
  const providers = result["providers"] as Json[];
  expect(providers[0]).toEqual({ provider: "cpu", works: true, detail: "ran a one-op graph" });
  expect(providers.length).toBeGreaterThan(process.platform === "linux" ? 2 : 0);
  for (const { works, detail } of providers) {
    expect(typeof works).toBe("boolean");
    if (works === false) expect(detail).toMatch(/: .{20,}\.$/);
  }
  const { status, stdout } = ssrm(folder, "doctor");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ssrm .*, Node .*\n {2}cpu: works/);
});

test("says how a file is read and what would be skipped", () => {
  const path = writeRows(join(folder, "d.jsonl"), plainRows(5, "d"));
  writeFileSync(path, '{"prompt":"a","chosen":"b"}\n{"prompt"\n', { flag: "a" });
  const [file] = ssrmJson(folder, "doctor", "d.jsonl")["files"] as Json[];
  expect(file).toMatchObject({
    path,
    form: "TRL standard",
    format: "jsonl",
    rows: 7,
    pairs: 5,
    verdicts: 5,
    skipped: 2,
    error: null,
  });
  expect((file!["firstSkipped"] as Json[]).map(({ line }) => line)).toEqual([6, 7]);
  const { stdout } = ssrm(folder, "doctor", "d.jsonl");
  expect(stdout).toMatch(
    /d\.jsonl: read as TRL standard \(jsonl\)\n {2}7 rows: 5 pairs, 5 of them with/,
  );
  expect(stdout).toMatch(/ {2}line 6: "rejected": expected a response, got nothing/);
});

test("a file that can't be read ends with 1, after the report", () => {
  const { status, stdout, stderr } = ssrm(folder, "doctor", "none.jsonl", "d.jsonl");
  expect(status).toBe(1);
  expect(stdout).toMatch(/cpu: works[^]*none\.jsonl: can't be read[^]*d\.jsonl: read as/);
  expect(stderr).toMatch(/none\.jsonl: expected a data file, found none there/);
});

test.each([
  [
    "cuda",
    "Failed to load libonnxruntime_providers_cuda.so: libcudnn.so.9: cannot open",
    /cuDNN 9/,
  ],
  ["cuda", "libcublasLt.so.12: cannot open shared object file", /CUDA runtime libraries/],
  ["cuda", "libonnxruntime_providers_cuda.so is not there", /ONNXRUNTIME_NODE_INSTALL=cuda12/],
  ["load", "/lib/libm.so.6: version `GLIBC_2.38' not found", /newer release/],
  [
    "webgpu",
    "x.cc:12 Init() a == b was false. Failed to get a WebGPU adapter: none",
    /^Failed to get .*: it needs/,
  ],
  ["webgpu", "its process crashed (SIGSEGV)", /^its process crashed \(SIGSEGV\)\.$/],
])("%s: %s", (provider, reason, expected) => {
  expect(adviceFor(provider, reason)).toMatch(expected);
});
