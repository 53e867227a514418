// The filters one by one: states with how many rows have them, marks, and ranges that may be open at an end.
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, type TemplateResult } from "lit";
import type { RowFilter, RowState } from "../../src/protocol/page/pairsPage.ts";
import type { PairsPage } from "./page.ts";
import { noLimit, rowStates, stateNames, withFilter } from "./queries.ts";
import { stateIcons } from "./rowCells.ts";
import { whole } from "./words.ts";

/** The fields of the filter, for the room below the bar. */
export function filterFields(page: PairsPage): TemplateResult {
  const { filter } = page.state.query;
  return html`<div class="filters" id="filters">
    <fieldset>
      <legend>State</legend>
      <div class="choices">${rowStates.map((state) => stateChoice(page, state))}</div>
    </fieldset>
    <fieldset>
      <legend>Only</legend>
      <div class="choices">
        ${choice({
          label: "Flagged",
          isChecked: filter.isFlagged,
          toggle: () => ask(page, { isFlagged: !filter.isFlagged }),
        })}
        ${choice({
          label: "Label and model disagree",
          isChecked: filter.disagrees,
          toggle: () => ask(page, { disagrees: !filter.disagrees }),
        })}
      </div>
    </fieldset>
    <fieldset>
      <legend>Confidence, 50 to 100 %</legend>
      ${range({
        name: "Confidence",
        values: filter.confidence?.map((value) => Math.round(1000 * value) / 10) ?? [null, null],
        limits: [50, 100],
        change: (values) =>
          ask(page, { confidence: rangeOf(values, { low: 50, high: 100, unit: 100 }) }),
      })}
    </fieldset>
    <fieldset>
      <legend>Characters in both responses</legend>
      ${range({
        name: "Length",
        values: filter.length?.map((value) => (value === noLimit ? null : value)) ?? [null, null],
        limits: [0, noLimit],
        change: (values) =>
          ask(page, { length: rangeOf(values, { low: 0, high: noLimit, unit: 1 }) }),
      })}
    </fieldset>
  </div>`;
}

function stateChoice(page: PairsPage, state: RowState): TemplateResult {
  const { query, snapshot } = page.state;
  const { states } = query.filter;
  const count = snapshot.is === "there" ? snapshot.value.stateCounts[state] : 0;
  const toggled = rowStates.filter((other) => states.includes(other) !== (other === state));
  return choice({
    label: html`<span
        class="codicon codicon-${stateIcons[state]} state-${state}"
        aria-hidden="true"
      ></span>
      ${stateNames[state]} <span class="number">${whole(count)}</span>`,
    isChecked: states.includes(state),
    toggle: () => ask(page, { states: toggled }),
  });
}

interface Choice {
  readonly label: TemplateResult | string;
  readonly isChecked: boolean;
  readonly toggle: () => void;
}

function choice({ label, isChecked, toggle }: Choice): TemplateResult {
  return html`<vscode-checkbox .checked=${isChecked} @change=${toggle}>${label}</vscode-checkbox>`;
}

interface RangeField {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly limits: readonly [number, number];
  readonly change: (values: readonly (number | null)[]) => void;
}

function range({ name, values, limits, change }: RangeField): TemplateResult {
  const field = (i: number, word: string): TemplateResult =>
    html`<vscode-textfield
      type="number"
      label="${name} ${word}"
      placeholder=${word}
      min=${limits[0]}
      max=${limits[1]}
      .value=${values[i] === null || values[i] === undefined ? "" : String(values[i])}
      @change=${(event: Event) => {
        const text = (event.target as HTMLInputElement).value;
        const value = text === "" ? null : Number(text);
        change(values.map((other, j) => (i === j ? value : other)));
      }}
    ></vscode-textfield>`;
  return html`<div class="range">${field(0, "from")}<span>to</span>${field(1, "to")}</div>`;
}

/** The range of two fields: cut off at its ends, either end open, in the right order; null where all is open. */
export function rangeOf(
  values: readonly (number | null)[],
  { low, high, unit }: { readonly low: number; readonly high: number; readonly unit: number },
): readonly [number, number] | null {
  const [from = null, to = null] = values;
  if (from === null && to === null) return null;
  const within = (value: number): number => Math.min(Math.max(value, low), high) / unit;
  const [a, b] = [within(from ?? low), within(to ?? high)];
  return a <= b ? [a, b] : [b, a];
}

function ask(page: PairsPage, change: Partial<RowFilter>): void {
  void page.ask(withFilter(page.state.query, change));
}
