// From values to places on the page: linear scales and round ticks. Knows nothing of what is drawn.

export type Interval = readonly [number, number];

export interface Scale {
  readonly domain: Interval;
  /** Pixels; a vertical scale runs from bottom to top, so its first number is the larger one. */
  readonly range: Interval;
}

/** A place on an axis, in pixels, with what stands beside it. */
export interface Tick {
  readonly value: number;
  readonly position: number;
  readonly label: string;
}

/** The edges of the area that is drawn on, inside a picture of `width` by `height` pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a value stands, in pixels. A domain of no length puts everything in the middle. */
export function positionOf({ domain, range }: Scale, value: number): number {
  const [from, to] = domain;
  const share = from === to ? 0.5 : (value - from) / (to - from);
  return range[0] + share * (range[1] - range[0]);
}

/** The step 1, 2 or 5 times a power of ten that cuts `span` into about `count` parts, give or take. */
export function roundStep(span: number, count: number): number {
  if (!(span > 0)) return 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  // The geometric means of neighbours (sqrt 2, sqrt 10, sqrt 50) are where one step becomes the nearer one.
  if (lead < Math.SQRT2) return power;
  if (lead < Math.sqrt(10)) return 2 * power;
  return lead < Math.sqrt(50) ? 5 * power : 10 * power;
}

/** The smallest interval between round numbers that holds all the values; never of no length. */
export function roundDomain(values: readonly number[], count: number): Interval {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  // Equal values still need a height: a hundredth of their size, so that the axis stays near them. Values that
  // differ by less than this are equal, for steps between them would be below the smallest number.
  const margin = high - low < 1e-300 ? Math.max(Math.abs(low) * 0.01, 0.01) : 0;
  let domain: Interval = [low - margin, high + margin];
  // Widening may call for a larger step, of which the ends must be multiples again. Steps only grow, and a
  // step that is wider than the domain has nothing left to widen, so this ends.
  for (;;) {
    const step = roundStep(domain[1] - domain[0], count);
    const wider: Interval = [
      multiple(Math.floor(domain[0] / step + 1e-9), step),
      multiple(Math.ceil(domain[1] / step - 1e-9), step),
    ];
    if (roundStep(wider[1] - wider[0], count) === step) return wider;
    domain = wider;
  }
}

/** The round numbers inside a domain, ends included. */
export function roundValues([from, to]: Interval, count: number): number[] {
  const step = roundStep(to - from, count);
  const values: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
    values.push(multiple(i, step));
  }
  return values;
}

/** How many digits after the point the multiples of a round step need: 0.05 needs 2. */
export function digitsOf(step: number): number {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

/** Ticks at these values. */
export function ticksAt(
  scale: Scale,
  values: readonly number[],
  label: (value: number) => string,
): Tick[] {
  return values.map((value) => ({
    value,
    position: positionOf(scale, value),
    label: label(value),
  }));
}

/** i * step without the tail of binary fractions (3 * 0.1 is 0.30000000000000004). */
function multiple(i: number, step: number): number {
  return Number((i * step).toPrecision(12));
}
