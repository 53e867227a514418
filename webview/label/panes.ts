// What opens beside or above the pair: the guidelines, and the map of keys.
import { html, nothing, type TemplateResult } from "lit";
import { labelActions } from "../../src/protocol/page/judging.ts";
import type { Guidelines } from "../../src/protocol/page/labelPage.ts";
import { keyName } from "../ui/keyHint.ts";
import { textContent } from "../text/textContent.ts";
import type { Desk } from "./state.ts";
import { actionWords } from "./words.ts";

export interface GuidelinesActs {
  readonly edit: () => void;
  readonly close: () => void;
}

/** The guidelines beside the pair. */
export function guidelinesPane(
  guidelines: Guidelines | null,
  acts: GuidelinesActs,
): TemplateResult {
  return html`<aside class="guidelines" aria-label="Guidelines">
    <div class="pane-head">
      <h2>Guidelines</h2>
      <button type="button" class="plain-button" @click=${acts.edit}>
        ${guidelines === null ? "Write them" : "Edit"}
      </button>
      <button type="button" class="tool" aria-label="Close the guidelines" @click=${acts.close}>
        <span class="codicon codicon-close" aria-hidden="true"></span>
      </button>
    </div>
    <div
      class="guidelines-text"
      data-pane="guidelines"
      tabindex="0"
      aria-label="Text of the guidelines"
    >
      ${
        guidelines === null
          ? html`<p class="quiet">
              None yet. Guidelines say what makes a response better, so that everybody judges alike,
              and you next month as you today.
            </p>`
          : html`<div class="text" ${textContent(guidelines.markdown, "rendered")}></div>
              <p class="quiet">Version ${guidelines.version}</p>`
      }
    </div>
  </aside>`;
}

/** The map of keys; opened by whoever renders it. */
export function keysDialog({ settings }: Desk, close: () => void): TemplateResult {
  return html`<dialog class="keys" aria-labelledby="keys-title" @close=${close}>
    <div class="pane-head">
      <h2 id="keys-title">Keys</h2>
      <button type="button" class="tool" aria-label="Close" @click=${close}>
        <span class="codicon codicon-close" aria-hidden="true"></span>
      </button>
    </div>
    <dl class="key-list">
      ${labelActions.map((action) => {
        const keys = settings.keys[action];
        return html`<div>
          <dt>${actionWords[action]}</dt>
          <dd>
            ${keys.length === 0 ? html`<span class="quiet">no key</span>` : nothing}
            ${keys.map((key) => html`<kbd class="key-hint">${keyName(key)}</kbd> `)}
          </dd>
        </div>`;
      })}
    </dl>
    <p class="quiet">
      While you write a reason, Escape or Ctrl+Enter goes back to the pair. Other keys: the settings
      ssrm.label.keyPreset and ssrm.label.keys.
    </p>
  </dialog>`;
}
