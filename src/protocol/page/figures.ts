// Numbers on their way between host and page. The editor sends messages as JSON, in which NaN and Infinity
// become null; typed arrays keep them. So a value's numbers travel in one Float64Array beside its shape.

/** A value without its numbers, and these in the order in which a walk through the value meets them. */
export interface Packed<T> {
  /** The value with 0 in place of each number. */
  readonly shape: T;
  readonly numbers: Float64Array;
}

/** Takes a value of plain objects, arrays, texts, numbers, booleans and null apart. */
export function pack<T>(value: T): Packed<T> {
  const numbers: number[] = [];
  const shape = mapNumbers(value, (number) => {
    numbers.push(number);
    return 0;
  });
  return { shape: shape as T, numbers: Float64Array.from(numbers) };
}

/** The reverse of pack. */
export function unpack<T>({ shape, numbers }: Packed<T>): T {
  let next = 0;
  return mapNumbers(shape, () => numbers[next++]!) as T;
}

function mapNumbers(value: unknown, map: (number: number) => number): unknown {
  if (typeof value === "number") return map(value);
  if (Array.isArray(value)) return value.map((item) => mapNumbers(item, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapNumbers(item, map)]),
  );
}
