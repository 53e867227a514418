// smECE's kernel on a coarse axis: enough for how an error varies, too coarse for the error itself.

/** Nodes over confidence [1/2, 1]. */
export const axisNodes = 33;
export const axisStep = 0.5 / (axisNodes - 1);

// exp(-x^2/2) is below 1e-4 from here on.
const reach = 4.3;

/**
 * The matrix that takes residuals on the nodes to their share of the integral over [0, 1], one row per place on the
 * axis: a Gaussian of this bandwidth, reflected at 0 and 1, by the trapezoid rule.
 */
export function axisKernel(bandwidth: number): Float64Array {
  const last = Math.round(1 / axisStep);
  const first = Math.max(0, Math.floor((0.5 - reach * bandwidth) / axisStep));
  const kernel = new Float64Array((last - first + 1) * axisNodes);
  const scale = axisStep / (bandwidth * Math.sqrt(2 * Math.PI));
  // Images at a distance of 2 each; a bandwidth is 1 at most, beyond `reach` of which nothing is left.
  const images = Math.ceil((reach * bandwidth) / 2);
  for (let i = first; i <= last; i++) {
    const weight = i === 0 || i === last ? scale / 2 : scale;
    for (let j = 0; j < axisNodes; j++) {
      const [t, c] = [i * axisStep, 0.5 + j * axisStep];
      let sum = 0;
      for (let image = -images; image <= images; image++) {
        sum += bell((t - c + 2 * image) / bandwidth) + bell((t + c + 2 * image) / bandwidth);
      }
      kernel[(i - first) * axisNodes + j] = weight * sum;
    }
  }
  return kernel;
}

/** A kernel times a matrix of axisNodes rows. */
export function product(kernel: Float64Array, by: Float64Array, columns: number): Float64Array {
  const rows = kernel.length / axisNodes;
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < axisNodes; k++) {
      const factor = kernel[i * axisNodes + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < columns; j++) result[i * columns + j]! += factor * by[k * columns + j]!;
    }
  }
  return result;
}

/** |a| + |b| + ... */
export function absoluteSum(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum;
}

function bell(x: number): number {
  return Math.abs(x) > 2 * reach ? 0 : Math.exp((-x * x) / 2);
}
