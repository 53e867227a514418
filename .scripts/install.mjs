// Brings node_modules up to date with package-lock.json. Plain JavaScript: it runs before Node 24 is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs `npm ci` where node_modules is missing or older than the lockfile; ends the process if it fails.
 * @param {string} root the project's folder
 */
export function install(root) {
  // npm writes this file at the end of every installation; its time is the installation's.
  const installed = join(root, "node_modules", ".package-lock.json");
  const lockfile = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  console.error("installing the packages of package-lock.json (npm ci)");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed (see above); this needs npm and a reachable package registry.");
    process.exit(1);
  }
}
