// Opens a pair of the queue as a readonly document and takes the verdict on the pair that is shown.
import * as vscode from "vscode";
import type { LabelPayload } from "../core/labels/labelEvent.ts";
import { pairText, shownOrder, winnerOf, type Choice } from "../core/shownPair.ts";
import type { Labels } from "./labels.ts";
import type { Queue, QueueEntry } from "./queue.ts";

const scheme = "ssrm-pair";
/** Fixed, so that a pair looks the same in every window; the label log says which order was shown. */
const orderSeed = 0;
const savedMs = 3000;
/** Texts that are kept for the editor to ask for; others are read from the data again. */
const keptTexts = 20;

export class PairViewer implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #queue: Queue;
  readonly #labels: Labels;
  readonly #status: (text: string, forMs: number) => void;
  readonly #texts = new Map<string, string>();
  readonly #disposables: vscode.Disposable[];

  constructor(
    { queue, labels }: { readonly queue: Queue; readonly labels: Labels },
    status: (text: string, forMs: number) => void,
  ) {
    this.#queue = queue;
    this.#labels = labels;
    this.#status = status;
    this.#disposables = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.window.onDidChangeActiveTextEditor(() => this.#tellContext()),
      vscode.workspace.onDidOpenTextDocument((document) => void useOwnLanguage(document)),
      labels.onDidChange(() => void this.#tellUndo()),
    ];
    this.#tellContext();
    for (const document of vscode.workspace.textDocuments) void useOwnLanguage(document);
  }

  /** A pair that a reloaded window has open still is found in the queue again by its id. */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const known = this.#texts.get(uri.toString());
    if (known !== undefined) return known;
    const entry = (await this.#queue.entries()).find(({ id }) => id === idOf(uri));
    if (entry === undefined)
      return "This pair is no longer in the queue. Open the next one there.\n";
    return pairText(await this.#queue.pair(entry), orderSeed);
  }

  /** Shows a pair; without one, the first of the queue. */
  async open(entry?: QueueEntry): Promise<void> {
    const chosen = entry ?? (await this.#queue.entries())[0];
    if (chosen === undefined) {
      this.#status("$(check) No pair waits", savedMs);
      return;
    }
    const pair = await this.#queue.pair(chosen);
    const uri = vscode.Uri.from({
      scheme,
      path: `/Pair ${chosen.id.slice(0, 8)}`,
      query: chosen.id,
    });
    this.#texts.set(uri.toString(), pairText(pair, orderSeed));
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > keptTexts) this.#texts.delete(oldest!);
    const before = shownUri();
    await vscode.window.showTextDocument(uri, { preview: true });
    // The one that was judged is done; without this it stays where the user has turned previews off.
    if (before !== null && before.toString() !== uri.toString()) await closeTab(before);
    this.#tellContext();
  }

  /** Appends a verdict on the pair that is shown, says so once it is safe, and shows the next. */
  async judge(choice: Choice | "skip"): Promise<void> {
    const uri = shownUri();
    if (uri === null)
      throw new Error("Open a pair from the Queue first: a verdict is on the pair shown.");
    const pair = idOf(uri);
    const waiting = await this.#queue.entries();
    const at = waiting.findIndex(({ id }) => id === pair);
    const next = waiting[at + 1] ?? waiting.find(({ id }) => id !== pair);
    const shown = shownOrder(pair, orderSeed);
    const payload: LabelPayload =
      choice === "skip"
        ? { kind: "skip", pair, shown }
        : {
            kind: "verdict",
            pair,
            winner: winnerOf(choice, shown),
            shown,
            suggestionVisible: false,
          };
    const warning = await this.#labels.append(payload);
    if (warning !== null) void vscode.window.showWarningMessage(warning);
    this.#status(`$(check) Saved: ${choiceText[choice]}`, savedMs);
    if (next === undefined) await closeTab(uri);
    else await this.open(next);
  }

  /** Takes the last verdict or skip back and shows its pair again. */
  async undo(): Promise<void> {
    const target = await this.#labels.undoable();
    if (target === null || target.kind === "undo") {
      this.#status("$(info) Nothing to undo", savedMs);
      return;
    }
    const warning = await this.#labels.append({ kind: "undo", target: target.id });
    if (warning !== null) void vscode.window.showWarningMessage(warning);
    this.#status("$(discard) Saved: taken back", savedMs);
    const entry = (await this.#queue.entries()).find(({ id }) => id === target.pair);
    if (entry !== undefined) await this.open(entry);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #tellContext(): void {
    void vscode.commands.executeCommand("setContext", "ssrm.pairShown", shownUri() !== null);
  }

  async #tellUndo(): Promise<void> {
    const target = await this.#labels.undoable().catch(() => null);
    await vscode.commands.executeCommand("setContext", "ssrm.canUndo", target !== null);
  }
}

const choiceText = { a: "A preferred", b: "B preferred", tie: "tie", skip: "skipped" } as const;

/** Under a language of its own a pair has long lines wrapped and no line numbers, whatever the user's settings. */
async function useOwnLanguage(document: vscode.TextDocument): Promise<void> {
  if (document.uri.scheme !== scheme || document.languageId === "ssrm-pair") return;
  await vscode.languages.setTextDocumentLanguage(document, "ssrm-pair");
}

function shownUri(): vscode.Uri | null {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === scheme ? uri : null;
}

function idOf(uri: vscode.Uri): string {
  return uri.query;
}

async function closeTab(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const tab = tabs.find(
    ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
  );
  if (tab !== undefined) await vscode.window.tabGroups.close(tab);
}
