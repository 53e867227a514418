// A chart as an SVG file of its own: colours and fonts filled in, title and legend inside, nothing that only
// the page needs.

const svgNamespace = "http://www.w3.org/2000/svg";
/** Presentation that the style sheets give; written into the file as attributes. */
const properties = [
  ...["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray"],
  ...["font-family", "font-size", "font-weight", "text-anchor"],
] as const;
const margin = 12;
const titleHeight = 26;
const legendRow = 18;

export interface SvgParts {
  readonly title: string;
  readonly meaning: string;
  /** The chart's own picture, in the page. */
  readonly picture: SVGSVGElement;
  readonly legend: readonly { readonly key: SVGSVGElement; readonly name: string }[];
}

/** The file's text. The picture must be in the document, where its computed style is known. */
export function svgText({ title, meaning, picture, legend }: SvgParts): string {
  const { width, height } = picture.viewBox.baseVal;
  const page = getComputedStyle(document.body);
  const whole = { width: width + 2 * margin, height: 0 };
  const legendTop = margin + titleHeight + height;
  whole.height = legendTop + legend.length * legendRow + margin;
  const root = element("svg", {
    width: whole.width,
    height: whole.height,
    viewBox: `0 0 ${whole.width} ${whole.height}`,
    role: "img",
  });
  root.append(textElement("title", title), textElement("desc", meaning));
  root.append(
    element("rect", { width: "100%", height: "100%", ...paint("fill", page.backgroundColor) }),
  );
  const ink = { ...paint("fill", page.color), "font-family": page.fontFamily };
  root.append(
    textElement("text", title, {
      ...ink,
      x: margin,
      y: margin + 12,
      "font-size": "13px",
      "font-weight": 600,
    }),
  );
  const place = element("g", { transform: `translate(${margin} ${margin + titleHeight})` });
  place.append(...copiesOf(picture));
  root.append(place);
  legend.forEach(({ key, name }, i) => {
    const row = element("g", { transform: `translate(${margin} ${legendTop + i * legendRow})` });
    row.append(...copiesOf(key));
    row.append(textElement("text", name, { ...ink, x: 38, y: 10, "font-size": "11px" }));
    root.append(row);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/** Copies of what is drawn, with style as attributes; marks of the cursor stay behind. */
function copiesOf(picture: SVGSVGElement): Element[] {
  return [...picture.children].flatMap((child) => copyOf(child) ?? []);
}

function copyOf(original: Element): Element | null {
  if (original.classList.contains("cursor-only")) return null;
  const style = getComputedStyle(original);
  const copy = document.createElementNS(svgNamespace, original.localName);
  for (const { name, value } of original.attributes) {
    if (name !== "class") copy.setAttribute(name, value);
  }
  for (const property of properties) {
    const value = style.getPropertyValue(property);
    const isPaint = property === "fill" || property === "stroke";
    for (const [name, text] of Object.entries(
      isPaint ? paint(property, value) : { [property]: value },
    )) {
      copy.setAttribute(name, text);
    }
  }
  for (const child of original.childNodes) {
    if (child instanceof Element) {
      const inner = copyOf(child);
      if (inner) copy.append(inner);
    } else if (child instanceof Text) {
      copy.append(child.data);
    }
  }
  return copy;
}

/**
 * A computed colour as attributes that every reader of SVG knows: `color(srgb 1 0 0 / 0.5)`, which color-mix
 * gives, and `rgba()` as an rgb() and an opacity.
 */
function paint(property: "fill" | "stroke", value: string): Record<string, string> {
  const numbers = value.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  if (!/^(?:rgba?|color)\(/.test(value)) return { [property]: value };
  const scale = value.startsWith("color(") ? 255 : 1;
  const rgb = [red, green, blue].map((part) => Math.round(part * scale)).join(", ");
  return {
    [property]: `rgb(${rgb})`,
    ...(alpha === 1 ? {} : { [`${property}-opacity`]: String(alpha) }),
  };
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function textElement(
  name: "text" | "title" | "desc",
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElement {
  const made = element(name, attributes);
  made.textContent = text;
  return made;
}
