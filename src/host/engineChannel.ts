// The child's end of the pipe as a Channel: what does not belong to the protocol is refused here, so that
// nothing behind it needs to distrust a message.
import type { ChildProcess } from "node:child_process";
import { z } from "zod";
import type { Channel } from "../protocol/peer.ts";

const wire = z.discriminatedUnion("t", [
  z.object({ t: z.literal("request"), id: z.number(), method: z.string() }),
  z.object({ t: z.literal("notify"), method: z.string() }),
  z.object({ t: z.literal("cancel"), id: z.number() }),
  z.object({ t: z.literal("result"), id: z.number() }),
  z.object({
    t: z.literal("error"),
    id: z.number(),
    name: z.string(),
    message: z.string(),
    stack: z.string().optional(),
  }),
]);

const dir = z.string();
const number = z.number();
const events = {
  record: z.object({
    dir,
    record: z.discriminatedUnion("kind", [
      z.looseObject({ kind: z.literal("iteration"), iteration: number }),
      z.looseObject({ kind: z.literal("ended-early"), iteration: number, reason: z.string() }),
      z.looseObject({ kind: z.literal("labels"), iteration: number }),
    ]),
  }),
  step: z.object({
    dir,
    iteration: number,
    step: z.object({
      phase: z.enum(["read", "tune", "fit", "score"]),
      done: number,
      total: number,
    }),
  }),
  note: z.object({ dir, text: z.string() }),
  heartbeat: z.object({ step: number, at: number }),
};

/** Says what is wrong with a message from the engine, or null where it is of the protocol. */
export function whatIsWrong(message: unknown): string | null {
  const parsed = wire.safeParse(message);
  if (!parsed.success) return `not a message of the protocol (${kindOf(message)})`;
  if (parsed.data.t === "request")
    return `a request (${parsed.data.method}); the host answers none`;
  if (parsed.data.t !== "notify") return null;
  const { method } = parsed.data;
  if (!Object.hasOwn(events, method)) return `the unknown event ${JSON.stringify(method)}`;
  const event = events[method as keyof typeof events];
  const checked = event.safeParse((message as { parameter?: unknown }).parameter);
  if (checked.success) return null;
  const issue = checked.error.issues[0];
  return `a broken event ${method} (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`;
}

export interface EngineChannel extends Channel {
  /** Rejects whatever waits for an answer. */
  close(reason: string): void;
}

/** Connects to a forked child; `refused` is told once what was wrong with a message, which is dropped. */
export function engineChannel(
  child: ChildProcess,
  refused: (whatIsWrong: string) => void,
): EngineChannel {
  const onClose: ((reason: string) => void)[] = [];
  return {
    // A child that is just dying makes `send` fail; its exit is what is reported, so nothing is done here.
    post: (message) => void (child.connected && child.send(message as object, () => undefined)),
    onMessage: (listener) => {
      child.on("message", (message) => {
        const wrong = whatIsWrong(message);
        if (wrong === null) listener(message);
        else refused(wrong);
      });
    },
    onClose: (listener) => void onClose.push(listener),
    close: (reason) => {
      for (const listener of onClose) listener(reason);
    },
  };
}

function kindOf(message: unknown): string {
  if (message === null || typeof message !== "object") return String(message).slice(0, 40);
  return `with the fields ${Object.keys(message).slice(0, 5).join(", ") || "none"}`;
}
