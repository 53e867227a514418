// A throw-away child of doctor.ts: loads ONNX Runtime and answers one question, then exits. `list`: what this
// build has; a provider's name: whether it adds four numbers. A crash in here is an answer, too.
import * as ort from "onnxruntime-node";
import { graphInputs, oneOpGraph } from "./oneOpGraph.ts";

/** What the child sends, once. */
export type ProbeAnswer =
  | {
      readonly kind: "list";
      readonly runtime: string;
      readonly providers: readonly { readonly name: string; readonly isBundled: boolean }[];
    }
  | { readonly kind: "works" }
  | { readonly kind: "fails"; readonly reason: string };

const question = process.argv[2] ?? "list";
// The answer must have left before the process ends, and native threads may keep it from ending by itself.
process.send!(await answerTo(question), () => process.exit(0));

async function answerTo(asked: string): Promise<ProbeAnswer> {
  if (asked === "list") {
    const providers = ort
      .listSupportedBackends()
      .map(({ name, bundled }) => ({ name, isBundled: bundled }));
    return { kind: "list", runtime: ort.env.versions.node ?? "unknown", providers };
  }
  try {
    return await compute(asked);
  } catch (error) {
    return { kind: "fails", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function compute(provider: string): Promise<ProbeAnswer> {
  const session = await ort.InferenceSession.create(oneOpGraph(), {
    executionProviders: [provider],
    // Otherwise the CPU would quietly do the work of a provider that can't.
    ...(provider === "cpu" ? {} : { extra: { session: { disable_cpu_ep_fallback: "1" } } }),
  });
  const tensor = (values: readonly number[]): ort.Tensor =>
    new ort.Tensor("float32", Float32Array.from(values), [values.length]);
  const { a, b } = graphInputs;
  const { c } = await session.run({ a: tensor(a), b: tensor(b) });
  const got = [...((await c!.getData()) as Float32Array)];
  // Sums of these are exact in float32.
  if (got.every((value, i) => value === a[i]! + b[i]!)) return { kind: "works" };
  return {
    kind: "fails",
    reason: `expected the right sums of four numbers, got ${got.join(", ")}`,
  };
}
