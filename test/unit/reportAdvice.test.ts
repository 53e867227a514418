// What the report says to do next: each piece of advice from figures that call for it.
import { describe, expect, it } from "vitest";
import type { IterationRecord } from "../../src/core/records.ts";
import { advice } from "../../src/core/report/advice.ts";
import { type ReportInput, summarize } from "../../src/core/report/summary.ts";
import { warnings } from "../../src/core/report/warnings.ts";
import { metrics, record, reportInput, runInfo } from "../support/reportInput.ts";

const none = { test: null, validation: null, testCalibrated: null, validationCalibrated: null };
const ended = {
  kind: "ended-early",
  iteration: 1,
  reason: "None passes 0.8; 12 pass 0.7.",
} as const;

function stepsOf(input: ReportInput): string[] {
  const summary = summarize(input.run, input.records);
  return advice(summary, warnings(summary), input);
}

/** Model 0 and a last model with these test accuracies. */
function twoModels(before: number, after: number): IterationRecord[] {
  return [record(0, { test: metrics(before) }), record(1, { test: metrics(after) })];
}

describe("what to do next", () => {
  it("follows the state of the run", () => {
    expect(stepsOf(reportInput({ records: [record(0), ended] }))[0]).toBe(ended.reason);
    expect(stepsOf(reportInput({ run: runInfo({ state: "paused" }) }))[0]).toContain("--resume");
    expect(
      stepsOf(reportInput({ run: runInfo({ state: "failed", error: "Disk full." }) }))[0],
    ).toContain("Disk full.");
  });

  it("asks for a judge where there is none or a weak one", () => {
    expect(stepsOf(reportInput({ records: [record(0, none), record(1, none)] }))[0]).toContain(
      "`--test FILE`",
    );
    expect(
      stepsOf(reportInput({ records: [record(0, { test: null }), record(1, { test: null })] }))[0],
    ).toContain("40 labels that also set the temperature are a weak judge");
  });

  it("recommends calibrated confidence unless the test set shows that scaling makes it worse", () => {
    const sharp = { temperatureLow: 1.2, temperature: 1.5, temperatureHigh: 1.9 };
    const stepsWith = (smece: number): string =>
      stepsOf(
        reportInput({
          records: [
            record(0, { ...sharp, test: metrics(0.6), testCalibrated: metrics(0.6, { smece }) }),
          ],
        }),
      ).join(" ");
    const { smece } = metrics(0.6);
    expect(stepsWith(smece / 2)).toContain("--confidence calibrated");
    expect(stepsWith(smece * 2)).not.toContain("--confidence calibrated");
    expect(stepsWith(smece * 2)).toContain("raise the threshold");
  });

  it("has at most four steps, and never advice against what was found", () => {
    expect(stepsOf(reportInput({ records: twoModels(0.6, 0.5) }))[0]).toContain("Use model 0");
    expect(stepsOf(reportInput({ records: twoModels(0.6, 0.7) })).join(" ")).toContain(
      "--selected",
    );
    for (const after of [0.4, 0.6, 0.8]) {
      const length = { data: 0.5, labeled: 0.5, selected: 0.7, model: 0.7, rewardCorrelation: 0.5 };
      const records = twoModels(0.6, after).map((r) => ({ ...r, length, temperatureLow: 1.1 }));
      expect(stepsOf(reportInput({ records })).length).toBeLessThanOrEqual(4);
    }
  });
});
