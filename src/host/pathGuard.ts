// project.json and run.json come with the folder, so they may be hostile: what they name is read only where
// it lies in the folder, symlinks resolved, or where the user approved it on this machine. No VS Code here.
import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";

export type GuardedPath =
  | { readonly kind: "ok"; readonly given: string; readonly path: string }
  | { readonly kind: "missing"; readonly given: string; readonly reason: string }
  /** There, but outside of the folder and not approved; `path` is the real one. */
  | { readonly kind: "outside"; readonly given: string; readonly path: string };

/**
 * Resolves a path that a file in the folder names. Real paths are compared, so neither `..` nor a symlink
 * leads out; `approved` holds real paths.
 */
export async function guardPath(
  given: string,
  { folder, approved }: { readonly folder: string; readonly approved: ReadonlySet<string> },
): Promise<GuardedPath> {
  try {
    const path = await realpath(resolve(folder, given));
    const inside = isInside(await realpath(folder), path);
    return { kind: inside || approved.has(path) ? "ok" : "outside", given, path };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOENT" ? "there is no such file" : `it cannot be read (${code ?? "?"})`;
    return { kind: "missing", given, reason };
  }
}

/**
 * Where the project's own folder lies, or null where a symlink leads out of the workspace folder. A folder
 * that is not there yet is inside.
 */
export async function guardOwnFolder(folder: string, name: string): Promise<string | null> {
  const path = join(folder, name);
  try {
    return isInside(await realpath(folder), await realpath(path)) ? path : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? path : null;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}
