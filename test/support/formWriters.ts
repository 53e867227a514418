// One pair written in every form: the other direction of src/data/forms, for tests that must agree.
import type { OwnVerdict } from "../../src/data/forms/form.ts";

/** A pair as the writers take it; the responses are one assistant message each. */
export interface PlainPair {
  readonly prompt: readonly { readonly role: string; readonly content: string }[];
  readonly a: string;
  readonly b: string;
  readonly verdict: OwnVerdict | null;
}

export interface FormWriter {
  /** As the reader names the form; where the row's texts decide, one of these. */
  readonly names: readonly string[];
  /** The row, or null where this form can't carry the pair. */
  write(pair: PlainPair): Record<string, unknown> | null;
}

const assistant = (content: string) => [{ role: "assistant", content }];

/** The one text that a prompt is, null for conversations. */
function plain(pair: PlainPair): string | null {
  const [first] = pair.prompt;
  return pair.prompt.length === 1 && first!.role === "user" ? first!.content : null;
}

/** Chosen first; null without a verdict that says which. */
function ordered(pair: PlainPair): { chosen: string; rejected: string } | null {
  if (pair.verdict === "a") return { chosen: pair.a, rejected: pair.b };
  return pair.verdict === "b" ? { chosen: pair.b, rejected: pair.a } : null;
}

function transcript(turns: PlainPair["prompt"]): string | null {
  let text = "";
  for (const { role, content } of turns) {
    if (role === "system" || /Human:|Assistant:/.test(content)) return null;
    text += `\n\n${role === "user" ? "Human" : "Assistant"}: ${content}`;
  }
  return text;
}

const battle: Readonly<Record<OwnVerdict, string>> = {
  a: "model_a",
  b: "model_b",
  tie: "tie",
  "both-bad": "tie (bothbad)",
};

