// Files made to harm, and files that were harmed: refused or read, in bounded memory, with a message that names
// the place, what was expected and what was got.
import { open, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDataset } from "../../src/data/dataset.ts";
import { dataFolder, jsonLines, readFile, table, type DataFolder } from "../support/dataFiles.ts";

let folder: DataFolder;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const good = { prompt: "p", chosen: "c", rejected: "r" };
const line = JSON.stringify(good);

/** Highest resident memory while something runs, above what it was before, in MB. */
async function peakMb(run: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
  await run();
  clearInterval(timer);
  return (Math.max(peak, process.memoryUsage.rss()) - before) / 2 ** 20;
}

test("a line of 1 GB is a bad row that is never held, and the rows around it load", async () => {
  const path = await folder.write("long.jsonl", `${line}\n`);
  const handle = await open(path, "r+");
  // A hole in the file: a gigabyte of zeros that takes no room on the disk.
  const far = 2 ** 30;
  await handle.write(`\n${line}\n`, far);
  await handle.close();
  const read: { current?: Awaited<ReturnType<typeof readFile>> } = {};
  const mb = await peakMb(async () => {
    read.current = await readFile(path, { cacheDir: folder.cacheDir });
  });
  expect(read.current?.pairs.map((row) => row.line)).toEqual([1, 3]);
  expect(read.current?.bad).toMatchObject([
    { line: 2, reason: "expected at most 64.0 MB in one row, got 1024.0 MB" },
  ]);
  expect(mb).toBeLessThan(200);
  const dataset = await openDataset([path], { cacheDir: folder.cacheDir });
  expect(await dataset.rowAt({ file: 0, line: 3 })).toMatchObject({ kind: "pair", line: 3 });
  await dataset.close();
});

test("a quote that is never closed in a large table is one bad row", async () => {
  const path = await folder.write("open.csv", table([good], ","));
  const handle = await open(path, "r+");
  const { size } = await handle.stat();
  await handle.write('"open', size);
  await handle.truncate(size + 2 ** 28);
  await handle.close();
  const { pairs, bad } = await readFile(path, { cacheDir: folder.cacheDir });
  expect(pairs).toHaveLength(1);
  expect(bad).toMatchObject([
    { line: 3, reason: "expected at most 64.0 MB in one row, got 256.0 MB" },
  ]);
});

test("columns and keys named __proto__ and constructor are columns like any other", async () => {
  const evil =
    '{"__proto__": {"chosen": "evil", "prompt": "evil"}, "constructor": 1, "chosen": "p c", "rejected": "p r"}\n';
  const read = await folder.read("proto.jsonl", evil);
  expect(read.form).toBe("TRL implicit prompt");
  expect(read.pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "p" }]);
  const only = folder.read(
    "only.jsonl",
    '{"__proto__": {"prompt": "p", "chosen": "c", "rejected": "r"}}\n',
  );
  await expect(only).rejects.toThrow(/got "__proto__"/);
  const csv = await folder.read(
    "proto.csv",
    "__proto__,constructor,chosen,rejected\nx,y,p c,p r\n",
  );
  expect(csv.pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "p" }]);
  const columns = ["__proto__", "chosen", "rejected"];
  const parquet = parquetWriteBuffer({
    columnData: columns.map((name) => ({ name, type: "STRING", data: [`p ${name}`] })),
  });
  const { pairs } = await folder.read("proto.parquet", new Uint8Array(parquet));
  expect(pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "p" }]);
  const mapped = await folder.read("map.csv", "__proto__,good,bad\nq,c,r\n", {
    prompt: "__proto__",
    chosen: "good",
    rejected: "bad",
  });
  expect(mapped.pairs[0]?.pair.prompt).toEqual([{ role: "user", content: "q" }]);
  expect(({} as Record<string, unknown>)["chosen"]).toBeUndefined();
});

test("JSON nested 100,000 deep is read past where it is not needed and refused where it is", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const { pairs, bad } = await folder.read(
    "deep.jsonl",
    [
      `{"prompt": "p", "chosen": "c", "rejected": "r", "more": ${deep}}`,
      `{"prompt": ${deep}, "chosen": "c", "rejected": "r"}`,
      `{"prompt": "p", "chosen": [{"role": "assistant", "content": null, "tool_calls": ${deep}}], "rejected": "r"}`,
    ].join("\n"),
  );
  expect(pairs.map((row) => row.line)).toEqual([1]);
  expect(bad.map((row) => row.line)).toEqual([2, 3]);
  const list = await folder.read("deep.json", `[${line}, ${deep}, ${line}]`);
  expect(list.pairs.map((row) => row.line)).toEqual([1, 3]);
});

test("a byte order mark and CRLF are no content", async () => {
  for (const [name, content] of [
    ["bom.jsonl", `\ufeff${line}\r\n${line}\r\n`],
    ["bom.json", `\ufeff[\r\n${line},\r\n${line}\r\n]\r\n`],
    ["bom.csv", `\ufeffprompt,chosen,rejected\r\np,c,r\r\np,c,r\r\n`],
  ] as const) {
    const { pairs, bad } = await folder.read(name, content);
    expect(pairs.map((row) => row.pair.prompt[0]?.content)).toEqual(["p", "p"]);
    expect(bad).toEqual([]);
  }
});

