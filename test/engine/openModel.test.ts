// A saved model scores as the run that made it did, and a damaged one is named.
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sigmoid } from "../../src/core/calibration.ts";
import { readRunQueue } from "../../src/data/runs/runFiles.ts";
import { openModel } from "../../src/engine/openModel.ts";
import { makeRun } from "../../src/engine/runJob.ts";
import { judged, makeRows, pairOf, writeRowsTo } from "../support/pairFiles.ts";
import { filesBelow, hooks, makeRunPlace, modelsOf, type RunPlace } from "../support/runs.ts";

const rows = makeRows(90, "result");
const base = { seedCount: 24, threshold: 0.6 };

let place: RunPlace;
let data: string;
beforeAll(() => {
  place = makeRunPlace();
  data = writeRowsTo(place.at("data.jsonl"), judged(rows));
});
afterAll(() => place.remove());

const dirOf = (out: string): string => place.at("runs", out);

async function run(out: string): Promise<void> {
  const request = place.request(out, { data: [data] }, { ...base, iterations: 1 });
  expect(await makeRun(request, hooks())).toEqual({ state: "done", error: null });
}

describe("the saved model", () => {
  beforeAll(() => run("saved"));

  test("scores as the run did, by its run and by its checkpoint folder", async () => {
    const said = new Map((await readRunQueue(dirOf("saved"))).map(({ id, p }) => [id, p]));
    expect(said.size).toBeGreaterThan(3);
    const pairs = rows.map(pairOf);
    for (const path of [dirOf("saved"), place.at("runs/saved/checkpoint")]) {
      const model = await openModel(path);
      const { margin } = await model.score(pairs);
      for (const [i, { id }] of pairs.entries()) {
        if (said.has(id)) expect(sigmoid(margin[i]!)).toBe(said.get(id));
      }
      expect(model.temperature).toBe((await modelsOf(dirOf("saved")))[1]!.temperature);
    }
  });

  test("the reward of a response is that of its pairs", async () => {
    const model = await openModel(dirOf("saved"));
    const pairs = rows.slice(0, 10).map(pairOf);
    const { margin, rewards } = await model.score(pairs);
    const single = await model.scoreResponses(
      pairs.map(({ prompt, first }) => ({ prompt, response: first })),
    );
    expect([...single!]).toEqual([...rewards!.first]);
    for (const i of pairs.keys()) {
      expect(margin[i]!).toBeCloseTo(rewards!.first[i]! - rewards!.second[i]!, 9);
    }
  });

  test.each<[string, (dir: string, file: string) => void, RegExp]>([
    ["a file cut short", (_dir, file) => truncateSync(file, 40), /the checkpoint cannot be read/],
    ["a file gone", (_dir, file) => rmSync(file), /the checkpoint cannot be read/],
    ["a card that is no JSON", (dir) => writeFileSync(`${dir}/ssrm.json`, "{"), /cannot be read/],
    ["a card of another format", (dir) => writeFileSync(`${dir}/ssrm.json`, "{}"), /format/],
    [
      "no card",
      (dir) => rmSync(`${dir}/ssrm.json`),
      /expected a run or a checkpoint with ssrm\.json/,
    ],
  ])("%s is refused with the folder's name", async (name, damage, message) => {
    const copy = place.at(`copy ${name}`);
    mkdirSync(copy);
    const files = filesBelow(place.at("runs/saved/checkpoint"));
    for (const [file, bytes] of Object.entries(files)) {
      writeFileSync(`${copy}/${file}`, Buffer.from(bytes, "latin1"));
    }
    const weights = Object.keys(files).find((file) => file !== "ssrm.json")!;
    damage(copy, `${copy}/${weights}`);
    await expect(openModel(copy)).rejects.toThrow(message);
    await expect(openModel(copy)).rejects.toThrow(copy);
  });

  test("a folder that is not there, and one of something else, are named", async () => {
    await expect(openModel(place.at("nowhere"))).rejects.toThrow(
      /nowhere: expected a run or checkpoint/,
    );
    mkdirSync(place.at("hf"));
    writeFileSync(place.at("hf/config.json"), "{}");
    await expect(openModel(place.at("hf"))).rejects.toThrow(/Hugging Face checkpoint/);
  });
});
