// ONNX Runtime as it comes, in the control of the offline tests: runs the doctor's graph, then lives on for as
// long as it is told to (ms), since what it collects is sent after a while.
// eslint-disable-next-line no-restricted-imports -- the control must load it without the engine's care
import * as ort from "onnxruntime-node";
import { graphInputs, oneOpGraph } from "../../../src/engine/oneOpGraph.ts";

const session = await ort.InferenceSession.create(oneOpGraph());
const tensor = (values: readonly number[]): ort.Tensor =>
  new ort.Tensor("float32", Float32Array.from(values), [values.length]);
await session.run({ a: tensor(graphInputs.a), b: tensor(graphInputs.b) });
await new Promise((resolve) => setTimeout(resolve, Number(process.argv[2])));
