// Label logs as bytes: what was written is read, whatever happened to the bytes around it.
import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, crc32Hex } from "../../src/core/labels/crc32.ts";
import { eventOf, maxLineBytes, serializeEvent } from "../../src/core/labels/labelEvent.ts";
import type { LabelEvent } from "../../src/core/labels/labelEvent.ts";
import { LabelLogParser, parseLogBytes } from "../../src/core/labels/labelLog.ts";
import { utf8Text } from "../../src/core/labels/utf8.ts";
import { anyLabelEvent } from "../support/labelEvents.ts";

const example: LabelEvent = {
  v: 1,
  id: "0123456789abcdef0123456789abcdef",
  writer: "window-1",
  seq: 1,
  time: "2026-01-31T12:00:00.000Z",
  kind: "verdict",
  pair: "fedcba9876543210fedcba9876543210",
  winner: "first",
};
const other: LabelEvent = { ...example, id: "f".repeat(32), seq: 2, rationale: "zwölf 🎯" };
const lineOf = (event: LabelEvent): Buffer => Buffer.from(`${serializeEvent(event)}\n`);
const bytesOf = (...parts: readonly (LabelEvent | Uint8Array | string)[]): Buffer =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === "string"
        ? Buffer.from(part)
        : part instanceof Uint8Array
          ? part
          : lineOf(part),
    ),
  );

describe("crc32 and UTF-8", () => {
  it("equal zlib's and TextDecoder's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
        let expected: string | null = null;
        try {
          expected = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          // Not UTF-8: null is right.
        }
        expect(utf8Text(bytes)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(utf8Text(new TextEncoder().encode(text))).toBe(text.toWellFormed());
      }),
    );
  });
});

