// The whole page from its state.
import { html, nothing, type TemplateResult } from "lit";
import type { RunInfo } from "../../src/core/records.ts";
import { emptyState, errorState, loadingState } from "../ui/states.ts";
import { compareView } from "./compareView.ts";
import { modelFigures, trendFigures } from "./figuresView.ts";
import { formView } from "./formView.ts";
import { headerView } from "./headerView.ts";
import type { Actions, PageState } from "./page.ts";
import { runPanel } from "./runPanel.ts";
import type { Shown } from "./state.ts";
import { alarmsView, nextView, verdictView } from "./verdictView.ts";

/** Everything inside <main>. */
export function pageView(state: PageState, actions: Actions): TemplateResult {
  const { shown, failure } = state;
  if (failure === null && shown?.project === "ready") return ready(shown, state, actions);
  return html`<h1 class="spoken">Runs</h1>
    ${instead(state, actions)}`;
}

/** What stands there when no run can be shown. */
function instead(state: PageState, actions: Actions): TemplateResult | typeof nothing {
  const { shown, failure } = state;
  if (failure !== null) {
    return errorState(failure, { label: "Show the log", act: () => actions.act("log") });
  }
  if (shown === null) return loadingState("Reading the runs of this folder");
  switch (shown.project) {
    case "none":
      return emptyState({
        icon: "graph",
        title: "No project yet",
        text: "A project says which file holds the pairs. Make one, label some pairs, and run.",
        action: { label: "Make a project", act: () => actions.act("new-project") },
      });
    case "broken":
      return errorState(shown.problem ?? "project.json can’t be read.", {
        label: "Open project.json",
        act: () => actions.act("open-project"),
      });
    case "virtual":
      return emptyState({
        icon: "remote",
        title: "No runs in a virtual workspace",
        text:
          shown.problem ??
          "Runs need files on a disk. Open the folder on this machine, or connect to where it is.",
        action: null,
      });
    case "ready":
      return nothing;
    default:
      return shown.project satisfies never;
  }
}

function ready(shown: Shown, state: PageState, actions: Actions): TemplateResult {
  const { selected, compared } = shown;
  const input = selected && { run: selected, compared, view: state.view, actions };
  return html`<div class="dashboard">
    ${headerView(shown, actions)} ${notice(shown)} ${runPanel(shown, state, actions)}
    ${formView(shown, state, actions)}
    ${
      selected === null || input === null
        ? noRun(shown)
        : html`${failureOf(selected.info)} ${verdictView(selected)}
          ${alarmsView(selected, shown.outlook.randomLabels, actions)}
          ${selected.summary.last === null ? nothing : nextView(selected, shown, actions)}
          ${modelFigures(input)} ${compared ? compareView(selected, compared, state.view) : nothing}
          ${trendFigures(input)}`
    }
  </div>`;
}

function notice(shown: Shown): TemplateResult | typeof nothing {
  if (shown.isTrusted) return nothing;
  return html`<p class="notice">
    <span class="codicon codicon-shield" aria-hidden="true"></span>
    <span
      >Restricted Mode: runs can be looked at and pairs labeled. To start a run, trust this
      folder.</span
    >
  </p>`;
}

function failureOf({ error, state }: RunInfo): TemplateResult | typeof nothing {
  if (state !== "failed") return nothing;
  return html`<p class="notice bad" role="alert">
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <span>This run failed. ${error ?? "The log says why."}</span>
  </p>`;
}

function noRun({ runs, outlook }: Shown): TemplateResult | typeof nothing {
  if (runs.length > 0) return loadingState("Reading the run");
  return html`<section class="first">
    <h2>No run yet</h2>
    <p class="quiet">
      ${
        outlook.labels === 0
          ? "Label some pairs first: the model learns from your verdicts, then labels by itself the pairs that it is sure of."
          : "Press Run. The model learns from your labels, then labels by itself the pairs that it is sure of. Here you will see how often it is right when it says that it is sure, what it selected, and what it is unsure of."
      }
    </p>
  </section>`;
}
