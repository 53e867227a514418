// What the page kept over hiding and reloading, checked: an older version may have written it.
import { kept } from "../ui/connect.ts";
import { draftOf, type Draft } from "./draft.ts";
import { firstView, type View } from "./state.ts";

const judges = ["test", "validation"] as const;

export interface KeptState {
  readonly draft: Draft;
  readonly view: View;
  readonly runs: { readonly selected: string | null; readonly compared: string | null };
  readonly scroll: number;
}

/** What was kept; the beginning where there is nothing, or nothing of use. */
export function keptState(): KeptState {
  const state = recordOf(kept());
  const view = recordOf(state["view"]);
  const runs = recordOf(state["runs"]);
  return {
    draft: draftOf(state["draft"]),
    view: {
      iteration: numberOf(view["iteration"]),
      judge: judges.find((judge) => judge === view["judge"]) ?? firstView.judge,
      calibration: view["calibration"] === "ece" ? "ece" : firstView.calibration,
      threshold: numberOf(view["threshold"]),
      isFormOpen: typeof view["isFormOpen"] === "boolean" ? view["isFormOpen"] : null,
    },
    runs: { selected: textOf(runs["selected"]), compared: textOf(runs["compared"]) },
    scroll: numberOf(state["scroll"]) ?? 0,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
