// The rules that all forms share: sides, ids, where a prompt ends, and which rows are bad.
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalPair } from "../../src/core/pair.ts";
import { dataFolder, jsonLines, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });
const question = [user("Name a prime.")];
const answers = { a: [assistant("11")], b: [assistant("12")] };
const prime = canonicalPair({ prompt: question, ...answers }).pair;
const pairs = (more: object) => ({
  prompt: "Name a prime.",
  response_a: "11",
  response_b: "12",
  ...more,
});

async function readOne(row: unknown) {
  const pair = (await folder.read("one.jsonl", jsonLines([row]))).pairs[0]!;
  return { id: pair.pair.id, pair };
}

test("A is the chosen one where there is one, else the row's first", async () => {
  for (const [row, a] of [
    [pairs({}), "11"],
    [pairs({ winner: "a" }), "11"],
    [pairs({ winner: "b" }), "12"],
    [pairs({ winner: "tie" }), "11"],
    [{ prompt: "Name a prime.", chosen: "12", rejected: "11" }, "12"],
  ] as const) {
    const { pair } = await readOne(row);
    expect((pair.swapped ? pair.pair.second : pair.pair.first)[0]!.content).toBe(a);
  }
});

test("id and subset come along, an id also as a number or as Arena's question", async () => {
  const read = await folder.read(
    "ids.jsonl",
    jsonLines([
      pairs({ id: "x", subset: "easy" }),
      pairs({ id: 7 }),
      pairs({ id: null, subset: 3 }),
      pairs({}),
    ]),
  );
  expect(read.pairs.map(({ rowId, subset }) => [rowId, subset])).toEqual([
    ["x", "easy"],
    [7, null],
    [null, null],
    [null, null],
  ]);
  expect(
    (await readOne({ question_id: "q1", conversation_a: answers.a, conversation_b: answers.b }))
      .pair.rowId,
  ).toBe("q1");
});

test("rows of one response are read for scoring, plain and conversational alike", async () => {
  const read = await folder.read(
    "single.jsonl",
    jsonLines([
      { id: 1, prompt: "Name a prime.", response: "11" },
      { prompt: question, response: [assistant("11 ")] },
      { prompt: "Name a prime.", response: "12" },
    ]),
  );
  expect(read.form).toBe("single responses");
  const ids = read.responses.map((row) => row.id);
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test("turns common to both responses are prompt, each response keeps its last one", async () => {
  const turns = [...question, assistant("2"), user("Another.")];
  const deep = { chosen: [...turns, assistant("3")], rejected: [...turns, assistant("4")] };
  expect((await readOne(deep)).pair.pair.prompt).toEqual(turns);
  const explicit = {
    prompt: question,
    chosen: [...turns.slice(1), assistant("3")],
    rejected: [...turns.slice(1), assistant("4")],
  };
  expect((await readOne(explicit)).id).toBe((await readOne(deep)).id);
  const same = { chosen: [...question, assistant("3")], rejected: [...question, assistant("3")] };
  expect((await readOne(same)).pair.pair.second).toEqual([assistant("3")]);
});

test("an implicit prompt ends at a word, and each response keeps a word", async () => {
  for (const [chosen, rejected, prompt, a, b] of [
    ["Say hi. hello", "Say hi. help", "Say hi.", "hello", "help"],
    ["Say: yes sir", "Say: yes", "Say:", "yes sir", "yes"],
    ["one two", "other two", "", "one two", "other two"],
    ["Q:  x", "Q:\ny", "Q:", "x", "y"],
  ] as const) {
    const { pair } = await readOne({ chosen, rejected });
    expect(pair.pair.prompt).toEqual(prompt === "" ? [] : [user(prompt)]);
    expect(
      [pair.pair.first, pair.pair.second]
        .flat()
        .map((m) => m.content)
        .sort(),
    ).toEqual([a, b].sort());
  }
});

test("roles and contents of other tools are read: ShareGPT, text parts, tool calls", async () => {
  const row = {
    prompt: [{ from: "human", value: "Name a prime." }],
    chosen: [
      {
        role: "assistant",
        content: [
          { type: "text", text: "1" },
          { type: "text", text: "1" },
        ],
      },
    ],
    rejected: [{ from: "gpt", value: "12" }],
  };
  expect((await readOne(row)).id).toBe(prime.id);
  const calls = [{ type: "function", function: { name: "f" } }];
  const { pair } = await readOne({
    ...row,
    chosen: [{ role: "assistant", content: null, tool_calls: calls }],
  });
  expect(JSON.stringify(pair.pair)).toContain("function");
});

test("rows that are not as the file's form are bad, with column, expected and got; the rest loads", async () => {
  const good = { prompt: "p", chosen: "c", rejected: "r" };
  const { pairs: read, bad } = await folder.read(
    "bad.jsonl",
    jsonLines([
      good,
      { ...good, chosen: null },
      { ...good, chosen: 5 },
      { ...good, chosen: [{ role: "assistant" }] },
      { ...good, chosen: [] },
      { chosen: "same", rejected: "same " },
      { chosen: "text", rejected: [assistant("x")] },
      [good],
      good,
    ]),
  );
  expect(read.map((row) => row.line)).toEqual([1, 9]);
  expect(bad.map((row) => `${row.line} ${row.reason}`)).toEqual([
    '2 "chosen": expected a response, got nothing',
    '3 "chosen": expected text or a list of messages, got number 5',
    '4 "chosen", message 1: expected text as content, got nothing',
    "5 expected a first response, got an empty list",
    '6 "chosen" and "rejected": expected two texts that differ after a common prompt, got the same text twice and no "prompt"',
    '7 "chosen" and "rejected": expected both as text or both as messages where there is no prompt, got text and messages',
    "8 expected a JSON object, got a list of 1",
  ]);
});

test("a verdict that is none of the known words is a bad row; 0 is refused as ambiguous", async () => {
  const { bad } = await folder.read(
    "verdicts.jsonl",
    jsonLines([
      pairs({}),
      pairs({ label: 0 }),
      pairs({ winner: "model_c" }),
      pairs({ winner: true }),
    ]),
  );
  expect(bad.map((row) => row.reason)).toEqual([
    '"label": expected a, b, tie, bothbad, 1, 2 or nothing, got number 0',
    '"winner": expected a, b, tie, bothbad, 1, 2 or nothing, got text "model_c"',
    '"winner": expected a, b, tie, bothbad, 1, 2 or nothing, got boolean true',
  ]);
});
