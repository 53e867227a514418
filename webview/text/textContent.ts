// A text as the content of an element in a template: `<div class="text" ${textContent(text, "raw")}></div>`.
import { nothing } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";
import { showText, type TextForm } from "./renderText.ts";

class TextContent extends AsyncDirective {
  #text: string | null = null;
  #form: TextForm | null = null;
  #stop: () => void = () => undefined;

  override render(_text: string, _form: TextForm): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [text, form]: [string, TextForm]): unknown {
    if (text === this.#text && form === this.#form) return nothing;
    this.#stop();
    this.#text = text;
    this.#form = form;
    element.replaceChildren();
    this.#stop = showText(element as HTMLElement, text, form);
    return nothing;
  }

  protected override disconnected(): void {
    this.#stop();
  }
}

/** Shows a text and keeps it until text or form change. */
export const textContent = directive(TextContent);
