// Queries of the data editor that do not come from a page.
import type { ChartMark, RowQuery } from "../../protocol/page/pairsPage.ts";
import { wholeFile } from "../../protocol/page/wholeFile.ts";

/** The pairs of a bin or bar of a chart, least sure first. */
export function queryOfMark(mark: ChartMark): RowQuery {
  return { ...wholeFile, filter: { ...wholeFile.filter, mark }, sort: "confidence" };
}