test("UTF-16 is refused with what to do, with and without its mark", async () => {
  const little = Buffer.from(`\ufeff${line}\n`, "utf16le");
  for (const bytes of [
    little,
    Buffer.from(little).swap16(),
    little.subarray(2),
    Buffer.from(little).swap16().subarray(2),
  ]) {
    for (const name of ["wide.jsonl", "wide.csv", "wide.json"]) {
      await expect(folder.read(name, bytes)).rejects.toThrow(
        /wide\.\w+: expected UTF-8, got UTF-16 on line 1: save the file again as UTF-8/,
      );
    }
  }
});

test("bytes that are not UTF-8, NULs and torn lines are bad rows with line and reason", async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${line}\n`),
    Buffer.from(line.replace("c", "\xe9"), "latin1"),
    Buffer.from(`\n${"\0".repeat(8)}\n${line}\n${line.slice(0, 20)}`),
  ]);
  const { pairs, bad } = await folder.read("torn.jsonl", bytes);
  expect(pairs.map((row) => row.line)).toEqual([1, 4]);
  expect(bad).toMatchObject(
    [
      { line: 2, reason: "expected UTF-8, got other bytes" },
      { line: 3, reason: "expected a JSON object, got NUL bytes, as after a power cut" },
      { line: 5, reason: /the file ends in the middle of this line$/ },
    ].map((row) => ({
      ...row,
      reason:
        typeof row.reason === "string" ? row.reason : (expect.stringMatching(row.reason) as string),
    })),
  );
  const csv = Buffer.concat([
    Buffer.from("prompt,chosen,rejected\np,c,r\np,\xe9,r\n", "latin1"),
    Buffer.from("p,\0,r\np,c"),
  ]);
  const torn = await folder.read("torn.csv", csv);
  expect(torn.bad).toMatchObject([
    { line: 3, reason: "expected UTF-8, got other bytes" },
    { line: 4, reason: "expected text, got NUL bytes, as after a power cut" },
    { line: 5, reason: "expected 3 fields, got 2; the file ends in this row" },
  ]);
});

test("a JSON list that is cut off or holds other things keeps its whole rows", async () => {
  const { pairs, bad } = await folder.read(
    "cut.json",
    `[${line}, 5, "x]", ${line}, ${line.slice(0, 30)}`,
  );
  expect(pairs.map((row) => row.line)).toEqual([1, 4]);
  expect(bad).toMatchObject([
    { line: 2, reason: "expected a JSON object, got number 5" },
    { line: 3, reason: 'expected a JSON object, got text "x]"' },
    { line: 5, reason: "expected a whole row, got the end of the file in the middle of it" },
  ]);
});

test("a JSON list that ends after a comma, or without its bracket, is told of", async () => {
  const { pairs, bad } = await folder.read("comma.json", `[${line}, ${line},\n`);
  expect(pairs.map((row) => row.line)).toEqual([1, 2]);
  expect(bad).toMatchObject([
    { line: 3, reason: `expected another row or the list's "]", got the end of the file` },
  ]);
});

test("a gzip bomb is stopped at its budget and leaves nothing behind", async () => {
  // 300 MB of zeros in 300 kB: over the 256 MB that any file may have, and 1,000 times its size.
  const bomb = gzipSync(Buffer.alloc(300 * 2 ** 20), { level: 1 });
  const mb = await peakMb(async () => {
    await expect(folder.read("bomb.jsonl.gz", bomb)).rejects.toThrow(
      /bomb\.jsonl\.gz: expected at most 2\d\d\.\d MB unpacked from 1?\.?\d+\.?\d* [kM]B, got more/,
    );
  });
  expect(mb).toBeLessThan(200);
  expect((await readdir(folder.cacheDir)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a gzip file that is cut off or damaged says so", async () => {
  const whole = gzipSync(
    jsonLines(Array.from({ length: 500 }, (_, i) => ({ ...good, id: i * 7919 }))),
  );
  await expect(folder.read("cut.jsonl.gz", whole.subarray(0, whole.length / 2))).rejects.toThrow(
    /cut\.jsonl\.gz: expected a whole gzip file, got one that is cut off/,
  );
  const damaged = Buffer.from(whole);
  damaged.fill(0xff, 200, 260);
  await expect(folder.read("damaged.jsonl.gz", damaged)).rejects.toThrow(
    /damaged\.jsonl\.gz: expected a gzip file, got damaged data/,
  );
});

test("a list as Python prints it is a bad row that says what to write", async () => {
  const { bad } = await folder.read(
    "repr.csv",
    table([good, { ...good, chosen: "[{'role': 'assistant', 'content': 'c'}]" }], ","),
  );
  expect(bad).toMatchObject([
    {
      line: 3,
      reason:
        '"chosen": expected JSON, got a list as Python prints it: write the column with json.dumps',
    },
  ]);
});
