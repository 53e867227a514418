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
  if (buckets.some((b) => b < 0 || b >= bucketCount) || values.some((v) => !Number.isFinite(v))) {
    throw new Error(`weights.bin: expected buckets below ${bucketCount} and finite weights`);
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
  const header: unknown = JSON.parse(String.fromCharCode(...bytes));
  const wanted = ["n", "length", "l2", "steps"] as const;
  if (typeof header !== "object" || header === null)
    throw new Error("lexical.json: expected an object");
  const fields = header as Record<string, unknown>;
  if (fields["format"] !== formatName || fields["buckets"] !== bucketCount) {
    throw new Error(
      `lexical.json: expected format ${formatName} with ${bucketCount} buckets, got ` +
        `${String(fields["format"])} with ${String(fields["buckets"])}`,
    );
  }
  for (const name of wanted) {
    if (typeof fields[name] !== "number")
      throw new Error(`lexical.json: expected a number at ${name}`);
  }
  return fields as unknown as Header;
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}
