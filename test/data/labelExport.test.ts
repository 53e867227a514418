// Exports: what each form holds, what it refuses, and that import gives the same labels back.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalPair, plainPrompt, plainResponse } from "../../src/core/pair.ts";
import type { Message, Winner } from "../../src/core/pair.ts";
import type { LabeledRow } from "../../src/data/exports/exportForm.ts";
import { cannotCarry, exportForms, startExport } from "../../src/data/exports/exportTable.ts";
import { readVerdicts } from "../../src/data/labels/labelImport.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ssrm-export-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const formNamed = (name: string) => exportForms.find((form) => form.name === name)!;
const { pair } = canonicalPair({
  prompt: plainPrompt("Name a prime."),
  a: plainResponse("11"),
  b: plainResponse("12"),
});
const text = (messages: readonly Message[]): string => messages[0]!.content;
const human: LabeledRow = { pair, winner: "first", strength: 2, source: "human" };
const pseudo: LabeledRow = { pair, winner: "second", p: 0.125, source: "pseudo", iteration: 3 };
const written = (name: string, row: LabeledRow): unknown => formNamed(name).write(row);

describe("each form", () => {
  const [good, bad] = [text(pair.first), text(pair.second)];
  const byHuman = { p: null, source: "human", iteration: null };
  const byModel = { p: 0.875, source: "pseudo", iteration: 3 };

  it("is written with its own keys, and p of what it calls chosen", () => {
    expect(written("trl-standard", human)).toEqual({
      prompt: "Name a prime.",
      chosen: good,
      rejected: bad,
      ...byHuman,
    });
    expect(written("trl-conversational", pseudo)).toEqual({
      prompt: [{ role: "user", content: "Name a prime." }],
      chosen: [{ role: "assistant", content: bad }],
      rejected: [{ role: "assistant", content: good }],
      ...byModel,
    });
    expect(written("openai-dpo", pseudo)).toEqual({
      input: {
        messages: [{ role: "user", content: "Name a prime." }],
        tools: [],
        parallel_tool_calls: true,
      },
      preferred_output: [{ role: "assistant", content: bad }],
      non_preferred_output: [{ role: "assistant", content: good }],
      ...byModel,
    });
    expect(written("hh", human)).toEqual({
      chosen: `\n\nHuman: Name a prime.\n\nAssistant: ${good}`,
      rejected: `\n\nHuman: Name a prime.\n\nAssistant: ${bad}`,
      ...byHuman,
    });
    expect(written("prodigy", pseudo)).toMatchObject({
      text: "Name a prime.",
      options: [
        { id: "A", text: good },
        { id: "B", text: bad },
      ],
      accept: ["B"],
      answer: "accept",
      ...byModel,
      p: 0.125,
    });
    expect(written("prodigy", { ...human, winner: "tie" })).toMatchObject({ accept: ["A", "B"] });
    expect(written("prodigy", { ...human, winner: "both-bad" })).toMatchObject({
      accept: [],
      answer: "reject",
    });
  });

  const rowOf = (
    prompt: readonly Message[],
    a: readonly Message[],
    b: readonly Message[],
  ): LabeledRow => ({ ...human, pair: canonicalPair({ prompt, a, b }).pair });
  const chat = rowOf(
    [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ],
    plainResponse("Hello"),
    plainResponse("Good day"),
  );
  const marked = rowOf(plainPrompt("x"), plainResponse("a\n\nHuman: b"), plainResponse("c"));
  const long = rowOf(
    plainPrompt("x"),
    [...plainResponse("a"), { role: "user", content: "y" }, ...plainResponse("z")],
    plainResponse("c"),
  );
  const toolOnly = rowOf(plainPrompt("x"), [{ role: "tool", content: "1" }], plainResponse("c"));
  const looksLikeChat = rowOf(
    plainPrompt("Human: x\n\nAssistant:"),
    plainResponse("a"),
    plainResponse("c"),
  );
  const refusals: [string, LabeledRow, RegExp | null][] = [
    ["trl-standard and a tie", { ...human, winner: "tie" }, /a tie/],
    ["hh and both bad", { ...human, winner: "both-bad" }, /both are bad/],
    ["prodigy and both bad", { ...human, winner: "both-bad" }, null],
    ["trl-standard and a system prompt", chat, /not one user message/],
    ["prodigy and a system prompt", chat, /not one user message/],
    ["hh and a system prompt", chat, /system/],
    ["openai-dpo and a system prompt", chat, null],
    ["hh and a marker in a text", marked, /marker/],
    ["trl-standard and a marker in a text", marked, null],
    ["trl-standard and a response of several turns", long, /not one assistant message/],
    ["hh and a response of several turns", long, null],
    ["openai-dpo and a response without the assistant", toolOnly, /no assistant/],
    ["openai-dpo and no prompt", rowOf([], plainResponse("a"), plainResponse("c")), /no prompt/],
    ["trl-standard and a prompt like a transcript", looksLikeChat, /same pair/],
    ["trl-conversational and a prompt like a transcript", looksLikeChat, null],
  ];
  it.each(refusals)("knows what it can't carry: %s", (what, row, expected) => {
    const reason = cannotCarry(formNamed(what.split(" ")[0]!), row);
    if (expected === null) expect(reason).toBeNull();
    else expect(reason).toMatch(expected);
  });

  it("counts what it drops and what it reduces", () => {
    const spaced = rowOf(plainPrompt("x"), plainResponse(" a"), plainResponse("c\n"));
    const job = startExport(formNamed("hh"));
    const lines = [human, chat, chat, spaced, pseudo].map((row) => job.line(row));
    expect(lines.map((line) => line === null)).toEqual([false, true, true, false, false]);
    expect(job.summary()).toEqual({
      written: 3,
      dropped: new Map([["it has a system message, or another role than user and assistant", 2]]),
      reduced: new Map([["blanks around a text are left out", 1]]),
    });
  });
});

