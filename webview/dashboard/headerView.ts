// The head of the page: which run is shown, with which it is compared, what state it is in.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { RunSummary } from "../../src/protocol/page/dashboardPage.ts";
import type { Actions } from "./page.ts";
import type { Shown } from "./state.ts";

/** Pickers, the run's state, and what else can be done with it. */
export function headerView(shown: Shown, actions: Actions): TemplateResult {
  const selected = shown.runs.find(({ dir }) => dir === shown.selected?.dir) ?? null;
  return html`<header class="head">
    <h1>Runs</h1>
    ${shown.runs.length === 0 ? nothing : pickers(shown, actions)}
    ${selected === null ? nothing : stateOf(selected)}
    <div class="head-acts">
      ${
        selected === null
          ? nothing
          : html`${shown.selected?.hasReport ? button("report", "Report", "file-text") : nothing}
            ${button("export", "Export labels", "export")}
            ${button("score", "Score file", "symbol-numeric")}
            ${button("evaluate", "Evaluate", "beaker")}`
      }
    </div>
  </header>`;

  function button(
    act: "report" | "export" | "score" | "evaluate",
    name: string,
    icon: string,
  ): TemplateResult {
    return html`<vscode-button
      secondary
      icon=${icon}
      ?disabled=${!shown.isTrusted && act !== "report"}
      @click=${() => actions.act(act, selected?.dir)}
      >${name}</vscode-button
    >`;
  }
}

function pickers(shown: Shown, actions: Actions): TemplateResult {
  const selected = shown.selected?.dir ?? null;
  const compared = shown.compared?.dir ?? null;
  return html`<div class="pickers">
    <label class="picker"
      ><span>Run</span>
      <select
        class="select"
        id="pick-run"
        @change=${(event: Event) => actions.select({ selected: valueOf(event), compared })}
      >
        ${shown.runs.map(({ dir, title, state }) =>
          option(dir, `${title}${state === "done" ? "" : ` (${state})`}`, selected ?? ""),
        )}
      </select></label
    >
    <label class="picker"
      ><span>Compare with</span>
      <select
        class="select"
        id="pick-compared"
        @change=${(event: Event) => actions.select({ selected, compared: valueOf(event) })}
      >
        ${option("", "no other run", compared ?? "")}
        ${shown.runs
          .filter(({ dir }) => dir !== selected)
          .map(({ dir, title }) => option(dir, title, compared ?? ""))}
      </select></label
    >
  </div>`;
}

function option(value: string, name: string, chosen: string): TemplateResult {
  return html`<option value=${value} .selected=${live(value === chosen)}>${name}</option>`;
}

function valueOf(event: Event): string | null {
  const { value } = event.target as HTMLSelectElement;
  return value === "" ? null : value;
}

function stateOf(run: RunSummary): TemplateResult {
  const [icon, text] = stateText(run);
  return html`<p class="run-state">
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>${text}
  </p>`;
}

/** An icon and words: state never hangs on a colour. */
function stateText({ state, owner }: RunSummary): readonly [icon: string, text: string] {
  switch (state) {
    case "running":
      if (owner === "nobody") return ["debug-disconnect", "stopped before its end"];
      return ["sync", owner === "here" ? "running here" : "running in another process"];
    case "paused":
      return ["debug-pause", "paused"];
    case "done":
      return ["pass", "done"];
    case "failed":
      return ["error", "failed"];
    default:
      return state satisfies never;
  }
}
