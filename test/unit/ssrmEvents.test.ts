// What the loop does at its edges: labels in mid-run, ends, restart and continue, resuming.
import { describe, expect, it } from "vitest";
import { sigmoid } from "../../src/core/calibration.ts";
import type { Winner } from "../../src/core/pair.ts";
import { lexicalModel } from "../../src/learn/lexical/lexicalModel.ts";
import type { RewardModel } from "../../src/learn/rewardModel.ts";
import { expectClose } from "../support/close.ts";
import type { MainEvent } from "../support/generators.ts";
import { type LoopRun, ofKind, recorded, runLoop, seedVerdicts } from "../support/loopRuns.ts";
import { memoryPool, syntheticPairs } from "../support/syntheticPairs.ts";
import { type VectorCheckpoint, vectorModel, vectorPairs } from "../support/vectorModel.ts";

const { pairs, gold } = vectorPairs(60, 5);
const pool = memoryPool(pairs);
const base: LoopRun<VectorCheckpoint> = {
  model: vectorModel(),
  pool,
  verdictsAt: () => seedVerdicts(gold, 10),
};

/** The fits of one chain, one per iteration. */
async function fitsOf(run: LoopRun<VectorCheckpoint>, place: number) {
  const { model, fits } = recorded(run.model);
  const events = await runLoop({ ...run, model });
  const chains = ofKind(events, "model")[0]!.chains.length;
  return { events, fits: fits.filter((_, n) => n % chains === place) };
}

describe("labels that arrive in mid-run", () => {
  it("enter at the next iteration, overrule the model, and leave U", async () => {
    const before = await runLoop(base);
    const pseudo = ofKind(before, "pseudo-labels")[1]!;
    // A pair that was selected for model 2: a person says the opposite at that very moment.
    const at = pseudo.selection.selected.indexOf(1);
    const pair = pseudo.index[at]!;
    const verdict: Winner = pseudo.p[at]! > 0.5 ? "second" : "first";
    const verdictsAt = (k: number): Map<number, Winner> => {
      const verdicts = seedVerdicts(gold, 10);
      return k < 2 ? verdicts : verdicts.set(pair, verdict);
    };
    const { events, fits } = await fitsOf({ ...base, verdictsAt }, 0);
    const models = ofKind(events, "model");
    expect(models.map((event) => event.labels.index.length)).toEqual([10, 10, 11, 11]);
    const inU = models.map((event) => event.unlabeled.index.includes(pair));
    expect(inU).toEqual([true, true, false, false]);
    const inPseudo = ofKind(events, "pseudo-labels").map((event) => event.index.includes(pair));
    expect(inPseudo).toEqual([true, false, false]);
    for (const fit of fits.slice(2)) {
      expect(fit.examples.get(pool.ids[pair]!)).toBe(verdict === "first" ? 1 : 0);
    }
  });

  it("that are both bad leave U and are in no examples", async () => {
    const verdictsAt = (k: number): Map<number, Winner> =>
      seedVerdicts(gold, 10)
        .set(3, "both-bad")
        .set(k < 1 ? 3 : 20, "both-bad");
    const { events, fits } = await fitsOf({ ...base, verdictsAt }, 0);
    const models = ofKind(events, "model");
    expect(models.map((event) => event.labels.index.length)).toEqual([9, 9, 9, 9]);
    expect(models.map((event) => event.unlabeled.index.length)).toEqual([50, 49, 49, 49]);
    expect([...models[1]!.labels.setAside]).toEqual([3, 20]);
    for (const event of models) expect(event.validation.index).not.toContain(3);
    for (const [k, fit] of fits.entries()) {
      expect(fit.examples.has(pool.ids[3]!)).toBe(false);
      if (k >= 1) expect(fit.examples.has(pool.ids[20]!)).toBe(false);
    }
  });

  it("that are withdrawn leave L, and may be pseudo-labels one iteration later", async () => {
    const verdictsAt = (k: number): Map<number, Winner> => {
      const verdicts = seedVerdicts(gold, 11);
      if (k >= 1) verdicts.delete(10);
      return verdicts;
    };
    const events = await runLoop({ ...base, verdictsAt });
    expect(ofKind(events, "pseudo-labels").map((event) => event.index.includes(10))).toEqual([
      false,
      true,
      true,
    ]);
    expect(ofKind(events, "model")[1]!.unlabeled.index).toContain(10);
  });

  it("are learnt where nothing is selected", async () => {
    const verdictsAt = (k: number): Map<number, Winner> => seedVerdicts(gold, 10 + 5 * k);
    const events = await runLoop({ ...base, verdictsAt, options: { threshold: 1 } });
    const models = ofKind(events, "model");
    expect(models.map((event) => event.labels.index.length)).toEqual([10, 15, 20, 25]);
    expect(ofKind(events, "pseudo-labels").map((event) => event.selection.count)).toEqual([
      0, 0, 0,
    ]);
    expect(events.at(-1)!.kind).toBe("model");
  });
});

