// The top of the page: the three uses as tabs, how far the person is, and how the pair is looked at.
import { html, nothing, type TemplateResult } from "lit";
import type { LabelAction } from "../../src/protocol/page/judging.ts";
import type { LabelMode } from "../../src/protocol/page/labelPage.ts";
import { keyName } from "../ui/keyHint.ts";
import { progressLine } from "./progressLine.ts";
import type { Desk, LabelState } from "./state.ts";
import { actionWords, modeWords } from "./words.ts";

export interface HeaderActs {
  readonly act: (action: LabelAction) => void;
  readonly setMode: (mode: LabelMode) => void;
  /** Opens the dashboard, whose button says what a run would do. */
  readonly goToRun: () => void;
}

const modes: readonly LabelMode[] = ["label", "review", "audit"];

/** Tabs, tools and the line of progress. */
export function header(state: LabelState, desk: Desk, acts: HeaderActs): TemplateResult {
  const { look } = state;
  return html`<header class="top">
    <h1 class="spoken">Preference pairs: ${modeWords[desk.mode]}</h1>
    <div class="tabs" role="tablist" aria-label="What to do">
      ${modes.map((mode) => tab(mode, { state, desk, setMode: acts.setMode }))}
    </div>
    <div class="tools" role="toolbar" aria-label="How the pair is shown">
      ${tool("diff", "diff", { desk, act: acts.act, isPressed: look.isDiff })}
      ${tool("raw", "code", { desk, act: acts.act, isPressed: look.isRaw })}
      ${tool("arrange", arrangeIcons[desk.settings.arrangement], { desk, act: acts.act })}
      ${tool("guidelines", "book", { desk, act: acts.act, isPressed: look.isGuidelinesOpen })}
      ${tool("keys", "keyboard", { desk, act: acts.act })}
      <button
        type="button"
        class="tool"
        aria-label="Run, and how far the model can be trusted"
        title="Open the dashboard: what a run on these labels would do, and what the last one did"
        @click=${acts.goToRun}
      >
        <span class="codicon codicon-play" aria-hidden="true"></span>
      </button>
    </div>
    ${progressLine(desk)}
  </header>`;
}

const arrangeIcons = {
  auto: "layout",
  "side-by-side": "split-horizontal",
  stacked: "split-vertical",
} as const;

interface TabParts {
  readonly state: LabelState;
  readonly desk: Desk;
  readonly setMode: (mode: LabelMode) => void;
}

function tab(mode: LabelMode, { state, desk, setMode }: TabParts): TemplateResult {
  const isSelected = mode === desk.mode;
  const left = isSelected ? (desk.progress.left ?? undefined) : state.leftByMode[mode];
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = modes[(modes.indexOf(mode) + by + modes.length) % modes.length]!;
    document.getElementById(`tab-${next}`)?.focus();
    setMode(next);
  };
  return html`<button
    type="button"
    role="tab"
    class="tab"
    id="tab-${mode}"
    aria-selected=${isSelected ? "true" : "false"}
    aria-controls="desk"
    tabindex=${isSelected ? "0" : "-1"}
    @click=${() => setMode(mode)}
    @keydown=${step}
  >
    ${modeWords[mode]}${
      left === undefined
        ? nothing
        : html`<span class="count"
            >${left.toLocaleString("en")}<span class="spoken"> to go</span></span
          >`
    }
  </button>`;
}

interface ToolParts {
  readonly desk: Desk;
  readonly act: (action: LabelAction) => void;
  readonly isPressed?: boolean;
}

function tool(action: LabelAction, icon: string, parts: ToolParts): TemplateResult {
  const { desk, act, isPressed } = parts;
  const [key] = desk.settings.keys[action];
  const now = { auto: "now by width", "side-by-side": "now side by side", stacked: "now stacked" };
  const words =
    action === "arrange"
      ? `${actionWords.arrange} (${now[desk.settings.arrangement]})`
      : actionWords[action];
  return html`<button
    type="button"
    class="tool${isPressed === true ? " pressed" : ""}"
    aria-label=${words}
    aria-pressed=${isPressed === undefined ? nothing : isPressed ? "true" : "false"}
    title=${key === undefined ? words : `${words} (${keyName(key)})`}
    @click=${(event: MouseEvent) => {
      if (event.detail > 0) document.getElementById("page")?.focus({ preventScroll: true });
      act(action);
    }}
  >
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
