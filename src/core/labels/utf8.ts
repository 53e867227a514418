// Bytes to text in the pure zones, which have no TextDecoder.

/** The bytes as text, one character per byte (Latin-1): positions in the text are positions in the bytes. */
export function byteText(bytes: Uint8Array): string {
  let text = "";
  // 8,192 arguments a call stay far below every engine's limit on the argument count.
  for (let i = 0; i < bytes.length; i += 8192) {
    // Ten times as fast as spreading, which walks the array's iterator.
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(i, i + 8192));
  }
  return text;
}

/** The text of well-formed UTF-8, or null where the bytes are not (overlong forms and surrogates included). */
export function utf8Text(bytes: Uint8Array): string | null {
  if (isAscii(bytes)) return byteText(bytes);
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i]!;
    const length =
      lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length === 0 || i + length > bytes.length) return null;
    let code = length === 1 ? lead : lead & (0x7f >> length);
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k]!;
      if ((next & 0xc0) !== 0x80) return null;
      code = (code << 6) | (next & 0x3f);
    }
    const isOverlong = (length === 3 && code < 0x800) || (length === 4 && code < 0x10000);
    if (isOverlong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    text += String.fromCodePoint(code);
    i += length;
  }
  return text;
}

function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}