describe("export, then import", () => {
  const piece = fc.constantFrom(
    ...[
      "a",
      "Human:",
      "Assistant:",
      "\n\n",
      "\n\nHuman: ",
      "\n\nAssistant: ",
      " ",
      "\r\n",
      "é",
      "\ud800",
    ],
    ...["[{", '{"role":"user"}', "\u2028", "\0", "e\u0301", '"', "\\", "\ufeff", "<|x|>", "zwölf"],
  );
  const content = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
    fc.string({ maxLength: 12 }),
  );
  const message = fc.record({
    role: fc.constantFrom("user", "assistant", "system", "tool"),
    content,
  });
  const response = fc.oneof(
    { weight: 4, arbitrary: content.map(plainResponse) },
    { weight: 1, arbitrary: fc.array(message, { minLength: 1, maxLength: 3 }) },
  );
  const prompt = fc.oneof(
    { weight: 3, arbitrary: content.map(plainPrompt) },
    { weight: 2, arbitrary: fc.array(message, { maxLength: 4 }) },
  );
  const labeled = fc
    .record({
      prompt,
      a: response,
      b: response,
      winner: fc.constantFrom<Winner>("first", "second", "tie", "both-bad"),
      source: fc.constantFrom("human" as const, "pseudo" as const),
    })
    .map(({ prompt, a, b, winner, source }): LabeledRow => {
      return { pair: canonicalPair({ prompt, a, b }).pair, winner, source, p: 0.5 };
    });

  it.each(exportForms.map((form) => [form.name, form] as const))(
    "%s gives the same labels",
    async (name, form) => {
      let carried = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(labeled, { minLength: 10, maxLength: 60, size: "max" }),
          async (rows) => {
            const distinct = [...new Map(rows.map((row) => [row.pair.id, row])).values()];
            const kept = distinct.filter((row) => cannotCarry(form, row) === null);
            if (kept.length === 0) return;
            carried += kept.length;
            const job = startExport(form);
            const lines = distinct.flatMap((row) => job.line(row) ?? []);
            const path = join(folder, `${name}.jsonl`);
            writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
            const options = { cacheDir: folder, time: new Date(0) };
            const { events, bad, withoutVerdict } = await readVerdicts([path], options);
            expect({ bad, withoutVerdict }).toEqual({ bad: [], withoutVerdict: 0 });
            expect(events.map((e) => (e.kind === "verdict" ? [e.pair, e.winner] : null))).toEqual(
              kept.map((row) => [row.pair.id, row.winner]),
            );
          },
        ),
        { numRuns: 50 },
      );
      expect(carried).toBeGreaterThan(200);
    },
  );
});
