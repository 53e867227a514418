// Length: how far preferences and rewards follow it, and what that means.
import type { LineSeries } from "../chart/lines.ts";
import type { IterationRecord, LengthFigures } from "../records.ts";
import { figureGrid } from "./figure.ts";
import { lengthSentences } from "./lengthMeaning.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { fixed, percent } from "./numbers.ts";
import type { Summary } from "./summary.ts";
import { dataTable, section } from "./tables.ts";
import { linesFigure } from "./trendsSection.ts";

/** The table of length figures, their lines over the models, and a reading of them. */
export function lengthSection({ iterations, last }: Summary): Markup {
  if (!last) {
    return section("length", "Length", markup`<p class="empty">No model has been made yet.</p>`);
  }
  const series = [
    seriesOf(iterations, "the labels", "labeled"),
    seriesOf(iterations, "selected pseudo-labels", "selected"),
    seriesOf(iterations, "the model’s choice", "model"),
  ].filter(({ points }) => points.length > 0);
  const { data } = last.length;
  const title = "How often the longer response wins";
  const chart =
    series.length > 0 && iterations.length > 1
      ? figureGrid(
          [
            linesFigure({
              id: "longer-wins",
              title,
              hint: "of pairs of unequal length",
              description:
                "Share of pairs of unequal length in which the longer response is preferred.",
              series,
              reference: data === null ? null : { name: "the data’s verdicts", value: data },
              unit: "percent",
            }),
          ],
          "wide",
        )
      : null;
  return section(
    "length",
    "Length",
    markup`<p>${meaning(last.length)}</p>\n`,
    chart,
    dataTable({
      caption: "Length figures: how often the longer response wins, and how reward follows length",
      kind: "numbers",
      columns: [
        "Model",
        "Data",
        "Labels",
        "Selected",
        "Model’s choice",
        "Reward–length correlation",
      ],
      rows: iterations.map(({ iteration, length }) => [
        String(iteration),
        percent(length.data, 1),
        percent(length.labeled, 1),
        percent(length.selected, 1),
        percent(length.model, 1),
        fixed(length.rewardCorrelation, 2),
      ]),
    }),
    markup`<p class="note">Pairs of equal length are left out. — means that there is no value: no verdicts in the data, nothing selected, or a model without rewards.</p>
`,
  );
}

/** What the figures of a model mean, in a few sentences. */
function meaning(length: LengthFigures): string {
  const sentences = lengthSentences(length);
  return sentences.length > 0 ? sentences.join(" ") : "There are no length figures for this run.";
}

function seriesOf(
  iterations: readonly IterationRecord[],
  name: string,
  key: "labeled" | "selected" | "model",
): LineSeries {
  return {
    name,
    points: iterations.flatMap(({ iteration, length }) => {
      const value = length[key];
      return value === null ? [] : [{ iteration, value, low: null, high: null }];
    }),
  };
}
