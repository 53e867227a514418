// The runs of Parquet's run-length encoding, looked through before they are decoded: five bytes can state a run
// of two billion values, and the decoder writes them all.
import type { DataReader } from "hyparquet";
import { readVarInt } from "hyparquet/src/thrift.js";
import { InvalidParquet } from "./invalidParquet.ts";

/**
 * Goes through runs until they hold so many values, or to the end of the page: as the decoder does, which also
 * reads on where the runs of one part are too few.
 * @throws InvalidParquet for a run of more values than the page states
 */
export function checkRuns(
  view: DataView,
  { from, width, values }: { from: number; width: number; values: number },
): void {
  const reader: DataReader = { view, offset: from };
  let seen = 0;
  while (seen < values && reader.offset < view.byteLength) {
    const header = readVarInt(reader);
    const isPacked = (header & 1) === 1;
    // Packed runs hold eight values a group, of which the last may be padding.
    const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
    if (count > values + 504) {
      throw new InvalidParquet(`runs of at most ${values} values in a page`, String(count));
    }
    // The decoder takes a byte before it looks at how many values there are.
    reader.offset += isPacked ? Math.max(1, (header >>> 1) * width) : (width + 7) >> 3;
    seen += count;
  }
}
