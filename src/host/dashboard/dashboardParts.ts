// What the dashboard's session works with: where its figures come from, and what it can do. Tests have their own.
import type { ProjectFile } from "../../data/projectFile.ts";
import type {
  Activity,
  DashboardPageToHost,
  DashboardSnapshot,
  FormSettings,
  RunOutlook,
} from "../../protocol/page/dashboardPage.ts";
import type { ChartMark } from "../../protocol/page/pairsPage.ts";
import type { RunView } from "../runStore.ts";
import type { Clock } from "./pushes.ts";
import type { Verdicts } from "./runFigures.ts";

/** The parameter of one of the page's methods. */
export type Asked<K extends keyof DashboardPageToHost> = Parameters<DashboardPageToHost[K]>[0];

/** What the dashboard shows, from wherever it comes. */
export interface DashboardSources {
  readonly project: () => {
    readonly kind: DashboardSnapshot["project"];
    /** What is wrong with it; null where nothing is. */
    readonly problem: string | null;
    readonly file: ProjectFile | null;
  };
  readonly isTrusted: () => boolean;
  readonly activity: () => Activity;
  /** Newest first. */
  readonly runs: () => readonly RunView[];
  readonly verdicts: () => Promise<Verdicts>;
  readonly outlook: (form: FormSettings) => Promise<RunOutlook>;
  readonly clock: Clock;
}

/** What the dashboard can do. */
export interface DashboardActs {
  /** Throws with the field that is wrong. */
  saveForm(form: FormSettings): Promise<void>;
  /** Throws where a run can't start; does not wait for its end. */
  start(how: { readonly isDetached: boolean }): Promise<void>;
  control(act: Asked<"control">["act"], dir: string): Promise<void>;
  openPairs(mark: ChartMark): Promise<void>;
  act(act: Asked<"act">["act"], dir: string | null): Promise<void>;
  saveFile(name: string, text: string): Promise<void>;
  copy(text: string): Promise<void>;
  log(error: unknown): void;
}
