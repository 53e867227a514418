// What a run was made from: real paths and content hashes.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileIdentity } from "../core/records.ts";

/** Real path, SHA-256 and size of each file; of a folder, of each file in it that is named like a label log. */
export async function identify(paths: readonly string[]): Promise<FileIdentity[]> {
  const identities: FileIdentity[] = [];
  for (const path of paths) {
    const info = await stat(path);
    if (info.isDirectory()) {
      const names = (await readdir(path)).filter((name) => /^labels.*\.jsonl$/i.test(name)).sort();
      identities.push(...(await identify(names.map((name) => join(path, name)))));
      continue;
    }
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
    }
    const sha256 = hash.digest("hex");
    identities.push({ path: await realpath(path), sha256, bytes: info.size });
  }
  return identities;
}

/**
 * Checks that files are what they were.
 * @throws Error naming the first that is not
 */
export async function checkUnchanged(files: readonly FileIdentity[]): Promise<void> {
  for (const file of files) {
    const now = await identify([file.path]).catch(() => []);
    if (now[0]?.sha256 === file.sha256) continue;
    throw new Error(
      `${file.path}: expected the file that the run began with (SHA-256 ${file.sha256.slice(0, 12)}...), got ` +
        `${now[0] ? "one that was changed since" : "no readable file"}: put it back, or start a new run`,
    );
  }
}
