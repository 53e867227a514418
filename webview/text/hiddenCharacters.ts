// Characters that nobody sees, or that reorder the text around them (Trojan Source, CVE-2021-42574). They decide
// what a person reads, so each is shown by its code point instead.

/**
 * Control characters but tab and line ends, soft hyphen, joiners, marks of direction, fillers, variation
 * selectors but the one of emoji (U+FE0F), byte order mark, annotation marks, tags. Also a letter's marks from
 * the 21st on: what is under them can't be read, and 20,000 of them in three panes held the page for 4 s.
 */
const hidden =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0E\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E007F}\u{E0100}-\u{E01EF}]|\p{M}(?<=\p{M}{21})/gu;

/** Emoji of several parts, and scripts that shape their letters by joiners, need U+200C and U+200D. */
const needsJoiner =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}]/u;

/** More marks than this in one piece are written as plain text: a million elements would stop the page. */
const maxMarks = 200;

/** A piece of a text: as it is, or the name that stands for hidden characters. */
export interface Piece {
  readonly text: string;
  readonly isMark: boolean;
}

/** True where a text holds characters that would not be seen. */
export function hasHidden(text: string): boolean {
  hidden.lastIndex = 0;
  return hidden.test(text);
}

/** A text with "[U+202E]" in place of each hidden character, "[U+200B ×40]" in place of a run of one. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  hidden.lastIndex = 0;
  for (let match = hidden.exec(text); match !== null; match = hidden.exec(text)) {
    const [character] = match;
    if (isJoining(text, match.index, character)) continue;
    let end = match.index + character.length;
    while (text.startsWith(character, end)) end += character.length;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), isMark: false });
    pieces.push({
      text: nameOf(character, (end - match.index) / character.length),
      isMark: true,
    });
    done = end;
    hidden.lastIndex = end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), isMark: false });
  return pieces;
}

/** The same as nodes for a page; a text without hidden characters is one text node. */
export function nodesOf(text: string): Node[] {
  if (!hasHidden(text)) return [document.createTextNode(text)];
  const pieces = piecesOf(text);
  if (pieces.length > maxMarks) {
    return [document.createTextNode(pieces.map((piece) => piece.text).join(""))];
  }
  return pieces.map((piece) => {
    if (!piece.isMark) return document.createTextNode(piece.text);
    const mark = document.createElement("span");
    mark.className = "hidden-character";
    mark.title = "A character that is not seen";
    mark.textContent = piece.text;
    return mark;
  });
}

/** Replaces hidden characters in all texts under a node. */
export function showHidden(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode() !== null) {
    const node = walker.currentNode as Text;
    if (hasHidden(node.data)) found.push(node);
  }
  for (const node of found) node.replaceWith(...nodesOf(node.data));
}

function isJoining(text: string, at: number, character: string): boolean {
  if (character !== "\u200C" && character !== "\u200D") return false;
  const before = [...text.slice(Math.max(0, at - 2), at)].at(-1);
  const after = text.codePointAt(at + 1);
  return (
    before !== undefined &&
    after !== undefined &&
    needsJoiner.test(before) &&
    needsJoiner.test(String.fromCodePoint(after))
  );
}

function nameOf(character: string, times: number): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return times === 1 ? `[U+${code}]` : `[U+${code} ×${times}]`;
}
