// Draws of a sum of absolute values |a| + |b| + ... whose vector (a, b, ...) is normally distributed: what
// calibration errors would be in other samples of the same size.
import { type Random, seededRandom } from "../random.ts";

/** How many draws: their 2.5 % and 97.5 % quantiles are the 11th from either end. */
const drawCount = 400;
const mostComponents = 33;

/** Standard normal, the same numbers for every set of pairs, so that equal data have equal intervals. */
let known: Float64Array | null = null;

function normals(): Float64Array {
  if (known) return known;
  const random = seededRandom("calibration-intervals");
  known = new Float64Array(drawCount * mostComponents);
  // Half of the draws are the other half with the sign changed, which takes the error of their mean away.
  for (let i = 0; i < known.length / 2; i++) {
    known[i] = normal(random);
    known[known.length - 1 - i] = -known[i]!;
  }
  return known;
}

/** Box & Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The middle of the draws and where their middle 95 % end. */
export interface Quantiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/**
 * Draws of sum |centre + root z| and of sum |root z|, z standard normal: quantiles of the first, and of the second
 * the 97.5 % quantile, which is what an error of 0 would look like. `root` is centre.length by `size`, row by row;
 * `size` is at most 33.
 */
export function errorDraws(
  centre: Float64Array,
  root: Float64Array,
  size: number,
): { readonly around: Quantiles; readonly none: number } {
  const z = normals();
  const around = new Float64Array(drawCount);
  const none = new Float64Array(drawCount);
  for (let draw = 0; draw < drawCount; draw++) {
    let [a, b] = [0, 0];
    for (let row = 0; row < centre.length; row++) {
      let noise = 0;
      const from = row * size;
      for (let j = 0; j < size; j++) noise += root[from + j]! * z[draw * mostComponents + j]!;
      a += Math.abs(centre[row]! + noise);
      b += Math.abs(noise);
    }
    around[draw] = a;
    none[draw] = b;
  }
  return { around: middle(around), none: middle(none).high };
}

function middle(draws: Float64Array): Quantiles {
  draws.sort();
  const cut = Math.floor(drawCount * 0.025);
  return { low: draws[cut]!, median: draws[drawCount / 2]!, high: draws[drawCount - 1 - cut]! };
}

/**
 * A lower triangular root of a covariance, size by size, row by row: root root' = covariance (Cholesky). A
 * component without variance has no column.
 */
export function rootOf(covariance: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const rest = (i: number): number => {
      let value = covariance[i * size + j]!;
      for (let k = 0; k < j; k++) value -= root[i * size + k]! * root[j * size + k]!;
      return value;
    };
    const pivot = rest(j);
    if (!(pivot > 0)) continue;
    const scale = Math.sqrt(pivot);
    root[j * size + j] = scale;
    for (let i = j + 1; i < size; i++) root[i * size + j] = rest(i) / scale;
  }
  return root;
}
