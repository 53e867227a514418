// The messages of a prompt and of two responses, folded to what a person must read to judge.
import { html, nothing, render, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Message } from "../../src/core/pair.ts";
import type { TextForm } from "../text/renderText.ts";
import { textContent } from "../text/textContent.ts";

/** An earlier turn and the last one together: short enough to be shown without folding. */
const shortEnough = 600;

/** The prompt: its last user turn and what follows it in view, the turns before it folded. */
export function promptTemplate(prompt: readonly Message[], form: TextForm): TemplateResult {
  const { earlier, shown } = foldedPrompt(prompt);
  return html`<section class="prompt" data-pane="prompt" tabindex="0" aria-label="Prompt">
    <h2>Prompt</h2>
    ${foldTemplate(earlier, `${count(earlier.length, "earlier turn")}`, form)}
    ${turnsTemplate(shown, form)}
  </section>`;
}

/** Turns that both responses begin with, folded above them; nothing where there are none. */
export function sharedTemplate(
  shared: readonly Message[],
  form: TextForm,
): TemplateResult | typeof nothing {
  return shared.length === 0
    ? nothing
    : html`<div class="shared">
        ${foldTemplate(shared, `${count(shared.length, "turn")} the same in A and B`, form)}
        <p class="quiet">From here on A and B differ.</p>
      </div>`;
}

/** Messages one after the other; a single one needs no name of its speaker. */
export function turnsTemplate(messages: readonly Message[], form: TextForm): TemplateResult[] {
  return messages.map(
    ({ role, content }) =>
      html`<div class="turn">
        ${messages.length > 1 ? html`<h3 class="role">${roleName(role)}</h3>` : nothing}
        ${
          content === ""
            ? html`<p class="quiet">(empty)</p>`
            : html`<div class="text" ${textContent(content, form)}></div>`
        }
      </div>`,
  );
}

/** The texts of a prompt that are in view. */
export function textsInView(prompt: readonly Message[]): string[] {
  return foldedPrompt(prompt).shown.map(({ content }) => content);
}

/** The parts of a prompt: `earlier` is folded, `shown` is in view. */
function foldedPrompt(prompt: readonly Message[]): {
  readonly earlier: readonly Message[];
  readonly shown: readonly Message[];
} {
  const lastUser = prompt.findLastIndex(({ role }) => role === "user");
  const start = lastUser < 0 ? Math.max(0, prompt.length - 1) : lastUser;
  const length = prompt.reduce((sum, { content }) => sum + content.length, 0);
  return prompt.length <= 3 && length <= shortEnough
    ? { earlier: [], shown: prompt }
    : { earlier: prompt.slice(0, start), shown: prompt.slice(start) };
}

/** How many messages both responses begin with; each keeps at least its last. */
export function sharedLength(a: readonly Message[], b: readonly Message[]): number {
  const most = Math.min(a.length, b.length) - 1;
  let shared = 0;
  while (
    shared < most &&
    a[shared]!.role === b[shared]!.role &&
    a[shared]!.content === b[shared]!.content
  ) {
    shared++;
  }
  return shared;
}

function foldTemplate(
  messages: readonly Message[],
  title: string,
  form: TextForm,
): TemplateResult | typeof nothing {
  // Two hundred turns are made when somebody wants to see them.
  const fill = (event: Event): void => {
    const details = event.currentTarget as HTMLDetailsElement;
    const turns = details.querySelector<HTMLElement>(".folded-turns");
    if (details.open && turns !== null && turns.childElementCount === 0) {
      render(turnsTemplate(messages, form), turns);
    }
  };
  if (messages.length === 0) return nothing;
  // In the other form it is another fold, still to be filled.
  return html`${keyed(
    form,
    html`<details class="fold" @toggle=${fill}>
      <summary>${title}</summary>
      <div class="folded-turns"></div>
    </details>`,
  )}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

const names: Readonly<Record<string, string>> = {
  user: "User",
  assistant: "Assistant",
  system: "System",
  tool: "Tool",
};

function roleName(role: string): string {
  return names[role] ?? role;
}
