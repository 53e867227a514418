// The table of all models of the run, one row each, with every figure that a record holds.
import type { IterationRecord, Metrics } from "../records.ts";
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";
import {
  duration,
  fixed,
  fixedRange,
  noValue,
  percent,
  percentRange,
  thousands,
} from "./numbers.ts";
import { accuracyOf } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { dataTable, section, withRange } from "./tables.ts";

type Column = readonly [name: string, cell: (record: IterationRecord) => Part];

const columns: readonly Column[] = [
  ["Labeled", (record) => thousands(record.labeled)],
  ["Unlabeled", (record) => thousands(record.unlabeled)],
  ["Selected", (record) => thousands(record.selected)],
  ["Pseudo-label accuracy", pseudoLabelCell],
  [
    "Temperature",
    (record) =>
      withRange(
        fixed(record.temperature, 2),
        fixedRange(record.temperatureLow, record.temperatureHigh, 2),
      ),
  ],
  ["Test accuracy", (record) => accuracyCell(record.test)],
  ["Held-out accuracy", (record) => accuracyCell(record.validation)],
  ["NLL", (record) => fixed(judged(record)?.nll ?? null, 3)],
  ["Brier", (record) => fixed(judged(record)?.brier ?? null, 3)],
  ["ECE", (record) => fixed(judged(record)?.ece ?? null, 3)],
  ["smECE", (record) => fixed(judged(record)?.smece ?? null, 3)],
  ["Time", (record) => duration(record.seconds)],
];

/** The table with a note on what its figures are taken from and why some are missing. */
export function iterationsSection({ iterations, judge, result, arrivals }: Summary): Markup {
  if (iterations.length === 0) {
    return section(
      "iterations",
      "Models",
      markup`<p class="empty">No model has been made yet.</p>`,
    );
  }
  const where = judge === "validation" ? "held-out labels" : "test set";
  const kept =
    result && result !== iterations.at(-1) ? ` The run keeps model ${result.iteration}.` : "";
  const arrived = arrivals.map(
    (labels) =>
      ` Before model ${labels.iteration}, ${thousands(labels.added)} new verdicts arrived; ${thousands(labels.labeled)} pairs were labeled from then on.`,
  );
  return section(
    "iterations",
    "Models",
    dataTable({
      caption: "The models of the run",
      kind: "numbers",
      columns: ["Model", ...columns.map(([name]) => name)],
      rows: iterations.map((record) => [
        String(record.iteration),
        ...columns.map(([, cell]) => cell(record)),
      ]),
    }),
    markup`<p class="note">Model 0 is trained on the labels alone. Ranges are 95&nbsp;% intervals, those of accuracy with the pairs of one prompt kept together. NLL (nats), Brier, ECE and smECE are of the model’s own probabilities on the ${where}, before temperature scaling; lower is better.${kept}${arrived}${missing(iterations)}</p>
${subsetTable(iterations)}`,
  );
}

/** Test accuracy of every model on each subset that the test rows name; nothing where they name none. */
function subsetTable(iterations: readonly IterationRecord[]): Part {
  const subsets = iterations[0]!.testSubsets;
  if (subsets.length === 0) return null;
  return dataTable({
    caption: "Test accuracy by subset",
    kind: "numbers",
    columns: ["Subset", "Pairs", ...iterations.map((record) => `Model ${record.iteration}`)],
    rows: subsets.map(({ subset, accuracy }, i) => [
      subset,
      thousands(accuracy.n),
      ...iterations.map((record) => {
        const { value, low, high } = record.testSubsets[i]!.accuracy;
        return withRange(percent(value, 1), percentRange(low, high));
      }),
    ]),
  });
}

function missing(iterations: readonly IterationRecord[]): string {
  const reasons: string[] = [];
  if (iterations.some((r) => r.iteration > 0 && r.selected > 0 && r.pseudoLabelAccuracy === null)) {
    reasons.push("no gold was given for the pseudo-labels");
  }
  if (iterations.every((record) => record.test === null)) reasons.push("there is no test set");
  if (iterations.every((record) => record.validation === null)) {
    reasons.push("no label was held out");
  }
  if (iterations.some((record) => record.iteration === 0)) {
    reasons.push("model 0 has no pseudo-labels");
  }
  return reasons.length === 0
    ? ""
    : ` ${noValue} means that there is no value: ${reasons.join("; ")}.`;
}

function judged(record: IterationRecord): Metrics | null {
  return record.test ?? record.validation;
}

function accuracyCell(metrics: Metrics | null): Part {
  if (!metrics) return noValue;
  const { value, low, high } = accuracyOf(metrics);
  return withRange(percent(value, 1), percentRange(low, high, 1));
}

function pseudoLabelCell({ pseudoLabelAccuracy, pseudoLabelGold: gold }: IterationRecord): Part {
  if (pseudoLabelAccuracy === null) return noValue;
  return withRange(
    percent(pseudoLabelAccuracy, 1),
    gold ? percentRange(gold.low, gold.high, 1) : "",
  );
}
