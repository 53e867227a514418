// Confidence of a prediction, and how it is written beside a limit.

/** max(p, 1 - p): how sure a model is of its own verdict, from 0.5 to 1. The same for p and 1 - p. */
export function confidenceOf(p: number): number {
  return Math.max(p, 1 - p);
}

/** confidenceOf of each. */
export function confidencesOf(p: Float64Array): Float64Array {
  return p.map(confidenceOf);
}

/** The value with two decimals, or as many as it takes to stand on the right side of the limit. */
export function writtenBeside(value: number, limit: number): string {
  for (let digits = 2; digits <= 17; digits++) {
    const text = value.toFixed(digits);
    if (Math.sign(Number(text) - limit) === Math.sign(value - limit)) return text;
  }
  return String(value);
}
