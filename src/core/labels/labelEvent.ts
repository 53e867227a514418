// What a label event is, and its line in the log. Reading whole logs is in labelLog.ts, what the events add
// up to in labelFold.ts.
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { crc32Hex } from "./crc32.ts";
import type { Winner } from "../pair.ts";

/** How much better: 1 slightly, 2 better, 3 much better. */
export type Strength = 1 | 2 | 3;

/**
 * How a pair came to the person: drawn at random, since a model was unsure of it, as an audit of a pseudo-label,
 * once more with swapped sides to see whether the verdict is the same, or chosen by hand.
 */
export type Drawn = "random" | "unsure" | "audit" | "repeat" | "chosen";

/** Who wrote an event, when, and under which name it can be undone. */
interface Stamp {
  readonly v: 1;
  /** 32 hex digits, random; made at the edge. The same id is the same event, however often it stands in logs. */
  readonly id: string;
  /** Window session or command that wrote it. */
  readonly writer: string;
  /** Counts the writer's events from 1, so that gaps show. */
  readonly seq: number;
  /** As Date.toISOString writes it: texts then sort as times do. */
  readonly time: string;
}

/** Facts that no other format carries. */
interface CarriedFacts {
  /** In which order the page showed the canonical first and second. */
  readonly shown?: "first-second" | "second-first";
  /** Milliseconds of attention, idle time left out. */
  readonly activeMs?: number;
  readonly rationale?: string;
  readonly rater?: string;
  /** Whether the model's guess was in view. */
  readonly suggestionVisible?: boolean;
  /** Version of the guidelines that the rater had. */
  readonly guideline?: string;
  /** What may measure calibration depends on it (drawn.ts). */
  readonly drawn?: Drawn;
}

/** `winner` is relative to the pair's canonical order (pair.ts), never to the order shown. */
export interface VerdictEvent extends Stamp, CarriedFacts {
  readonly kind: "verdict";
  /** The pair's id, 32 hex digits. */
  readonly pair: string;
  readonly winner: Winner;
  readonly strength?: Strength;
}

export interface SkipEvent extends Stamp, CarriedFacts {
  readonly kind: "skip";
  readonly pair: string;
}

export interface FlagEvent extends Stamp, CarriedFacts {
  readonly kind: "flag";
  readonly pair: string;
}

/** Takes back the event named `target`; taking back an undo brings its target back. */
export interface UndoEvent extends Stamp {
  readonly kind: "undo";
  readonly target: string;
  readonly rater?: string;
}

export type LabelEvent = VerdictEvent | SkipEvent | FlagEvent | UndoEvent;

type WithoutStamp<E> = E extends unknown ? Omit<E, keyof Stamp> : never;

/** An event before it is stamped: what a page or a command says. */
export type LabelPayload = WithoutStamp<LabelEvent>;

/** A value that is no event of this version: `unknown` ones may come from a newer program. */
export interface NotAnEvent {
  readonly kind: "damaged" | "unknown";
  readonly reason: string;
}

/** Longest line, in bytes: a rationale of 100,000 words fits, a file without newlines does not fill the memory. */
export const maxLineBytes = 1 << 20;

/**
 * The event's line without its newline: JSON with the keys in one fixed order and `crc` last, the CRC-32 of
 * the line's UTF-8 without that key. JSON.stringify escapes lone surrogates, so every text survives.
 * @throws TypeError for a value that is no event; RangeError where the line would be longer than maxLineBytes.
 */
export function serializeEvent(event: LabelEvent): string {
  const checked = eventOf(event);
  if ("reason" in checked) throw new TypeError(`Not a label event: ${checked.reason}`);
  const body = JSON.stringify(checked);
  const bytes = utf8ToBytes(body);
  if (bytes.length + crcTailLength > maxLineBytes) {
    throw new RangeError(
      `The label's line has ${bytes.length} bytes, at most ${maxLineBytes} are allowed: shorten the rationale`,
    );
  }
  return `${body.slice(0, -1)},"crc":"${crc32Hex(bytes)}"}`;
}

