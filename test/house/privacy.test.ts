// What ships can be read for where it could call: network modules, network globals and addresses in the
// bundles, and host names inside the native libraries, each against a list that gives the reason.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findNetworkUses, hostsIn } from "../support/networkUses.ts";

const dist = join(import.meta.dirname, "../../dist");

/** Network modules and globals in our bundles: none yet. */
const allowedUses: readonly string[] = [];

/** Addresses that are names and never opened, in string literals of the bundles. */
const allowedHosts = new Map<string, string>([
  ["www.w3.org", "the names of HTML, SVG and MathML, as elements are made by"],
  [
    "vscode-elements.github.io",
    "a link in a warning of @vscode-elements about a missing icon font",
  ],
  ["json-schema.org", "the name of a schema version, in zod"],
  ["www.npmjs.com", "links in a comment of ONNX Runtime"],
  ["onnxruntime.ai", "a link in a comment of ONNX Runtime"],
  ["github.com", "links in comments of ONNX Runtime"],
]);

/**
 * Host names inside ONNX Runtime's libraries. A new release that brings a new one fails here, before it
 * can surprise a user.
 */
const documentation = [
  "arxiv.org",
  "crbug.com",
  "curl.se",
  "dawn.googlesource.com",
  "devblogs.nvidia.com",
  "docs.nvidia.com",
  "docs.scipy.org",
  "en.wikipedia.org",
  "github.com",
  "gpuweb.github.io",
  "huggingface.co",
  "ieeexplore.ieee.org",
  "issues.chromium.org",
  "numpy.org",
  "papers.nips.cc",
  "pytorch.org",
  "tinyurl.com",
  "www.microsoft.com",
  "www.opencompute.org",
  "www.tensorflow.org",
];
const allowedNativeHosts = new Map<string, string>([
  ...documentation.map(
    (host) => [host, "a link in an operator's description or a message"] as const,
  ),
  [
    "mobile.events.data.microsoft.com",
    "ONNX Runtime's telemetry; ORT_DISABLE_TELEMETRY=1 in the engine keeps it shut, which the tests of the engine prove",
  ],
]);

test("the bundles use no network and hold no address that is not on the list", () => {
  const files = globSync("**/*.{js,mjs,cjs}", { cwd: dist });
  expect(files).toEqual(expect.arrayContaining(["extension.mjs", "engine.mjs", "ssrm-main.mjs"]));
  const uses = new Set<string>();
  const hosts = new Set<string>();
  for (const file of files) {
    const source = readFileSync(join(dist, file), "utf8");
    for (const use of findNetworkUses(source)) uses.add(`${file}: ${use}`);
    for (const host of hostsIn(source)) hosts.add(host);
  }
  expect([...uses].filter((use) => !allowedUses.includes(use))).toEqual([]);
  expect([...hosts].filter((host) => !allowedHosts.has(host))).toEqual([]);
});

test("the native libraries name no host that is not on the list", () => {
  const files = globSync("node_modules/**/*.{node,dll,dylib,so,so.*}", { cwd: dist });
  expect(files.length).toBeGreaterThan(0);
  const hosts = new Set(
    files.flatMap((file) => [...hostsIn(readFileSync(join(dist, file), "latin1"))]),
  );
  expect([...hosts].filter((host) => !allowedNativeHosts.has(host))).toEqual([]);
});

test("the check sees what it looks for", () => {
  const control = `
    import { get } from "node:https";
    const net = require("net"), dns = await import("node:dns/promises");
    fetch("https://example.org/a"); new WebSocket(\`wss://example.com/\${net}\`); globalThis.fetch(dns);
    const notACall = { fetch: 1 }.fetch; // https://in-a-comment.example/ counts too: a comment ships
  `;
  expect(findNetworkUses(control).sort()).toEqual(
    ["WebSocket", "dns/promises", "fetch", "fetch", "https", "net"].sort(),
  );
  expect([...hostsIn(control)].sort()).toEqual([
    "example.com",
    "example.org",
    "in-a-comment.example",
  ]);
});
