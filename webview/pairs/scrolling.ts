// Where rows of one height lie: pure arithmetic between scroll position, offset and row. Browsers cut elements
// off at about 33 million pixels, so above a limit the scroll bar moves through a shorter way than the rows.

/** The tallest that the scrolled element gets. */
const maxContentPx = 10_000_000;

export interface Extent {
  readonly count: number;
  readonly rowPx: number;
  /** Height of what is seen of the rows. */
  readonly viewPx: number;
}

/** Height of the scrolled element, without the column headers. */
export function contentPx({ count, rowPx }: Extent): number {
  return Math.min(count * rowPx, maxContentPx);
}

/** True where the scroll bar moves through a shorter way than the rows. */
export function isScaled({ count, rowPx }: Extent): boolean {
  return count * rowPx > maxContentPx;
}

/** The offset, in pixels of rows, at which the last row is at the bottom. */
export function maxOffset({ count, rowPx, viewPx }: Extent): number {
  return Math.max(count * rowPx - viewPx, 0);
}

/** The offset cut off at both ends. */
export function clampOffset(extent: Extent, offset: number): number {
  return Math.min(Math.max(offset, 0), maxOffset(extent));
}

/** The offset of the rows for a position of the scroll bar. */
export function offsetAt(extent: Extent, scrollTop: number): number {
  if (!isScaled(extent)) return clampOffset(extent, scrollTop);
  const way = contentPx(extent) - extent.viewPx;
  return clampOffset(extent, (scrollTop / way) * maxOffset(extent));
}

/** The reverse of offsetAt. */
export function scrollTopAt(extent: Extent, offset: number): number {
  if (!isScaled(extent)) return offset;
  return (offset / maxOffset(extent)) * (contentPx(extent) - extent.viewPx);
}

/** The rows that are seen, wholly or in part: from `first` up to before `end`. */
export function rowsSeen(extent: Extent, offset: number): { first: number; end: number } {
  const first = Math.floor(offset / extent.rowPx);
  const end = Math.ceil((offset + extent.viewPx) / extent.rowPx);
  return { first, end: Math.min(end, extent.count) };
}

/** The nearest offset at which the row is seen whole. */
export function offsetToSee(extent: Extent, offset: number, position: number): number {
  const top = position * extent.rowPx;
  const lowest = top + extent.rowPx - extent.viewPx;
  return clampOffset(extent, Math.min(Math.max(offset, lowest), top));
}

/** How many rows PageDown moves: one less than are seen whole, so that one stays. */
export function rowsPerPage({ rowPx, viewPx }: Extent): number {
  return Math.max(Math.floor(viewPx / rowPx) - 1, 1);
}
