// Styles that are computed, set through the element's own style object. Lit's styleMap writes the attribute at
// first, which the page's policy forbids.
import { noChange } from "lit";
import { Directive, directive, type AttributePart } from "lit/directive.js";

type Properties = Readonly<Record<string, string>>;

class Styles extends Directive {
  #before: Properties = {};

  render(_properties: Properties): unknown {
    return noChange;
  }

  override update(part: AttributePart, [properties]: [Properties]): unknown {
    const { style } = part.element;
    for (const name of Object.keys(this.#before)) {
      if (!(name in properties)) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(properties)) {
      if (this.#before[name] !== value) style.setProperty(name, value);
    }
    this.#before = properties;
    return noChange;
  }
}

/** `style=${styles({ "--p": "0.5", height: "4px" })}`: properties as CSS writes them; the only expression there. */
export const styles = directive(Styles);