/** Length of `,"crc":"01234567"}` at the end of a line. */
export const crcTailLength = 18;

/** The value as an event with its keys in the fixed order and unknown keys left out, or why it is none. */
export function eventOf(value: unknown): LabelEvent | NotAnEvent {
  if (typeof value !== "object" || value === null) return damaged("is not an object");
  const given = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  const version = given("v");
  if (version !== 1) {
    return { kind: "unknown", reason: `has version ${show(version)}, this program knows 1` };
  }
  const kind = given("kind");
  const kindFields = typeof kind === "string" ? fieldsOfKind.get(kind) : undefined;
  if (kindFields === undefined) {
    return { kind: "unknown", reason: `has kind ${show(kind)}, this program knows ${knownKinds}` };
  }
  const event: Record<string, unknown> = {};
  for (const [name, need] of kindFields) {
    const field = given(name);
    if (field === undefined && need === "optional") continue;
    const check = checks[name];
    if (!check.holds(field))
      return damaged(`expects ${name} ${check.expected}, got ${show(field)}`);
    event[name] = field;
  }
  return event as unknown as LabelEvent;
}

interface Check {
  holds(value: unknown): boolean;
  readonly expected: string;
}

const isText = (max: number): Check => ({
  holds: (value) => typeof value === "string" && value.length > 0 && value.length <= max,
  expected: `as a text of 1 to ${max} characters`,
});
const isOneOf = (...allowed: readonly unknown[]): Check => ({
  holds: (value) => allowed.includes(value),
  expected: `to be one of ${allowed.map((a) => JSON.stringify(a)).join(", ")}`,
});
const isId: Check = {
  holds: (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value),
  expected: "as 32 hex digits",
};

const isoTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const checks = {
  v: isOneOf(1),
  id: isId,
  writer: isText(200),
  seq: {
    holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
    expected: "as a whole number from 0",
  },
  time: {
    holds: (value) => typeof value === "string" && isoTime.test(value),
    expected: "like 2026-01-31T12:00:00.000Z",
  },
  kind: isText(20),
  pair: isId,
  winner: isOneOf("first", "second", "tie", "both-bad"),
  strength: isOneOf(1, 2, 3),
  target: isId,
  shown: isOneOf("first-second", "second-first"),
  activeMs: {
    holds: (value) => Number.isFinite(value) && (value as number) >= 0,
    expected: "as a number from 0",
  },
  rationale: { holds: (value) => typeof value === "string", expected: "as a text" },
  rater: isText(200),
  suggestionVisible: { holds: (value) => typeof value === "boolean", expected: "true or false" },
  guideline: isText(200),
  drawn: isOneOf("random", "unsure", "audit", "repeat", "chosen"),
} as const satisfies Record<string, Check>;

type FieldList = readonly (readonly [keyof typeof checks, "required" | "optional"])[];

const stamp: FieldList = (["v", "id", "writer", "seq", "time", "kind"] as const).map((name) => [
  name,
  "required",
]);
const carried: FieldList = (
  ["shown", "activeMs", "rationale", "rater", "suggestionVisible", "guideline", "drawn"] as const
).map((name) => [name, "optional"]);

const fieldsOfKind: ReadonlyMap<string, FieldList> = new Map([
  [
    "verdict",
    [...stamp, ["pair", "required"], ["winner", "required"], ["strength", "optional"], ...carried],
  ],
  ["skip", [...stamp, ["pair", "required"], ...carried]],
  ["flag", [...stamp, ["pair", "required"], ...carried]],
  ["undo", [...stamp, ["target", "required"], ["rater", "optional"]]],
]);
const knownKinds = [...fieldsOfKind.keys()].join(", ");

function damaged(reason: string): NotAnEvent {
  return { kind: "damaged", reason };
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
