// Tables and lists of facts as the report shows them. A wide table scrolls inside its own box.
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** "words" stand left, "numbers" right. */
  readonly kind: "numbers" | "words";
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Part[])[];
}

/** A table in a box that scrolls and can be reached by keyboard. */
export function dataTable({ caption, kind, columns, rows }: Table): Markup {
  const heads = columns.map((name) => markup`<th scope="col">${name}</th>`);
  const body = rows.map(
    ([head = "", ...cells]) =>
      markup`<tr><th scope="row">${head}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`,
  );
  return markup`<div class="scroll" role="group" aria-label="Table: ${caption}" tabindex="0">
<table class="${kind}"><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}

/** Names and their values, one below the other. */
export function factList(facts: readonly (readonly [string, Part])[]): Markup {
  const rows = facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  return markup`<dl class="facts">\n${rows}</dl>`;
}

/** A value with its interval beneath it. */
export function withRange(value: string, range: string): Markup {
  return markup`${value} <span class="range">${range}</span>`;
}

/** Text in which what stands between backticks is code. */
export function prose(text: string): Markup {
  const pieces = text.split("`");
  // An odd number of pieces means that every backtick has its partner.
  if (pieces.length % 2 === 0) return markup`${text}`;
  return markup`${pieces.map((piece, i) => (i % 2 === 0 ? piece : markup`<code>${piece}</code>`))}`;
}

/** A section of the report with its heading; `id` is where the contents point to. */
export function section(id: string, title: string, ...body: readonly Part[]): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`;
}
