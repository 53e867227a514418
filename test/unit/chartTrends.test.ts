// Which trends a run's records hold.
import { describe, expect, it } from "vitest";
import { trendPanels } from "../../src/core/chart/trends.ts";
import { metrics, record } from "../support/reportInput.ts";

describe("trends", () => {
  it("has a panel for every figure that the records hold, with intervals where they do", () => {
    const gold = { value: 0.8, low: 0.75, high: 0.85, n: 300 };
    const panels = trendPanels([
      record(0),
      record(1, {
        pseudoLabelAccuracy: 0.8,
        pseudoLabelGold: gold,
        test: metrics(0.7, { smece: 0.5 }),
      }),
    ]);
    expect(panels.map((panel) => panel.series.map((s) => s.name))).toEqual([
      ["test", "held-out labels"],
      ["selected pseudo-labels"],
      ...new Array<string[]>(4).fill(["as it is", "temperature-scaled"]),
    ]);
    expect(panels[0]!.series[0]!.points[1]).toEqual({
      iteration: 1,
      value: 0.7,
      low: 0.7 - 0.02,
      high: 0.7 + 0.02,
    });
    expect(panels[1]!.series[0]!.points).toEqual([
      { iteration: 1, value: 0.8, low: 0.75, high: 0.85 },
    ]);
    expect(panels[2]!.series[0]!.points[1]!.value).toBe(0.5);
  });

  it("leaves out what no record has", () => {
    const none = { test: null, testCalibrated: null };
    expect(
      trendPanels([record(0, { ...none, validation: null, validationCalibrated: null })]),
    ).toEqual([]);
    const panels = trendPanels([record(0, none), record(1, none)]);
    expect(panels.map((panel) => panel.title)).not.toContain("Pseudo-label accuracy");
    expect(panels[0]!.series.map((s) => s.name)).toEqual(["held-out labels"]);
  });
});
