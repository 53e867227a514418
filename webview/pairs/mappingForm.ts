// Which column holds what, one list a field; every choice is tried at once.
import type { ImportPreview } from "../../src/core/importPreview.ts";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, nothing, type TemplateResult } from "lit";
import type { FieldMapping } from "../../src/core/fieldMapping.ts";
import type { PairsPage } from "./page.ts";
import { askPreview } from "./reading.ts";

type Field = keyof FieldMapping;

const fieldNames: Readonly<Record<Field, string>> = {
  prompt: "Prompt",
  responseA: "Response A",
  responseB: "Response B",
  chosen: "Preferred response",
  rejected: "Other response",
  verdict: "Verdict",
  id: "Id",
};

/** The form; open where the file needs it. */
export function mappingForm(page: PairsPage, preview: ImportPreview): TemplateResult {
  const { mapping } = page.state.reading;
  const shown = mapping ?? preview.mapping ?? {};
  return html`<details class="mapping" ?open=${preview.problem !== null || mapping !== null}>
    <summary>Choose the columns</summary>
    <p class="quiet">
      Name both responses, or the preferred and the other one. Everything below follows at once.
    </p>
    <div class="fields">
      ${preview.fields.map((field) => fieldChoice(page, { field, shown, columns: preview.columns }))}
    </div>
    ${
      mapping === null
        ? nothing
        : html`<button type="button" class="link" @click=${() => void askPreview(page, null)}>
            Read it as if none were chosen
          </button>`
    }
  </details>`;
}

interface FieldChoice {
  readonly field: Field;
  readonly shown: FieldMapping;
  readonly columns: readonly string[];
}

function fieldChoice(page: PairsPage, { field, shown, columns }: FieldChoice): TemplateResult {
  const chosen = shown[field] ?? "";
  return html`<div class="field">
    <span aria-hidden="true">${fieldNames[field]}</span>
    <vscode-single-select
      label=${fieldNames[field]}
      data-field=${field}
      .value=${chosen}
      @change=${(event: Event) =>
        void askPreview(page, withColumn(shown, field, (event.target as HTMLInputElement).value))}
    >
      <vscode-option value="" ?selected=${chosen === ""}>(none)</vscode-option>
      ${columns.map(
        (column) =>
          html`<vscode-option value=${column} ?selected=${column === chosen}
            >${column}</vscode-option
          >`,
      )}
    </vscode-single-select>
  </div>`;
}

function withColumn(mapping: FieldMapping, field: Field, column: string): FieldMapping {
  const others = Object.entries(mapping).filter(([key]) => key !== field);
  return Object.fromEntries(column === "" ? others : [...others, [field, column]]);
}
