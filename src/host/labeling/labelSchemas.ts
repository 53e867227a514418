// What the label page may ask of the host, checked before anything acts on it (src/host/pages/checked.ts).
import { z } from "zod";
import type { LabelPageToHost } from "../../protocol/page/labelPage.ts";
import { judgments } from "../../protocol/page/judging.ts";
import type { Schemas } from "../pages/checked.ts";

const nothing = z.strictObject({});
/** A pair id and what hides how it was drawn (tickets.ts). */
const ticket = z.string().regex(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
/** A label's line has at most 1 MB (maxLineBytes in labelEvent.ts), escapes included. */
const rationale = z.string().max(500_000);
const activeMs = z.number().min(0);

export const labelSchemas: Schemas<LabelPageToHost> = {
  open: z.strictObject({ ticket: z.string().max(200).nullable() }),
  judge: z.strictObject({
    eventId: z.string().regex(/^[0-9a-f]{32}$/),
    ticket,
    judgment: z.enum([...judgments, "skip"]),
    activeMs,
    rationale,
    known: z.array(ticket).max(100).exactOptional(),
  }),
  more: z.strictObject({ waiting: z.array(ticket).max(10_000) }),
  undo: nothing,
  redo: nothing,
  flag: z.strictObject({ ticket, isFlagged: z.boolean() }),
  draft: z.strictObject({ ticket, rationale, activeMs }),
  setMode: z.strictObject({ mode: z.enum(["label", "review", "audit"]) }),
  arrange: z.strictObject({ arrangement: z.enum(["auto", "side-by-side", "stacked"]) }),
  act: z.strictObject({
    act: z.enum([
      "run",
      "dashboard",
      "label",
      "review",
      "audit",
      "new-project",
      "open-data",
      "log",
    ]),
  }),
  editGuidelines: nothing,
  openLink: z.strictObject({ href: z.string().max(10_000) }),
};
