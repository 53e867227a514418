// How long the responses are, drawn small and as a table, and how often the longer one is preferred.
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { wilson } from "../../src/core/metrics/accuracy.ts";
import { counted, percent, whole } from "./words.ts";

const barWidth = 18;
const chartHeight = 64;

/** The histogram; bin i counts responses of 2^i up to below 2^(i+1) characters, the first also empty ones. */
export function lengthSection(lengths: Float64Array): TemplateResult {
  const bins = binsOf(lengths);
  if (bins.length === 0) {
    return html`<section>
      <h2>Length of responses</h2>
      <p class="quiet">No response was read.</p>
    </section>`;
  }
  const most = Math.max(...bins.map(({ count }) => count));
  const width = bins.length * barWidth;
  const [first, last] = [bins[0]!, bins.at(-1)!];
  return html`<section>
    <h2>Length of responses</h2>
    <svg
      class="lengths"
      viewBox="0 0 ${width} ${chartHeight}"
      width=${width}
      height=${chartHeight}
      role="img"
      aria-label="Histogram of lengths, ${counted(first.from, "character")} to ${whole(last.to)}; the table below has its numbers"
    >
      ${bins.map(({ count }, i) => bar(i, count / most))}
      <line class="axis" x1="0" x2=${width} y1=${chartHeight - 0.5} y2=${chartHeight - 0.5}></line>
    </svg>
    <p class="quiet axis-text">
      <span>${whole(first.from)}</span><span>characters</span><span>${whole(last.to)}</span>
    </p>
    <details>
      <summary>As a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Characters</th>
            <th scope="col" class="number">Responses</th>
          </tr>
        </thead>
        <tbody>
          ${bins.map(
            ({ from, to, count }) =>
              html`<tr>
                <td class="number">
                  ${from === to ? whole(from) : `${whole(from)} to ${whole(to)}`}
                </td>
                <td class="number">${whole(count)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </section>`;
}

interface LengthBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The bins from the first to the last that is not empty. */
function binsOf(lengths: Float64Array): LengthBin[] {
  const first = lengths.findIndex((count) => count > 0);
  const last = lengths.findLastIndex((count) => count > 0);
  if (first < 0) return [];
  return Array.from(lengths.slice(first, last + 1), (count, i) => ({
    from: first + i === 0 ? 0 : 2 ** (first + i),
    to: 2 ** (first + i + 1) - 1,
    count,
  }));
}

function bar(i: number, share: number): SVGTemplateResult {
  // A bin with few responses among many is still seen.
  const height = share === 0 ? 0 : Math.max(share * (chartHeight - 2), 1);
  return svg`<rect class="bar-mark" x=${i * barWidth + 1} width=${barWidth - 2} y=${chartHeight - 1 - height} height=${height}></rect>`;
}

/** One sentence with rate, interval and count; `longerWins` is the rate and how many pairs it is of. */
export function longerWinsText(longerWins: Float64Array): string {
  const [rate = NaN, n = 0] = longerWins;
  if (!(n > 0) || Number.isNaN(rate)) {
    return "No row that was read prefers one of two responses of different length.";
  }
  const { low, high } = wilson(rate * n, n);
  return `The longer response is preferred in ${percent(rate)} of ${counted(n, "pair")} (95 % interval ${percent(low)} to ${percent(high)}). ${meaning(low, high)}`;
}

function meaning(low: number, high: number): string {
  if (low > 0.5) return "A model may learn length instead of quality from these.";
  if (high < 0.5) return "The shorter one is preferred more often than not.";
  return "That does not differ clearly from a coin.";
}
