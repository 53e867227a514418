// One model in numbers, beside its charts.
import { html, type TemplateResult } from "lit";
import { estimateOf } from "../../src/core/chart/trends.ts";
import type { IterationRecord } from "../../src/core/records.ts";
import {
  duration,
  fixed,
  fixedRange,
  noValue,
  percent,
  percentRange,
  thousands,
} from "../../src/core/report/numbers.ts";
import { accuracyOf, rawMetrics, type Judge } from "../../src/core/report/summary.ts";
import { judgeTitles } from "./modelCharts.ts";

/** A list of the model's figures; all of them are in its record. */
export function numbersView(record: IterationRecord, judge: Judge | null): TemplateResult {
  const metrics = judge && rawMetrics(record, judge);
  const accuracy = metrics && accuracyOf(metrics);
  const estimate = (name: "smece" | "ece" | "brier"): string => {
    const found = metrics && estimateOf(metrics, name);
    if (!found || found.low === null) return fixed(found?.value ?? null, 3);
    return `${fixed(found.value, 3)} (${fixedRange(found.low, found.high, 3)})`;
  };
  const facts: readonly (readonly [string, string])[] = [
    ["Labels", thousands(record.labeled)],
    ["Pseudo-labels", record.iteration === 0 ? noValue : thousands(record.selected)],
    [`Judged by, ${judge ? judgeTitles[judge] : "nothing"}`, thousands(metrics?.n ?? null)],
    [
      "Accuracy",
      accuracy
        ? `${percent(accuracy.value, 1)} (${percentRange(accuracy.low, accuracy.high)})`
        : noValue,
    ],
    ["smECE", estimate("smece")],
    ["ECE, 15 bins", estimate("ece")],
    ["Brier", estimate("brier")],
    ["Log loss, nats", fixed(metrics?.nll ?? null, 3)],
    [
      "Temperature",
      `${fixed(record.temperature, 2)} (${fixedRange(record.temperatureLow, record.temperatureHigh, 2)})`,
    ],
    ["Reward–length correlation", fixed(record.length.rewardCorrelation, 2)],
    ["Time", duration(record.seconds)],
  ];
  return html`<section class="numbers" aria-label="Model ${record.iteration} in numbers">
    <h3>Model ${record.iteration} in numbers</h3>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
}
