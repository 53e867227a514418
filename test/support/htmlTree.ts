// Reading a page as a tree: its elements in order, their attributes and texts, and what is wrong with it.
import { type DefaultTreeAdapterTypes, parse } from "parse5";

export type HtmlNode = DefaultTreeAdapterTypes.Node;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** All elements of a page in order, and the errors that the standard's parser names. */
export function readHtml(html: string): { elements: HtmlElement[]; errors: string[] } {
  const errors: string[] = [];
  const document = parse(html, { onParseError: (error) => errors.push(error.code) });
  return { elements: elementsBelow(document), errors };
}

/** The elements inside a node, in order. */
export function elementsBelow(node: HtmlNode): HtmlElement[] {
  if (!("childNodes" in node)) return [];
  return node.childNodes.flatMap((child) =>
    "tagName" in child ? [child, ...elementsBelow(child)] : [],
  );
}

/** An attribute's value, null where there is none. */
export function attributeOf(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

/** All text inside a node. */
export function textInside(node: HtmlNode): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textInside).join("") : "";
}
