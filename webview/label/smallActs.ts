// Acts that leave the pair in view where it is: how it is looked at, its flag, and what opens elsewhere.
import type {
  HostToLabelPage,
  LabelPageToHost,
  LabelSettings,
} from "../../src/protocol/page/labelPage.ts";
import type { Peer } from "../../src/protocol/peer.ts";
import { announce } from "../ui/announce.ts";
import type { LookChoices } from "./state.ts";
import type { Store } from "./store.ts";

export type Host = Peer<HostToLabelPage, LabelPageToHost>;

/** Waits for what the host answers; a failure becomes a notice. */
export async function tell(store: Store, request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    store.change({ notice: messageOf(error) });
  }
}

/** Text of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const lookWords: Readonly<Record<keyof LookChoices, readonly [off: string, on: string]>> = {
  isDiff: ["Differences hidden.", "Differences shown."],
  isRaw: ["Texts rendered.", "Texts raw."],
  isGuidelinesOpen: ["Guidelines closed.", "Guidelines open."],
};

/** Turns one way of looking on or off. */
export function toggleLook(store: Store, choice: keyof LookChoices): void {
  const { look } = store.state;
  const isOn = !look[choice];
  store.change({ look: { ...look, [choice]: isOn } });
  announce(lookWords[choice][isOn ? 1 : 0]);
}

/** Puts the mark for a second look on the pair in view, or takes it away. */
export async function toggleFlag(store: Store, host: Host): Promise<void> {
  const current = store.state.desk?.current ?? null;
  if (current === null) return;
  const { ticket } = current;
  try {
    const { isFlagged } = await host.request("flag", { ticket, isFlagged: !current.isFlagged });
    const { desk } = store.state;
    if (desk?.current?.ticket === ticket) {
      store.change({ desk: { ...desk, current: { ...desk.current, isFlagged } } });
    }
    announce(isFlagged ? "Flagged." : "Flag taken away.");
  } catch (error) {
    store.change({ notice: `The flag was not saved: ${messageOf(error)}` });
  }
}

const arrangements: readonly LabelSettings["arrangement"][] = ["auto", "side-by-side", "stacked"];
const arrangementWords = {
  auto: "By width.",
  "side-by-side": "Side by side.",
  stacked: "Stacked.",
};

/** The next arrangement in turn. */
export function arrange(store: Store, host: Host): void {
  const { desk } = store.state;
  if (desk === null) return;
  const { settings } = desk;
  const at = arrangements.indexOf(settings.arrangement);
  const arrangement = arrangements[(at + 1) % arrangements.length]!;
  store.change({ desk: { ...desk, settings: { ...settings, arrangement } } });
  announce(arrangementWords[arrangement]);
  void tell(store, host.request("arrange", { arrangement }));
}
