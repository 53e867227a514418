// One of a few choices, all in sight: radio buttons that look like one control. Beyond ten a list.
import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

export interface Segments<V extends string> {
  /** Unique in the page. */
  readonly name: string;
  readonly label: string;
  readonly value: V;
  readonly choices: readonly (readonly [value: V, name: string])[];
  readonly choose: (value: V) => void;
}

const most = 10;

/** The control; arrow keys choose. */
export function segments<V extends string>(view: Segments<V>): TemplateResult {
  const { name, label, value, choices, choose } = view;
  const chosen = (event: Event): void => {
    const { value: text } = event.target as HTMLInputElement | HTMLSelectElement;
    const choice = choices.find(([v]) => v === text);
    if (choice) choose(choice[0]);
  };
  if (choices.length > most) {
    return html`<label class="picker inline"
      ><span>${label}</span>
      <select class="select" @change=${chosen}>
        ${choices.map(
          ([v, text]) => html`<option value=${v} .selected=${live(v === value)}>${text}</option>`,
        )}
      </select></label
    >`;
  }
  return html`<fieldset class="segments">
    <legend>${label}</legend>
    ${choices.map(
      ([v, text]) =>
        html`<label
          ><input
            type="radio"
            name=${name}
            value=${v}
            .checked=${live(v === value)}
            @change=${chosen}
          /><span>${text}</span></label
        >`,
    )}
  </fieldset>`;
}