describe("a line", () => {
  it("has its keys in one order and the checksum last", () => {
    expect(serializeEvent(example)).toBe(
      '{"v":1,"id":"0123456789abcdef0123456789abcdef","writer":"window-1","seq":1,' +
        '"time":"2026-01-31T12:00:00.000Z","kind":"verdict",' +
        '"pair":"fedcba9876543210fedcba9876543210","winner":"first","crc":"80e03319"}',
    );
  });

  it("carries every event there and back", () => {
    fc.assert(
      fc.property(anyLabelEvent, (event) => {
        const line = serializeEvent(event);
        expect(line).not.toContain("\n");
        expect(parseLogBytes(Buffer.from(line))).toEqual({ events: [event], problems: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused where the event is none or too long", () => {
    const wrong = (change: object): LabelEvent => ({ ...example, ...change });
    expect(() => serializeEvent(wrong({ id: "A".repeat(32) }))).toThrow(/id as 32 hex digits/);
    expect(() => serializeEvent(wrong({ winner: "left" }))).toThrow(/winner to be one of/);
    expect(() => serializeEvent(wrong({ time: "2026-13-01T00:00:00.000Z" }))).toThrow(/time like/);
    expect(() => serializeEvent(wrong({ seq: 0.5 }))).toThrow(/seq as a whole number/);
    expect(() => serializeEvent(wrong({ writer: "" }))).toThrow(/writer/);
    expect(() => serializeEvent(wrong({ rationale: "x".repeat(maxLineBytes) }))).toThrow(
      /shorten the rationale/,
    );
    expect(eventOf(null)).toMatchObject({ kind: "damaged" });
    expect(eventOf(JSON.parse('{"__proto__":{"v":1}}'))).toMatchObject({ kind: "unknown" });
  });
});

describe("a log", () => {
  const damage: [string, Buffer, RegExp[]][] = [
    [
      "CRLF and a byte order mark",
      bytesOf("\ufeff", lineOf(example).subarray(0, -1), "\r\n", other),
      [],
    ],
    ["blank lines", bytesOf("\n\r\n", example, " \n", other, "\n"), []],
    ["no last newline", bytesOf(example, lineOf(other).subarray(0, -1)), []],
    ["a torn tail", bytesOf(example, other, lineOf(example).subarray(0, 40)), [/unfinished last/]],
    ["a torn line, healed", bytesOf(example, '{"v":1,"id":"01\n', other), [/not a whole/]],
    ["a torn line, not healed", bytesOf(example, '{"v":1,"id":"01', other), [/not a whole/]],
    ["NUL bytes at the end", bytesOf(example, other, "\0".repeat(8)), [/NUL/]],
    ["NUL bytes before a line", bytesOf(example, "\0".repeat(8), other), [/NUL/]],
    [
      "merge markers",
      bytesOf("<<<<<<< HEAD\n", example, "=======\n", other, ">>>>>>> their branch\n"),
      [/merge/, /merge/, /merge/],
    ],
    ["other text", bytesOf("hello\n", example, '{"a":1}\n', other), [/not a whole/, /not a whole/]],
    ["a line without its newline", bytesOf(lineOf(example).subarray(0, -1), other), []],
    [
      "an endless line",
      bytesOf(example, Buffer.alloc(3 * maxLineBytes, 0x78), "\n", other),
      [/line of 3145728 bytes/],
    ],
  ];
  it.each(damage)("survives %s", (_name, bytes, reasons) => {
    const { events, problems } = parseLogBytes(bytes);
    expect(events).toEqual([example, other]);
    expect(problems).toHaveLength(reasons.length);
    problems.forEach(({ reason }, i) => expect(reason).toMatch(reasons[i]!));
  });

  it("keeps repeats, and tells bad bytes by their place", () => {
    const bytes = bytesOf(example, example, "oops\n", other);
    expect(parseLogBytes(bytes)).toEqual({
      events: [example, example, other],
      problems: [
        {
          offset: 2 * lineOf(example).length,
          length: 4,
          kind: "damaged",
          reason: "is not a whole label event",
        },
      ],
    });
  });

  it("sets lines of newer versions and unknown kinds aside", () => {
    const signed = (value: object): string => {
      const body = JSON.stringify(value);
      return `${body.slice(0, -1)},"crc":"${crc32Hex(Buffer.from(body))}"}\n`;
    };
    const { events, problems } = parseLogBytes(
      bytesOf(
        signed({ ...example, v: 2, more: { v: 1 } }),
        example,
        signed({ ...example, kind: "star" }),
        signed({ ...example, winner: "left" }),
        signed({ ...other, extra: 1 }),
      ),
    );
    expect(events).toEqual([example, other]);
    expect(problems.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["unknown", "has version 2, this program knows 1"],
      ["unknown", 'has kind "star", this program knows verdict, skip, flag, undo'],
      ["damaged", 'expects winner to be one of "first", "second", "tie", "both-bad", got "left"'],
    ]);
  });

  it("finds every flipped bit of a line and loses no neighbour", () => {
    const line = lineOf(other);
    for (let bit = 0; bit < 8 * (line.length - 1); bit++) {
      const flipped = Buffer.from(line);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const { events, problems } = parseLogBytes(bytesOf(example, flipped, example));
      expect(events).toEqual([example, example]);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it("never throws, drops no whole line and reports every bad byte", () => {
    const junk = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        ...[
          "\0\0\0",
          "\ufeff",
          "\r",
          "<<<<<<< HEAD",
          '{"v":1,"id":"',
          ',"crc":"00000000"}',
          "\n",
        ].map((text) => new TextEncoder().encode(text)),
      ),
      anyLabelEvent.chain((event) => {
        const line = lineOf(event);
        return fc.nat({ max: line.length - 3 }).map((cut) => new Uint8Array(line.subarray(0, cut)));
      }),
    );
    const part = fc.oneof(
      { weight: 2, arbitrary: anyLabelEvent.map((event) => ({ event, bytes: lineOf(event) })) },
      {
        weight: 1,
        arbitrary: junk.map((bytes) => ({ event: null, bytes: Buffer.from(bytes) })),
      },
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.integer({ min: 1, max: 500 }),
        (parts, step) => {
          const bytes = Buffer.concat(parts.map(({ bytes }) => bytes));
          const { events, problems } = parseLogBytes(bytes);
          expect(events).toEqual(parts.flatMap(({ event }) => event ?? []));
          // Bytes in no event and in no problem are only blanks, marks and newlines.
          const left = Buffer.from(bytes);
          for (const { offset, length } of problems) left.fill(0x20, offset, offset + length);
          let text = left.toString("latin1");
          for (const event of events)
            text = text.replace(lineOf(event).toString("latin1").trimEnd(), "");
          expect(text).toMatch(/^[ \t\r\n\u00ef\u00bb\u00bf]*$/);
          const parser = new LabelLogParser();
          for (let i = 0; i < bytes.length; i += step) parser.push(bytes.subarray(i, i + step));
          expect(parser.finish()).toEqual({ events, problems });
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("reads a gigabyte without a newline in little memory", { timeout: 60_000 }, () => {
    const chunk = Buffer.alloc(1 << 20, 0x78);
    const parser = new LabelLogParser();
    parser.push(lineOf(example));
    for (let i = 0; i < 1024; i++) parser.push(chunk);
    parser.push(bytesOf("\n", other));
    const { events, problems } = parser.finish();
    expect(events).toEqual([example, other]);
    expect(problems).toMatchObject([{ offset: lineOf(example).length, length: 2 ** 30 }]);
  });

  it("reads 100,000 events", () => {
    const bytes = Buffer.concat(
      Array.from({ length: 100_000 }, (_, seq) => lineOf({ ...other, seq })),
    );
    expect(parseLogBytes(bytes).events).toHaveLength(100_000);
  });
});
