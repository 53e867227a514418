// The label page as a person at the keyboard has it: what it shows, a key, what it shows next. What is shown is
// looked up in the sample's file by its texts; nothing that the page says of itself is believed.
import type { Frame } from "playwright-core";
import type { Drawn } from "../../../src/core/labels/labelEvent.ts";
import type { Editor } from "./editor.ts";
import { hasKeyboard, pageTitled, until } from "./storyKeyboard.ts";
import type { Ledger, Showing } from "./storyLedger.ts";
import type { KnownPair, Texts } from "./storyRows.ts";

interface Seen extends KnownPair {
  readonly ticket: string;
}

export interface DeskParts {
  readonly editor: Editor;
  readonly ledger: Ledger;
  readonly find: (texts: Texts) => KnownPair | null;
}

export class LabelDesk {
  readonly #parts: DeskParts;
  #frame: Frame | null = null;
  /** What gave the model away before a vote: there must be none of it. */
  readonly leaks: string[] = [];
  /** P(first preferred) by the newest model, for pairs whose guess must stay hidden. */
  guesses: ReadonlyMap<string, number> = new Map();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get frame(): Frame {
    if (this.#frame === null) throw new Error("open the label page first");
    return this.#frame;
  }

  /** Takes up the page that is in view, after it was opened or loaded again. */
  async attach(): Promise<Frame> {
    const content = "article.pair, .state";
    this.#frame = await pageTitled(this.#parts.editor.page, "SSRM Label", content);
    return this.#frame;
  }

  async attachByKeyboard(): Promise<Frame> {
    const frame = await this.attach();
    await hasKeyboard(frame);
    return frame;
  }

  /** The pair in view, once it is another showing than `before` and its texts are painted. */
  async seen(before = ""): Promise<Seen> {
    let last = "nothing";
    return until(
      `a pair of the sample other than ${before || "none"}`,
      async () => {
        const shown = await this.frame.evaluate(() => {
          const pair = document.querySelector<HTMLElement>("article.pair");
          if (pair === null) return null;
          const text = (of: string): string =>
            [...pair.querySelectorAll(`${of} .text`)].map((e) => e.textContent).join("\n\n");
          const ticket = pair.dataset["ticket"] ?? "";
          return {
            ticket,
            prompt: text(".prompt"),
            a: text(".response-a"),
            b: text(".response-b"),
          };
        });
        last = JSON.stringify(shown);
        if (shown === null || shown.ticket === before) return null;
        const known = this.#parts.find(shown);
        return known === null ? null : { ...known, ticket: shown.ticket };
      },
      { everyMs: 20, seen: () => last },
    );
  }

  /** Presses a key that says something of the pair in view, and waits for the next one. */
  async judge(key: string, drawn: (pair: string) => Drawn, rationale = ""): Promise<Showing> {
    const seen = await this.seen();
    const { pair, shown } = seen;
    await this.#lookForLeaks(seen);
    const showing = { pair, shown, drawn: drawn(pair) };
    await this.#parts.editor.page.keyboard.press(key === " " ? "Space" : key);
    this.#parts.ledger.press(key, showing, rationale);
    if (key === "f") await this.#becomes('button[aria-pressed="true"]', "Flagged");
    else await this.seen(seen.ticket);
    return showing;
  }

  /** R: what is typed now is the reason. */
  async focusReason(): Promise<void> {
    const { keyboard } = this.#parts.editor.page;
    await keyboard.press("r");
    await until("the field for a reason has the focus", () =>
      this.frame.evaluate(() => document.activeElement?.id === "rationale"),
    );
    await keyboard.press("Control+End");
  }

  /** R, the text, and out of the field again; what the field then has. */
  async reason(text: string): Promise<string> {
    await this.focusReason();
    await this.#parts.editor.page.keyboard.type(text);
    const typed = await this.rationale();
    await this.#parts.editor.page.keyboard.press("Escape");
    return typed;
  }

  rationale(): Promise<string> {
    return this.frame.locator("#rationale").inputValue();
  }

  /** U, and the pair that it brings back. */
  async undo(): Promise<void> {
    await this.saved();
    const before = await this.seen();
    await this.#parts.editor.page.keyboard.press("u");
    const { pair } = this.#parts.ledger.undo();
    const back = await this.seen(before.ticket);
    if (back.pair !== pair) throw new Error(`U brought ${back.pair} back, expected ${pair}`);
  }

  /** Ctrl+Shift+Z right after U. */
  async redo(): Promise<void> {
    const before = await this.seen();
    await this.#parts.editor.page.keyboard.press("Control+Shift+Z");
    this.#parts.ledger.redo();
    await this.seen(before.ticket);
  }

  /** "Saved", which the page says only once the disk said so. */
  async saved(): Promise<void> {
    await this.#becomes("[data-saving=saved]", "Saved");
  }

  async #becomes(selector: string, text: string): Promise<void> {
    const found = this.frame.locator(selector, { hasText: text });
    await until(`“${text}” on the page`, async () => (await found.count()) > 0, {
      everyMs: 20,
      seen: () => this.frame.locator(".verdict-bar").innerText(),
    });
  }

  /** Everything in the document but the responses' own texts and what is told of the pair before. */
  async #lookForLeaks({ pair, row }: KnownPair): Promise<void> {
    const html = await this.frame.evaluate(() => {
      const copy = document.documentElement.cloneNode(true) as HTMLElement;
      for (const part of copy.querySelectorAll(".text, .strip-reveal")) part.remove();
      const whole = copy.outerHTML;
      copy.querySelector(".progress")?.remove();
      return { whole, body: copy.querySelector("body")?.outerHTML ?? "" };
    });
    const p = this.guesses.get(pair);
    const digits = p === undefined ? [] : [p, 1 - p].map((value) => String(value).slice(0, 6));
    const found = [
      ...digits.filter((text) => html.whole.includes(text)),
      ...(/chosen|rejected|gold|lexical|first-second|second-first/i.exec(html.whole) ?? []),
      ...(/\d\s*%|\bmargin\b|\breward|winner|canonical|confidence/i.exec(html.body) ?? []),
      ...(html.whole.includes(row) ? [row] : []),
    ];
    this.leaks.push(...found.map((text) => `${pair}: ${text}`));
  }
}
