// What a page says is checked before anything acts on it: a page shows texts of strangers, and a hole in it
// must not become a hole in the host. No VS Code here.
import { z } from "zod";
import type { Handlers, Methods, Parameter } from "../../protocol/peer.ts";

/** One schema a method; a method without one does not compile. */
export type Schemas<M extends Methods<M>> = {
  readonly [K in keyof M]: z.ZodType<Parameter<M, K>>;
};

/** What travels inside a session's messages (src/protocol/peer.ts). */
const wire = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("request"),
    id: z.int(),
    method: z.string(),
    parameter: z.unknown(),
  }),
  z.strictObject({ t: z.literal("notify"), method: z.string(), parameter: z.unknown() }),
  z.strictObject({ t: z.literal("cancel"), id: z.int() }),
  z.strictObject({ t: z.literal("result"), id: z.int(), value: z.unknown() }),
  z.strictObject({
    t: z.literal("error"),
    id: z.int(),
    name: z.string(),
    message: z.string(),
    stack: z.string().optional(),
  }),
]);

/** A message of a page: the load of the page that sent it, and what it says. */
export const pageMessage = z.strictObject({ session: z.string().min(8).max(64), wire });

/** The handlers, each behind its schema: a parameter of another shape is an error that names the field. */
export function checkedHandlers<M extends Methods<M>>(
  schemas: Schemas<M>,
  handlers: Handlers<M>,
): Handlers<M> {
  const checked = Object.keys(handlers).map((name) => {
    const method = name as keyof M;
    const handle: Handlers<M>[keyof M] = (parameter, signal) => {
      const parsed = schemas[method].safeParse(parameter);
      if (parsed.success) return handlers[method](parsed.data, signal);
      throw new Error(`internal: the page asked ${name} with ${z.prettifyError(parsed.error)}`);
    };
    return [method, handle] as const;
  });
  return Object.fromEntries(checked) as unknown as Handlers<M>;
}
