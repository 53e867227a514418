// A page proposes how a saved file is called; nothing of a path, and nothing that a system refuses, gets through.

const longest = 80;

/** The name without folders, control characters and what Windows refuses; "chart" where nothing is left. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const kept = last
    .replace(/[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069<>:"|?*]/g, "")
    .toWellFormed();
  const cut = trimEnds(shorten(trimEnds(kept)));
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(cut);
  return cut === "" || isReserved ? `chart${cut === "" ? "" : ` ${cut}`}` : cut;
}

/** Cuts the stem, so that the ending stays. */
function shorten(name: string): string {
  if (name.length <= longest) return name;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  return name.slice(0, longest - ending.length) + ending;
}

/** A name that begins with a dot is hidden, one that ends with one is refused by Windows. */
function trimEnds(name: string): string {
  return name.replace(/^[.\s]+|[.\s]+$/g, "");
}
