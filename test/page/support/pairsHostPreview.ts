// How a file of three columns would be read, for the page that previews it.
import type { ImportPreview } from "../../../src/core/importPreview.ts";

/** A preview of a file with columns "question", "good" and "bad"; recognised once two responses are named. */
export function previewOf({ mapping }: { mapping: ImportPreview["mapping"] }): ImportPreview {
  const named = mapping ?? {};
  const isRead = named.chosen !== undefined && named.rejected !== undefined;
  const text = (content: string): [{ role: string; content: string }] => [
    { role: "assistant", content },
  ];
  return {
    form: isRead ? "columns by choice" : "unknown",
    problem: isRead
      ? null
      : "The columns question, good, bad fit no known form. Choose which column holds what.",
    columns: ["question", "good", "bad"],
    mapping: isRead ? mapping : null,
    fields: ["prompt", "responseA", "responseB", "chosen", "rejected", "verdict", "id"],
    samples: isRead
      ? [1, 2, 4].map((line) => ({
          line,
          prompt: named.prompt === undefined ? [] : text(`${named.prompt} of line ${line}`),
          a: text(
            `${named.chosen} of line ${line}. ${"It goes on for a while. ".repeat(line * 4)}`,
          ),
          b: text(`${named.rejected} of line ${line}`),
          preference: "first" as const,
        }))
      : [],
    badRows: isRead ? [{ line: 3, reason: "expected a text in “bad”, got null" }] : [],
    badCount: isRead ? 14 : 0,
    rowsRead: 1000,
    isWhole: false,
    lengths: isRead
      ? Float64Array.of(0, 2, 5, 11, 40, 120, 310, 650, 520, 210, 90, 12, 2)
      : new Float64Array(13),
    longerWins: isRead ? Float64Array.of(0.583, 942) : Float64Array.of(NaN, 0),
  };
}