export const formWriters: readonly FormWriter[] = [
  {
    names: ["TRL standard"],
    write: (pair) => {
      const [prompt, answers] = [plain(pair), ordered(pair)];
      // A text that is a transcript up to "Assistant:" is read as one.
      if (prompt === null || answers === null || prompt.includes("Assistant:")) return null;
      return { prompt, ...answers };
    },
  },
  {
    names: ["TRL conversational"],
    write: (pair) => {
      const answers = ordered(pair);
      if (answers === null) return null;
      const { chosen, rejected } = answers;
      return { prompt: pair.prompt, chosen: assistant(chosen), rejected: assistant(rejected) };
    },
  },
  {
    names: ["TRL with messages and text mixed"],
    write: (pair) => {
      const answers = ordered(pair);
      return answers === null ? null : { prompt: pair.prompt, ...answers };
    },
  },
  {
    names: ["TRL implicit prompt"],
    write: (pair) => {
      const answers = ordered(pair);
      if (answers === null) return null;
      const { chosen, rejected } = answers;
      return {
        chosen: [...pair.prompt, ...assistant(chosen)],
        rejected: [...pair.prompt, ...assistant(rejected)],
      };
    },
  },
  {
    names: ["TRL implicit prompt"],
    write: (pair) => {
      const [prompt, answers] = [plain(pair), ordered(pair)];
      if (prompt === null || answers === null || prompt.includes("Assistant:")) return null;
      const { chosen, rejected } = answers;
      // The first words of the responses must differ, and there must be some, or the cut is elsewhere.
      const first = (text: string) => /^[^ \t\r\n]+/.exec(text)?.[0];
      const words = [first(chosen), first(rejected)];
      if (words.includes(undefined) || chosen.charAt(0) === rejected.charAt(0)) return null;
      if (prompt.replace(/[ \t\r\n]/g, "") === "") return null;
      return {
        chosen: `${prompt} ${chosen}`,
        rejected: `${prompt} ${rejected}`,
      };
    },
  },
  {
    names: ["HH transcripts"],
    write: (pair) => {
      const answers = ordered(pair);
      if (answers === null || pair.prompt.length === 0) return null;
      const chosen = transcript([...pair.prompt, ...assistant(answers.chosen)]);
      const rejected = transcript([...pair.prompt, ...assistant(answers.rejected)]);
      return chosen === null || rejected === null ? null : { chosen, rejected };
    },
  },
  {
    names: ["OpenAI DPO"],
    write: (pair) => {
      const answers = ordered(pair);
      if (answers === null) return null;
      return {
        input: { messages: pair.prompt, tools: [], parallel_tool_calls: true },
        preferred_output: assistant(answers.chosen),
        non_preferred_output: assistant(answers.rejected),
      };
    },
  },
  {
    names: ["Argilla"],
    write: (pair) => {
      const prompt = plain(pair);
      if (prompt === null || pair.verdict === "both-bad") return null;
      const ranks = { a: [1, 2], b: [2, 1], tie: [1, 1] };
      const ranking = (rank: readonly number[]) => [
        { rank: rank[0], value: "response_a" },
        { rank: rank[1], value: "response_b" },
      ];
      const answers = pair.verdict === null ? null : [ranking(ranks[pair.verdict])];
      return {
        id: "p1",
        status: "completed",
        prompt,
        response_a: pair.a,
        response_b: pair.b,
        "pref.responses": answers,
        "pref.responses.users": answers && ["u-7"],
        "pref.responses.status": answers && ["submitted"],
        // Always the wrong way round: a suggestion is no label.
        "pref.suggestion": ranking(pair.verdict === "a" ? [2, 1] : [1, 2]),
        "pref.suggestion.score": null,
      };
    },
  },
  {
    names: ["Label Studio"],
    write: (pair) => {
      const prompt = plain(pair);
      if (prompt === null || pair.verdict === "tie" || pair.verdict === "both-bad") return null;
      const result = (selected: string) => [{ type: "pairwise", value: { selected } }];
      const cancelled = { was_cancelled: true, result: result("right") };
      const given = {
        was_cancelled: false,
        result: result(pair.verdict === "a" ? "left" : "right"),
      };
      return {
        id: 1,
        data: { prompt, answer1: pair.a, answer2: pair.b },
        annotations: pair.verdict === null ? [cancelled] : [cancelled, given],
        predictions: [],
      };
    },
  },
  {
    names: ["Prodigy choice"],
    write: (pair) => {
      const text = plain(pair);
      if (text === null) return null;
      const accept = { a: ["A"], b: ["B"], tie: ["A", "B"], "both-bad": [] };
      return {
        text,
        options: [
          { id: "A", text: pair.a },
          { id: "B", text: pair.b },
        ],
        accept: pair.verdict === null ? [] : accept[pair.verdict],
        answer: { a: "accept", b: "accept", tie: "accept", "both-bad": "reject", none: "ignore" }[
          pair.verdict ?? "none"
        ],
      };
    },
  },
  {
    names: ["Potato"],
    write: (pair) => {
      const text = plain(pair);
      if (text === null || pair.verdict === "both-bad") return null;
      const selection = { a: "A", b: "B", tie: "tie" };
      const answer =
        pair.verdict === null ? {} : { preference: { selection: selection[pair.verdict] } };
      return { id: "1", text, responses: [pair.a, pair.b], ...answer };
    },
  },
  {
    names: ["Arena battles"],
    write: (pair) => ({
      question_id: "q1",
      winner: pair.verdict === null ? null : battle[pair.verdict],
      conversation_a: [...pair.prompt, ...assistant(pair.a)],
      conversation_b: [...pair.prompt, ...assistant(pair.b)],
    }),
  },
  {
    names: ["HelpSteer3"],
    write: (pair) => {
      if (pair.verdict === "both-bad") return null;
      const scale = { a: -3, b: 2, tie: 0 };
      return {
        context: pair.prompt,
        response1: pair.a,
        response2: pair.b,
        overall_preference: pair.verdict === null ? null : scale[pair.verdict],
      };
    },
  },
  {
    names: ["pairs (response_a, response_b)"],
    write: (pair) => ({
      prompt: pair.prompt,
      response_a: pair.a,
      response_b: pair.b,
      ...(pair.verdict === null ? {} : { winner: pair.verdict }),
    }),
  },
  {
    names: ["pairs (list of responses)"],
    write: (pair) => ({ prompt: pair.prompt, responses: [pair.a, pair.b], label: pair.verdict }),
  },
];
