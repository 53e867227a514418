// .ssrm/project.json: what a project's data is and how its runs are set. The JSON schema that the editor
// shows is made from the schema here (media/project.schema.json; test/unit/projectFile.test.ts keeps it so).
import { z } from "zod";
import type { RunSettings } from "../core/records.ts";

const paths = z.array(z.string().min(1));
const column = z.string().min(1);

const mapping = z
  .strictObject({
    prompt: column.optional(),
    responseA: column.optional(),
    responseB: column.optional(),
    chosen: column.optional(),
    rejected: column.optional(),
    verdict: column.optional(),
    id: column.optional(),
  })
  .describe("Which column holds what, for files whose columns are not recognised by themselves.");

const settings = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .optional()
      .describe("`lexical` (built in, no download), a checkpoint folder, or hub:OWNER/NAME."),
    threshold: z
      .number()
      .min(0.5)
      .max(1)
      .optional()
      .describe("A pseudo-label is kept where confidence > threshold. Default 0.8."),
    confidence: z
      .enum(["raw", "calibrated"])
      .optional()
      .describe("The model's own confidence (raw, the default), or after temperature scaling."),
    iterations: z.int().min(0).max(100).optional().describe("SSRM iterations. Default 3."),
    start: z
      .enum(["restart", "continue"])
      .optional()
      .describe("Train each model from the beginning (restart, the default) or from the last one."),
    keep: z
      .enum(["last", "best"])
      .optional()
      .describe("The result: the last model, or the best by validation NLL."),
    seed: z.int().min(0).optional().describe("Seed of splits and draws. Default 0."),
    seedCount: z
      .int()
      .min(1)
      .nullable()
      .optional()
      .describe("Simulation: this many pairs with a preference of their own are the labeled seed."),
    seedFraction: z
      .number()
      .gt(0)
      .max(1)
      .nullable()
      .optional()
      .describe("Simulation: this part of the pairs with a preference are the labeled seed."),
    lexical: z
      .strictObject({
        l2: z
          .union([z.number().positive(), z.literal("auto")])
          .optional()
          .describe("L2 penalty; auto chooses it by cross-validation on the labels."),
        length: z
          .boolean()
          .optional()
          .describe("Whether the length of a response is a feature of the model."),
      })
      .optional(),
  })
  .describe("Settings of a run; what is left out has its default.");

const share = z.number().min(0).max(1);

const labeling = z
  .strictObject({
    order: z
      .enum(["random", "unsure", "mix"])
      .optional()
      .describe(
        "Pairs in random order (the default), those first that the last model is unsure of, or a mix. " +
          "Only what was drawn at random measures calibration.",
      ),
    unsureShare: share
      .optional()
      .describe("In a mix, the share of pairs that the last model is unsure of. Default 0.5."),
    repeatShare: share
      .optional()
      .describe(
        "Share of showings that repeat an earlier pair with swapped sides, unannounced. Default 0.05.",
      ),
    reviewRandomShare: share
      .optional()
      .describe("Share of random pairs among those of a review. Default 0.2."),
    guidelines: z
      .string()
      .min(1)
      .optional()
      .describe("Markdown file beside the pairs, from the folder. Default .ssrm/guidelines.md."),
  })
  .describe("How pairs come to people who label; what is left out has its default.");

const projectSchema = z.strictObject({
  $schema: z.string().optional(),
  data: paths
    .min(1)
    .describe("Files with pairs (.jsonl, .json, .csv, .tsv, .parquet, also .gz), from the folder."),
  labeled: paths.optional().describe("Files whose own preferences are labels."),
  gold: paths.optional().describe("Files with verdicts that are used for reporting only."),
  test: paths.optional().describe("Files that test figures are computed on."),
  mapping: mapping.optional(),
  settings: settings.optional(),
  labeling: labeling.optional(),
});

/** project.json as it stands in the file; paths are relative to the workspace folder. */
export type ProjectFile = z.infer<typeof projectSchema>;

/** Where a project lies below its folder. */
export const projectFileName = ".ssrm/project.json";

export const defaultRunSettings: RunSettings = {
  model: "lexical",
  threshold: 0.8,
  confidence: "raw",
  iterations: 3,
  start: "restart",
  keep: "last",
  seed: 0,
  seedCount: null,
  seedFraction: null,
  lexical: { l2: "auto", length: true },
};

/**
 * Reads the text of project.json. Throws an Error that names every field that is wrong, what was expected
 * and what was got.
 */
export function parseProjectFile(text: string): ProjectFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(
      `${projectFileName} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const parsed = projectSchema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Error(
    `${projectFileName}: ${parsed.error.issues.map((issue) => describeIssue(issue)).join("; ")}`,
  );
}

/** Settings as somebody gave them, in project.json or as options: what is null or missing has its default. */
type GivenSettings = {
  readonly [Name in Exclude<keyof RunSettings, "lexical">]?: RunSettings[Name] | null | undefined;
} & {
  readonly lexical?:
    | { readonly l2?: number | "auto" | undefined; readonly length?: boolean | undefined }
    | undefined;
};

/** The settings of a run of this project, defaults filled in. */
export function runSettingsOf(project: ProjectFile): RunSettings {
  return completeSettings(project.settings ?? {});
}

/** The settings with defaults filled in; other fields are left out. */
export function completeSettings(given: GivenSettings): RunSettings {
  const base = defaultRunSettings;
  return {
    model: given.model ?? base.model,
    threshold: given.threshold ?? base.threshold,
    confidence: given.confidence ?? base.confidence,
    iterations: given.iterations ?? base.iterations,
    start: given.start ?? base.start,
    keep: given.keep ?? base.keep,
    seed: given.seed ?? base.seed,
    seedCount: given.seedCount ?? base.seedCount,
    seedFraction: given.seedFraction ?? base.seedFraction,
    lexical: {
      l2: given.lexical?.l2 ?? base.lexical.l2,
      length: given.lexical?.length ?? base.lexical.length,
    },
  };
}

/** How pairs come to people, defaults filled in. */
export function labelingOf({ labeling: given = {} }: ProjectFile) {
  return {
    order: given.order ?? "random",
    unsureShare: given.unsureShare ?? 0.5,
    repeatShare: given.repeatShare ?? 0.05,
    reviewRandomShare: given.reviewRandomShare ?? 0.2,
  } as const;
}

/** The JSON schema of project.json, for the editor. */
export function projectJsonSchema(): unknown {
  return z.toJSONSchema(projectSchema, { target: "draft-7" });
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.length === 0 ? "the whole file" : issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return `${field}: unknown field ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
  }
  const got = issue.input === undefined ? "nothing" : shortJson(issue.input);
  return `${field}: ${whatWasExpected(issue)}, got ${got}`;
}

function whatWasExpected(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `expected ${issue.expected}`;
  if (issue.code === "invalid_value") {
    return `expected ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
  }
  if (issue.code === "too_small") {
    return `expected ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
  }
  if (issue.code === "too_big") {
    return `expected ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}`;
  }
  return issue.message;
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
