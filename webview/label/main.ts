// The label page's entry: state to template, keys to acts, and what is kept for the next load.
import "../ui/base.css";
import "../text/text.css";
import "./label.css";
import "./verdictBar.css";
import { render } from "lit";
import type { HostToLabelPage, LabelPageToHost } from "../../src/protocol/page/labelPage.ts";
import { listenForLinks } from "../text/links.ts";
import { renderAhead } from "../text/renderText.ts";
import type { Peer } from "../../src/protocol/peer.ts";
import { connect, keep, kept } from "../ui/connect.ts";
import { watchAttention } from "./attention.ts";
import { LabelController } from "./controller.ts";
import { listenForKeys } from "./keys.ts";
import { page, type PageActs } from "./page.ts";
import { textsToRender } from "./pairView.ts";
import {
  listenForScrolls,
  paneOf,
  restoreScroll,
  scrollByKey,
  scrollPlaces,
  sharesOfScroll,
} from "./panesScroll.ts";
import { readKept, type LabelState, type ScrollPlaces } from "./state.ts";

/** Pairs whose texts are rendered while the one before is read: two, for a quick hand. */
const pairsAhead = 2;

const root = document.getElementById("page")!;
let keepTimer: ReturnType<typeof setTimeout> | null = null;
let places: ScrollPlaces = {};
const before = readKept(kept());
let painted = before.look;
const host: Peer<HostToLabelPage, LabelPageToHost> = connect<HostToLabelPage, LabelPageToHost>({
  show: (snapshot) => controller.show(snapshot),
  changed: () => controller.refresh(),
  act: ({ action }) => controller.act(action),
});
const controller: LabelController = new LabelController({
  host,
  attention: watchAttention(),
  kept: before,
  onChange: (state) => {
    paint(state);
    keepAll();
  },
  focusRationale: () => document.getElementById("rationale")?.focus(),
});
const acts: PageActs = {
  act: (action) => controller.act(action),
  setMode: (mode) => controller.setMode(mode),
  goToRun: () => acts.take("dashboard"),
  typed: (rationale) => controller.typed(rationale),
  retry: () => controller.retry(),
  notices: {
    hadBreak: () => controller.hadBreak(),
    dismiss: () => controller.close("notice"),
  },
  guidelines: {
    edit: () => controller.tell(host.request("editGuidelines", {})),
    close: () => controller.act("guidelines"),
  },
  closeKeys: () => controller.close("keys"),
  take: (act) => controller.tell(host.request("act", { act })),
  reopen: () => void controller.open(),
};

listenForKeys({
  keys: () => controller.state.desk?.settings.keys ?? null,
  act: (action) => controller.act(action),
  leaveField: () => root.focus({ preventScroll: true }),
  scroll: scrollByKey,
});
listenForLinks(root, (address) => controller.tell(host.request("openLink", { href: address })));

listenForScrolls({
  root,
  isSynchronous: () => controller.state.desk?.settings.isScrollSynchronous ?? false,
  onScroll: () => {
    keepTimer ??= setTimeout(() => {
      places = scrollPlaces();
      keepAll();
    }, 200);
  },
});
document.addEventListener("visibilitychange", keepAll);
addEventListener("pagehide", keepAll);

paint(controller.state);
await controller.open();
if (controller.state.desk?.current?.ticket === before.ticket) {
  places = before.scroll;
  restoreScroll(places);
}
// Screen readers read a page of the editor only once the focus is in it.
if (document.hasFocus()) root.focus({ preventScroll: true });

function paint(state: LabelState): void {
  const ticket = state.desk?.current?.ticket;
  const pane = document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset["pane"];
  // Measured only where it is of use: it makes the browser lay the page out.
  const putBack = painted === state.look ? null : sharesOfScroll();
  const isOther = root.querySelector<HTMLElement>(".pair")?.dataset["ticket"] !== ticket;
  render(page(state, acts), root);
  const dialog = root.querySelector<HTMLDialogElement>("dialog.keys");
  if (dialog !== null && dialog.open !== state.isKeysOpen) {
    if (state.isKeysOpen) dialog.showModal();
    else {
      dialog.close();
      root.focus({ preventScroll: true });
    }
  }
  // The pane that had the focus is gone with its pair; the one in its place takes it.
  if (isOther && pane !== undefined) (paneOf(pane) ?? root).focus({ preventScroll: true });
  if (isOther && ticket !== undefined) places = {};
  if (!isOther) putBack?.();
  painted = state.look;
  const next = state.desk?.upcoming.slice(0, pairsAhead) ?? [];
  renderAhead(next.flatMap((card) => textsToRender(card, state.look)));
}

function keepAll(): void {
  if (keepTimer !== null) clearTimeout(keepTimer);
  keepTimer = null;
  // Before the first snapshot there is nothing newer than what is kept.
  if (controller.state.desk === null) return;
  keep({ ...controller.kept(), scroll: places });
}
