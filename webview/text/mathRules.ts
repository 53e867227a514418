// Finds formulas in Markdown: $…$, $$…$$, \(…\), \[…\]. They are left as their source, marked as formulas;
// formulas.ts draws them.
import type { MarkdownIt, StateBlock, StateInline, Token } from "markdown-it";

interface Fence {
  readonly open: string;
  readonly close: string;
  readonly display: "inline" | "block";
}

// The longer opening first: "$$" is no "$".
const fences: readonly Fence[] = [
  { open: "$$", close: "$$", display: "block" },
  { open: "\\[", close: "\\]", display: "block" },
  { open: "\\(", close: "\\)", display: "inline" },
  { open: "$", close: "$", display: "inline" },
];

/** The plugin for markdown-it. */
export function mathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", inlineRule);
  markdown.block.ruler.before("fence", "math_block", blockRule, {
    alt: ["paragraph", "blockquote", "list"],
  });
  const { escapeHtml } = markdown.utils;
  const draw = ({ content, info, markup }: Token): string =>
    `<code class="formula" data-display="${info}" data-source="${escapeHtml(content)}">${escapeHtml(markup)}</code>`;
  const { rules } = markdown.renderer;
  rules["math"] = (tokens, index) => draw(tokens[index]!);
  rules["math_block"] = (tokens, index) => `<p>${draw(tokens[index]!)}</p>\n`;
}

function inlineRule(...[state, silent]: [StateInline, boolean]): boolean {
  const first = state.src[state.pos];
  if (first !== "$" && first !== "\\") return false;
  const fence = fences.find(({ open }) => state.src.startsWith(open, state.pos));
  if (fence === undefined) return false;
  const start = state.pos + fence.open.length;
  const end = state.src.indexOf(fence.close, start);
  if (end <= start || end + fence.close.length > state.posMax) return false;
  const content = state.src.slice(start, end);
  if (fence.open === "$" && !isDollarFormula(content, state.src[end + 1])) return false;
  if (!silent) {
    const token = state.push("math", "code", 0);
    token.content = content;
    token.info = fence.display;
    token.markup = fence.open + content + fence.close;
  }
  state.pos = end + fence.close.length;
  return true;
}

/** Pandoc's rule, so that "$5 and $10" are amounts: no blank inside the dollars, no digit after them. */
function isDollarFormula(content: string, next: string | undefined): boolean {
  return !/^\s|\s$|\n/.test(content) && !/\d/.test(next ?? "");
}

/** A formula on lines of its own, which no blank line interrupts. */
function blockRule(
  ...[state, startLine, endLine, silent]: [StateBlock, number, number, boolean]
): boolean {
  const begin = state.bMarks[startLine]! + state.tShift[startLine]!;
  const fence = fences.find(
    ({ open, display }) => display === "block" && state.src.startsWith(open, begin),
  );
  if (fence === undefined || state.sCount[startLine]! - state.blkIndent >= 4) return false;
  const from = begin + fence.open.length;
  for (let line = startLine; line < endLine && !state.isEmpty(line); line++) {
    if (line > startLine && state.sCount[line]! < state.blkIndent) return false;
    const lineStart = Math.max(from, state.bMarks[line]! + state.tShift[line]!);
    const end = state.src.indexOf(fence.close, lineStart);
    if (end < 0 || end >= state.eMarks[line]!) continue;
    // Text after it: a paragraph that begins with a formula.
    if (state.src.slice(end + 2, state.eMarks[line]).trim() !== "") return false;
    if (silent) return true;
    const token = state.push("math_block", "code", 0);
    token.content = state.src.slice(from, end);
    token.info = fence.display;
    token.markup = state.src.slice(begin, end + 2);
    token.map = [startLine, line + 1];
    state.line = line + 1;
    return true;
  }
  return false;
}
