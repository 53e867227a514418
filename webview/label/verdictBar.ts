// The bar that is always in sight: seven degrees, both bad, what else can be done with the pair, the reason,
// and whether what was said is on the disk.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { judgments, type Judgment, type LabelAction } from "../../src/protocol/page/judging.ts";
import { keyHint } from "../ui/keyHint.ts";
import type { Desk, LabelState, Unsaved } from "./state.ts";
import { actionWords, judgmentWords, degreeWords } from "./words.ts";

export interface BarActs {
  readonly act: (action: LabelAction) => void;
  readonly typed: (rationale: string) => void;
  readonly retry: () => void;
}

/** The bar; its buttons rest while no pair is in view. */
export function verdictBar(state: LabelState, desk: Desk, acts: BarActs): TemplateResult {
  const { current, settings } = desk;
  return html`<div class="verdict-bar" role="group" aria-label="Verdict">
    ${unsavedTemplate(state.unsaved, acts.retry)}
    <div class="degrees">
      ${judgments.map((judgment) => degreeButton(judgment, desk, acts.act))}
    </div>
    <div class="extras">
      <label class="rationale">
        <span class="rationale-name">Reason ${keyHint(settings.keys.rationale)}</span>
        <textarea
          id="rationale"
          rows="1"
          dir="auto"
          maxlength="100000"
          placeholder="Why?"
          ?disabled=${current === null}
          .value=${live(state.rationale)}
          @input=${(event: Event) => acts.typed((event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
      ${smallButton("skip", { desk, act: acts.act, isDisabled: current === null, text: "Skip" })}
      ${flagButton(desk, acts.act)}
      ${smallButton("undo", {
        desk,
        act: acts.act,
        isDisabled: !desk.progress.canUndo && state.unsaved.length === 0,
        text: "Undo",
      })}
      ${smallButton("redo", { desk, act: acts.act, isDisabled: !desk.progress.canRedo, text: "Redo" })}
      <span class="saving" data-saving=${state.saving}>${savingWords(state)}</span>
    </div>
  </div>`;
}

function degreeButton(
  judgment: Judgment,
  { current, settings }: Desk,
  act: (action: LabelAction) => void,
): TemplateResult {
  const isGiven = current?.given === judgment;
  const [shown, spoken] = degreeWords[judgment];
  return html`<button
    type="button"
    class="degree degree-${judgment}${isGiven ? " given" : ""}"
    title=${isGiven ? "Your verdict before" : actionWords[judgment]}
    ?disabled=${current === null}
    @click=${(event: MouseEvent) => pressed(event, () => act(judgment))}
  >
    ${keyHint(settings.keys[judgment])}<span class="degree-name"
      >${shown}<span class="spoken">${spoken}${isGiven ? ", your verdict before" : ""}</span></span
    >
  </button>`;
}

interface SmallButton {
  readonly desk: Desk;
  readonly act: (action: LabelAction) => void;
  readonly isDisabled: boolean;
  readonly text: string;
}

function smallButton(action: LabelAction, button: SmallButton): TemplateResult {
  const { desk, act, isDisabled, text } = button;
  return html`<button
    type="button"
    class="plain-button"
    ?disabled=${isDisabled}
    @click=${(event: MouseEvent) => pressed(event, () => act(action))}
  >
    ${text}${keyHint(desk.settings.keys[action])}
  </button>`;
}

function flagButton(
  { current, settings }: Desk,
  act: (action: LabelAction) => void,
): TemplateResult {
  const isFlagged = current?.isFlagged === true;
  return html`<button
    type="button"
    class="plain-button${isFlagged ? " pressed" : ""}"
    aria-pressed=${isFlagged ? "true" : "false"}
    title=${actionWords.flag}
    ?disabled=${current === null}
    @click=${(event: MouseEvent) => pressed(event, () => act("flag"))}
  >
    ${isFlagged ? "Flagged" : "Flag"}${keyHint(settings.keys.flag)}
  </button>`;
}

/** After a press by mouse or finger the focus goes back to the page: Space means skip, not this button again. */
function pressed(event: MouseEvent, act: () => void): void {
  if (event.detail > 0) document.getElementById("page")?.focus({ preventScroll: true });
  act();
}

function savingWords({ saving, unsaved }: LabelState): string {
  if (saving === "saved") return "Saved";
  if (saving === "saving") return "Saving…";
  return saving === "failing" ? `${unsaved.length} not saved` : "";
}

function unsavedTemplate(
  unsaved: readonly Unsaved[],
  retry: () => void,
): TemplateResult | typeof nothing {
  const failing = unsaved.filter(({ problem }) => problem !== null);
  const last = failing.at(-1);
  if (last === undefined) return nothing;
  const verdicts = failing.slice(-5).map(({ request }) => judgmentWords(request.judgment));
  const more = failing.length > 5 ? `${failing.length - 5} more, ` : "";
  return html`<div class="strip strip-problem" role="alert">
    <span>
      <strong>Not saved: ${more}${verdicts.join(", ")}</strong> – trying again. ${last.problem} You
      can go on; nothing is lost while this page is open or comes back.
    </span>
    <button type="button" class="plain-button" @click=${retry}>Try now</button>
  </div>`;
}
