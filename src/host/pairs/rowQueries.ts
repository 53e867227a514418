// Queries of the data editor that do not come from a page.
import type { ChartMark, RowQuery } from "../../protocol/page/pairsPage.ts";

/** All rows in the file's order. */
export const wholeFile: RowQuery = {
  filter: {
    states: [],
    isFlagged: false,
    confidence: null,
    length: null,
    disagrees: false,
    text: "",
    mark: null,
  },
  sort: "file",
  isDescending: false,
};

/** The pairs of a bin or bar of a chart, least sure first. */
export function queryOfMark(mark: ChartMark): RowQuery {
  return { ...wholeFile, filter: { ...wholeFile.filter, mark }, sort: "confidence" };
}
