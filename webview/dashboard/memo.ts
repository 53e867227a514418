// Results kept by the identity of what they were made from: the state is never changed in place, so what is
// the same object is the same value, and a chart whose model is the same object is not drawn again.

const mostKept = 12;

/** `make`, which answers with the same result for the same arguments, as long as few others came between. */
export function memo<A extends readonly unknown[], R>(
  make: (...given: A) => R,
): (...given: A) => R {
  const known: { readonly given: A; readonly result: R }[] = [];
  return (...given) => {
    const at = known.findIndex((entry) =>
      entry.given.every((part, i) => Object.is(part, given[i])),
    );
    const entry = at < 0 ? { given, result: make(...given) } : known.splice(at, 1)[0]!;
    known.unshift(entry);
    known.length = Math.min(known.length, mostKept);
    return entry.result;
  };
}
