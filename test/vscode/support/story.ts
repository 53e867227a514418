// What the steps of the story share: the window, the project's folder, the label page, the ledger of keys pressed.
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import type { LabelEvent } from "../../../src/core/labels/labelEvent.ts";
import { foldLog, mergeEvents } from "../../../src/core/labels/labelFold.ts";
import { readLabelFolder } from "../../../src/data/labels/labelFiles.ts";
import { Editor } from "./editor.ts";
import { commandByKeys, hasKeyboard, pageTitled, pause, until } from "./storyKeyboard.ts";
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

  /** A picture of the window, for who reads what failed. */
  async picture(name: string): Promise<void> {
    const path = join(tmpdir(), `ssrm-story-${name.split(" ", 3).join("-")}.png`);
    await this.editor.page.screenshot({ path });
    console.log(`what the window showed: ${path}`);
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

  /** Waits for the end of the newest run. */
  async done(seconds: number): Promise<void> {
    const state = (): string => `${this.newest().state}, ${this.newest().iterations.length} models`;
    await until("the run is done", () => state().startsWith("done"), { seconds, seen: state });
  }

  /** How a pair of the label page is drawn: again where it has a verdict. */
  readonly drawn = (pair: string): "random" | "repeat" =>
    this.ledger.verdictOn(pair) === null ? "random" : "repeat";

  async dashboard(): Promise<Frame> {
    await this.command("SSRM: Open Dashboard");
    const frame = await pageTitled(this.editor.page, "SSRM Dashboard", ".dashboard");
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

  /** Asks for an export until its forms are listed, and leaves it at that. */
  async offerExport(form: string): Promise<void> {
    const forms = this.editor.page.locator(".quick-input-list", { hasText: form });
    for (let tries = 1; ; tries++) {
      await this.command("SSRM: Export Labels");
      const isOffered = await forms.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      await this.editor.page.keyboard.press("Escape");
      if (isOffered) return;
      // A page that opens at the same time takes the focus, and the list closes.
      if (tries === 5) throw new Error(`expected the form ${form} to be offered, it never was`);
    }
  }

  async openWalkthrough(): Promise<void> {
    const { page } = this.editor;
    const row = page.locator(".quick-input-list .focused", { hasText: walkthrough });
    await until(
      `the walkthrough “${walkthrough}” in the editor's list`,
      async () => {
        // A list that was made before the extension was known does not have it.
        await page.keyboard.press("Escape");
        await this.command("Welcome: Open Walkthrough...");
        await page.keyboard.type(walkthrough);
        return row.waitFor({ timeout: 5000 }).then(() => true);
      },
      { seen: () => page.locator(".quick-input-list").innerText() },
    );
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
    // A page that is restored may be replaced by another document once more.
    const look = async (): Promise<{ readonly shown: string; readonly reason: string }> => {
      const frame = await desk.attach();
      const shown = (await frame.getAttribute("article.pair", "data-ticket")) ?? "none";
      return { shown, reason: await desk.rationale() };
    };
    const { reason: back } = await until(
      `the pair ${ticket} in view again`,
      async () => look().then((now) => (now.shown === ticket ? now : null)),
      { seen: () => look().then((now) => JSON.stringify(now)) },
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
const plain = (text: string): string => text.replaceAll("\u00A0", " ").replace(/\s+/g, " ").trim();

/** The visible text of all elements that match. */
export async function shownIn(frame: Frame, selector: string): Promise<string> {
  return plain((await frame.locator(selector).allInnerTexts()).join(" "));
}
