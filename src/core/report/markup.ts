// The only way to make HTML here: a template tag that escapes everything put into it, so a text from a data
// file can't become markup, in an element or in an attribute, and can't hide or reorder characters.

/** A piece of finished HTML. Only the tags below make one. */
export interface Markup {
  readonly kind: "markup";
  readonly text: string;
}

export type Part = string | number | Markup | null | readonly Part[];

/** HTML from a template. Strings and numbers are escaped, null is left out, lists are joined. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = template[0]!;
  parts.forEach((part, i) => {
    text += textOfPart(part) + template[i + 1]!;
  });
  return { kind: "markup", text };
}

/** A constant style sheet; nothing can be put into it. */
export function css(template: TemplateStringsArray): Markup {
  return { kind: "markup", text: template.join("") };
}

/** A text in which hidden characters stand out: each is a highlighted code point with its name on hover. */
export function visibleText(text: string): Markup {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(hiddenCharacters)) {
    const hidden = match.groups?.["hidden"];
    if (hidden === undefined) continue;
    const name = names.get(hidden) ?? "Hidden character";
    parts.push(text.slice(end, match.index));
    parts.push(markup`<span class="hidden-character" title="${name}">${codePoint(hidden)}</span>`);
    end = match.index + hidden.length;
  }
  parts.push(text.slice(end));
  return markup`${parts}`;
}

function textOfPart(part: Part): string {
  if (part === null) return "";
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escape(part);
  return "kind" in part ? part.text : part.map(textOfPart).join("");
}

function escape(text: string): string {
  return text
    .replace(hiddenCharacters, (all: string, hidden: string | undefined) =>
      hidden === undefined ? all : `[${codePoint(hidden)}]`,
    )
    .replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Matches emoji sequences as they are (their joiners and selectors hide nothing), else one character that
 * shows nothing or changes the order of others: controls except tab and line ends, soft hyphen, fillers,
 * zero-width and bidi characters, line and paragraph separators, variation selectors, tags, lone surrogates.
 */
const hiddenCharacters =
  /\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)*|(?<hidden>[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}\p{Surrogate}])/gu;

/** Unicode's names of those that are met in practice, for the hover text. */
const names: ReadonlyMap<string, string> = new Map([
  ["\u0000", "Null"],
  ["\u00AD", "Soft hyphen"],
  ["\u061C", "Arabic letter mark"],
  ["\u200B", "Zero width space"],
  ["\u200C", "Zero width non-joiner"],
  ["\u200D", "Zero width joiner"],
  ["\u200E", "Left-to-right mark"],
  ["\u200F", "Right-to-left mark"],
  ["\u2028", "Line separator"],
  ["\u2029", "Paragraph separator"],
  ["\u202A", "Left-to-right embedding"],
  ["\u202B", "Right-to-left embedding"],
  ["\u202C", "Pop directional formatting"],
  ["\u202D", "Left-to-right override"],
  ["\u202E", "Right-to-left override"],
  ["\u2060", "Word joiner"],
  ["\u2066", "Left-to-right isolate"],
  ["\u2067", "Right-to-left isolate"],
  ["\u2068", "First strong isolate"],
  ["\u2069", "Pop directional isolate"],
  ["\uFEFF", "Zero width no-break space (byte order mark)"],
]);
