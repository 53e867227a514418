// The label page as a function of its state.
import { html, nothing, type TemplateResult } from "lit";
import type { NextAction } from "../../src/protocol/page/labelPage.ts";
import { emptyState, errorState, loadingState } from "../ui/states.ts";
import { header, type HeaderActs } from "./header.ts";
import { notices, type NoticeActs } from "./notices.ts";
import { pairTemplate } from "./pairView.ts";
import { guidelinesPane, keysDialog, type GuidelinesActs } from "./panes.ts";
import type { Desk, LabelState } from "./state.ts";
import { verdictBar, type BarActs } from "./verdictBar.ts";

/** Everything that the page's parts can ask for. */
export interface PageActs extends HeaderActs, BarActs {
  readonly notices: NoticeActs;
  readonly guidelines: GuidelinesActs;
  readonly closeKeys: () => void;
  readonly take: (act: NextAction["act"]) => void;
  readonly reopen: () => void;
}

/** The whole page. */
export function page(state: LabelState, acts: PageActs): TemplateResult {
  const { desk, failure, look } = state;
  if (failure !== null) {
    return errorState(failure, { label: "Try again", act: acts.reopen });
  }
  if (desk === null) return loadingState("Getting the first pair…");
  return html`<div class="label-page">
    ${header(state, desk, acts)} ${notices(state, desk, acts.notices)}
    <div class="desk" id="desk" role="tabpanel" aria-labelledby="tab-${desk.mode}">
      ${content(state, desk, acts)}
      ${look.isGuidelinesOpen ? guidelinesPane(desk.guidelines, acts.guidelines) : nothing}
    </div>
    ${desk.current === null && desk.nothing !== null && state.unsaved.length === 0 && !desk.progress.canUndo ? nothing : verdictBar(state, desk, acts)}
    ${keysDialog(desk, acts.closeKeys)}
  </div>`;
}

function content(state: LabelState, desk: Desk, acts: PageActs): TemplateResult {
  const { current, nothing: reason, settings } = desk;
  if (current !== null) return pairTemplate(current, state.look, settings);
  if (reason === null || state.saving === "failing")
    return html`<div class="reading">${waiting(state)}</div>`;
  const { action } = reason;
  return html`<div class="reading">
    ${emptyState({
      icon: action === null ? "pass" : "inbox",
      title: reason.title,
      text: reason.text,
      action: action === null ? null : { label: action.label, act: () => acts.take(action.act) },
    })}
  </div>`;
}

/** No pair is at hand, and nobody has said yet that there is none. */
function waiting({ saving, unsaved }: LabelState): TemplateResult {
  return loadingState(
    saving === "failing"
      ? `The next pairs come once ${unsaved.length === 1 ? "the last verdict is" : "the last verdicts are"} saved.`
      : "The next pair is on its way…",
  );
}
