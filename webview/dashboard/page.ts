// The state of the page and everything that can be done to it; views are functions of it.
import type { DashboardPageToHost, FormSettings } from "../../src/protocol/page/dashboardPage.ts";
import type { Parameter } from "../../src/protocol/peer.ts";
import type { ChartActions } from "../charts/chartModel.ts";
import type { Draft, Field } from "./draft.ts";
import type { Shown, View } from "./state.ts";

export interface PageState {
  /** Null until the host has answered. */
  readonly shown: Shown | null;
  /** Why nothing can be shown; null where all is well. */
  readonly failure: string | null;
  readonly draft: Draft;
  /** What the host said is wrong with the form, or why an act failed. */
  readonly complaint: string | null;
  readonly view: View;
}

export type Act = Parameter<DashboardPageToHost, "act">["act"];

/** What views may ask for. */
export interface Actions {
  readonly charts: ChartActions;
  readonly look: (change: Partial<View>) => void;
  /** A field is being edited. */
  readonly edit: (field: Field, text: string) => void;
  /** A field was left or chosen: keep the form. */
  readonly saveForm: () => void;
  readonly select: (runs: {
    readonly selected: string | null;
    readonly compared: string | null;
  }) => void;
  readonly start: (form: FormSettings, where: "here" | "detached") => void;
  readonly control: (act: "pause" | "resume" | "cancel", dir: string) => void;
  readonly act: (act: Act, dir?: string) => void;
}
