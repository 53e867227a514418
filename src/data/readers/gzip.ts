// Unpacking gzip, with the size said first.
import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { showBytes } from "../budgets.ts";
import { DataError } from "../dataError.ts";
import { unpackedCopy } from "./unpackCache.ts";
import type { OpenOptions } from "./source.ts";

/**
 * The path of a gzip file's unpacked copy.
 * @throws DataError where it is cut off, damaged or over the budget
 */
export async function gunzipCopy(
  path: string,
  { handle, bytes, options }: { handle: FileHandle; bytes: number; options: OpenOptions },
): Promise<string> {
  return unpackedCopy({
    path,
    cacheDir: options.cacheDir,
    kind: "gzip",
    estimate: Math.max(bytes, await statedSize(handle, bytes)),
    note: options.note,
    unpack: async (write) => {
      let unpacked = 0;
      try {
        await pipeline(
          createReadStream(path),
          createGunzip({ chunkSize: 1 << 20 }),
          async (chunks) => {
            for await (const chunk of chunks as AsyncIterable<Buffer>) {
              unpacked += chunk.length;
              await write(chunk);
            }
          },
        );
      } catch (error) {
        throw gzipError(path, unpacked, error);
      }
    },
  });
}

/** gzip's last four bytes: the unpacked size modulo 4 GB, of the last part where there are several. */
async function statedSize(handle: FileHandle, bytes: number): Promise<number> {
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, bytes - 4));
  return buffer.readUInt32LE();
}

function gzipError(path: string, unpacked: number, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "Z_BUF_ERROR") {
    return new DataError(
      `${path}: expected a whole gzip file, got one that is cut off after ${showBytes(unpacked)} of text: download or pack it again.`,
      { cause: error },
    );
  }
  if (typeof code === "string" && code.startsWith("Z_")) {
    return new DataError(
      `${path}: expected a gzip file, got damaged data after ${showBytes(unpacked)} of text: download or pack it again.`,
      { cause: error },
    );
  }
  return error;
}
