// Two runs in one table: their results and the differences, with intervals where the records hold them.
import { html, type TemplateResult } from "lit";
import { comparisonMeaning, isComparable } from "../../src/core/dashboard/comparison.ts";
import { difference } from "../../src/core/report/intervals.ts";
import {
  duration,
  fixed,
  noValue,
  percent,
  percentRange,
  points,
  thousands,
} from "../../src/core/report/numbers.ts";
import { digitsOfShare } from "../../src/core/report/selectionSection.ts";
import { accuracyOf, rawMetrics, type Summary } from "../../src/core/report/summary.ts";
import { judgeTitles } from "./modelCharts.ts";
import { judgeOf, type ShownRun, type View } from "./state.ts";

type Row = readonly [name: string, one: string, other: string, change: string];

/** The table with a sentence that says what it comes to. */
export function compareView(one: ShownRun, other: ShownRun, view: View): TemplateResult {
  const rows = rowsOf(one, other, view);
  const caption = "Results of both runs";
  return html`<section class="part" aria-labelledby="compare-title">
    <div class="part-head"><h2 id="compare-title">Two runs</h2></div>
    <p class="meaning">${comparisonMeaning(one.summary, other.summary)}</p>
    <div class="table-box whole" role="group" aria-label="Table: ${caption}" tabindex="0">
      <table>
        <caption class="spoken">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">${one.title}</th>
            <th scope="col">${other.title}</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, a, b, change]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${a}</td>
                <td>${b}</td>
                <td>${change}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function rowsOf(one: ShownRun, other: ShownRun, view: View): Row[] {
  const judge = judgeOf(one, view.judge);
  const metricsOf = ({ result }: Summary) => (result && judge ? rawMetrics(result, judge) : null);
  const [a, b] = [metricsOf(one.summary), metricsOf(other.summary)];
  // A difference between figures of different pairs says nothing of the runs.
  const isSame = judge !== null && isComparable(one.summary, other.summary, judge);
  const number = (name: string, key: "ece" | "smece" | "brier" | "nll"): Row => [
    name,
    fixed(a?.[key] ?? null, 3),
    fixed(b?.[key] ?? null, 3),
    a && b && isSame ? signed(b[key] - a[key], 3) : noValue,
  ];
  const fact = (name: string, value: (run: ShownRun) => string): Row => [
    name,
    value(one),
    value(other),
    "",
  ];
  const change = a && b && isSame ? difference(accuracyOf(a), accuracyOf(b)) : null;
  const accuracy = (metrics: typeof a): string =>
    metrics
      ? `${percent(metrics.accuracy, 1)} (${percentRange(accuracyOf(metrics).low, accuracyOf(metrics).high)})`
      : noValue;
  return [
    [
      `Accuracy${judge ? ` on the ${judgeTitles[judge]}` : ""}`,
      accuracy(a),
      accuracy(b),
      change
        ? `${points(change.value)} points (${points(change.low)} to ${points(change.high)})`
        : noValue,
    ],
    number("smECE", "smece"),
    number("ECE", "ece"),
    number("Brier", "brier"),
    number("Log loss", "nll"),
    fact("Pairs judged", ({ summary }) => thousands(metricsOf(summary)?.n ?? null)),
    fact("Labels", ({ summary }) => thousands(summary.last?.labeled ?? null)),
    fact("Pseudo-labels of the last model", ({ summary }) =>
      thousands(summary.last?.selected ?? null),
    ),
    fact("Model of the result", ({ summary }) => String(summary.result?.iteration ?? noValue)),
    fact(
      "Threshold",
      ({ info }) =>
        `${percent(info.settings.threshold, digitsOfShare(info.settings.threshold))} ${info.settings.confidence}`,
    ),
    fact("Seed", ({ info }) => String(info.settings.seed)),
    fact("Time for models", ({ summary }) =>
      duration(summary.iterations.reduce((sum, { seconds }) => sum + seconds, 0)),
    ),
  ];
}

function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
