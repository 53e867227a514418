// The query that leaves nothing out, which host, page and tests begin with.
import type { RowFilter, RowQuery } from "./pairsPage.ts";

/** A filter that every row passes. */
const noFilter: RowFilter = {
  states: [],
  isFlagged: false,
  confidence: null,
  length: null,
  disagrees: false,
  text: "",
  mark: null,
};

/** All rows in the file's order. */
export const wholeFile: RowQuery = { filter: noFilter, sort: "file", isDescending: false };
