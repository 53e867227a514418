// The label page in the editor: one panel, restored after a reload, told of changes while it can be seen.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { LabelAction } from "../../protocol/page/judging.ts";
import type {
  HostToLabelPage,
  LabelMode,
  LabelPageToHost,
  LabelSnapshot,
} from "../../protocol/page/labelPage.ts";
import type { CommandServices } from "../commandServices.ts";
import type { PageConnection } from "../pages/pageConnection.ts";
import { lastIteration } from "../runText.ts";
import type { LabelSession } from "./labelSession.ts";
import type { Candidate } from "./pairReader.ts";

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly session: LabelSession;
  readonly connection: PageConnection<LabelPageToHost, HostToLabelPage>;
  readonly close: () => void;
}

const viewType = "ssrm.label";
const modeKey = "ssrm.labelMode";
/** Changes come in bursts, as when a run ends. */
const settleMs = 250;

export class LabelPages implements vscode.Disposable {
  readonly #services: CommandServices;
  readonly #subscriptions: vscode.Disposable[];
  #opening: Promise<OpenPanel | null> | null = null;
  #shown = "";
  #timer: NodeJS.Timeout | null = null;

  constructor(services: CommandServices) {
    this.#services = services;
    const { project, labels, runs } = services;
    const changed = (): void => this.#changed();
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel) => void (await this.#open(panel)),
      }),
      project.onDidChange(changed),
      labels.onDidChange(changed),
      runs.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("ssrm")) this.#changed("settings");
      }),
      vscode.workspace.onDidSaveTextDocument(({ fileName }) => {
        if (fileName.endsWith(".md")) this.#changed("guidelines");
      }),
    ];
  }

  /** Opens the page, or brings it to the front, in a mode; null for the one that it was in. */
  async show(mode: LabelMode | null): Promise<void> {
    const opened = await this.#reveal(mode);
    if (opened === null || mode === null || opened.session.mode === mode) return;
    this.#tell(opened, await opened.session.setMode(mode));
  }

  /** Shows one pair; once there is a model, as a review: what it said of the pair comes after the vote. */
  async openPair(candidate: Candidate): Promise<void> {
    const hasModel = this.#services.runs.runs.some(
      ({ records }) => lastIteration(records) !== null,
    );
    const mode: LabelMode = hasModel ? "review" : "label";
    const opened = await this.#reveal(mode);
    if (opened === null) return;
    if (opened.session.mode !== mode) await opened.session.setMode(mode);
    this.#tell(opened, await opened.session.choose(candidate));
  }

  /** What a key of the page would do, asked for by a command. */
  async act(action: LabelAction): Promise<void> {
    const opened = await this.#opening;
    const page = opened?.connection.page;
    if (page !== null && page !== undefined) return page.notify("act", { action });
    if (action !== "undo" && action !== "redo") {
      throw new Error("Open the label page first: a verdict is on the pair shown (SSRM: Label).");
    }
    const shown = await this.#reveal(null);
    if (shown !== null) this.#tell(shown, await shown.session[action]());
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#opening?.then((opened) => void opened?.panel.dispose());
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #reveal(mode: LabelMode | null): Promise<OpenPanel | null> {
    const opened = await this.#opening;
    if (opened !== null) {
      opened.panel.reveal();
      return opened;
    }
    if (mode !== null) await this.#services.context.workspaceState.update(modeKey, mode);
    // Two commands at once make one panel.
    if (this.#opening !== null) return this.#opening;
    const panel = vscode.window.createWebviewPanel(
      viewType,
      "SSRM Label",
      vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    return this.#open(panel);
  }

  #open(panel: vscode.WebviewPanel): Promise<OpenPanel | null> {
    const before = this.#opening;
    const opening = this.#fill(panel).catch((error: unknown) => {
      this.#opening = null;
      panel.dispose();
      throw error;
    });
    this.#opening = opening;
    void before?.then((opened) => void opened?.panel.dispose());
    return opening;
  }

  async #fill(panel: vscode.WebviewPanel): Promise<OpenPanel | null> {
    const { context, log } = this.#services;
    let isGone = false;
    let close: () => void = () => undefined;
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "activity.svg");
    panel.onDidChangeViewState(() => tellActive(panel));
    tellActive(panel);
    const own: { current: Promise<OpenPanel | null> | null } = { current: null };
    panel.onDidDispose(() => {
      isGone = true;
      close();
      if (this.#opening !== own.current) return;
      this.#opening = null;
      tellActive(null);
    });
    const [{ makeLabelSession }, { labelSchemas }, { fillPanel }] = [
      await import("./makeLabelSession.ts"),
      await import("./labelSchemas.ts"),
      await import("../pages/webviewPage.ts"),
    ];
    own.current = this.#opening;
    const mode = context.workspaceState.get<LabelMode>(modeKey) ?? "label";
    const made = await makeLabelSession(this.#services, {
      mode,
      keepMode: (next) => void context.workspaceState.update(modeKey, next),
      showMode: (next) => this.show(next),
      randomId: () => randomBytes(16).toString("hex"),
    });
    close = made.close;
    // It may be closed while its parts are loaded.
    if (isGone) {
      close();
      return null;
    }
    const connection = fillPanel<LabelPageToHost, HostToLabelPage>(context, panel, {
      name: "label",
      title: "SSRM Label",
      schemas: labelSchemas,
      handlers: made.session.handlers,
      log,
    });
    this.#shown = this.#signature();
    return { panel, session: made.session, connection, close };
  }

  #tell({ connection }: OpenPanel, snapshot: LabelSnapshot): void {
    // A page that is hidden or loads asks for everything by itself.
    connection.page?.notify("show", snapshot);
  }

  /** Tells the page, once the burst is over, where what it shows is not what is there. */
  #changed(what: "settings" | "guidelines" | null = null): void {
    if (what !== null) this.#shown = "";
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#push(), settleMs);
  }

  async #push(): Promise<void> {
    const now = this.#signature();
    const opened = await this.#opening;
    if (now === this.#shown || opened === null) return;
    this.#shown = now;
    opened.connection.page?.notify("changed", {});
  }

  /** What the page's pairs and figures come from, but for verdicts that were given in it. */
  #signature(): string {
    const { project, labels, runs } = this.#services;
    const models = runs.runs.map(({ dir, records }) => [dir, lastIteration(records)?.iteration]);
    return JSON.stringify([labels.generation, project.state, models]);
  }
}

function tellActive(panel: vscode.WebviewPanel | null): void {
  void vscode.commands.executeCommand("setContext", "ssrm.labelActive", panel?.active ?? false);
}
