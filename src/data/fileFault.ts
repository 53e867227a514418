// What the system says when a file operation fails, in plain English.
import { constants } from "node:os";

/** The name of a system error, such as ENOSPC; null where the error is none. */
export function faultCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { errno, code } = error as NodeJS.ErrnoException;
  // By number first: Node names only the errors that it knows, EDQUOT comes as "Unknown system error -122".
  if (typeof errno === "number") {
    const name = Object.entries(constants.errno).find(([, number]) => number === -errno)?.[0];
    if (name !== undefined) return name;
  }
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** One clause that says what is wrong with the file and what to do, with the system's name for it. */
export function explainFault(error: unknown): string {
  const code = faultCode(error);
  const known = code === null ? undefined : explanations.get(code);
  const message = error instanceof Error ? error.message : String(error);
  return known === undefined ? message : `${known} (${code})`;
}

const explanations: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the disk is full: free some space and save again"],
  ["EDQUOT", "your disk quota is used up: free some space and save again"],
  ["EFBIG", "the file would be larger than this system allows"],
  ["EROFS", "the disk is read-only"],
  ["EACCES", "this user may not write there: check the permissions"],
  [
    "EPERM",
    "the system does not permit it: check the permissions, or whether another program holds it",
  ],
  ["EBUSY", "another program holds it: close that program and save again"],
  ["EIO", "the disk reported an error: copy your files to another disk"],
  ["ESTALE", "the network share was remounted: open the folder again"],
  ["ENODEV", "the disk is gone"],
  ["ENXIO", "the disk is gone"],
  ["ENOENT", "it is not there"],
  ["ENOTDIR", "one of its folders is a file"],
  ["EISDIR", "it is a folder, expected a file"],
  ["ELOOP", "it is a symbolic link, which is not followed: put a plain file in its place"],
  ["EMFILE", "this program has too many files open: save again, or restart it"],
  ["ENFILE", "the system has too many files open: close other programs and save again"],
  ["EINTR", "it was interrupted: save again"],
]);
