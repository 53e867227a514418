// Every form by hand: the records of the tools' documentation, verdicts of each kind, and what is no verdict.
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
const prime = canonicalPair({ prompt: question, a: [assistant("11")], b: [assistant("12")] });

/** Reads one row and says its verdict in the row's own words. */
async function readOne(row: unknown) {
  const read = await folder.read("one.jsonl", jsonLines([row]));
  const pair = read.pairs[0]!;
  const chosen =
    pair.gold === "first" || pair.gold === "second"
      ? pair.pair[pair.gold][0]!.content.trim()
      : pair.gold;
  return { form: read.form, id: pair.pair.id, chosen, pair };
}

const argilla = (answers: unknown, states: unknown) => ({
  id: "p1",
  status: "completed",
  _server_id: "0f3a",
  prompt: "Name a prime.",
  response_a: "11",
  response_b: "12",
  "pref.responses": answers,
  "pref.responses.users": ["u-7", "u-8"],
  "pref.responses.status": states,
  "pref.suggestion": null,
  "pref.suggestion.score": null,
  "pref.suggestion.agent": null,
});
const rank = (a: number, b: number) => [
  { rank: a, value: "response_a" },
  { rank: b, value: "response_b" },
];
const studio = (annotations: unknown) => ({
  id: 1,
  data: { prompt: "Name a prime.", answer1: "11", answer2: "12" },
  annotations,
  predictions: [
    {
      model_version: "m",
      score: 0.9,
      result: [{ type: "pairwise", value: { selected: "right" } }],
    },
  ],
});
const selected = (side: string, cancelled = "no") => ({
  was_cancelled: cancelled === "yes",
  result: [
    {
      id: "x1",
      from_name: "comparison",
      to_name: "answer1",
      type: "pairwise",
      value: { selected: side },
    },
  ],
});
const prodigy = (more: object) => ({
  text: "Name a prime.",
  options: [
    { id: "A", text: "11" },
    { id: "B", text: "12" },
  ],
  _view_id: "choice",
  config: { choice_style: "single" },
  ...more,
});
const potato = (more: object) => ({
  id: "1",
  text: "Name a prime.",
  responses: ["11", "12"],
  ...more,
});
const arena = (winner: unknown) => ({
  question_id: "q1",
  model_a: "m1",
  model_b: "m2",
  winner,
  conversation_a: [...question, assistant("11")],
  conversation_b: [...question, assistant("12")],
  turn: 1,
});
const helpSteer = (preference: unknown) => ({
  domain: "stem",
  language: "english",
  context: question,
  response1: "11",
  response2: "12",
  overall_preference: preference,
});
const pairs = (more: object) => ({
  prompt: "Name a prime.",
  response_a: "11",
  response_b: "12",
  ...more,
});
const list = (more: object) => ({ prompt: "Name a prime.", responses: ["11", "12"], ...more });

