// All figures of a run: the charts of one model, the charts over all models, and another run beside.
import "../charts/chartElement.ts";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { thresholdView } from "../../src/core/dashboard/thresholdView.ts";
import type { IterationRecord } from "../../src/core/records.ts";
import { percent } from "../../src/core/report/numbers.ts";
import type { Judge, Summary } from "../../src/core/report/summary.ts";
import type { ChartActions, ChartModel } from "../charts/chartModel.ts";
import {
  confidenceOf,
  floorOf,
  judgeTitles,
  mostOf,
  reliabilityOf,
  type Column,
} from "./modelCharts.ts";
import { numbersView } from "./numbersView.ts";
import type { Actions } from "./page.ts";
import { segments } from "./segments.ts";
import { judgeOf, type ShownRun, type View } from "./state.ts";
import { trendsOf } from "./trendCharts.ts";

export interface FiguresInput {
  readonly run: ShownRun;
  readonly compared: ShownRun | null;
  readonly view: View;
  readonly actions: Actions;
}

/** The charts of the chosen model with model and set to choose, and the slider of the threshold. */
export function modelFigures({ run, compared, view, actions }: FiguresInput): TemplateResult {
  const judge = judgeOf(run, view.judge);
  const record = recordOf(run.summary, view.iteration);
  const threshold = view.threshold ?? run.info.settings.threshold;
  const floor = floorOf(run.summary, compared?.summary ?? null, judge);
  const most = mostOf(run.summary, compared?.summary ?? null);
  const column = (of: ShownRun, name: Column): TemplateResult => {
    const its = name === "one" ? record : recordOf(of.summary, view.iteration);
    const itsJudge = name === "one" ? judge : judgeOf(of, view.judge);
    return html`${name === "other" ? html`<h3 class="column-title">Compared: ${of.title}</h3>` : compared ? html`<h3 class="column-title">${of.title}</h3>` : nothing}
      <div class="charts">
        ${chart(reliabilityOf(of.dir, of.summary, its, itsJudge, floor, name), actions.charts)}
        <div class="with-threshold">
          ${chart(confidenceOf(of.dir, of.summary, its, threshold, most, name), actions.charts)}
          ${its ? thresholdSlider({ record: its, threshold, run: of, column: name, actions }) : nothing}
        </div>
        ${its ? numbersView(its, itsJudge) : nothing}
      </div>`;
  };
  return html`<section class="part" aria-labelledby="model-title">
    <div class="part-head">
      <h2 id="model-title">How far can it be trusted?</h2>
      ${modelPicker(run.summary, record, actions)} ${judgePicker(run, judge, actions)}
    </div>
    ${column(run, "one")} ${compared ? column(compared, "other") : nothing}
  </section>`;
}

/** The charts over all models. */
export function trendFigures({ run, compared, view, actions }: FiguresInput): TemplateResult {
  const charts = trendsOf({
    one: { dir: run.dir, name: run.title, summary: run.summary },
    other: compared && { dir: compared.dir, name: compared.title, summary: compared.summary },
    judge: judgeOf(run, view.judge),
    calibration: view.calibration,
    audit: run.audit,
  });
  return html`<section class="part" aria-labelledby="trends-title">
    <div class="part-head">
      <h2 id="trends-title">From model to model</h2>
      ${segments({
        name: "calibration",
        label: "Calibration error",
        value: view.calibration,
        choices: [
          ["smece", "smECE"],
          ["ece", "ECE"],
        ],
        choose: (calibration) => actions.look({ calibration }),
      })}
    </div>
    <div class="charts">${charts.map((model) => chart(model, actions.charts))}</div>
  </section>`;
}

function chart(model: ChartModel, actions: ChartActions): TemplateResult {
  return html`<ssrm-chart .model=${model} .actions=${actions}></ssrm-chart>`;
}

/** The record of a model, the newest where none is chosen or the chosen one is not there. */
function recordOf({ iterations }: Summary, iteration: number | null): IterationRecord | null {
  return iterations.find((record) => record.iteration === iteration) ?? iterations.at(-1) ?? null;
}

function modelPicker(
  { iterations }: Summary,
  record: IterationRecord | null,
  actions: Actions,
): TemplateResult | typeof nothing {
  if (record === null || iterations.length < 2) return nothing;
  const newest = iterations.at(-1)!.iteration;
  return segments({
    name: "model",
    label: "Model",
    value: String(record.iteration),
    choices: iterations.map(({ iteration }) => [String(iteration), String(iteration)] as const),
    // The newest stays the newest when another one comes.
    choose: (value) => actions.look({ iteration: Number(value) === newest ? null : Number(value) }),
  });
}

function judgePicker(
  run: ShownRun,
  judge: Judge | null,
  actions: Actions,
): TemplateResult | typeof nothing {
  const both = (["validation", "test"] as const).filter((name) => judgeOf(run, name) === name);
  if (judge === null || both.length < 2) return nothing;
  return segments({
    name: "judge",
    label: "Judged by",
    value: judge,
    choices: both.map((name) => [name, judgeTitles[name]] as const),
    choose: (value) => actions.look({ judge: value }),
  });
}

function thresholdSlider(input: {
  readonly record: IterationRecord;
  readonly threshold: number;
  readonly run: ShownRun;
  readonly column: Column;
  readonly actions: Actions;
}): TemplateResult {
  const { record, threshold, run, column, actions } = input;
  const view = thresholdView(record, threshold);
  const text = percent(view.threshold);
  if (column === "other") return html`<p class="slider-text">At ${text}: ${view.sentence}</p>`;
  const isOwn = Math.abs(threshold - run.info.settings.threshold) < 1e-9;
  return html`<div class="threshold-slider">
    <label for="try-threshold">Try a threshold: <strong>${text}</strong></label>
    <input
      type="range"
      id="try-threshold"
      min="50"
      max="99"
      step="1"
      .value=${live(String(Math.round(threshold * 100)))}
      aria-valuetext="${text}. ${view.sentence}"
      @input=${(event: Event) =>
        actions.look({ threshold: Number((event.target as HTMLInputElement).value) / 100 })}
    />
    <p class="slider-text">${view.sentence}</p>
    <div class="slider-acts">
      <button class="link" ?disabled=${isOwn} @click=${() => actions.look({ threshold: null })}>
        Back to this run’s
      </button>
      <button
        class="link"
        @click=${() => {
          actions.edit("threshold", String(Math.round(threshold * 100)));
          actions.saveForm();
        }}
      >
        Use ${text} in the next run
      </button>
    </div>
  </div>`;
}
