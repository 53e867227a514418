// The one source of randomness: seeded generators, and numbers that depend on a seed and a key alone.
import { sha256Hex } from "./hash.ts";

/** Draws the next number from [0, 1). */
export type Random = () => number;

/**
 * A generator whose whole sequence is fixed by the seed (any text or number).
 * sfc32 (Chris Doty-Humphrey, PractRand), seeded with 128 bits of SHA-256.
 */
export function seededRandom(seed: string | number): Random {
  const hex = sha256Hex(`ssrm-random-1 ${seed}`);
  const word = (i: number): number => Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16) | 0;
  let [a, b, c, d] = [word(0), word(1), word(2), word(3)];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
}

/**
 * A number from [0, 1) that depends on the seed and the key alone, not on what else was drawn: a split made
 * with it stays put when other rows are added, removed or reordered.
 */
export function keyedUniform(seed: string | number, key: string): number {
  return Number.parseInt(sha256Hex(`ssrm-key-1 ${seed} ${key}`).slice(0, 13), 16) / 2 ** 52;
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
