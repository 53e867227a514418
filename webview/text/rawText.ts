// A text as it is, character by character, in chunks that the browser lays out only when they come into view.
import { nodesOf } from "./hiddenCharacters.ts";

/** Characters of a chunk. A line of 1 MB laid out at once takes a second; in chunks of this, 2 ms each. */
const chunkLength = 4000;
/** Chunks made between two yields. */
const chunksAtOnce = 8;

/** Cuts at line ends where there are some, else in the middle of a line, never in the middle of a character. */
export function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + chunkLength);
    if (end < text.length) {
      const lineEnd = text.lastIndexOf("\n", end - 1);
      if (lineEnd > start) end = lineEnd + 1;
      else if (isHighSurrogate(text.charCodeAt(end - 1))) end--;
    }
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

/** Appends a text to a container. Each line has its own base direction (`unicode-bidi: plaintext`). */
export function* appendRaw(container: Element, text: string): Generator<undefined, void> {
  const chunks = chunksOf(text);
  for (const [index, chunk] of chunks.entries()) {
    const element = document.createElement("div");
    element.className = chunks.length > 2 ? "raw deferred" : "raw";
    element.dir = "auto";
    // The line end at a chunk's end is the end of its block.
    element.append(...nodesOf(chunk.endsWith("\n") ? chunk.slice(0, -1) : chunk));
    if (element.textContent === "") element.append(document.createElement("br"));
    container.append(element);
    if (index % chunksAtOnce === chunksAtOnce - 1) yield;
  }
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
