// The run form: the settings of project.json in plain words.
import { html, nothing, type TemplateResult } from "lit";
import { counted, percent, thousands } from "../../src/core/report/numbers.ts";
import { digitsOfShare } from "../../src/core/report/selectionSection.ts";
import { fieldText, readDraft, type Field } from "./draft.ts";
import { choiceField, sliderField, textField, type FieldView } from "./fields.ts";
import type { Actions, PageState } from "./page.ts";
import type { Shown } from "./state.ts";

/** The form, folded to one line where a run is there already. */
export function formView(shown: Shown, state: PageState, actions: Actions): TemplateResult {
  const { form, problems } = readDraft(shown.form, state.draft);
  const isOpen = state.view.isFormOpen ?? shown.runs.length === 0;
  const view = (field: Field, label: string, help: string): FieldView => ({
    ...{ field, label, help },
    text: fieldText(field, shown.form, state.draft),
    problem: problems[field] ?? null,
    edit: actions.edit,
    save: actions.saveForm,
  });
  const { labels, randomLabels, device } = shown.outlook;
  return html`<details
    class="form"
    .open=${isOpen}
    @toggle=${(event: Event) => {
      const { open } = event.target as HTMLDetailsElement;
      if (open !== isOpen) actions.look({ isFormOpen: open });
    }}
  >
    <summary>
      <span class="form-title">Settings</span>
      <span class="quiet"
        >${form.model}, threshold ${percent(form.threshold, digitsOfShare(form.threshold))} of
        ${form.confidence === "raw" ? "raw" : "calibrated"} confidence,
        ${counted(form.iterations, "iteration")}</span
      >
    </summary>
    <div class="fields">
      <div class="field fact">
        <span class="fact-name">Labels found</span>
        <span class="fact-value">${counted(labels, "label")}</span>
        <p class="help">
          ${randomLabels === 0 ? "None" : thousands(randomLabels)} of them drawn at random; only
          these measure how far the model can be trusted. All of them train it.
        </p>
      </div>
      ${textField(
        view(
          "model",
          "Model",
          "“lexical” is built in, trains in seconds and needs no download. It is the only one of this version.",
        ),
      )}
      ${sliderField(
        view(
          "threshold",
          "Threshold",
          "A pseudo-label is kept where the model is surer than this. Higher: fewer, but more of them right.",
        ),
      )}
      ${choiceField(
        view(
          "confidence",
          "Confidence",
          "What the threshold is compared with. Calibrated fits how often it is right; with few labels the fit itself is unsure.",
        ),
        [
          ["raw", "raw, as the model says it"],
          ["calibrated", "calibrated, after temperature scaling"],
        ],
      )}
      ${textField(
        view(
          "iterations",
          "Iterations",
          "How often the model labels pairs by itself and is trained again. 0 trains on the labels alone.",
        ),
      )}
      ${choiceField(
        view(
          "start",
          "Each model starts",
          "From the beginning is slower and carries no old mistake along.",
        ),
        [
          ["restart", "from the beginning"],
          ["continue", "from the model before"],
        ],
      )}
      ${choiceField(
        view(
          "keep",
          "Result",
          "Best is by the loss on held-out labels; it guards against a loop that goes wrong.",
        ),
        [
          ["last", "the last model"],
          ["best", "the best model"],
        ],
      )}
      ${textField(
        view(
          "seed",
          "Random seed",
          "Fixes all draws: the same seed, data and labels give the same run.",
        ),
      )}
      ${
        shown.form.seedCount === null
          ? nothing
          : textField(
              view(
                "seedCount",
                "Pairs used as labels",
                "Simulation: this many verdicts in the data are used as labels, the rest is hidden and only measured against.",
              ),
            )
      }
      ${
        shown.form.seedFraction === null
          ? nothing
          : textField(
              view(
                "seedFraction",
                "Part used as labels",
                "Simulation: this part of the verdicts in the data is used as labels, the rest is hidden and only measured against.",
              ),
              "%",
            )
      }
      <div class="field fact">
        <span class="fact-name">Runs on</span>
        <span class="fact-value">${device}</span>
        <p class="help">Nothing leaves this machine.</p>
      </div>
    </div>
  </details>`;
}
