// Anthropic HH: chosen and rejected as two transcripts, turns opened by "\n\nHuman:" and "\n\nAssistant:".
import { trimBlanks, type Message } from "../../core/pair.ts";
import { hhTranscripts as readBy } from "../forms/hhTranscripts.ts";
import {
  preferenceLeavesOut,
  preferenceOf,
  refuseUndecided,
  type ExportForm,
  type LabeledRow,
} from "./exportForm.ts";

export const hhTranscripts: ExportForm = {
  name: "hh",
  readBy,
  leavesOut: `${preferenceLeavesOut}, blanks around a text`,
  refuse: (row) => refuseUndecided(row) ?? refuseTurns(row),
  loses: ({ pair }) =>
    messagesOf(pair).some(({ content }) => trimBlanks(content) !== content)
      ? "blanks around a text are left out"
      : null,
  write: (row) => {
    const { chosen, rejected, origin } = preferenceOf(row);
    const transcript = (response: readonly Message[]): string =>
      [...row.pair.prompt, ...response].map(turnText).join("");
    return { chosen: transcript(chosen), rejected: transcript(rejected), ...origin };
  },
};

const speakers: ReadonlyMap<string, string> = new Map([
  ["user", "Human"],
  ["assistant", "Assistant"],
]);

function turnText({ role, content }: Message): string {
  return `\n\n${speakers.get(role)}: ${trimBlanks(content)}`;
}

function refuseTurns({ pair }: LabeledRow): string | null {
  const messages = messagesOf(pair);
  if (messages.some(({ role }) => !speakers.has(role))) {
    return "it has a system message, or another role than user and assistant";
  }
  if (messages.some(({ content }) => /\r?\n\r?\n(Human|Assistant):/.test(trimBlanks(content)))) {
    return "a text holds an HH marker itself";
  }
  return null;
}

function messagesOf({ prompt, first, second }: LabeledRow["pair"]): readonly Message[] {
  return [...prompt, ...first, ...second];
}
