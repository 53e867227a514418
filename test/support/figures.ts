// How a script in test/bench hands its figures to `npm run bench`: one JSON line each on stdout.

/** A measured figure beside a baseline that was measured in the same run, on the same machine. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** s, ms, MB and so on; the baseline's too. */
  readonly unit: string;
  readonly baseline: { readonly name: string; readonly value: number };
  /** The value that must not be exceeded, in `unit`, where there is one. */
  readonly limit?: number;
}

/** Prints the figure for bench.ts to read. */
export function printFigure(figure: Figure): void {
  console.log(JSON.stringify({ figure }));
}

/** Median wall-clock milliseconds of `times` calls, after one that is not counted. */
export function medianMs(times: number, call: () => void): number {
  call();
  const all = Array.from({ length: times }, () => {
    const started = performance.now();
    call();
    return performance.now() - started;
  });
  return all.sort((a, b) => a - b)[Math.floor(times / 2)]!;
}
