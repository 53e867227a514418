// The keyboard cursor of a chart: from mark to mark along a series, and from series to series.

export interface CursorMark {
  /** Which series the mark belongs to, from 0. */
  readonly series: number;
  readonly x: number;
}

/**
 * The index of the mark that a key leads to from mark `at`, null where the key moves nothing: left and right
 * along the series, Home and End to its ends, up and down to the nearest mark of the series before or after.
 */
export function moveCursor(marks: readonly CursorMark[], at: number, key: string): number | null {
  const mark = marks[at];
  if (!mark) return null;
  const row = rowOf(marks, mark.series);
  const place = row.indexOf(at);
  switch (key) {
    case "ArrowLeft":
      return row[place - 1] ?? at;
    case "ArrowRight":
      return row[place + 1] ?? at;
    case "Home":
      return row[0] ?? at;
    case "End":
      return row.at(-1) ?? at;
    case "ArrowUp":
      return nearest(marks, at, neighbour(marks, mark.series, -1));
    case "ArrowDown":
      return nearest(marks, at, neighbour(marks, mark.series, 1));
    default:
      return null;
  }
}

/** The marks of one series from left to right, as indices. */
function rowOf(marks: readonly CursorMark[], series: number): number[] {
  return marks
    .flatMap((mark, i) => (mark.series === series ? [i] : []))
    .sort((a, b) => marks[a]!.x - marks[b]!.x || a - b);
}

/** The nearest series above or below that has marks. */
function neighbour(marks: readonly CursorMark[], from: number, step: 1 | -1): number | null {
  const others = marks.map((mark) => mark.series).filter((s) => (s - from) * step > 0);
  if (others.length === 0) return null;
  return step === 1 ? Math.min(...others) : Math.max(...others);
}

function nearest(marks: readonly CursorMark[], at: number, series: number | null): number | null {
  if (series === null) return null;
  const { x } = marks[at]!;
  const row = rowOf(marks, series);
  return row.reduce((best, i) =>
    Math.abs(marks[i]!.x - x) < Math.abs(marks[best]!.x - x) ? i : best,
  );
}
