// Draws formulas by KaTeX as MathML, within bounds. Loaded only when a text has one. KaTeX throws RangeError on
// deep nesting in spite of `throwOnError: false`, and long or self-defining formulas grow a hundredfold
// (CVE-2024-28244): those stay as they were typed.
import katex from "katex";
import { sanitizedFormula } from "./sanitize.ts";

const maxLength = 2000;
const definesMacros =
  /\\(?:def|gdef|edef|xdef|let|futurelet|global|(?:re)?newcommand|providecommand)/;
/** Nested groups that KaTeX's parser, which calls itself, surely stands. */
const maxDepth = 50;

/** Replaces one formula's source by its drawing; leaves it where that is refused or fails. */
export function drawFormula(element: HTMLElement): void {
  const { source = "", display } = element.dataset;
  if (source.length > maxLength || definesMacros.test(source) || depthOf(source) > maxDepth) {
    element.title = "Not drawn: this formula is too long, too deep, or defines commands.";
    return;
  }
  try {
    const markup = katex.renderToString(source, {
      output: "mathml",
      displayMode: display === "block",
      trust: false,
      strict: "ignore",
      throwOnError: true,
      maxExpand: 100,
      maxSize: 20,
    });
    // The source is in it once more for copying, which would be shown where its element is not allowed; styles
    // are refused by the page's policy.
    const fragment = sanitizedFormula(
      markup.replace(/<annotation[^>]*>[^<]*<\/annotation>/g, "").replace(/ style="[^"]*"/g, ""),
    );
    const drawn = document.createElement("span");
    drawn.className = display === "block" ? "drawn-formula display" : "drawn-formula";
    drawn.title = source;
    drawn.append(fragment);
    element.replaceWith(drawn);
  } catch (error) {
    element.title = `Not drawn: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if (character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "}") depth--;
  }
  // Roots, fractions and environments may nest without braces.
  return Math.max(deepest, source.match(/\\(?:left|begin|sqrt|frac)/g)?.length ?? 0);
}
