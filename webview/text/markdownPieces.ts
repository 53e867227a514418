// Cuts a long Markdown text where it may be cut, so that no single parse is long.

/** Characters of a piece before the next cut is taken. */
const pieceLength = 12_000;

/**
 * Pieces that together are the text. A cut is at a blank line outside of code fences, before a line without
 * indentation: nothing but a list's spacing and links to later definitions can come out differently.
 */
export function piecesOfMarkdown(text: string): string[] {
  if (text.length <= pieceLength) return [text];
  const pieces: string[] = [];
  let fence: string | null = null;
  let pieceStart = 0;
  let isAfterBlank = false;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    // A line's first characters tell all that is asked here, however long it is.
    const head = text.slice(start, Math.min(end, start + 200));
    if (isAfterBlank && fence === null && start - pieceStart >= pieceLength && /^\S/.test(head)) {
      pieces.push(text.slice(pieceStart, start));
      pieceStart = start;
    }
    fence = fenceAfter(fence, head);
    isAfterBlank = end - start < 200 && head.trim() === "";
    start = end;
  }
  pieces.push(text.slice(pieceStart));
  return pieces;
}

/** The fence that is open after a line, such as "```"; null for none. */
function fenceAfter(fence: string | null, line: string): string | null {
  const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (mark === undefined) return fence;
  if (fence === null) return mark;
  const closes = mark.startsWith(fence) && line.trim() === mark;
  return closes ? null : fence;
}
