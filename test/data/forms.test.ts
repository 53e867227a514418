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
