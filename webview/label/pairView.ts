// The pair in view: prompt, response A, response B, as texts or as what differs between them.
import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { textOf } from "../../src/core/pair.ts";
import type { LabelSettings, PairCard } from "../../src/protocol/page/labelPage.ts";
import { diffContent } from "../text/diffContent.ts";
import type { TextForm } from "../text/renderText.ts";
import {
  promptTemplate,
  sharedLength,
  sharedTemplate,
  textsInView,
  turnsTemplate,
} from "./conversation.ts";
import type { LookChoices } from "./state.ts";

/** One showing of a pair; another showing is another element, so that nothing of this one stays behind. */
export function pairTemplate(
  card: PairCard,
  look: LookChoices,
  { arrangement }: LabelSettings,
): TemplateResult {
  const form = look.isRaw ? "raw" : "rendered";
  const shared = sharedLength(card.a, card.b);
  // The pane too: one that stays would have to be scrolled back, which lays the page out at each key.
  return html`${keyed(
    card.ticket,
    html`<div class="reading" data-pane="reading">
      <article class="pair" data-ticket=${card.ticket} data-arrangement=${arrangement}>
        ${promptTemplate(card.prompt, form)} ${sharedTemplate(card.a.slice(0, shared), form)}
        <div class="responses">
          ${responseTemplate("a", { card, shared, form, look })}
          ${responseTemplate("b", { card, shared, form, look })}
        </div>
      </article>
    </div>`,
  )}`;
}

/** The texts that will be rendered once a pair is in view, those of its prompt first. */
export function textsToRender(
  { prompt, a, b }: PairCard,
  { isRaw, isDiff }: LookChoices,
): readonly string[] {
  if (isRaw) return [];
  const shared = sharedLength(a, b);
  const responses = isDiff ? [] : [...a.slice(shared), ...b.slice(shared)];
  return [...textsInView(prompt), ...responses.map(({ content }) => content)];
}

interface ResponseParts {
  readonly card: PairCard;
  readonly shared: number;
  readonly form: TextForm;
  readonly look: LookChoices;
}

function responseTemplate(side: "a" | "b", parts: ResponseParts): TemplateResult {
  const { card, shared, form, look } = parts;
  const name = `Response ${side.toUpperCase()}`;
  const a = card.a.slice(shared);
  const b = card.b.slice(shared);
  return html`<section
    class="response response-${side}"
    data-pane=${side}
    tabindex="0"
    aria-label=${name}
  >
    <h2>${name}</h2>
    ${
      look.isDiff
        ? html`<div class="text" ${diffContent(textOf(a), textOf(b), side)}></div>`
        : turnsTemplate(side === "a" ? a : b, form)
    }
  </section>`;
}
