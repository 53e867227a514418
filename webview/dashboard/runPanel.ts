// The one button that starts a run and says what it will do; progress and control while one is running.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { outlookText } from "../../src/core/dashboard/outlook.ts";
import { duration } from "../../src/core/report/numbers.ts";
import type { RunSummary } from "../../src/protocol/page/dashboardPage.ts";
import { readDraft } from "./draft.ts";
import type { Actions, PageState } from "./page.ts";
import type { Shown } from "./state.ts";

/** Start, or the run that is being made. */
export function runPanel(shown: Shown, state: PageState, actions: Actions): TemplateResult {
  const active = activeRun(shown);
  return html`<section class="run-panel" aria-label="Run">
    ${active ? activePanel(active, shown, actions) : startPanel(shown, state, actions)}
    ${
      state.complaint === null
        ? nothing
        : html`<p class="complaint" role="alert">
            <span class="codicon codicon-error" aria-hidden="true"></span>${state.complaint}
          </p>`
    }
  </section>`;
}

/** The run that is made here, or one that stopped before its end and can go on. */
function activeRun({ runs, selected, activity }: Shown): RunSummary | null {
  if (activity !== "idle") {
    return runs.find(({ owner }) => owner === "here") ?? null;
  }
  const run = runs.find(({ dir }) => dir === selected?.dir);
  const isUnfinished = run?.state === "running" || run?.state === "paused";
  return isUnfinished ? run : null;
}

function startPanel(shown: Shown, { draft }: PageState, actions: Actions): TemplateResult {
  const { outlook } = shown;
  const { form, problems } = readDraft(shown.form, draft);
  const wrong = Object.values(problems)[0] ?? null;
  const problem = outlook.problem ?? wrong;
  const needsLabels = outlook.labels === 0 && form.seedFraction === null;
  return html`<div class="run-acts">
      <vscode-button
        class="primary"
        icon="play"
        ?disabled=${problem !== null}
        @click=${() => actions.start(form, "here")}
        >${needsLabels ? "Run" : `Run: ${outlookText(outlook)}`}</vscode-button
      >
      <vscode-button
        secondary
        ?disabled=${problem !== null}
        @click=${() => actions.start(form, "detached")}
        title="Goes on when this window is closed"
        >Run detached</vscode-button
      >
      ${
        needsLabels
          ? html`<vscode-button secondary icon="tag" @click=${() => actions.act("label")}
              >Label pairs</vscode-button
            >`
          : nothing
      }
    </div>
    <p class=${problem === null ? "quiet" : "missing"}>
      ${
        problem === null
          ? html`On ${outlook.device}. Detached, it goes on when this window is closed.`
          : html`<span class="codicon codicon-info" aria-hidden="true"></span>${problem}`
      }
    </p>`;
}

function activePanel(run: RunSummary, shown: Shown, actions: Actions): TemplateResult {
  const { steps } = shown;
  const isHere = run.owner === "here";
  const isPaused = shown.activity === "paused" || run.state === "paused";
  const isStopped = !isHere && (run.owner === "nobody" || run.state === "paused");
  const act = (name: "pause" | "resume" | "cancel", icon: string, text: string): TemplateResult =>
    html`<vscode-button
      ?secondary=${name !== "resume"}
      icon=${icon}
      @click=${() => actions.control(name, run.dir)}
      >${text}</vscode-button
    >`;
  const iterations =
    shown.selected?.dir === run.dir ? shown.selected.info.settings.iterations : null;
  const share = steps && steps.total > 0 ? Math.min(1, steps.done / steps.total) : null;
  return html`<div class="progress">
      <p class="progress-text">
        ${
          isStopped
            ? "This run stopped before its end. Nothing is lost: it goes on from its last finished step."
            : isPaused
              ? "Paused. It goes on where it stopped."
              : steps
                ? html`<strong
                      >Model
                      ${steps.iteration}${iterations === null ? "" : ` of ${iterations}`}</strong
                    >:
                    ${phaseText(steps.phase)}${share === null ? "" : `, ${Math.floor(share * 100)} %`}`
                : isHere
                  ? "Starting"
                  : "Running in another process. New models appear here as they are done."
        }
      </p>
      <p class="progress-left quiet">
        ${!steps || steps.secondsLeft === null || isPaused || isStopped ? nothing : `about ${duration(steps.secondsLeft)} left`}
      </p>
      <progress
        aria-label="Progress of this model"
        max="1"
        .value=${share ?? 0}
        ?hidden=${isStopped}
      ></progress>
    </div>
    <div class="run-acts">
      ${
        isStopped
          ? html`${act("resume", "debug-continue", "Go on with this run")}
              <vscode-button secondary icon="play" @click=${() => actions.start(shown.form, "here")}
                >New run</vscode-button
              >`
          : isHere
            ? html`${isPaused ? act("resume", "debug-continue", "Resume") : act("pause", "debug-pause", "Pause")}
              ${act("cancel", "debug-stop", "Cancel")}`
            : act("cancel", "debug-stop", "Cancel")
      }
    </div>`;
}

/** Words for a phase of the engine. */
function phaseText(phase: string): string {
  const words: Readonly<Record<string, string>> = {
    read: "reading",
    tune: "tuning",
    fit: "training",
    score: "scoring",
  };
  return words[phase] ?? phase;
}
