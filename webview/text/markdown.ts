// Markdown to HTML by markdown-it, with what a stranger's text must not have taken out: HTML, images, links
// to anything but web pages and mail. What is refused stays in the text as it was typed.
import MarkdownIt, { type Token } from "markdown-it";
import { mathRules } from "./mathRules.ts";

/** Only these are links, and these are only ever shown to the host (links.ts). */
const safeLink = /^(?:https?:\/\/|mailto:)/i;

const markdown = new MarkdownIt("default", {
  html: false,
  linkify: false,
  // Answers of models and transcripts use single line ends as such; joined lines would be another text.
  breaks: true,
  maxNesting: 60,
});
markdown.validateLink = (address: string) => safeLink.test(address.trim());
markdown.use(mathRules);

const { rules } = markdown.renderer;
const escape = (text: string): string => markdown.utils.escapeHtml(text);

// No href: there is nothing that a click, a drag or a middle button could follow.
rules["link_open"] = (tokens, index) => {
  const address = escape(String(tokens[index]!.attrGet("href")));
  return `<a role="link" tabindex="0" data-address="${address}" title="${address}">`;
};
// Never loaded: what stands for it is its text and where it would come from.
rules["image"] = (tokens, index) => {
  const token = tokens[index]!;
  const address = escape(String(token.attrGet("src")));
  return `<span class="image-text">image: ${escape(token.content)} (${address})</span>`;
};
rules["fence"] = (tokens, index) => {
  const { content, info } = tokens[index]!;
  const language = /^[\w+#-]{1,20}/.exec(info.trim())?.[0].toLowerCase();
  const attribute = language === undefined ? "" : ` data-language="${escape(language)}"`;
  return `<pre tabindex="0"><code${attribute}>${escape(content)}</code></pre>\n`;
};
rules["code_block"] = (tokens, index) =>
  `<pre tabindex="0"><code>${escape(tokens[index]!.content)}</code></pre>\n`;
rules["table_open"] = () => '<div class="wide" tabindex="0"><table>\n';
rules["table_close"] = () => "</table></div>\n";

const directed = ["paragraph", "heading", "list_item", "blockquote", "th", "td"];
// Each paragraph has its own base direction. Cells are aligned by a style attribute, which the page's policy
// forbids: a class takes its place.
markdown.core.ruler.push("directions", ({ tokens }) => {
  for (const token of tokens) {
    if (token.nesting !== 1 || !directed.includes(token.type.slice(0, -"_open".length))) continue;
    const align = /center|right/.exec(String(token.attrGet("style") ?? ""))?.[0];
    token.attrs = align === undefined ? null : [["class", align]];
    token.attrSet("dir", "auto");
  }
});

/** A top-level block of a text. */
export interface Block {
  readonly tokens: readonly Token[];
  /** Its lines in the text, from 0; `to` is the first that is not part of it. */
  readonly from: number;
  readonly to: number;
  /** How much there is to render, in tokens. */
  readonly size: number;
  /** Nested so deeply that the parser left something out. */
  readonly isTooDeep: boolean;
}

/** What the blocks of one text share: its link definitions. */
export type Environment = Record<string, unknown>;

/** The top-level blocks of a text. Pieces of one text are parsed with the same environment. */
export function blocksOf(text: string, environment: Environment): Block[] {
  const blocks: Block[] = [];
  let tokens: Token[] = [];
  for (const token of markdown.parse(text, environment)) {
    tokens.push(token);
    if (token.level > 0 || token.nesting > 0) continue;
    const [from, to] = tokens[0]!.map ?? [0, 0];
    blocks.push({
      tokens,
      from,
      to,
      size: tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0),
      isTooDeep: tokens.some(({ level }) => level >= 58),
    });
    tokens = [];
  }
  return blocks;
}

/** Blocks as HTML, still to be sanitized (sanitize.ts). */
export function htmlOf(blocks: readonly Block[], environment: Environment): string {
  const tokens = blocks.flatMap((block) => block.tokens);
  return markdown.renderer.render(tokens, markdown.options, environment);
}
