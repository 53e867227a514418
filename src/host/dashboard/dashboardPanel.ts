// The dashboard in the editor: one panel, restored after a reload, filled while it can be seen.
import * as vscode from "vscode";
import type {
  DashboardPageToHost,
  HostToDashboardPage,
} from "../../protocol/page/dashboardPage.ts";
import type { CommandServices } from "../commandServices.ts";
import type { PageConnection } from "../pages/pageConnection.ts";
import type { RunEnd } from "../runner.ts";
import { runDescription } from "../runText.ts";
import type { DashboardSession } from "./dashboardSession.ts";

/** Which runs to show; null for the newest, and for none beside it. */
export interface ShownRuns {
  readonly selected: string | null;
  readonly compared: string | null;
}

type Connection = PageConnection<DashboardPageToHost, HostToDashboardPage>;

const viewType = "ssrm.dashboard";

export class Dashboard implements vscode.Disposable {
  readonly #services: CommandServices;
  readonly #subscriptions: vscode.Disposable[];
  #panel: vscode.WebviewPanel | null = null;
  #connection: Connection | null = null;
  #session: DashboardSession | null = null;
  #wasOpen = false;

  constructor(services: CommandServices) {
    this.#services = services;
    const { project, labels, runs, runner } = services;
    const changed = (): void => this.#session?.changed();
    this.#subscriptions = [
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel) => this.#fill(panel),
      }),
      project.onDidChange(changed),
      labels.onDidChange(changed),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
      runs.onDidChange(() => this.#session?.runsChanged()),
      runner.onDidBegin(() => void this.#openOnce()),
      runner.onDidEnd((end) => void this.#tellEnd(end)),
    ];
  }

  /** Opens it, or brings it to the front. */
  async open(runs: ShownRuns | null): Promise<void> {
    await this.#reveal({ column: vscode.ViewColumn.Active, preserveFocus: false });
    if (runs !== null) this.#session?.show(runs);
  }

  dispose(): void {
    this.#session?.dispose();
    this.#panel?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Opens it beside what is open, the keyboard left where it is, where this window has not had it yet. */
  async #openOnce(): Promise<void> {
    if (this.#wasOpen) return;
    await this.#reveal({ column: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  /** Who sees the dashboard sees the end; a failure is told by the command that started the run. */
  async #tellEnd({ dir, state }: RunEnd): Promise<void> {
    const run = this.#services.runs.runs.find((one) => one.dir === dir);
    if (state !== "done" || run === undefined || this.#panel?.visible) return;
    const show = "Open Dashboard";
    const text = `SSRM: the run is done: ${runDescription(run)}.`;
    const chosen = await vscode.window.showInformationMessage(text, show);
    if (chosen === show) await this.open({ selected: dir, compared: null });
  }

  async #reveal(where: {
    readonly column: vscode.ViewColumn;
    readonly preserveFocus: boolean;
  }): Promise<void> {
    const { preserveFocus } = where;
    if (this.#panel !== null) return this.#panel.reveal(undefined, preserveFocus);
    const panel = vscode.window.createWebviewPanel(
      viewType,
      "SSRM Dashboard",
      { viewColumn: where.column, preserveFocus },
      { enableFindWidget: true },
    );
    await this.#fill(panel);
  }

  async #fill(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#wasOpen = true;
    const { context, log } = this.#services;
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "activity.svg");
    panel.onDidDispose(() => this.#forget(panel));
    const { DashboardSession } = await import("./dashboardSession.ts");
    const { dashboardActs } = await import("./dashboardActs.ts");
    const { dashboardSources } = await import("./dashboardSources.ts");
    const { dashboardSchemas } = await import("./dashboardSchemas.ts");
    const { fillPanel } = await import("../pages/webviewPage.ts");
    // It may be closed while its parts are loaded.
    if (this.#panel !== panel) return;
    const session = new DashboardSession(
      dashboardSources(this.#services, () => session.changed()),
      dashboardActs(this.#services),
      () => this.#connection?.page ?? null,
    );
    this.#session?.dispose();
    this.#session = session;
    this.#connection = fillPanel<DashboardPageToHost, HostToDashboardPage>(context, panel, {
      name: "dashboard",
      title: "SSRM Dashboard",
      schemas: dashboardSchemas,
      handlers: session.handlers,
      log,
    });
  }

  #forget(panel: vscode.WebviewPanel): void {
    if (this.#panel !== panel) return;
    this.#session?.dispose();
    this.#panel = null;
    this.#connection = null;
    this.#session = null;
  }
}
