// Processes below a process, and ending them all.
import { spawnSync } from "node:child_process";

interface ProcessRow {
  readonly pid: number;
  readonly command: string;
}

/** A process and everything below it. */
export function processTree(root: number): ProcessRow[] {
  const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const rows = stdout.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match ? [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3]! }] : [];
  });
  const tree = rows.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...rows.filter(({ parent }) => parent === pid));
  return tree;
}

/** Ends a process and everything below it; what has left its group as well. */
export function killTree(root: number): void {
  for (const { pid } of processTree(root).reverse()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}
