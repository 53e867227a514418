// How far a person is, how fast, and how steady; figures that are not known yet are left out.
import { html, nothing, type TemplateResult } from "lit";
import type { LabelProgress } from "../../src/protocol/page/labelPage.ts";
import type { Desk } from "./state.ts";
import { durationWords, percent, proportionWords } from "./words.ts";

/** One quiet line. */
export function progressLine({ order, progress, mode }: Desk): TemplateResult {
  const { done, left, secondsPerVerdict, secondsLeft, stale } = progress;
  const total = left === null ? null : done + left;
  return html`<div class="progress">
    ${
      total === null || total === 0
        ? nothing
        : html`<progress class="bar" max=${total} value=${done} aria-label="Done"></progress>`
    }
    <span
      >${done.toLocaleString("en")}${total === null || total === 0 ? "" : ` of ${total.toLocaleString("en")}`}
      done</span
    >
    ${agreement(progress, mode)}
    ${fact(secondsPerVerdict, (seconds) => `${durationWords(seconds)} each`)}
    ${fact(left === 0 ? null : secondsLeft, (seconds) => `about ${durationWords(seconds)} left`)}
    ${fact(
      progress.consistency,
      (rate) =>
        html`<span title=${`Repeats judged the same: ${proportionWords(rate)}`}
          >same again ${percent(rate.value)}</span
        >`,
    )}
    ${fact(
      progress.leftRate,
      (rate) =>
        html`<span
          title=${`How often A was preferred; near 50 % where the sides do not matter: ${proportionWords(rate)}`}
          >A ${percent(rate.value)}</span
        >`,
    )}
    ${
      stale === 0
        ? nothing
        : html`<span
            class="stale"
            title="The guidelines have changed since; undo or label again to renew"
            >${stale.toLocaleString("en")} under older guidelines</span
          >`
    }
    <span class="order">${order}</span>
  </div>`;
}

function agreement({ agreement: figures }: LabelProgress, mode: Desk["mode"]): unknown {
  if (figures === null || figures.rate.n === 0) return nothing;
  const { rate, overrides, moreChecks, narrowTo } = figures;
  if (mode === "audit") {
    const more =
      moreChecks === null || moreChecks === 0 || narrowTo === null
        ? ""
        : `; ${moreChecks.toLocaleString("en")} more checks for ±${percent(narrowTo)}`;
    return html`<span class="agreement">pseudo-labels right ${proportionWords(rate)}${more}</span>`;
  }
  return html`<span class="agreement"
    >${overrides.toLocaleString("en")} overridden, ${proportionWords(rate)}</span
  >`;
}

function fact<T>(value: T | null, show: (value: T) => unknown): unknown {
  return value === null ? nothing : html`<span>${show(value)}</span>`;
}
