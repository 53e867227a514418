// The one place where the page's state is: whoever changes it has it painted.
import { initialState, type LabelState } from "./state.ts";

export interface Store {
  readonly state: LabelState;
  readonly change: (change: Partial<LabelState>) => void;
}

/** A store whose every change is told. */
export function createStore(
  first: Partial<LabelState>,
  onChange: (state: LabelState) => void,
): Store {
  let state: LabelState = { ...initialState, ...first };
  return {
    get state() {
      return state;
    },
    change: (change) => {
      state = { ...state, ...change };
      onChange(state);
    },
  };
}
