// From margins to probabilities, and the one temperature that makes the probabilities honest.
// How honest they are is measured in metrics/.

/** A temperature with its 95 % interval; both ends lie in temperatureRange. */
export interface TemperatureFit {
  readonly temperature: number;
  readonly low: number;
  readonly high: number;
}

/** The temperatures that are considered: beyond these a model is useless or its labels are separated. */
export const temperatureRange = { low: 0.05, high: 20 } as const;

// Half the 95 % quantile of chi-squared with one degree of freedom.
const halfQuantile = 3.841458820694124 / 2;

/** 1 / (1 + exp(-z)), without overflow at either end. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** log(1 + exp(z)), without overflow and without loss for very negative z. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** sigmoid(margin / temperature) per pair: P(first preferred). */
export function probabilities(margin: Float64Array, temperature: number): Float64Array {
  // p(-z) is exactly 1 - p(z): swapping the responses of a pair changes no bit of any figure.
  return margin.map((z) => (z >= 0 ? sigmoid(z / temperature) : 1 - sigmoid(-z / temperature)));
}

/** The raw confidence that temperature scaling takes to `scaled`: sigmoid(T logit(scaled)); both rise together. */
export function rawConfidence(scaled: number, temperature: number): number {
  if (scaled <= 0.5 || scaled >= 1) return scaled;
  return sigmoid(temperature * Math.log(scaled / (1 - scaled)));
}

/**
 * Temperature scaling (Guo et al. 2017): the T in temperatureRange with the least negative log-likelihood of
 * `target` (P(first preferred): 0, 1/2 or 1) under sigmoid(margin / T). The likelihood is convex in 1/T.
 *
 * The interval is the 95 % profile-likelihood interval, {T : NLL(T) - NLL(best) <= 1.92}, cut off at the range;
 * it takes pairs as independent. Where nothing can be learnt (no pairs, or every margin 0) T is 1 and the
 * interval the whole range. Labels that the margins separate perfectly give the low end of the range, margins
 * that point away from the labels the high end.
 *
 * @throws {RangeError} for arrays of unequal length, a margin that is not finite or a target outside [0, 1].
 */
export function fitTemperature(margin: Float64Array, target: Float64Array): TemperatureFit {
  checkInput(margin, target);
  const { low, high } = temperatureRange;
  if (margin.every((z) => z === 0)) return { temperature: 1, low, high };

  const likelihood = (scale: number): Likelihood => likelihoodAt(margin, target, scale);
  const [least, most] = [1 / high, 1 / low];
  const scale = rootOf(
    (s) => {
      const { slope, curvature } = likelihood(s);
      return { value: slope, slope: curvature };
    },
    least,
    most,
  );
  const limit = likelihood(scale).nll + halfQuantile;
  const excess = (s: number): ValueAndSlope => {
    const { nll, slope } = likelihood(s);
    return { value: nll - limit, slope };
  };
  const below = rootOf((s) => negated(excess(s)), least, scale);
  const above = rootOf(excess, scale, most);
  return {
    temperature: clamp(1 / scale, low, high),
    low: clamp(1 / above, low, high),
    high: clamp(1 / below, low, high),
  };
}

interface Likelihood {
  readonly nll: number;
  /** First and second derivative by the scale 1/T. */
  readonly slope: number;
  readonly curvature: number;
}

function likelihoodAt(margin: Float64Array, target: Float64Array, scale: number): Likelihood {
  let [nll, slope, curvature] = [0, 0, 0];
  for (let i = 0; i < margin.length; i++) {
    const m = margin[i]!;
    const t = target[i]!;
    const z = scale * m;
    // Written for both responses alike: p - t would round to 0 for large z and t = 1, but not for -z and 0.
    const [first, second] = [sigmoid(z), sigmoid(-z)];
    nll += t * softplus(-z) + (1 - t) * softplus(z);
    slope += m * ((1 - t) * first - t * second);
    curvature += m * m * first * second;
  }
  return { nll, slope, curvature };
}

interface ValueAndSlope {
  readonly value: number;
  readonly slope: number;
}

function negated({ value, slope }: ValueAndSlope): ValueAndSlope {
  return { value: -value, slope: -slope };
}

/**
 * Where an increasing function of a positive number crosses zero between low and high, or the end nearest to
 * the crossing. Newton's method inside a bracket; a step that leaves the bracket is replaced by its geometric
 * middle, because scales span a factor of 400.
 */
function rootOf(f: (x: number) => ValueAndSlope, low: number, high: number): number {
  if (f(low).value >= 0) return low;
  if (f(high).value <= 0) return high;
  let x = low < 1 && high > 1 ? 1 : Math.sqrt(low * high);
  for (let step = 0; step < 100; step++) {
    const { value, slope } = f(x);
    if (value === 0) return x;
    if (value < 0) low = x;
    else high = x;
    const newton = x - value / slope;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - x) <= 1e-12 * x) return next;
    x = next;
  }
  return x;
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

function checkInput(margin: Float64Array, target: Float64Array): void {
  if (margin.length !== target.length) {
    throw new RangeError(
      `fitTemperature: expected as many targets as margins (${margin.length}), got ${target.length}`,
    );
  }
  for (let i = 0; i < margin.length; i++) {
    if (!Number.isFinite(margin[i])) {
      throw new RangeError(
        `fitTemperature: margin ${i}: expected a finite number, got ${margin[i]}`,
      );
    }
    if (!(target[i]! >= 0 && target[i]! <= 1)) {
      throw new RangeError(
        `fitTemperature: target ${i}: expected a number from 0 to 1, got ${target[i]}`,
      );
    }
  }
}
