// What the editor does to a message between host and page: JSON, in which NaN becomes null, with typed arrays
// carried beside it as they are. Both functions stand alone, so that they can be sent into a page as text.

/** A message as one text. */
export function encodeMessage(message: unknown): string {
  return JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    let binary = "";
    // A call takes so many arguments and not many more.
    for (let at = 0; at < bytes.length; at += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return { "$typed-array": value.constructor.name, base64: btoa(binary) };
  });
}

/** The reverse of encodeMessage. */
export function decodeMessage(text: string): unknown {
  const kinds: Readonly<Record<string, new (buffer: ArrayBuffer) => unknown>> = {
    Float32Array,
    Float64Array,
    Int32Array,
    Uint8Array,
    Uint32Array,
  };
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || !("$typed-array" in value)) return value;
    const { "$typed-array": kind, base64 } = value as Record<string, string>;
    const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
    return new kinds[kind!]!(bytes.buffer);
  });
}