describe("the end", () => {
  it("comes early where nothing is selected, with advice, and without a model that repeats the last", async () => {
    const { events, fits } = await fitsOf({ ...base, options: { threshold: 0.9999 } }, 0);
    expect(events.map((event) => event.kind)).toEqual(["model", "pseudo-labels", "ended-early"]);
    expect(fits).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ iteration: 1 });
    const { reason } = ofKind(events, "ended-early")[0]!;
    expect(reason).toMatch(/^no pair has a confidence above 0\.9999 \(the highest is 0\.99/);
    expect(reason).toMatch(/of 50 pairs, \d+ at 0\.95, \d+ at 0\.9 and \d+ at 0\.85 would pass/);
  });

  it("is record 0 where U is empty, or no iterations are asked for", async () => {
    const all = await runLoop({ ...base, verdictsAt: () => seedVerdicts(gold, 60) });
    expect(all.map((event) => event.kind)).toEqual(["model"]);
    const none = await runLoop({ ...base, options: { iterations: 0 } });
    expect(none.map((event) => event.kind)).toEqual(["model"]);
    expect(ofKind(none, "model")[0]!.unlabeled.index).toHaveLength(50);
  });

  it("comes early where the last of U was labeled meanwhile", async () => {
    const verdictsAt = (k: number): Map<number, Winner> => seedVerdicts(gold, k === 0 ? 50 : 60);
    const events = await runLoop({ ...base, verdictsAt });
    expect(ofKind(events, "model").map((event) => event.labels.index.length)).toEqual([50, 60]);
    expect(events.at(-1)!.kind).toBe("model");
  });
});

