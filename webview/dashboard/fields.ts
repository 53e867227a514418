// Form fields: label, control, plain explanation, what is wrong. Controls are the browser's own, because an
// explanation or a problem in the page can't be tied to a control inside a shadow tree (aria-describedby).
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Field } from "./draft.ts";

export interface FieldView {
  readonly field: Field;
  readonly label: string;
  readonly help: string;
  readonly text: string;
  readonly problem: string | null;
  readonly edit: (field: Field, text: string) => void;
  readonly save: () => void;
}

/** A field of numbers or text; `unit` stands behind it. */
export function textField(view: FieldView, unit = ""): TemplateResult {
  const { field, text, edit, save, problem } = view;
  return around(
    view,
    html`<span class="with-unit"
      ><input
        id="field-${field}"
        class="text-input"
        inputmode=${field === "model" ? "text" : "decimal"}
        autocomplete="off"
        spellcheck="false"
        .value=${live(text)}
        aria-describedby=${describedBy(view)}
        aria-invalid=${problem === null ? nothing : "true"}
        @input=${(event: Event) => edit(field, (event.target as HTMLInputElement).value)}
        @change=${save}
      />${unit === "" ? nothing : html`<span class="unit">${unit}</span>`}</span
    >`,
  );
}

/** The threshold: a slider for the hand and a number for the exact value, which are one field. */
export function sliderField(view: FieldView): TemplateResult {
  const { field, label, text, edit, save, problem } = view;
  const input = (event: Event): void => edit(field, (event.target as HTMLInputElement).value);
  return around(
    view,
    html`<span class="with-slider"
      ><input
        type="range"
        min="50"
        max="99"
        step="1"
        aria-label="${label}, slider"
        .value=${live(problem === null ? text : "50")}
        @input=${input}
        @change=${save}
      /><span class="with-unit"
        ><input
          id="field-${field}"
          class="text-input short"
          inputmode="decimal"
          autocomplete="off"
          .value=${live(text)}
          aria-describedby=${describedBy(view)}
          aria-invalid=${problem === null ? nothing : "true"}
          @input=${input}
          @change=${save}
        /><span class="unit">%</span></span
      ></span
    >`,
  );
}

/** One of a few values. */
export function choiceField(
  view: FieldView,
  choices: readonly (readonly [value: string, name: string])[],
): TemplateResult {
  const { field, text, edit, save } = view;
  return around(
    view,
    html`<select
      id="field-${field}"
      class="select"
      aria-describedby=${describedBy(view)}
      @change=${(event: Event) => {
        edit(field, (event.target as HTMLSelectElement).value);
        save();
      }}
    >
      ${choices.map(
        ([value, name]) =>
          html`<option value=${value} .selected=${live(value === text)}>${name}</option>`,
      )}
    </select>`,
  );
}

function around(
  { field, label, help, problem }: FieldView,
  control: TemplateResult,
): TemplateResult {
  return html`<div class="field">
    <label for="field-${field}">${label}</label>
    ${control}
    <p class="help" id="field-${field}-help">${help}</p>
    <p class="problem" id="field-${field}-problem" aria-live="polite">${problem ?? ""}</p>
  </div>`;
}

function describedBy({ field, problem }: FieldView): string {
  return `field-${field}-help${problem === null ? "" : ` field-${field}-problem`}`;
}
