// What stands at the end of a line in the text editor. No VS Code here.
import type { RowState } from "../../protocol/page/pairsPage.ts";

export interface Hint {
  readonly text: string;
  readonly tooltip: string;
}

/** A row's hint; null where nothing is known of it. `p` is P(the row's own A preferred), NaN where not known. */
export function hintOf({
  p,
  state,
  label,
}: {
  readonly p: number;
  readonly state: RowState;
  readonly label: string | null;
}): Hint | null {
  const said = label === null ? state : label === "skipped" ? "skipped" : `labeled ${label}`;
  if (Number.isNaN(p)) {
    if (label === null && state !== "pseudo-labeled") return null;
    return { text: said, tooltip: `SSRM: ${said}.` };
  }
  const side = p >= 0.5 ? "A" : "B";
  const percent = Math.round(100 * Math.max(p, 1 - p));
  return {
    text: `p ${p.toFixed(2)} · ${said}`,
    tooltip: `SSRM: ${said}. The last model is ${percent} % sure that response ${side} is preferred.`,
  };
}
