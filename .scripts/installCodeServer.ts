// Installs code-server (a real VS Code server) for the tests, into a cache folder outside the project, and
// prints the path of its entry file. About 4 minutes the first time, nothing after that; two that run at
// once do it once. Only `npm test` and the tests of test/vscode need it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const version = "4.139.1";
const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
const folder = join(cache, "ssrm-tests", `code-server-${version}`);
const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
const marker = join(folder, "installed");
const lock = `${folder}.lock`;
const giveUpMs = 20 * 60_000;

await install();
console.log(entry);

async function install(): Promise<void> {
  const deadline = Date.now() + giveUpMs;
  mkdirSync(dirname(folder), { recursive: true });
  while (!existsSync(marker)) {
    if (tryLock()) {
      try {
        if (!existsSync(marker)) installNow();
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited 20 minutes for another installation of code-server; remove ${lock}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** mkdir is atomic: one of two that try at once gets the lock. A dead owner's lock is taken away. */
function tryLock(): boolean {
  if (tryMkdir(lock)) {
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  }
  // Under a lock of its own, and looked at again there: else the second of two that saw a dead owner would
  // take away the first one's new lock.
  const removal = `${lock}.removal`;
  if (isStale() && tryMkdir(removal)) {
    if (isStale()) rmSync(lock, { recursive: true, force: true });
    rmSync(removal, { recursive: true, force: true });
  }
  return false;
}

function tryMkdir(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isStale(): boolean {
  try {
    // Between mkdir and writing the pid the lock has no pid: only an old one is stale then.
    if (!existsSync(join(lock, "pid"))) return Date.now() - statSync(lock).mtimeMs > 10_000;
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return false;
  } catch (error) {
    // ENOENT: the lock has just been given back.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function installNow(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    private: true,
    // npm 12 runs no install script that is not allowed here; code-server's builds its native parts.
    allowScripts: { "code-server": true, argon2: true },
    dependencies: { "code-server": version },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  // code-server refuses to be installed on a Node other than 24: npm must run on the pinned one.
  const path = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const env = Object.fromEntries(
    Object.entries({ ...process.env, PATH: path, CI: "" }).filter(([name]) => !/^npm_/i.test(name)),
  );
  console.error(`installing code-server ${version} below ${folder} (about 4 minutes)`);
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    env,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (!existsSync(entry)) throw new Error(`npm installed code-server, but not ${entry}`);
  writeFileSync(marker, version);
}
