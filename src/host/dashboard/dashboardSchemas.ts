// What the dashboard may ask, checked before anything acts on it. Bounds of the form's fields are those of
// project.json and are checked where it is kept (projectForm.ts), so that the user reads one wording of them.
import { z } from "zod";
import type { DashboardPageToHost } from "../../protocol/page/dashboardPage.ts";
import type { Schemas } from "../pages/checked.ts";

/** Run directories are only ever compared with those that the host knows. */
const dir = z.string().max(4096);
const runs = z.strictObject({ selected: dir.nullable(), compared: dir.nullable() });

const form = z.strictObject({
  model: z.string().max(4096),
  threshold: z.number(),
  confidence: z.enum(["raw", "calibrated"]),
  iterations: z.number(),
  start: z.enum(["restart", "continue"]),
  keep: z.enum(["last", "best"]),
  seed: z.number(),
  seedCount: z.number().nullable(),
  seedFraction: z.number().nullable(),
});

/** A chart of the largest run has some hundred kilobytes. */
const fileText = z.string().max(16 << 20);

export const dashboardSchemas: Schemas<DashboardPageToHost> = {
  open: runs,
  select: runs,
  saveForm: z.strictObject({ form }),
  start: z.strictObject({ form, isDetached: z.boolean() }),
  control: z.strictObject({ act: z.enum(["pause", "resume", "cancel"]), dir }),
  openPairs: z.strictObject({
    dir,
    iteration: z.int().min(0).max(1000),
    set: z.enum(["unlabeled", "validation", "test", "selected"]),
    from: z.number().min(0).max(1),
    to: z.number().min(0).max(1),
  }),
  act: z.strictObject({
    act: z.enum([
      ...(["label", "review", "audit", "report", "export"] as const),
      ...(["new-project", "open-project", "score", "evaluate", "log"] as const),
    ]),
    dir: dir.nullable(),
  }),
  saveFile: z.strictObject({ name: z.string().max(200), text: fileText }),
  copy: z.strictObject({ text: fileText }),
};
