// Questions to the host whose answer is another pair. What the person does meanwhile waits for it.
import type { LabelAction } from "../../src/protocol/page/judging.ts";
import type { LabelSnapshot } from "../../src/protocol/page/labelPage.ts";
import { announce } from "../ui/announce.ts";
import { messageOf } from "./smallActs.ts";
import { isVerdict } from "./state.ts";

export interface Question {
  readonly request: () => Promise<LabelSnapshot>;
  /** Said aloud once it is answered. */
  readonly done?: string;
  /** Whether the person knows which pair comes, as after Undo: only then a verdict can mean it already. */
  readonly brings: "known pair" | "other pair";
}

export interface Asking {
  ask(question: Question): Promise<void>;
  /** Takes an act that comes while an answer is awaited; false where none is. */
  holdsBack(action: LabelAction): boolean;
  /** Resolves once nothing is asked. */
  idle(): Promise<void>;
}

/** One question after the other; `act` is what to do with an act that waited. */
export function createAsking(parts: {
  readonly onAsk: () => void;
  readonly onAnswer: (snapshot: LabelSnapshot) => void;
  readonly onFailure: (problem: string) => void;
  readonly act: (action: LabelAction) => void;
}): Asking {
  const { onAsk, onAnswer, onFailure, act } = parts;
  let isBusy = false;
  let waiting: LabelAction[] = [];
  let asked: Promise<void> = Promise.resolve();
  const ask = async ({ request, done, brings }: Question): Promise<void> => {
    isBusy = true;
    onAsk();
    try {
      onAnswer(await request());
      if (done !== undefined) announce(done);
    } catch (error) {
      onFailure(messageOf(error));
    }
    isBusy = false;
    const acts = waiting;
    waiting = [];
    for (const action of acts) {
      // It was said of the pair before, or of one that nobody has read.
      if (brings === "other pair" && isVerdict(action)) announce("Not counted: another pair came.");
      else act(action);
    }
  };
  return {
    ask: (question) => (asked = ask(question)),
    idle: async () => {
      while (isBusy) await asked;
    },
    holdsBack: (action) => {
      if (isBusy) waiting.push(action);
      return isBusy;
    },
  };
}
