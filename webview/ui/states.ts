// A page or a part of it without its content: nothing there yet, still loading, or failed. Each says what it
// is and what to do next.
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";

export interface StateAction {
  readonly label: string;
  readonly act: () => void;
}

export interface StateText {
  /** Name of a codicon. */
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly action: StateAction | null;
}

/** Nothing is there yet; the action is the way to have something. */
export function emptyState({ icon, title, text, action }: StateText): TemplateResult {
  return html`<section class="state">
    <span class="state-icon codicon codicon-${icon}" aria-hidden="true"></span>
    <h2>${title}</h2>
    <p class="quiet">${text}</p>
    ${
      action === null
        ? nothing
        : html`<vscode-button @click=${action.act}>${action.label}</vscode-button>`
    }
  </section>`;
}

/** Something is on its way; shown only after a moment, so that what is fast does not flicker. */
export function loadingState(what: string): TemplateResult {
  return html`<section class="state" aria-busy="true"><p class="quiet">${what}</p></section>`;
}

/** Something failed: what, why, and the way on. */
export function errorState(text: string, action: StateAction | null): TemplateResult {
  return html`<section class="state" role="alert">
    <span class="state-icon codicon codicon-error" aria-hidden="true"></span>
    <h2>This did not work</h2>
    <p>${text}</p>
    ${
      action === null
        ? nothing
        : html`<vscode-button @click=${action.act}>${action.label}</vscode-button>`
    }
  </section>`;
}
