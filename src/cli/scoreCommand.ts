// `ssrm score`: one JSON line per row that can be read, in file order.
import { sigmoid } from "../core/calibration.ts";
import type { PairRow, ResponseRow } from "../data/rows.ts";
import type { OpenModel } from "../engine/openModel.ts";
import { batchesOf } from "./batches.ts";
import { expectModel } from "./modelOption.ts";
import { expectData, goodRows, openData } from "./openData.ts";
import type { scoreOptions } from "./options.ts";
import type { Arguments } from "./parseArguments.ts";
import { openOutput, type Output } from "./places.ts";
import { refuseTrainingEngine } from "./runRequest.ts";
import { print } from "./terminal.ts";
import { UsageError } from "../data/usageError.ts";

/** Streams: memory is bounded by a batch of rows. */
export async function scoreCommand({
  operands,
  values,
}: Arguments<typeof scoreOptions>): Promise<number> {
  const paths = expectData(operands);
  refuseTrainingEngine({ ...values, model: null });
  for (const name of ["adapter", "label-tokens"] as const) {
    if (values[name] === null) continue;
    throw new UsageError(
      `--${name} needs the training engine for checkpoints, which is not in this version; lexical has none`,
    );
  }
  const model = await expectModel(values.model);
  const dataset = await openData(paths);
  const output = values.out === null ? standardOutput : await openOutput(values.out, paths);
  try {
    for await (const rows of batchesOf(goodRows(dataset))) {
      await output.write((await linesOf(model, rows)).join(""));
    }
    await output.finish();
    return 0;
  } finally {
    await output.discard();
    await dataset.close();
  }
}

const standardOutput: Output = {
  write: print,
  finish: () => Promise.resolve(),
  discard: () => Promise.resolve(),
};

async function linesOf(
  model: OpenModel,
  rows: readonly (PairRow | ResponseRow)[],
): Promise<string[]> {
  const pairs = rows.filter((row) => row.kind === "pair");
  const responses = rows.filter((row) => row.kind === "response");
  const scores = await model.score(pairs.map((row) => row.pair));
  const rewards = await model.scoreResponses(responses);
  if (rewards === null && responses.length > 0) {
    throw new Error(
      "rows of one response: expected a model with a reward, got one that compares two responses",
    );
  }
  let [nextPair, nextResponse] = [0, 0];
  return rows.map((row) => {
    if (row.kind === "response") {
      return `${JSON.stringify({ id: row.rowId ?? row.id, reward: rewards![nextResponse++] })}\n`;
    }
    const i = nextPair++;
    const line = pairLine(row, {
      margin: scores.margin[i]!,
      first: scores.rewards?.first[i] ?? null,
      second: scores.rewards?.second[i] ?? null,
      temperature: model.temperature,
    });
    return `${JSON.stringify(line)}\n`;
  });
}

/** Rewards and p in the row's own order: the chosen first where it has one, else A. */
function pairLine(
  { pair, swapped, gold, rowId }: PairRow,
  score: {
    readonly margin: number;
    readonly first: number | null;
    readonly second: number | null;
    readonly temperature: number;
  },
): object {
  const isJudged = gold === "first" || gold === "second";
  const isFirst = isJudged ? gold === "first" : !swapped;
  const [own, other] = isFirst ? [score.first, score.second] : [score.second, score.first];
  const margin =
    own !== null && other !== null ? own - other : isFirst ? score.margin : -score.margin;
  return {
    id: rowId ?? pair.id,
    ...(own === null
      ? {}
      : isJudged
        ? { rewardChosen: own, rewardRejected: other }
        : { rewardA: own, rewardB: other }),
    p: sigmoid(margin),
    pCalibrated: sigmoid(margin / score.temperature),
  };
}
