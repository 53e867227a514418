// What follows from the host's word and the outbox for the rest of the page's state.
import type { Desk, LabelState, Unsaved } from "./state.ts";

/** A desk, what of it is remembered for its tab, and whether all is saved. */
export function withDesk(
  state: LabelState,
  desk: Desk,
  unsaved: readonly Unsaved[],
): Partial<LabelState> {
  const { leftByMode } = state;
  const { left } = desk.progress;
  return {
    desk,
    leftByMode: left === null ? leftByMode : { ...leftByMode, [desk.mode]: left },
    ...withOutbox(state, unsaved),
  };
}

/** Whether all is saved, as far as the outbox tells. */
export function withOutbox(
  state: LabelState,
  unsaved: readonly Unsaved[],
): Pick<LabelState, "unsaved" | "saving"> {
  if (unsaved.some(({ problem }) => problem !== null)) return { unsaved, saving: "failing" };
  if (unsaved.length > 0) return { unsaved, saving: "saving" };
  return { unsaved, saving: state.saving === "nothing" ? "nothing" : "saved" };
}
