// Label logs from bytes to events. The reader never throws, whatever the bytes are, and says of every range
// that it could not use where it stands and why. It never asks for the file to be rewritten.
import { crc32 } from "./crc32.ts";
import { crcTailLength, eventOf, maxLineBytes } from "./labelEvent.ts";
import type { LabelEvent, NotAnEvent } from "./labelEvent.ts";
import { byteText, utf8Text } from "./utf8.ts";

/** Bytes of a log that hold no event of this version. */
export interface LogProblem {
  /** Position of the first byte in the file, and how many they are. */
  readonly offset: number;
  readonly length: number;
  /** `unknown`: whole and well, of a version or kind that this program does not know; it stays in the file. */
  readonly kind: "damaged" | "unknown";
  readonly reason: string;
}

export interface ParsedLog {
  /** In file order, repeats included. */
  readonly events: readonly LabelEvent[];
  readonly problems: readonly LogProblem[];
}

/** All events of a log's bytes (see LabelLogParser). */
export function parseLogBytes(bytes: Uint8Array): ParsedLog {
  const parser = new LabelLogParser();
  parser.push(bytes);
  return parser.finish();
}

/**
 * Reads a log chunk by chunk; memory is bounded by the events and one line of maxLineBytes.
 *
 * A line counts where its checksum holds. Blanks, CR and byte order marks around a line are passed over. In a
 * line that does not hold as a whole (a torn line or NUL bytes with a good line right behind, without a
 * newline between) each event that does hold is taken: `{"v":` and `,"crc":"` can't stand inside an event's
 * texts, where quotes are escaped, so the events' bounds are certain.
 */
export class LabelLogParser {
  readonly #events: LabelEvent[] = [];
  readonly #problems: LogProblem[] = [];
  #rest: Uint8Array = new Uint8Array(0);
  /** Bytes of the current line that were let go because it is too long. */
  #dropped = 0;
  /** Where the current line starts in the file. */
  #offset = 0;

  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end < 0) break;
      this.#keep(chunk.subarray(start, end));
      this.#endLine();
      this.#offset += 1;
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    // The caller may reuse its buffer. (Node's Buffer.slice would not copy.)
    this.#rest = new Uint8Array(this.#rest);
  }

  finish(): ParsedLog {
    const isTorn = this.#rest.length > 0;
    const before = this.#problems.length;
    this.#endLine();
    const last = this.#problems.at(-1);
    if (isTorn && last?.kind === "damaged" && this.#problems.length > before) {
      this.#problems[this.#problems.length - 1] = {
        ...last,
        reason: `${last.reason}; it is the file's unfinished last line`,
      };
    }
    return { events: this.#events, problems: this.#problems };
  }

  #keep(part: Uint8Array): void {
    if (this.#dropped > 0 || this.#rest.length + part.length > maxLineBytes) {
      this.#dropped += this.#rest.length + part.length;
      this.#rest = new Uint8Array(0);
    } else if (this.#rest.length === 0) {
      this.#rest = part;
    } else {
      const joined = new Uint8Array(this.#rest.length + part.length);
      joined.set(this.#rest);
      joined.set(part, this.#rest.length);
      this.#rest = joined;
    }
  }

  #endLine(): void {
    const length = this.#dropped + this.#rest.length;
    if (this.#dropped > 0) {
      const reason = `is a line of ${length} bytes, at most ${maxLineBytes} are read`;
      this.#problems.push({ offset: this.#offset, length, kind: "damaged", reason });
    } else if (length > 0) {
      this.#readLine(this.#rest);
    }
    this.#offset += length;
    this.#dropped = 0;
    this.#rest = new Uint8Array(0);
  }

  #readLine(line: Uint8Array): void {
    const [from, to] = withoutBlanks(line, 0, line.length);
    if (from < to && !this.#take(line, from, to)) this.#salvage(line, from, to);
  }

  /** True where the bytes are one line whose checksum holds; its event, or what it is instead, is kept. */
  #take(line: Uint8Array, from: number, to: number): boolean {
    const result = lineEvent(line.subarray(from, to));
    if (result === null) return false;
    if ("reason" in result) {
      this.#problems.push({ offset: this.#offset + from, length: to - from, ...result });
    } else {
      this.#events.push(result);
    }
    return true;
  }

  #salvage(line: Uint8Array, from: number, to: number): void {
    const text = byteText(line.subarray(0, to));
    let done = from;
    for (let start = text.indexOf(opening, from); start >= 0;) {
      const next = text.indexOf(opening, start + 1);
      const tail = text.indexOf(crcKey, start);
      const end = tail + crcTailLength;
      if (tail >= 0 && (next < 0 || tail < next) && end <= to) {
        const problems = this.#problems.length;
        if (this.#take(line, start, end)) {
          const [own] = this.#problems.splice(problems, 1);
          this.#reportBytes(line, done, start);
          if (own) this.#problems.push(own);
          done = end;
        }
      }
      start = next;
    }
    this.#reportBytes(line, done, to);
  }

  #reportBytes(line: Uint8Array, start: number, end: number): void {
    const [from, to] = withoutBlanks(line, start, end);
    if (from >= to) return;
    this.#problems.push({
      offset: this.#offset + from,
      length: to - from,
      kind: "damaged",
      reason: reasonOf(line.subarray(from, to)),
    });
  }
}

