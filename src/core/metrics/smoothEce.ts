// Smooth ECE (Blasiok & Nakkiran 2023, "Smooth ECE: Principled Reliability Diagrams via Kernel Smoothing";
// reference implementation: relplot). No bins to choose: the bandwidth is fixed by the error itself.
import type { Outcomes } from "./outcomes.ts";

// Grid intervals on [0, 1], a power of two so that angles wrap by a mask. The narrowest kernel, 1/1024, still
// spans 4 intervals.
const intervals = 4096;
const narrowest = 1 / 1024;

// exp(-x^2/2) is below 1e-15 from here on: cosines that such a kernel leaves are not summed.
const negligible = 8.4;

const cosines = Float64Array.from({ length: 2 * intervals }, (_, i) =>
  Math.cos((Math.PI * i) / intervals),
);

/**
 * smECE: the s with smoothEceAt(s) = s, between 1/1024 and 1; smoothEceAt falls with the bandwidth, so there is
 * one. Where even the narrowest kernel leaves less than 1/1024, that rest is reported.
 * (relplot searches bandwidths in steps of 1/1024 and reports the error at the first that is large enough: up
 * to 1/1024 off the fixed point. It cuts the kernel off at 1/2, and counts residuals within 0.001 of 0 and 1, where
 * a reflected kernel is doubled, by half.)
 */
export function smoothEce(outcomes: Outcomes): number {
  const residuals = smoothedResiduals(outcomes);
  // The secant method on errorAt(s) - s, which falls at least as fast as -s, from the wide and cheap kernels
  // down; a step that leaves the bracket is replaced by its middle. Mostly 6 to 8 bandwidths are asked.
  let [low, high] = [0, 1];
  let [last, lastExcess] = [1, residuals.errorAt(1) - 1];
  let next = Math.max(1 + lastExcess, narrowest);
  for (let step = 0; step < 100 && Math.abs(next - last) > 1e-10; step++) {
    const excess = residuals.errorAt(next) - next;
    if (next === narrowest && excess <= 0) return next + excess;
    if (excess > 0) low = next;
    else high = next;
    const secant = next - (excess * (next - last)) / (excess - lastExcess);
    [last, lastExcess] = [next, excess];
    const inside = secant >= low && secant <= high;
    next = Math.max(inside ? secant : (low + high) / 2, narrowest);
  }
  return next;
}

/**
 * The error at one bandwidth: the integral over t of |sum K(t, c_i) (correct_i - c_i)| / n, K a Gaussian
 * reflected at 0 and 1.
 */
export function smoothEceAt(outcomes: Outcomes, bandwidth: number): number {
  return smoothedResiduals(outcomes).errorAt(bandwidth);
}

/**
 * Residuals are laid on the grid once, each shared by its two nearest points in proportion. A Gaussian that is
 * reflected at both ends is the heat kernel of [0, 1]: it multiplies the k-th cosine by exp(-(pi k s)^2 / 2),
 * so a bandwidth costs O(grid / s), whatever the number of pairs, and smooth errors need few cosines.
 */
function smoothedResiduals({ n, confidence, correct }: Outcomes): {
  errorAt(bandwidth: number): number;
} {
  const grid = new Float64Array(intervals + 1);
  for (let i = 0; i < n; i++) {
    const at = confidence[i]! * intervals;
    const left = Math.min(Math.floor(at), intervals - 1);
    const residual = (correct[i]! - confidence[i]!) / n;
    grid[left]! += residual * (left + 1 - at);
    grid[left + 1]! += residual * (at - left);
  }
  const coefficients: number[] = [];
  return {
    errorAt(bandwidth) {
      const count = Math.min(Math.ceil(negligible / (Math.PI * bandwidth)), intervals);
      while (coefficients.length <= count)
        coefficients.push(cosineSum(grid, coefficients.length, intervals / 2));
      const damped = coefficients
        .slice(0, count + 1)
        .map((a, k) => (k === 0 ? 1 : 2) * a * Math.exp(-((Math.PI * k * bandwidth) ** 2) / 2));
      let total = 0;
      for (let j = 0; j <= intervals; j++) {
        const weight = j === 0 || j === intervals ? 0.5 : 1;
        total += weight * Math.abs(cosineSum(damped, j, 0));
      }
      return total / intervals;
    },
  };
}

/** sum over j >= from of values[j] cos(pi j k / intervals); a confidence is 1/2 or more, so half a grid is empty. */
function cosineSum(values: ArrayLike<number>, k: number, from: number): number {
  let sum = 0;
  for (let j = from, angle = (from * k) & (2 * intervals - 1); j < values.length; j++) {
    sum += values[j]! * cosines[angle]!;
    angle = (angle + k) & (2 * intervals - 1);
  }
  return sum;
}
