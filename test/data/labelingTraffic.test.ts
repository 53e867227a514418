// What crosses to the label page at each key.
import { expect, test } from "vitest";
import { eventId, openLabelDesk } from "../support/labelDesk.ts";

test("pairs that the page has are named, not sent again", async () => {
  const at = await openLabelDesk({ pairs: 30 });
  const { current, upcoming } = await at.ask("open", { ticket: null });
  const known = [current!, ...upcoming].map(({ ticket }) => ticket);
  const answer = await at.ask("judge", {
    ...{ eventId: eventId("known"), ticket: current!.ticket, judgment: "tie", activeMs: 5 },
    ...{ rationale: "", known },
  });
  expect(answer.line!.slice(0, 4)).toEqual(known.slice(1));
  expect(answer.upcoming.map(({ ticket }) => ticket)).toEqual(answer.line!.slice(4));
  expect(answer.upcoming.length).toBe(1);
  await at.close();
});
