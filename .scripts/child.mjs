// Starts a child in the foreground: its exit status becomes ours, signals to us go to it.
import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program in this terminal and waits for it.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<number>} its exit status, 128 + the signal's number where a signal ended it
 */
export function runInForeground(file, args, cwd) {
  const child = spawn(file, args, { stdio: "inherit", cwd });
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = signals.map((signal) => {
    // Ctrl+C reaches the whole process group by itself; `kill PID` reaches only this process.
    const listener = () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  // A shell or npm that is killed above us passes nothing on; what it started must not live on unseen.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGINT");
  }, 500);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearInterval(watch);
      for (const { signal, listener } of listeners) process.off(signal, listener);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
