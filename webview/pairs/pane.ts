// The whole texts of one row beside the list, as plain text.
import type { PreviewPair } from "../../src/core/importPreview.ts";
import { html, nothing, type TemplateResult } from "lit";
import type { Message } from "../../src/core/pair.ts";
import type { PairsPage } from "./page.ts";
import { counted, whole } from "./words.ts";

/** A text is laid out in pieces of about this many characters, of which the browser skips what is not seen. */
const pieceLength = 4000;

/** The pane for the row of the cursor. */
export function pane(page: PairsPage): TemplateResult {
  const { pane: shown } = page.state;
  return html`<section class="pane" aria-labelledby="pane-title">
    <header>
      <h2 id="pane-title">${shown === null ? "Pair" : `Line ${whole(shown.line)}`}</h2>
      <span class="spring"></span>
      <button type="button" class="tool" @click=${() => page.act("open")}>
        <span class="codicon codicon-edit" aria-hidden="true"></span> Label
      </button>
      <button type="button" class="tool" @click=${() => page.act("line")}>
        <span class="codicon codicon-go-to-file" aria-hidden="true"></span> Show in text
      </button>
      <button
        type="button"
        class="tool"
        aria-label="Close"
        @click=${() => {
          page.togglePane();
          document.querySelector<HTMLElement>(".frame")?.focus({ preventScroll: true });
        }}
      >
        <span class="codicon codicon-close" aria-hidden="true"></span>
      </button>
    </header>
    <div class="pane-body" tabindex="0" role="group" aria-label="Texts of the pair">
      ${shown === null ? html`<p class="quiet">Loading the pair…</p>` : paneBody(shown.pair)}
    </div>
  </section>`;
}

function paneBody(pair: NonNullable<PairsPage["state"]["pane"]>["pair"]): TemplateResult {
  if (pair.is === "waiting") return html`<p class="quiet">Loading the pair…</p>`;
  if (pair.is === "failed") return html`<p role="alert">${pair.reason}</p>`;
  if (pair.value === null) {
    return html`<p class="quiet">
      This row can't be read as a pair. Its reason is in the list; “Show in text” opens the line.
    </p>`;
  }
  return pairTexts(pair.value);
}

/** Prompt and responses one below the other; what is preferred is said in words. */
export function pairTexts({ prompt, a, b, preference }: PreviewPair): TemplateResult {
  return html`${part("Prompt", prompt, null)}
  ${part("Response A", a, preference === "first" ? "Preferred" : null)}
  ${part("Response B", b, preference === "second" ? "Preferred" : null)}
  ${
    preference === "tie" || preference === "both-bad"
      ? html`<p class="quiet">
          ${preference === "tie" ? "A tie in the file" : "Both bad in the file"}
        </p>`
      : nothing
  }`;
}

function part(title: string, messages: readonly Message[], mark: string | null): TemplateResult {
  const length = messages.reduce((sum, { content }) => sum + content.length, 0);
  const isConversation = messages.length > 1;
  return html`<div class="part">
    <h3>
      ${title}
      ${
        mark === null
          ? nothing
          : html`<span class="preferred"
              ><span class="codicon codicon-pass-filled" aria-hidden="true"></span> ${mark}</span
            >`
      }
      <span class="quiet part-length">${counted(length, "character")}</span>
    </h3>
    ${messages.map(
      ({ role, content }) =>
        html`${isConversation ? html`<p class="role"><bdi>${role}</bdi></p>` : nothing}
          <div class="text" dir="auto">
            ${pieces(content).map((piece) => html`<div class="piece">${piece}</div>`)}
          </div>`,
    )}
  </div>`;
}

/** The text in pieces that end where its lines do, as far as lines allow; joined they are the text. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < text.length;) {
    if (text.length - from <= pieceLength * 2) {
      found.push(text.slice(from));
      break;
    }
    const newline = text.indexOf("\n", from + pieceLength);
    const isNear = newline >= 0 && newline < from + 2 * pieceLength;
    let to = isNear ? newline + 1 : from + pieceLength;
    // Both halves of a character beyond U+FFFF stay together.
    if (text.codePointAt(to - 1)! > 0xffff) to++;
    found.push(text.slice(from, to));
    from = to;
  }
  return found;
}
