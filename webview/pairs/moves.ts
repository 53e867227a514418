// Where a key leads in the grid: on rows as lists do it, on cells as tables do it (the treegrid pattern of the
// ARIA practices guide). Pure.

/** A row (column null) or a cell. Position -1 is the row of column headers, which has cells only. */
export interface Place {
  readonly position: number;
  readonly column: number | null;
}

export interface GridSize {
  readonly count: number;
  readonly columns: number;
  readonly rowsPerPage: number;
}

/** The place after a key ("Ctrl+" before it where held); null where the key means nothing here. */
export function placeAfter(place: Place, key: string, size: GridSize): Place | null {
  const { position, column } = place;
  const last = size.columns - 1;
  const row = (to: number): Place => {
    if (size.count === 0 || to < 0) return { position: -1, column: column ?? 0 };
    return { position: Math.min(to, size.count - 1), column };
  };
  switch (key) {
    case "ArrowDown":
      return row(position + 1);
    case "ArrowUp":
      return row(position - 1);
    case "PageDown":
      return row(Math.max(position, 0) + size.rowsPerPage);
    case "PageUp":
      return row(position < 0 ? position : Math.max(position - size.rowsPerPage, 0));
    case "Ctrl+Home":
      return row(0);
    case "Ctrl+End":
      return row(size.count - 1);
    case "Home":
      return column === null ? row(0) : { position, column: 0 };
    case "End":
      return column === null ? row(size.count - 1) : { position, column: last };
    case "ArrowRight":
      return { position, column: Math.min((column ?? -1) + 1, last) };
    case "ArrowLeft":
      if (column === null) return null;
      if (column > 0) return { position, column: column - 1 };
      return position < 0 ? place : { position, column: null };
    default:
      return null;
  }
}

/** The place in a grid of another size: the same, or the last row; row 0 where there is none yet. */
export function placeWithin(place: Place, count: number): Place {
  return { position: Math.min(place.position, Math.max(count - 1, 0)), column: place.column };
}
