// Lines above the pair: what went wrong, what is wrong with the keys, a break that is due, and what the model
// had said of the pair just judged.
import { html, nothing, type TemplateResult } from "lit";
import type { Reveal } from "../../src/protocol/page/labelPage.ts";
import type { Desk, LabelState } from "./state.ts";
import { judgmentWords, percent } from "./words.ts";

export interface NoticeActs {
  readonly hadBreak: () => void;
  readonly dismiss: () => void;
}

/** The lines that apply. */
export function notices(state: LabelState, desk: Desk, acts: NoticeActs): TemplateResult {
  const { notice, breakMinutes, judged } = state;
  return html`<div class="notices">
    ${desk.warning === null ? nothing : strip("warning", desk.warning)}
    ${desk.settings.keyProblems.map((problem) => strip("warning", problem))}
    ${notice === null ? nothing : strip("problem", notice, acts.dismiss)}
    ${
      breakMinutes === null
        ? nothing
        : strip(
            "hint",
            `${breakMinutes} minutes of reading. A short break keeps verdicts steady; everything stays as it is.`,
            acts.hadBreak,
          )
    }
    ${
      judged !== null
        ? revealStrip(judged.reveal, judgmentWords(judged.judgment))
        : desk.mode === "label"
          ? nothing
          : strip("quiet", "What was guessed is shown here after your vote.")
    }
  </div>`;
}

// In review and audit the last strip always has its place, so that the next pair does not move when it fills.
const icons = {
  warning: "warning",
  problem: "error",
  hint: "coffee",
  quiet: "eye-closed",
} as const;

function strip(kind: keyof typeof icons, text: string, dismiss?: () => void): unknown {
  return html`<div class="strip strip-${kind}" role=${kind === "problem" ? "alert" : "status"}>
    <span class="codicon codicon-${icons[kind]}" aria-hidden="true"></span>
    <span>${text}</span>
    ${
      dismiss === undefined
        ? nothing
        : html`<button type="button" class="plain-button" @click=${dismiss}>
            ${kind === "hint" ? "I had a break" : "Close"}
          </button>`
    }
  </div>`;
}

function revealStrip({ guess, confidence, agrees }: Reveal, said: string): TemplateResult {
  const words = guess === "tie" ? "a tie" : `${guess.toUpperCase()} better`;
  return html`<div class="strip strip-reveal" role="status">
    <span class="codicon codicon-${agrees ? "check" : "arrow-swap"}" aria-hidden="true"></span>
    <span>
      Last pair: you said <strong>${said}</strong>, the model
      <strong>${words}</strong> (${percent(confidence)}). ${agrees ? "You agree." : "You differ."}
    </span>
  </div>`;
}
