// While the disk fails, verdicts wait and the host plans no further by itself: the page asks for more pairs, so
// that the person can go on.
import { continued } from "./lineUp.ts";
import type { Outbox } from "./outbox.ts";
import { messageOf, type Host } from "./smallActs.ts";
import type { Store } from "./store.ts";

/** Fewer pairs ahead than this are too few for a quick hand. */
const enoughAhead = 3;

/** Answers a function that asks for further pairs where they are needed; call it after each change. */
export function createFurtherPairs(parts: {
  readonly store: Store;
  readonly host: Host;
  readonly outbox: Pick<Outbox<unknown>, "items" | "tickets">;
}): () => void {
  const { store, host, outbox } = parts;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    try {
      const { upcoming } = await host.request("more", { waiting: [...outbox.tickets] });
      const { desk } = store.state;
      if (desk !== null) store.change({ desk: continued(desk, upcoming, outbox.tickets) });
    } catch (error) {
      store.change({ notice: messageOf(error) });
    }
  };
  return () => {
    const { desk } = store.state;
    if (desk === null || isAsking || desk.upcoming.length >= enoughAhead) return;
    if (!outbox.items.some(({ problem }) => problem !== null)) return;
    isAsking = true;
    void ask().finally(() => (isAsking = false));
  };
}
