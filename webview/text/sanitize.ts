// The last gate before HTML becomes part of a page: only the elements and attributes that our own rendering
// makes. A fragment comes out, so that no text is parsed a second time. No hooks: they have been holes.
import DOMPurify, { type Config } from "dompurify";

const markdownConfig: Config = {
  ALLOWED_TAGS: [
    ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li"],
    ...["pre", "code", "em", "strong", "s", "a", "span", "div"],
    ...["table", "thead", "tbody", "tr", "th", "td"],
  ],
  ALLOWED_ATTR: [
    ...["class", "dir", "start", "role", "tabindex", "title"],
    ...["data-address", "data-language", "data-display", "data-source"],
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
  IN_PLACE: false,
};

const formulaConfig: Config = {
  USE_PROFILES: { mathMl: true },
  FORBID_ATTR: ["style", "href"],
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Rendered Markdown or coloured code as nodes. */
export function sanitized(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, { ...markdownConfig, RETURN_DOM_FRAGMENT: true });
}

/** A drawn formula as nodes: MathML alone. */
export function sanitizedFormula(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, { ...formulaConfig, RETURN_DOM_FRAGMENT: true });
}