test.each<[string, unknown, string | null]>([
  ["TRL standard", { prompt: "Name a prime.", chosen: "11", rejected: "12" }, "11"],
  [
    "TRL conversational",
    { prompt: question, chosen: [assistant("11")], rejected: [assistant("12")] },
    "11",
  ],
  ["TRL with messages and text mixed", { prompt: question, chosen: "12", rejected: "11" }, "12"],
  ["TRL implicit prompt", { chosen: "Name a prime. 11", rejected: "Name a prime. 12" }, "11"],
  [
    "TRL implicit prompt",
    { prompt: null, chosen: "Name a prime.\n11", rejected: "Name a prime.\n12" },
    "11",
  ],
  [
    "TRL implicit prompt",
    { chosen: [...question, assistant("11")], rejected: [...question, assistant("12")] },
    "11",
  ],
  // As ultrafeedback_binarized has it: a prompt, and conversations that repeat it.
  [
    "TRL with messages and text mixed",
    {
      prompt: "Name a prime.",
      chosen: [...question, assistant("11")],
      rejected: [...question, assistant("12")],
    },
    "11",
  ],
  [
    "HH transcripts",
    {
      chosen: "\n\nHuman: Name a prime.\n\nAssistant: 11",
      rejected: "\n\nHuman: Name a prime.\n\nAssistant: 12",
    },
    "11",
  ],
  [
    "TRL standard",
    { prompt: "\n\nHuman: Name a prime.\n\nAssistant:", chosen: " 11", rejected: " 12" },
    "11",
  ],
  [
    "OpenAI DPO",
    {
      input: { messages: question, tools: [] },
      preferred_output: [assistant("11")],
      non_preferred_output: [assistant("12")],
    },
    "11",
  ],
  ["Argilla", argilla([rank(1, 2)], ["submitted"]), "11"],
  ["Argilla", argilla([rank(2, 1)], ["submitted"]), "12"],
  ["Argilla", argilla([rank(1, 1)], ["submitted"]), "tie"],
  ["Argilla", argilla([rank(1, 2), rank(2, 1)], ["discarded", "submitted"]), "12"],
  ["Argilla", argilla([rank(1, 2), rank(2, 1)], ["submitted", "submitted"]), null],
  ["Argilla", argilla([rank(1, 2)], ["draft"]), null],
  ["Argilla", argilla(null, null), null],
  ["Label Studio", studio([selected("left")]), "11"],
  ["Label Studio", studio([selected("right"), selected("left", "yes")]), "12"],
  ["Label Studio", studio([selected("left", "yes")]), null],
  ["Label Studio", studio([]), null],
  ["Prodigy choice", prodigy({ accept: ["A"], answer: "accept" }), "11"],
  ["Prodigy choice", prodigy({ accept: ["B"], answer: "accept" }), "12"],
  ["Prodigy choice", prodigy({ accept: ["A"], answer: "ignore" }), null],
  ["Prodigy choice", prodigy({ accept: [], answer: "reject" }), "both-bad"],
  ["Prodigy choice", prodigy({ accept: ["A", "B"], answer: "accept" }), "tie"],
  ["Prodigy choice", prodigy({}), null],
  ["Potato", potato({}), null],
  ["Potato", potato({ preference: { selection: "B" } }), "12"],
  ["Potato", potato({ preference: { selection: "tie" } }), "tie"],
  ["Potato", potato({ preference_scale: { scale_value: "-2" } }), "11"],
  ["Potato", potato({ preference_scale: { scale_value: "0" } }), "tie"],
  ["Arena battles", arena("model_a"), "11"],
  ["Arena battles", arena("model_b"), "12"],
  ["Arena battles", arena("tie"), "tie"],
  ["Arena battles", arena("tie (bothbad)"), "both-bad"],
  ["Arena battles", arena(null), null],
  ["HelpSteer3", helpSteer(-3), "11"],
  ["HelpSteer3", helpSteer(1), "12"],
  ["HelpSteer3", helpSteer(0), "tie"],
  ["HelpSteer3", helpSteer(null), null],
  ["pairs (response_a, response_b)", pairs({}), null],
  ["pairs (response_a, response_b)", pairs({ winner: null }), null],
  ["pairs (response_a, response_b)", pairs({ winner: "a" }), "11"],
  ["pairs (response_a, response_b)", pairs({ preference: "B" }), "12"],
  ["pairs (response_a, response_b)", pairs({ label: 1 }), "11"],
  ["pairs (response_a, response_b)", pairs({ label: 2 }), "12"],
  ["pairs (response_a, response_b)", pairs({ verdict: "tie" }), "tie"],
  ["pairs (response_a, response_b)", pairs({ verdict: "both bad" }), "both-bad"],
  ["pairs (list of responses)", list({}), null],
  ["pairs (list of responses)", list({ winner: "response_b" }), "12"],
])("%s: %j", async (form, row, chosen) => {
  const read = await readOne(row);
  expect({ form: read.form, id: read.id, chosen: read.chosen }).toEqual({
    form,
    id: prime.pair.id,
    chosen,
  });
});

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
    ["7", null],
    [null, null],
    [null, null],
  ]);
  expect((await readOne(arena("tie"))).pair.rowId).toBe("q1");
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
  expect((await readOne(row)).id).toBe(prime.pair.id);
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
