// What the steps of the story share: the window, the project's folder, the label page, the ledger of keys pressed.
import { join } from "node:path";
import type { Frame } from "playwright-core";
import type { LabelEvent } from "../../../src/core/labels/labelEvent.ts";
import { foldLog, mergeEvents } from "../../../src/core/labels/labelFold.ts";
import { readLabelFolder } from "../../../src/data/labels/labelFiles.ts";
import { Editor } from "./editor.ts";
import { commandByKeys, hasKeyboard, pause, until } from "./storyKeyboard.ts";
import { Ledger } from "./storyLedger.ts";
import { LabelDesk } from "./storyPage.ts";
import { pairFinder, runsIn, type RunFiles } from "./storyRows.ts";
import { watchPage, type Watch } from "./storyWatch.ts";

const walkthrough = "Grow a reward model from a few labels";
const extension = "ssrm-studio.ssrm-studio";

export class Story {
  readonly editor: Editor;
  readonly watch: Watch;
  readonly ledger = new Ledger();
  /** Where the sample will be copied to. */
  readonly folder: string;
  #desk: LabelDesk | null = null;

  private constructor(editor: Editor) {
    this.editor = editor;
    this.watch = watchPage(editor.page);
    this.folder = join(editor.userData, "User/globalStorage", extension, "sample");
  }

  /** An empty window of a new user. */
  static async begin(): Promise<Story> {
    return new Story(await Editor.open({ folder: null }));
  }

  /** The label page; the sample must be there. */
  get desk(): LabelDesk {
    const { editor, ledger, folder } = this;
    const find = (): ReturnType<typeof pairFinder> => pairFinder(join(folder, "pairs.jsonl"));
    return (this.#desk ??= new LabelDesk({ editor, ledger, find: find() }));
  }

  command(title: string): Promise<void> {
    return commandByKeys(this.editor.page, title);
  }

  /** All events of the log, in order. */
  async events(): Promise<readonly LabelEvent[]> {
    return mergeEvents((await readLabelFolder(join(this.folder, ".ssrm"))).events);
  }

  /** Those that the sample did not come with. */
  async own(): Promise<readonly LabelEvent[]> {
    return (await this.events()).filter(({ writer }) => writer !== "sample");
  }

  /** How many verdicts train: of two bad responses neither is preferred. */
  async labels(): Promise<number> {
    const verdicts = [...foldLog(await this.events()).verdicts.values()];
    return verdicts.filter(({ winner }) => winner !== "both-bad").length;
  }

  /** The newest run; throws where there is none. */
  newest(): RunFiles {
    const run = runsIn(this.folder).at(-1);
    if (run === undefined) throw new Error("no run yet");
    return run;
  }

  /** How a pair of the label page is drawn: again where it has a verdict. */
  readonly drawn = (pair: string): "random" | "repeat" =>
    this.ledger.verdictOn(pair) === null ? "random" : "repeat";

  async dashboard(): Promise<Frame> {
    await this.command("SSRM: Open Dashboard");
    const frame = await until("the dashboard with its runs", async () => {
      const page = await this.editor.webview("SSRM Dashboard");
      return (await page.locator(".dashboard").count()) > 0 ? page : null;
    });
    await hasKeyboard(frame);
    return frame;
  }

  /** Turns the label page to one of its uses. */
  async use(title: string, mode: "label" | "review" | "audit"): Promise<void> {
    await this.command(title);
    await this.desk.attachByKeyboard();
    await this.desk.frame.locator(`#tab-${mode}[aria-selected=true]`).waitFor();
    await this.desk.seen();
  }

  async openWalkthrough(): Promise<void> {
    const { page } = this.editor;
    await this.command("Welcome: Open Walkthrough...");
    const row = page.locator(".quick-input-list .focused", { hasText: walkthrough });
    await page.keyboard.type(walkthrough);
    await row.waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".getting-started-step").nth(4).waitFor();
  }

  /** The walkthrough's steps that are done. */
  ticked(): Promise<(string | undefined)[]> {
    const boxes = this.editor.page.locator("[role=checkbox][data-done-step-id]");
    return boxes.evaluateAll((all) =>
      all
        .filter((box) => box.getAttribute("aria-checked") === "true")
        .map((box) => box.getAttribute("data-done-step-id")?.split("#").at(-1)),
    );
  }

  /** Types, loads the window again while typing, and types the rest: at most 500 ms of it may be gone. */
  async reasonOverReload(text: string): Promise<void> {
    const { desk, editor } = this;
    const { ticket } = await desk.seen();
    await desk.focusReason();
    const typedAt: number[] = [];
    for (const letter of text.slice(0, 30)) {
      await editor.page.keyboard.type(letter);
      typedAt.push(Date.now());
      await pause(25);
    }
    const reloadAt = Date.now();
    await editor.reloadWindow();
    await desk.attach();
    const back = await until("the pair with its reason", async () =>
      (await desk.seen()).ticket === ticket ? desk.rationale() : null,
    );
    const mustBeBack = typedAt.filter((time) => time <= reloadAt - 500).length;
    console.log(`reload: ${back.length} of 30 letters are back, ${mustBeBack} had to be`);
    if (!text.startsWith(back) || back.length < mustBeBack) {
      throw new Error(`typed “${text.slice(0, 30)}”, back are “${back}”`);
    }
    await hasKeyboard(desk.frame);
    const whole = await desk.reason(text.slice(back.length));
    if (whole !== text) throw new Error(`the reason is “${whole}”, expected “${text}”`);
  }
}

/** A text of a page in one line. */
export const plain = (text: string): string =>
  text.replaceAll("\u00A0", " ").replace(/\s+/g, " ").trim();

/** The visible text of all elements that match. */
export async function shownIn(frame: Frame, selector: string): Promise<string> {
  return plain((await frame.locator(selector).allInnerTexts()).join(" "));
}
