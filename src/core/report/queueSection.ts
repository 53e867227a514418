// The head of the review queue: the pairs of which the last model is least sure, with their texts.
import { markup, visibleText } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { percent, thousands } from "./numbers.ts";
import { baseName } from "./summary.ts";
import type { ReportInput } from "./summary.ts";
import { section } from "./tables.ts";

/** Longer texts show this much and unfold. */
const shownLength = 480;
/** What the page holds of one text at most; a response of many megabytes would make it unreadable. */
const heldLength = 20_000;

/** The pairs, least sure first. */
export function queueSection(input: ReportInput): Markup {
  const { queueHead, queueSize } = input;
  if (queueHead.length === 0) {
    return section(
      "queue",
      "To review",
      markup`<p class="empty">${queueSize === 0 ? "No pair waits for review." : "The texts of the queue are not at hand."}</p>`,
    );
  }
  return section(
    "queue",
    "To review",
    markup`<p>The ${thousands(queueHead.length)} least sure of ${thousands(queueSize)} pairs in the queue. A verdict here tells the model what it can’t know. Beside each response stands how likely the model thinks it the better one. Characters that show nothing or reorder the text are <span class="hidden-character">marked</span>.</p>
<ol class="queue">
${queueHead.map((entry, i) => queueEntry({ entry, number: i + 1, input }))}</ol>
`,
  );
}

function queueEntry(of: {
  readonly entry: ReportInput["queueHead"][number];
  readonly number: number;
  readonly input: ReportInput;
}): Markup {
  const { entry, number, input } = of;
  const { item } = entry;
  const file = input.run.data[item.file];
  const unit = /\.parquet(\.gz)?$/i.test(file?.path ?? "") ? "row" : "line";
  const place = `${file ? baseName(file.path) : `file ${item.file}`}, ${unit} ${item.line}`;
  return markup`<li>
<h3><span class="visually-hidden">Pair ${number}: </span>${percent(item.confidence, 1)} sure of ${item.p >= 0.5 ? "the first" : "the second"} <span class="place">${place} · ${item.id.slice(0, 8)}</span></h3>
<div class="prompt"><h4>Prompt</h4>${foldedText(entry.prompt, `the prompt of pair ${number}`)}</div>
<div class="responses">
<div><h4>First <span class="range">${percent(item.p, 1)}</span></h4>${foldedText(entry.first, `the first response of pair ${number}`)}</div>
<div><h4>Second <span class="range">${percent(1 - item.p, 1)}</span></h4>${foldedText(entry.second, `the second response of pair ${number}`)}</div>
</div>
</li>
`;
}

/** A text, whole where it is short, else its beginning and all of it to unfold. */
function foldedText(text: string, what: string): Markup {
  if (text.trim() === "") return markup`<p class="empty">(empty)</p>`;
  const body = (part: string): Markup =>
    markup`<p class="text" dir="auto">${visibleText(part)}</p>`;
  // Folding away a line or two would cost more than it spares.
  if (text.length <= shownLength * 1.25) return body(text);
  const held = cut(text, heldLength);
  const rest =
    held.length < text.length
      ? markup`<p class="note">${thousands(text.length - held.length)} more characters are in the data file.</p>`
      : null;
  return markup`<details class="fold"><summary><span class="text" dir="auto">${visibleText(cut(text, shownLength))}…</span> <span class="more">All ${thousands(text.length)} characters<span class="visually-hidden"> of ${what}</span></span></summary>${body(held)}${rest}</details>`;
}

/** At most this many characters, cut at a blank where one is near, never inside a surrogate pair. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length);
  const blank = head.search(/\s\S*$/);
  if (blank > length * 0.8) return head.slice(0, blank);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}
