// Ordinals by id: a permutation that is sorted by id (4 bytes a row), sought by halving. Ids are hashes, so
// their first 48 bits nearly always differ; equal ones are compared whole.
import { sortByKey } from "./sortByKey.ts";

/** Bytes of an id: 32 hex digits. */
export const rowIdBytes = 16;

export interface IdOrder {
  /** Calls back with every ordinal that has the id which stands at `at` in `bytes`. */
  each(bytes: Uint8Array, at: number, visit: (ordinal: number) => void): void;
  /** The first ordinal that has the id, -1 where none has. */
  first(bytes: Uint8Array, at: number): number;
}

/** Orders `count` ids of 16 bytes each. */
export function idOrder(ids: Uint8Array, count: number): IdOrder {
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = keyAt(ids, i * rowIdBytes);
  const sorted = sortByKey(keys, "ascending");
  const firstWith = (key: number): number => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keyAt(ids, sorted[middle]! * rowIdBytes) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const each: IdOrder["each"] = (bytes, at, visit) => {
    const key = keyAt(bytes, at);
    for (let i = firstWith(key); i < count; i++) {
      const place = sorted[i]! * rowIdBytes;
      if (keyAt(ids, place) !== key) return;
      if (isSame({ ids, place }, { bytes, at })) visit(sorted[i]!);
    }
  };
  return {
    each,
    first: (bytes, at) => {
      let found = -1;
      each(bytes, at, (ordinal) => {
        if (found < 0 || ordinal < found) found = ordinal;
      });
      return found;
    },
  };
}

/** Writes an id of 32 hex digits as 16 bytes; false for any other text. */
export function writeId(bytes: Uint8Array, at: number, id: string): boolean {
  if (id.length !== 2 * rowIdBytes) return false;
  for (let i = 0; i < rowIdBytes; i++) {
    const high = hexValue(id.charCodeAt(2 * i));
    const low = hexValue(id.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return false;
    bytes[at + i] = 16 * high + low;
  }
  return true;
}

/** The id that stands in the bytes, 32 hex digits. */
export function readId(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, rowIdBytes).toString("hex");
}

/** Ids one after the other; those that are none are zeros, which no content has. */
export function packIds(ids: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(ids.length * rowIdBytes);
  for (const [i, id] of ids.entries()) writeId(bytes, i * rowIdBytes, id);
  return bytes;
}

function keyAt(bytes: Uint8Array, at: number): number {
  const high = bytes[at]! * 65536 + bytes[at + 1]! * 256 + bytes[at + 2]!;
  const low = bytes[at + 3]! * 65536 + bytes[at + 4]! * 256 + bytes[at + 5]!;
  return high * 16_777_216 + low;
}

function isSame(
  { ids, place }: { ids: Uint8Array; place: number },
  { bytes, at }: { bytes: Uint8Array; at: number },
): boolean {
  for (let i = 0; i < rowIdBytes; i++) if (ids[place + i] !== bytes[at + i]) return false;
  return true;
}

function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}
