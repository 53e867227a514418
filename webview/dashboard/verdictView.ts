// What the run comes to, what is wrong with it, and what to do next.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { alarms, type Alarm } from "../../src/core/dashboard/alarms.ts";
import { counted, percent, percentRange, thousands } from "../../src/core/report/numbers.ts";
import type { Summary } from "../../src/core/report/summary.ts";
import { help, trust, type Finding } from "../../src/core/report/verdict.ts";
import type { AgreementFigures } from "../../src/protocol/page/labelPage.ts";
import { memo } from "./memo.ts";
import type { Actions } from "./page.ts";
import type { Shown, ShownRun } from "./state.ts";

/** How far the model can be trusted and whether SSRM helped, in the report's words. */
export function verdictView({ summary }: ShownRun): TemplateResult {
  return html`<section class="verdicts" aria-label="What the numbers say">
    ${findingsOf(summary).map(
      ({ tone, headline, text }) =>
        html`<div class="verdict ${tone}">
          <h2>
            <span class="codicon codicon-${toneIcons[tone]}" aria-hidden="true"></span>${headline}
          </h2>
          <p>${text}</p>
        </div>`,
    )}
  </section>`;
}

const findingsOf = memo((summary: Summary): readonly Finding[] => [trust(summary), help(summary)]);

const toneIcons = { good: "pass", bad: "warning", neutral: "info" } as const;

/** Alarms of the loop, each with what to do; nothing where there is none. */
export function alarmsView(
  run: ShownRun,
  randomLabels: number | null,
  actions: Actions,
): TemplateResult | typeof nothing {
  const found = alarmsOf(run.summary, run.audit, run.review, randomLabels);
  if (found.length === 0) return nothing;
  return html`<section aria-labelledby="alarms-title">
    <h2 id="alarms-title" class="spoken">Alarms</h2>
    <ul class="alarms">
      ${found.map((alarm) => alarmView(alarm, run.dir, actions))}
    </ul>
  </section>`;
}

const alarmsOf = memo(
  (
    ...[summary, audit, review, randomLabels]: readonly [
      summary: Summary,
      audit: AgreementFigures | null,
      review: AgreementFigures | null,
      randomLabels: number | null,
    ]
  ): readonly Alarm[] => alarms({ summary, audit, review, randomLabels }),
);

function alarmView(
  { tone, headline, text, next, act }: Alarm,
  dir: string,
  actions: Actions,
): TemplateResult {
  return html`<li class="alarm ${tone}">
    <span
      class="codicon codicon-${tone === "alarm" ? "warning" : "lightbulb"}"
      aria-hidden="true"
    ></span>
    <div>
      <h3>${headline}</h3>
      <p>
        ${text} ${next}
        ${
          act === null
            ? nothing
            : html`<button class="link" @click=${() => actions.act(act, dir)}>
                ${actNames[act]}
              </button>`
        }
      </p>
    </div>
  </li>`;
}

const actNames = {
  label: "Label pairs",
  review: "Review the queue",
  audit: "Check pseudo-labels",
} as const;

function againText(fresh: number, { info }: ShownRun): string {
  const are = fresh === 1 ? "is" : "are";
  const enter = fresh === 1 ? "it enters" : "they enter";
  if (info.state === "running") {
    return fresh > 0
      ? `${counted(fresh, "label")} ${are} new since the last model; ${enter} the next one of this run.`
      : "Verdicts that you give now enter the next model of this run.";
  }
  return fresh > 0
    ? `${counted(fresh, "label")} ${are} new since this run; ${enter} the next one.`
    : "No label is new since this run. Label or review some pairs first.";
}

function unchecked({ last }: Summary): string {
  return last && last.selected > 0
    ? "Nobody has checked a pseudo-label of this run. A few checks show how many are right."
    : "The last model was trained on no pseudo-label, so there is none to check.";
}

/** The next steps of a person: review, audit, run again. */
export function nextView(run: ShownRun, shown: Shown, actions: Actions): TemplateResult {
  const { summary, queueLength, audit, review, dir } = run;
  const fresh = shown.outlook.labels - (summary.last?.labeled ?? 0);
  const canRunAgain = fresh > 0 && run.info.state !== "running" && shown.activity === "idle";
  return html`<section class="next" aria-labelledby="next-title">
    <h2 id="next-title">Next</h2>
    <ul class="steps">
      <li>
        <h3>Review</h3>
        <p>
          ${
            queueLength === 0
              ? "No pair waits for review."
              : `${counted(queueLength, "pair")} ${queueLength === 1 ? "waits" : "wait"} that the model is unsure of. A verdict there adds what it can’t know.`
          }
          ${
            review === null
              ? nothing
              : html`<span class="step-figure"
                  >${counted(review.rate.n, "pair")} reviewed,
                  ${counted(review.overrides, "guess").replace("guesss", "guesses")} overridden
                  (${percentRange(review.rate.low, review.rate.high)} of all).</span
                >`
          }
        </p>
        ${queueLength === 0 ? nothing : button("review", "Review the queue")}
      </li>
      <li>
        <h3>Check pseudo-labels</h3>
        <p>
          ${
            audit === null
              ? unchecked(summary)
              : `${counted(audit.rate.n, "check")}: ${percent(audit.rate.value)} right (${percentRange(audit.rate.low, audit.rate.high)}).`
          }
          ${
            !audit || audit.moreChecks === null || audit.narrowTo === null
              ? nothing
              : html`<span class="step-figure"
                  >${
                    audit.moreChecks === 0
                      ? `That is known to ±${percent(audit.narrowTo)}.`
                      : `${thousands(audit.moreChecks)} more would narrow it to ±${percent(audit.narrowTo)}.`
                  }</span
                >`
          }
        </p>
        ${summary.last && summary.last.selected > 0 ? button("audit", "Check some") : nothing}
      </li>
      <li>
        <h3>${run.info.state === "running" ? "Label more" : "Run again"}</h3>
        <p>${againText(fresh, run)}</p>
        ${
          canRunAgain && shown.outlook.problem === null
            ? html`<vscode-button
                secondary
                icon="play"
                @click=${() => actions.start(shown.form, "here")}
                >Run again with ${counted(fresh, "new label")}</vscode-button
              >`
            : button("label", "Label pairs")
        }
      </li>
    </ul>
  </section>`;

  function button(act: "review" | "audit" | "label", name: string): TemplateResult {
    return html`<vscode-button secondary @click=${() => actions.act(act, dir)}
      >${name}</vscode-button
    >`;
  }
}
