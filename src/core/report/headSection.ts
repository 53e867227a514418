// The head of the report: what was run, in one sentence, its state, and the figures to take away.
import type { FileIdentity, RunInfo } from "../records.ts";
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";
import { counted, fixed, noValue, percent, percentRange, points, thousands } from "./numbers.ts";
import { digitsOfShare } from "./selectionSection.ts";
import { sentence } from "./sentence.ts";
import { accuracyOf, baseName, rawMetrics, scaledMetrics } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { prose } from "./tables.ts";
import { compare } from "./verdict.ts";

/** The names of the data files: "pairs.jsonl", "a.jsonl, b.jsonl and 3 more". */
export function dataName({ data }: RunInfo): string {
  const names = data.map((file: FileIdentity) => baseName(file.path));
  if (names.length === 0) return "no data";
  if (names.length <= 3) return names.join(", ");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** Title, sentence, notice of the state, key figures. */
export function headSection(summary: Summary): Markup {
  const { run } = summary;
  return markup`<header>
<p class="eyebrow">SSRM run report</p>
<h1>${dataName(run)}</h1>
<p class="lede">${whatWasRun(summary)}</p>
${stateNotice(summary)}
${keyFigures(summary)}
</header>
`;
}

/** What was run, in one sentence of plain words. */
export function whatWasRun({ run, first, last }: Summary): string {
  const { settings: s } = run;
  const sizes = first
    ? `${counted(first.labeled, "labeled pair")} and ${counted(first.unlabeled, "unlabeled pair")}`
    : "labeled and unlabeled pairs";
  const simulated =
    s.seedCount !== null || s.seedFraction !== null
      ? " (a simulation: the labels were drawn from the data’s own, the rest kept hidden)"
      : "";
  const made = Math.max(0, last?.iteration ?? 0);
  const iterations =
    made === s.iterations
      ? counted(s.iterations, "iteration")
      : `${thousands(made)} of ${counted(s.iterations, "iteration")}`;
  return (
    `SSRM on ${sizes} of ${dataName(run)}${simulated}, with the model ${baseName(s.model)}, ${iterations}, ` +
    `threshold ${percent(s.threshold, digitsOfShare(s.threshold))} on ${s.confidence} confidence, seed ${s.seed}.`
  );
}

function stateNotice({ run, ended }: Summary): Markup | null {
  switch (run.state) {
    case "done":
      return ended
        ? markup`<p class="notice"><strong>Ended early.</strong> ${prose(sentence(ended.reason))}</p>`
        : null;
    case "running":
      return markup`<p class="notice"><strong>Still running.</strong> This page shows what was written down so far.</p>`;
    case "paused":
      return markup`<p class="notice"><strong>Paused.</strong> This page shows the run as far as it has come; it can go on where it stopped.</p>`;
    case "failed":
      return markup`<p class="notice bad"><strong>Failed.</strong> ${prose(run.error ?? "The run wrote down no cause.")}</p>`;
    default:
      return run.state satisfies never;
  }
}

interface KeyFigure {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
}

function keyFigures(summary: Summary): Markup | null {
  const { result } = summary;
  if (!result) return null;
  const figures = [accuracyFigure, changeFigure, calibrationFigure, pseudoLabelFigure].map(
    (make): Part => {
      const { name, value, detail } = make(summary);
      return markup`<div><dt>${name}</dt><dd><span class="value">${value}</span> <span class="detail">${detail}</span></dd></div>\n`;
    },
  );
  return markup`<dl class="key-figures">\n${figures}</dl>`;
}

function accuracyFigure({ result, judge }: Summary): KeyFigure {
  const metrics = result && judge && rawMetrics(result, judge);
  if (!metrics) return { name: "Accuracy", value: noValue, detail: "no held-out pair to judge by" };
  const { value, low, high } = accuracyOf(metrics);
  return {
    name: judge === "test" ? "Test accuracy" : "Accuracy on held-out labels",
    value: percent(value, 1),
    detail: `${percentRange(low, high, 1)}, ${counted(metrics.n, "pair")}`,
  };
}

function changeFigure(summary: Summary): KeyFigure {
  const { change, effect } = compare(summary);
  const name = "Change by self-training";
  if (!change) {
    return {
      name,
      value: noValue,
      detail: effect === "unchanged" ? "the result is model 0" : "not known",
    };
  }
  return {
    name,
    value: `${points(change.value)} points`,
    detail: `${points(change.low)} to ${points(change.high)}`,
  };
}

function calibrationFigure({ result, judge }: Summary): KeyFigure {
  const raw = result && judge && rawMetrics(result, judge);
  const name = "Calibration error (smECE)";
  if (!raw) return { name, value: noValue, detail: "no held-out pair to judge by" };
  const scaled = scaledMetrics(result, judge);
  return {
    name,
    value: fixed(raw.smece, 3),
    detail: scaled
      ? `${fixed(scaled.smece, 3)} after temperature scaling`
      : "temperature not known",
  };
}

function pseudoLabelFigure({ last }: Summary): KeyFigure {
  const selected = last?.selected ?? 0;
  const gold = last?.pseudoLabelGold ?? null;
  const detail =
    selected === 0
      ? "none was selected"
      : gold
        ? `${percent(gold.value, 1)} right (${percentRange(gold.low, gold.high, 1)})`
        : "no gold to check them by";
  return { name: "Pseudo-labels in the last model", value: thousands(selected), detail };
}
