// The one status-bar item: what the run of this window does, how the newest run ended, or for a moment that
// something was saved.
import * as vscode from "vscode";
import type { Runner } from "./runner.ts";
import type { RunStore } from "./runStore.ts";
import { lastIteration, progressText, runDescription } from "./runText.ts";

export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #passing: { readonly text: string; readonly timer: NodeJS.Timeout } | null = null;
  #lasting = "";

  constructor() {
    this.#item = vscode.window.createStatusBarItem("ssrm", vscode.StatusBarAlignment.Left);
    this.#item.name = "SSRM";
    this.#item.command = "ssrm.dashboard";
  }

  /** Shows a text for a moment, then what was there before. */
  showPassing(text: string, forMs: number): void {
    if (this.#passing !== null) clearTimeout(this.#passing.timer);
    const timer = setTimeout(() => {
      this.#passing = null;
      this.#draw();
    }, forMs);
    this.#passing = { text, timer };
    this.#draw();
  }

  /** Shows the state of the runs; `labels` says what a run would start from, empty where not known. */
  update(runs: RunStore, runner: Runner, labels: string): void {
    this.#lasting = textOf(runs, runner, labels);
    this.#draw();
  }

  dispose(): void {
    if (this.#passing !== null) clearTimeout(this.#passing.timer);
    this.#item.dispose();
  }

  #draw(): void {
    const text = this.#passing?.text ?? this.#lasting;
    if (text === "") return this.#item.hide();
    this.#item.text = text;
    const spoken = text.replace(/\$\([^)]*\)\s*/g, "");
    const whole = spoken.startsWith("SSRM") ? spoken : `SSRM: ${spoken}`;
    this.#item.tooltip = `${whole}. Click for the dashboard.`;
    this.#item.accessibilityInformation = { label: whole };
    this.#item.show();
  }
}

function textOf(runs: RunStore, runner: Runner, labels: string): string {
  const live = runs.runs.find(({ info, owner }) => info.state === "running" && owner !== "nobody");
  if (runner.activity === "paused") return "$(debug-pause) SSRM paused";
  if (live === undefined) {
    if (runner.activity === "running") return "$(sync~spin) SSRM starting";
    const parts = [labels, runs.runs[0] === undefined ? "" : runDescription(runs.runs[0])].filter(
      (part) => part !== "",
    );
    return parts.length === 0 ? "" : `$(beaker) SSRM: ${parts.join(" · ")}`;
  }
  const where = live.owner === "elsewhere" ? " (elsewhere)" : "";
  if (live.progress !== null && live.progress !== "paused")
    return `$(sync~spin) SSRM ${progressText(live.progress)}${where}`;
  const last = lastIteration(live.records);
  const at = last === null ? "starting" : `iteration ${last.iteration} done`;
  return `$(sync~spin) SSRM ${at}${where}`;
}