const opening = '{"v":';
const crcKey = ',"crc":"';
const tailForm = `${crcKey}01234567"}`;

/** The event of one line, what it is instead, or null where its checksum is absent or does not hold. */
function lineEvent(line: Uint8Array): LabelEvent | NotAnEvent | null {
  const body = line.subarray(0, Math.max(0, line.length - crcTailLength));
  const crc = crcOfTail(line.subarray(body.length));
  if (crc === null || crc32(closingBrace, crc32(body)) !== crc) return null;
  const text = utf8Text(body);
  if (text === null) return { kind: "damaged", reason: "is not UTF-8" };
  try {
    return eventOf(JSON.parse(`${text}}`));
  } catch {
    return { kind: "damaged", reason: "is not JSON, though its checksum holds" };
  }
}

const closingBrace = Uint8Array.of(0x7d);

/** The checksum that a line's last bytes, `,"crc":"01234567"}`, give; null where they are something else. */
function crcOfTail(tail: Uint8Array): number | null {
  if (tail.length !== crcTailLength) return null;
  let crc = 0;
  for (let i = 0; i < crcTailLength; i++) {
    const byte = tail[i]!;
    const isDigit = i >= crcKey.length && i < crcKey.length + 8;
    if (!isDigit) {
      if (byte !== tailForm.charCodeAt(i)) return null;
    } else if (byte >= 0x30 && byte <= 0x39) crc = crc * 16 + byte - 0x30;
    else if (byte >= 0x61 && byte <= 0x66) crc = crc * 16 + byte - 0x57;
    else return null;
  }
  return crc;
}

function reasonOf(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte === 0)) return "are NUL bytes, as a power cut leaves them";
  const text = byteText(bytes.subarray(0, 7));
  if (/^(<{7}|={7}|>{7}|\|{7})$/.test(text)) return "is a merge conflict marker";
  if (crcOfTail(bytes.subarray(-crcTailLength)) !== null) {
    return "does not match its checksum: a flipped bit or an edit by hand";
  }
  return "is not a whole label event";
}

/** The range without the blanks, CRs and byte order marks around it. */
function withoutBlanks(bytes: Uint8Array, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  for (;;) {
    if (start < end && isBlank(bytes[start]!)) start++;
    else if (start + 3 <= end && isByteOrderMark(bytes, start)) start += 3;
    else break;
  }
  while (end > start && isBlank(bytes[end - 1]!)) end--;
  return [start, end];
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function isByteOrderMark(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}
