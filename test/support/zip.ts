// Lists the files of a zip archive (a VSIX is one) from its central directory; no zip64.
import { readFileSync } from "node:fs";

export interface ZipEntry {
  readonly name: string;
  readonly compressedBytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** Throws where the file has no central directory. */
export function listZip(file: string): ZipEntry[] {
  const bytes = readFileSync(file);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw new Error(`${file}: expected a zip archive, got no central directory`);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new Error(`${file}: bad entry at ${at}`);
    const nameBytes = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + nameBytes),
      compressedBytes: bytes.readUInt32LE(at + 20),
    });
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
