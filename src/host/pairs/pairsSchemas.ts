// What the data editor's page may say. Sizes are bounded: a page that was taken over by a hostile text can ask
// for nothing that is costly.
import { z } from "zod";
import type { PairsPageToHost } from "../../protocol/page/pairsPage.ts";
import type { Schemas } from "../pages/checked.ts";

/** Rows that a page may ask for at once. */
const maxRowsAtOnce = 1000;

const column = z.string().min(1).max(1000);
const mapping = z
  .strictObject({
    prompt: column.exactOptional(),
    responseA: column.exactOptional(),
    responseB: column.exactOptional(),
    chosen: column.exactOptional(),
    rejected: column.exactOptional(),
    verdict: column.exactOptional(),
    id: column.exactOptional(),
  })
  .nullable();
const share = z.number().min(0).max(1);
const query = z.strictObject({
  filter: z.strictObject({
    states: z.array(z.enum(["labeled", "pseudo-labeled", "unsure", "unlabeled", "bad"])).max(5),
    isFlagged: z.boolean(),
    confidence: z.tuple([share, share]).nullable(),
    length: z.tuple([z.int().min(0), z.int().min(0)]).nullable(),
    disagrees: z.boolean(),
    text: z.string().max(1000),
    mark: z
      .strictObject({
        runDir: z.string().max(4096),
        iteration: z.int().min(0),
        set: z.enum(["unlabeled", "validation", "test", "selected"]),
        from: share,
        to: share,
      })
      .nullable(),
  }),
  sort: z.enum(["file", "confidence", "length", "length difference", "disagreement"]),
  isDescending: z.boolean(),
});
const row = z.strictObject({ ordinal: z.int().min(0) });

export const pairsSchemas: Schemas<PairsPageToHost> = {
  open: z.strictObject({ query: query.nullable() }),
  rows: z.strictObject({
    viewId: z.int(),
    from: z.int().min(0),
    count: z.int().min(1).max(maxRowsAtOnce),
  }),
  query,
  row,
  openPair: row,
  openLine: row,
  preview: z.strictObject({ mapping }),
  useFile: z.strictObject({ mapping }),
};
