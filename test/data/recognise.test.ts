// What is said of files in no known form, and mappings that name their columns.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { editDistance, nearestName } from "../../src/data/nearest.ts";
import { dataFolder, jsonLines, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

async function message(read: Promise<unknown>): Promise<string> {
  const error: unknown = await read.then(
    () => new Error("nothing was thrown"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error) || error.name !== "DataError") throw error;
  return error.message.replaceAll(`${folder.path}/`, "");
}

test("a mistyped column is answered with the right one", async () => {
  const text = await message(
    folder.read("typo.jsonl", jsonLines([{ prompt: "p", choosen: "c", rejected: "r" }])),
  );
  expect(text).toBe(
    'typo.jsonl: expected columns of a known form, got "prompt", "choosen", "rejected". ' +
      'The nearest is TRL standard, which also needs "chosen". Did you mean "chosen" by "choosen"? ' +
      "Rename the columns, or name them in .ssrm/project.json, for example " +
      '"mapping": {"prompt": "question", "responseA": "answer_1", "responseB": "answer_2"}.',
  );
});

test("the nearest form and what it lacks are named, in tables too", async () => {
  expect(await message(folder.read("x.csv", "prompt,response_a,other\na,b,c\n"))).toMatch(
    /got "prompt", "response_a", "other"\. The nearest is pairs \(response_a, response_b\), which also needs "response_b"\./,
  );
  expect(
    await message(folder.read("x.jsonl", jsonLines([{ prompt: 1, chosen: 2, rejected: 3 }]))),
  ).toMatch(
    /The nearest is TRL standard, whose columns it has, but not with text or lists of messages in them\./,
  );
});

test("a mapping names columns, also inside objects; the form is then found as ever", async () => {
  const rows = [{ q: "p", meta: { left: "x", right: "y" }, best: "b", key: 9, chosen: "not this" }];
  const mapping = {
    prompt: "q",
    responseA: "meta.left",
    responseB: "meta.right",
    verdict: "best",
    id: "key",
  };
  const { pairs, form } = await folder.read("mapped.jsonl", jsonLines(rows), mapping);
  expect(form).toBe("pairs (response_a, response_b)");
  expect(pairs[0]).toMatchObject({ rowId: 9 });
  const { pair, gold } = pairs[0]!;
  expect(gold === "first" ? pair.first : pair.second).toEqual([
    { role: "assistant", content: "y" },
  ]);
  const trl = await folder.read("mapped.csv", "question,good,bad\np,c,r\n", {
    prompt: "question",
    chosen: "good",
    rejected: "bad",
  });
  expect(trl.form).toBe("TRL standard");
});

test("a mapping to a column that is not there says so, and the nearest", async () => {
  const read = folder.read("map.jsonl", jsonLines([{ question: "p", a: "c", b: "r" }]), {
    prompt: "qestion",
    responseA: "a",
    responseB: "b",
  });
  expect(await message(read)).toBe(
    'map.jsonl: the mapping of "prompt" expects a column "qestion", but the file has "question", "a", "b": ' +
      'did you mean "question"? Correct "mapping" in .ssrm/project.json.',
  );
});

test("missing, empty and pair-less files and folders are named", async () => {
  const open = (name: string) => folder.read(name, "");
  expect(await message(open("empty.jsonl"))).toMatch(
    /^empty\.jsonl: expected preference pairs, got an empty file/,
  );
  expect(await message(folder.read("blank.jsonl", "\n\n"))).toMatch(
    /^blank\.jsonl: .*got no rows at all/,
  );
  expect(await message(folder.read("head.csv", "prompt,chosen,rejected\n"))).toMatch(
    /got no rows at all/,
  );
  expect(await message(folder.read("none.jsonl", "hello\n"))).toMatch(
    /^none\.jsonl: expected preference pairs, got none; on line 1: expected a JSON object, got other text/,
  );
  expect(await message(folder.read("list.json", "[]"))).toMatch(
    /^list\.json: expected a JSON list of rows/,
  );
  expect(await message(folder.read("number.json", "17"))).toMatch(
    /^number\.json: expected a JSON list of rows/,
  );
  expect(await message(folder.read("data.xml", "<x/>"))).toMatch(
    /expected a name that ends in \.jsonl/,
  );
  const { readFile } = await import("../support/dataFiles.ts");
  const missing = readFile(folder.file("missing.jsonl"), { cacheDir: folder.cacheDir });
  expect(await message(missing)).toBe(
    "missing.jsonl: expected a data file, found none there: check the path.",
  );
  const directory = readFile(folder.path, { cacheDir: folder.cacheDir });
  expect(await message(directory)).toMatch(/got a folder: name the files in it/);
});

test("the nearest name is within two edits; the distance is that of a slow recursion", () => {
  expect(nearestName("choosen", ["chosen", "rejected"])).toBe("chosen");
  expect(nearestName("promtp", ["prompt"])).toBe("prompt");
  expect(nearestName("id", ["ax"])).toBeNull();
  expect(nearestName("winner", ["chosen", "rejected"])).toBeNull();
  const slow = (a: string, b: string): number => {
    if (a === "" || b === "") return a.length + b.length;
    const same = a.at(-1) === b.at(-1) ? 0 : 1;
    const swap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
    return Math.min(
      slow(a.slice(0, -1), b) + 1,
      slow(a, b.slice(0, -1)) + 1,
      slow(a.slice(0, -1), b.slice(0, -1)) + same,
      swap ? slow(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity,
    );
  };
  const word = fc
    .array(fc.constantFrom("a", "b", "c"), { maxLength: 6 })
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(word, word, (a, b) => {
      fc.pre(Math.abs(a.length - b.length) <= 2);
      expect(editDistance(a, b)).toBe(slow(a, b));
    }),
    { numRuns: 200 },
  );
});
