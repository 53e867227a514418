// Verdicts of annotation tools into the label log, once.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foldLabels } from "../../src/core/labels/labelFold.ts";
import { canonicalPair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import type { Winner } from "../../src/core/pair.ts";
import { readVerdicts, storeVerdicts } from "../../src/data/labels/labelImport.ts";
import { makeLabelPlace } from "../support/labelPlace.ts";
import type { LabelPlace } from "../support/labelPlace.ts";

let place: LabelPlace;
beforeEach(() => {
  place = makeLabelPlace();
});
afterEach(() => place.remove());

const shown = (n: number) =>
  canonicalPair({
    prompt: plainPrompt(`Name a prime above ${n}.`),
    a: plainResponse("11"),
    b: plainResponse("12"),
  });
/** What "A is better" means in canonical order. */
const sideA = (n: number): Winner => (shown(n).swapped ? "second" : "first");
const sideB = (n: number): Winner => (shown(n).swapped ? "first" : "second");
const prompt = (n: number): string => `Name a prime above ${n}.`;

/** Verdicts on the pairs 1 (A), 2 (B), 3 (tie where the tool has one, else A) and 4 (none). */
const tools: Record<string, readonly unknown[]> = {
  Argilla: [
    ["response_a", "response_b"],
    ["response_b", "response_a"],
  ]
    .map((order, i) => ({
      id: `p${i}`,
      status: "completed",
      prompt: prompt(i + 1),
      response_a: "11",
      response_b: "12",
      "pref.responses": [order.map((value, rank) => ({ rank: rank + 1, value }))],
      "pref.responses.users": ["u-7"],
      "pref.responses.status": ["submitted"],
      "pref.suggestion": null,
    }))
    .concat([
      {
        id: "p2",
        status: "completed",
        prompt: prompt(3),
        response_a: "11",
        response_b: "12",
        "pref.responses": [["response_a", "response_b"].map((value) => ({ rank: 1, value }))],
        "pref.responses.users": ["u-7"],
        "pref.responses.status": ["submitted"],
        "pref.suggestion": null,
      },
      {
        id: "p3",
        status: "pending",
        prompt: prompt(4),
        response_a: "11",
        response_b: "12",
        "pref.responses": [],
        "pref.responses.users": [],
        "pref.responses.status": [],
        "pref.suggestion": null,
      },
    ]),
  "Label Studio": ["left", "right", "left", null].map((selected, i) => ({
    id: i,
    data: { prompt: prompt(i + 1), answer1: "11", answer2: "12" },
    annotations:
      selected === null
        ? []
        : [
            {
              was_cancelled: false,
              result: [
                { from_name: "c", to_name: "answer1", type: "pairwise", value: { selected } },
              ],
            },
          ],
    predictions: [],
  })),
  "Prodigy choice": [["A"], ["B"], ["A", "B"], null].map((accept, i) => ({
    text: prompt(i + 1),
    options: [
      { id: "A", text: "11" },
      { id: "B", text: "12" },
    ],
    accept: accept ?? [],
    answer: accept === null ? "ignore" : "accept",
    _view_id: "choice",
  })),
  Potato: ["A", "B", "tie", null].map((selection, i) => ({
    id: String(i),
    text: prompt(i + 1),
    responses: ["11", "12"],
    preference: selection === null ? null : { selection },
  })),
};

const read = (path: string, time: number) =>
  readVerdicts([path], { cacheDir: join(place.workspace, "..", "cache"), time: new Date(time) });

describe.each(Object.keys(tools))("%s", (tool) => {
  it("becomes verdict events, the same ones each time", async () => {
    const path = join(place.workspace, "export.jsonl");
    writeFileSync(path, tools[tool]!.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const { files, events, withoutVerdict, bad } = await read(path, 0);
    expect(files[0]?.form).toBe(tool);
    expect({ withoutVerdict, bad }).toEqual({ withoutVerdict: 1, bad: [] });
    const third = tool === "Label Studio" ? sideA(3) : "tie";
    const expected = new Map([
      [shown(1).pair.id, sideA(1)],
      [shown(2).pair.id, sideB(2)],
      [shown(3).pair.id, third],
    ]);
    const winners = new Map([...foldLabels(events)].map(([id, { winner }]) => [id, winner]));
    expect(winners).toEqual(expected);

    const store = place.store();
    expect(await storeVerdicts(store, events)).toMatchObject({
      added: 3,
      known: 0,
      state: "saved",
    });
    const before = await store.readAll();
    const again = (await read(path, 1_000_000)).events;
    expect(again.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(await storeVerdicts(store, again)).toMatchObject({ added: 0, known: 3 });
    expect(await store.readAll()).toEqual(before);
    // Even appended blindly, a later import changes nothing: of one id the earlier event holds.
    await store.appendEvents(again);
    expect((await store.readAll()).events).toEqual(before.events);
  });
});
