// The numbers of a chart as a real table.
import { html, type TemplateResult } from "lit";
import { cellText, type ChartTable } from "../../src/core/chart/table.ts";

/** A table in a box that scrolls and can be reached by keyboard. */
export function chartTable({ caption, columns, rows }: ChartTable): TemplateResult {
  return html`<div class="table-box" role="group" aria-label="Table: ${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([head = null, ...cells]) =>
            html`<tr>
              <th scope="row">${cellText(head, columns[0]!.format)}</th>
              ${cells.map((cell, i) => html`<td>${cellText(cell, columns[i + 1]!.format)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
