// Where a snapshot comes from when it is more than one question to the host.
import type { LabelSnapshot } from "../../src/protocol/page/labelPage.ts";
import { aroundInView, asTakenBack } from "./lineUp.ts";
import type { Outbox } from "./outbox.ts";
import type { Host } from "./smallActs.ts";
import type { Store } from "./store.ts";

/** The last verdict taken back: from the outbox where it was never saved, else by the host. */
export async function takenBack(
  outbox: Pick<Outbox<unknown>, "takeBack">,
  host: Host,
): Promise<LabelSnapshot> {
  const request = await outbox.takeBack();
  if (request === null) return host.request("undo", {});
  return asTakenBack(await host.request("open", { ticket: request.ticket }), request);
}

/** Everything anew around the pair in view, also where that is another one when the answer comes. */
export async function newsAround(store: Store, host: Host): Promise<LabelSnapshot> {
  const asked = store.state.desk?.current?.ticket ?? null;
  const snapshot = await host.request("open", { ticket: asked });
  // What waits in the other uses may be another number now; it is known again once one turns to them.
  store.change({ leftByMode: {} });
  return aroundInView(snapshot, asked, store.state.desk?.current ?? null);
}