describe("options", () => {
  it("hand the model before and the way to start to every fit", async () => {
    for (const start of ["restart", "continue"] as const) {
      const { events, fits } = await fitsOf({ ...base, options: { start } }, 2);
      expect(fits.map((fit) => fit.start)).toEqual([start, start, start, start]);
      expect(fits[0]!.previous).toBeNull();
      for (const k of [1, 2, 3]) expect(fits[k]!.previous).toBe(fits[k - 1]!.result);
      const models = ofKind(events, "model");
      for (const k of [0, 1, 2, 3]) {
        expect(models[k]!.chains[2]!.checkpoint).toBe(fits[k]!.result);
      }
      for (const { weights } of fits) expect(new Set(weights)).toEqual(new Set([1]));
    }
  });

  it("divide margins by the temperature where confidence is calibrated, and not where raw", async () => {
    for (const confidence of ["raw", "calibrated"] as const) {
      const events = await runLoop({ ...base, options: { confidence, threshold: 0.6 } });
      const models = ofKind(events, "model");
      expect(models).toHaveLength(4);
      for (const event of models) {
        const t = event.temperature.temperature;
        expect(Math.abs(t - 1)).toBeGreaterThan(0.05); // Otherwise both would be the same.
        const scale = confidence === "raw" ? 1 : t;
        const { scores, p } = event.unlabeled;
        expectClose(
          p,
          scores.margin.map((z) => sigmoid(z / scale)),
          { atol: 1e-15, rtol: 0 },
        );
        const next = ofKind(events, "pseudo-labels").find(
          ({ iteration }) => iteration === event.iteration + 1,
        );
        if (next) expect(next.p).toEqual(p);
      }
    }
  });

  it("select strictly above the threshold", async () => {
    const first = ofKind(await runLoop(base), "model")[0]!;
    const confidences = first.unlabeled.p.map((p) => Math.max(p, 1 - p));
    const threshold = [...confidences].sort()[25]!;
    const events = await runLoop({ ...base, options: { threshold, iterations: 1 } });
    const pseudo = ofKind(events, "pseudo-labels")[0]!;
    const above = confidences.filter((c) => c > threshold).length;
    expect(above).toBeLessThan(confidences.filter((c) => c >= threshold).length);
    expect(pseudo.selection.count).toBe(above);
  });

  it("score the test set with the whole chain's model, and nothing else", async () => {
    const others = vectorPairs(20, 6).pairs;
    const events = await runLoop({ ...base, test: memoryPool(others) });
    const without = await runLoop(base);
    for (const [k, event] of ofKind(events, "model").entries()) {
      expect(event.test!.margin).toHaveLength(20);
      expect({ ...event, test: null }).toEqual(ofKind(without, "model")[k]);
    }
  });
});

/** Events as values: a selection's reasons as texts. */
function values<Checkpoint>(events: readonly MainEvent<Checkpoint>[]): unknown[] {
  return events.map((event) => {
    if (event.kind !== "pseudo-labels") return event;
    const { selection } = event;
    const reasons = Array.from(event.index, (_, i) => selection.reason(i));
    return { ...event, selection: { ...selection, reason: reasons } };
  });
}

async function expectSameAfterResume<Checkpoint>(
  makeModel: () => RewardModel<Checkpoint>,
  run: Omit<LoopRun<Checkpoint>, "model">,
): Promise<number> {
  const whole = await runLoop({ ...run, model: makeModel() });
  for (const event of ofKind(whole, "model")) {
    const other = makeModel();
    const chains = event.chains.map(({ name, checkpoint }) => ({
      name,
      checkpoint: other.load(other.save(checkpoint)),
    }));
    const resume = { iteration: event.iteration, chains };
    const rest = await runLoop({ ...run, model: makeModel(), resume });
    expect(values(rest)).toEqual(values(whole.slice(whole.indexOf(event))));
  }
  return ofKind(whole, "model").length;
}

describe("a resumed run", () => {
  const verdictsAt = (k: number): Map<number, Winner> => seedVerdicts(gold, 10 + 3 * k);

  it.each(["restart", "continue"] as const)(
    "yields what an undisturbed one does (%s)",
    async (start) => {
      for (const confidence of ["raw", "calibrated"] as const) {
        const options = { start, confidence, threshold: 0.7 };
        const run = { ...base, verdictsAt, options, test: memoryPool(vectorPairs(20, 6).pairs) };
        expect(await expectSameAfterResume(vectorModel, run)).toBe(4);
      }
    },
  );

  it("ends early as the undisturbed one does", async () => {
    const options = { threshold: 0.9999 };
    expect(await expectSameAfterResume(vectorModel, { ...base, options })).toBe(1);
  });

  it.each(["restart", "continue"] as const)(
    "does so with the lexical model (%s)",
    async (start) => {
      const own = syntheticPairs(80, 31);
      const made = await expectSameAfterResume(
        () => lexicalModel({ l2: "auto", length: true, seed: 3 }),
        {
          pool: memoryPool(own.pairs),
          verdictsAt: (k) => seedVerdicts(own.gold, 20 + k),
          options: { start, threshold: 0.7, seed: 3 },
        },
      );
      expect(made).toBe(4);
    },
  );
});
