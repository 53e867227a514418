// A lexical checkpoint as files: lexical.json says what it is, weights.bin holds buckets and weights.
import type { Weights } from "./design.ts";
import { bucketCount } from "./features.ts";

export interface LexicalCheckpoint {
  readonly weights: Weights;
  readonly l2: number;
  /** Solver steps that its fit took. */
  readonly steps: number;
}

const formatName = "ssrm-lexical-1";

/**
 * The files of a checkpoint by name. weights.bin: n buckets as int32, then n weights as float32, little-endian,
 * n from lexical.json. Equal checkpoints give equal bytes.
 */
export function saveLexical({ weights, l2, steps }: LexicalCheckpoint): Map<string, Uint8Array> {
  const n = weights.values.length;
  const header = { format: formatName, buckets: bucketCount, n, length: weights.length, l2, steps };
  const bytes = new Uint8Array(8 * n);
  const view = new DataView(bytes.buffer);
  for (let j = 0; j < n; j++) {
    view.setInt32(4 * j, weights.buckets[j]!, true);
    view.setFloat32(4 * (n + j), weights.values[j]!, true);
  }
  return new Map([
    ["lexical.json", asciiBytes(`${JSON.stringify(header, null, 2)}\n`)],
    ["weights.bin", bytes],
  ]);
}

/** @throws {Error} naming what is missing or damaged. */
export function loadLexical(files: ReadonlyMap<string, Uint8Array>): LexicalCheckpoint {
  const header = parseHeader(files.get("lexical.json"));
  const bytes = files.get("weights.bin");
  if (bytes?.length !== 8 * header.n) {
    throw new Error(
      `weights.bin: expected ${8 * header.n} bytes for ${header.n} weights, got ${bytes?.length ?? "no file"}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const buckets = Int32Array.from({ length: header.n }, (_, j) => view.getInt32(4 * j, true));
  const values = Float32Array.from({ length: header.n }, (_, j) =>
    view.getFloat32(4 * (header.n + j), true),
  );
  for (let j = 0; j < header.n; j++) {
    const [bucket, value] = [buckets[j]!, values[j]!];
    const isNext = bucket >= 0 && bucket < bucketCount && (j === 0 || bucket > buckets[j - 1]!);
    if (isNext && Number.isFinite(value)) continue;
    throw new Error(
      `weights.bin: weight ${j}: expected the next bucket below ${bucketCount} and a finite weight, got ` +
        `${bucket} and ${value}`,
    );
  }
  return {
    weights: { buckets, values, length: header.length },
    l2: header.l2,
    steps: header.steps,
  };
}

interface Header {
  readonly n: number;
  readonly length: number;
  readonly l2: number;
  readonly steps: number;
}

function parseHeader(bytes: Uint8Array | undefined): Header {
  if (!bytes) throw new Error("lexical.json: expected a lexical checkpoint, got no such file");
  const fields = parseFields(bytes);
  if (fields["format"] !== formatName || fields["buckets"] !== bucketCount) {
    throw new Error(
      `lexical.json: expected format ${formatName} with ${bucketCount} buckets, got ` +
        `${String(fields["format"])} with ${String(fields["buckets"])}`,
    );
  }
  for (const name of ["n", "length", "l2", "steps"] as const) {
    if (!Number.isFinite(fields[name])) {
      throw new Error(
        `lexical.json: expected a finite number at ${name}, got ${JSON.stringify(fields[name])}`,
      );
    }
  }
  const header = fields as unknown as Header;
  if (!Number.isInteger(header.n) || header.n < 0 || header.n > bucketCount) {
    throw new Error(
      `lexical.json: expected n from 0 to ${bucketCount}, a whole number, got ${header.n}`,
    );
  }
  return header;
}

function parseFields(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  // A header takes under 200 bytes.
  const text = bytes.length > 10_000 ? "" : String.fromCharCode(...bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `lexical.json: expected a JSON object, got ${bytes.length} bytes that are none`,
      { cause },
    );
  }
  if (typeof value !== "object" || value === null) {
    throw new Error(`lexical.json: expected a JSON object, got ${JSON.stringify(value)}`);
  }
  return value as Record<string, unknown>;
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}
