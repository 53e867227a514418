// The smallest ONNX model that shows whether a provider computes: c = a + b on float32 [4]. Written as protobuf
// by hand: three kinds of fields are all that it takes (onnx.proto of ONNX 1.17; the numbers are its field numbers).

export const graphInputs = { a: [1, 2, 3, 4], b: [0.5, 0.25, 0.125, 0.0625] } as const;

/** A ModelProto: ir_version 8, opset 18, one Add. */
export function oneOpGraph(): Uint8Array {
  const float32 = 1;
  const dimension = message(1, varint(1, graphInputs.a.length));
  const shape = message(2, dimension);
  const tensorType = message(1, [...varint(1, float32), ...shape]);
  const value = (field: number, name: string): number[] =>
    message(field, [...text(1, name), ...message(2, tensorType)]);
  const node = [...text(1, "a"), ...text(1, "b"), ...text(2, "c"), ...text(4, "Add")];
  const graph = [
    ...message(1, node),
    ...text(2, "one_op"),
    ...value(11, "a"),
    ...value(11, "b"),
    ...value(12, "c"),
  ];
  const opset = [...text(1, ""), ...varint(2, 18)];
  return Uint8Array.from([...varint(1, 8), ...message(7, graph), ...message(8, opset)]);
}

function varint(field: number, value: number): number[] {
  return [...bare(field * 8), ...bare(value)];
}

function message(field: number, body: readonly number[]): number[] {
  return [...bare(field * 8 + 2), ...bare(body.length), ...body];
}

function text(field: number, value: string): number[] {
  return message(field, [...Buffer.from(value)]);
}

/** A number in groups of seven bits, lowest first. */
function bare(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...bare(Math.floor(value / 128))];
}
