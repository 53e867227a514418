// Draws media/icon.svg as icon.png (256 px, as extension listings want it) with Debian's chromium.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const profile = mkdtempSync(join(tmpdir(), "ssrm-icon-"));
try {
  execFileSync("chromium", [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    `--user-data-dir=${profile}`,
    "--default-background-color=00000000",
    "--window-size=256,256",
    `--screenshot=${join(import.meta.dirname, "icon.png")}`,
    `file://${join(import.meta.dirname, "icon.svg")}`,
  ]);
} finally {
  rmSync(profile, { recursive: true, force: true });
}
