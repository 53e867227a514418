// Sorting a million rows by a number: digit by digit over the bits of the doubles (LSD radix sort), 0.1 s where
// a comparing sort takes a second. Bits of doubles that are not negative sort as the doubles do.

const digitBits = 16;
const digits = 1 << digitBits;

/**
 * The positions of the keys, sorted by key; equal ones keep their order in either direction, and NaN, which
 * stands for "not known", comes last in both. Keys must not be negative.
 */
export function sortByKey(
  keys: Float64Array,
  direction: "ascending" | "descending",
): Uint32Array<ArrayBuffer> {
  const count = keys.length;
  let order = new Uint32Array(count);
  let known = 0;
  for (let i = 0; i < count; i++) if (!Number.isNaN(keys[i]!)) order[known++] = i;
  let unknown = known;
  for (let i = 0; i < count; i++) if (Number.isNaN(keys[i]!)) order[unknown++] = i;
  // + 0 makes -0, whose bits are those of a large number, 0.
  for (let i = 0; i < count; i++) keys[i]! += 0;
  const words = new Uint16Array(keys.buffer, keys.byteOffset, 4 * count);
  const flip = direction === "ascending" ? 0 : digits - 1;
  let other = order.slice();
  const starts = new Uint32Array(digits + 1);
  // Little-endian, as every machine that this runs on: the lowest 16 bits stand first.
  for (let word = 0; word < 4; word++) {
    starts.fill(0);
    for (let i = 0; i < known; i++) starts[(words[4 * order[i]! + word]! ^ flip) + 1]!++;
    if (starts.includes(known, 1)) continue;
    for (let digit = 0; digit < digits; digit++) starts[digit + 1]! += starts[digit]!;
    for (let i = 0; i < known; i++) {
      const position = order[i]!;
      other[starts[words[4 * position + word]! ^ flip]!++] = position;
    }
    [order, other] = [other, order];
  }
  return order;
}
