// The data editor `ssrm.pairs`: data files as lists of pairs, of any size. The document holds nothing: the file
// is read by a thread (openFiles.ts), and a hidden page is gone until it comes back.
import { randomUUID } from "node:crypto";
import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { HostToPairsPage, PairsPageToHost, RowQuery } from "../../protocol/page/pairsPage.ts";
import { showError } from "../commands.ts";
import type { CommandServices } from "../commandServices.ts";
import type { PageConnection } from "../pages/pageConnection.ts";
import type { RunView } from "../runStore.ts";
import { whyNotLabeled } from "./labelable.ts";
import { openLine } from "./openLine.ts";
import type { OpenFiles } from "./openFiles.ts";
import type { PairsActs, PairsSession, PairsSources } from "./pairsSession.ts";

const pairsViewType = "ssrm.pairs";

type Connection = PageConnection<PairsPageToHost, HostToPairsPage>;

export class PairsEditor implements vscode.CustomReadonlyEditorProvider, vscode.Disposable {
  readonly #services: CommandServices;
  readonly #files: OpenFiles;
  readonly #registration: vscode.Disposable;
  readonly #sessions = new Map<PairsSession, { readonly path: string; readonly opened: number }>();
  /** Queries for editors that are just being opened, by real path. */
  readonly #pending = new Map<string, RowQuery>();
  #opened = 0;

  constructor(services: CommandServices, files: OpenFiles) {
    this.#services = services;
    this.#files = files;
    this.#registration = vscode.window.registerCustomEditorProvider(pairsViewType, this, {
      supportsMultipleEditorsPerDocument: true,
    });
  }

  /** Nothing is read here: the thread does it. Files that are on no disk are refused. */
  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    if (uri.scheme !== "file") {
      throw new Error("SSRM reads files on a disk; save a copy of this one in a folder first.");
    }
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    const { fillPanel } = await import("../pages/webviewPage.ts");
    const { pairsSchemas } = await import("./pairsSchemas.ts");
    const { PairsSession } = await import("./pairsSession.ts");
    const { context, log } = this.#services;
    let connection: Connection | null = null;
    const use = await this.#files.use(uri.fsPath, {
      changed: () => session.changed(),
      viewChanged: (page, view) => session.viewChanged(page, view),
    });
    const sources: PairsSources = {
      path: use.path,
      client: () => use.client,
      runName: () => runNameOf(this.#files.run),
      isInProject: () => this.#files.roleOf(use.path) !== null,
      nameOfRun: (dir) =>
        runNameOf(this.#services.runs.runs.find((run) => run.dir === dir) ?? null),
      page: () => connection?.page ?? null,
    };
    const session = new PairsSession(randomUUID(), sources, this.#acts(use.path));
    this.#sessions.set(session, { path: use.path, opened: ++this.#opened });
    const query = this.#pending.get(use.path);
    this.#pending.delete(use.path);
    if (query !== undefined) session.show(query);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) session.hidden();
    });
    panel.onDidDispose(() => {
      session.hidden();
      this.#sessions.delete(session);
      use.release();
    });
    connection = fillPanel<PairsPageToHost, HostToPairsPage>(context, panel, {
      name: "pairs",
      title: "SSRM Preference Pairs",
      schemas: pairsSchemas,
      handlers: session.handlers,
      log,
    });
  }

  /** Opens a file, with a query in place of the one that its editor had; null leaves that as it is. */
  async open(uri: vscode.Uri, query: RowQuery | null): Promise<void> {
    if (query !== null) {
      const path = await realpath(uri.fsPath);
      const open = [...this.#sessions].filter(([, known]) => known.path === path);
      const [latest] = open.sort(([, a], [, b]) => b.opened - a.opened);
      if (latest === undefined) this.#pending.set(path, query);
      else latest[0].show(query);
    }
    await vscode.commands.executeCommand("vscode.openWith", uri, pairsViewType);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #acts(path: string): PairsActs {
    const { log } = this.#services;
    const shown = async (act: () => Promise<void>): Promise<void> => {
      await act().catch((error: unknown) => showError(error, log));
    };
    return {
      openPair: async ({ pairId, line }) => {
        const why = whyNotLabeled(this.#files.roleOf(path), basename(path));
        if (why !== null) throw new Error(why);
        const entry = { id: pairId, pairId, paths: [path], place: { file: 0, line } };
        await vscode.commands.executeCommand("ssrm.openPair", entry);
      },
      openLine: (place) => shown(() => openLine(path, place)),
      useFile: (mapping) =>
        shown(async () => {
          const { useFile } = await import("./useFile.ts");
          await useFile(this.#services, { path, mapping });
        }),
      log: (error) => log.error(error instanceof Error ? error : String(error)),
    };
  }
}

function runNameOf(run: RunView | null): string | null {
  return run === null ? null : `run ${run.info.createdAt.slice(0, 10)}`;
}
