// The dashboard's figures as numbers, read from its tables and lists by keyboard, beside those of the run.
import type { Frame, Page } from "playwright-core";
import type { IterationRecord, Metrics } from "../../../src/core/records.ts";
import { until } from "./storyKeyboard.ts";

type Value = number | null;

/** A page of the editor and the keyboard. */
export interface Place {
  readonly frame: Frame;
  readonly page: Page;
}

/** Opens the table of a chart by keyboard and reads its cells; the title must say `of`. */
async function tableOf({ frame, page }: Place, id: string, of: RegExp): Promise<string[][]> {
  const chart = frame.locator("ssrm-chart", { has: frame.locator(`#${id}-title`) });
  await until(`the chart ${id} of ${String(of)}`, async () =>
    of.test((await chart.locator(`#${id}-title`).innerText()).replaceAll("\u00A0", " ")),
  );
  if ((await chart.locator("table").count()) === 0) {
    await chart.locator(".chart-menu .icon-button").focus();
    await page.keyboard.press("Enter");
    await chart.locator("[role=menuitem]", { hasText: "Show table" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await chart.locator("table").waitFor();
  }
  return chart
    .locator("tbody")
    .evaluate((body) =>
      [...body.querySelectorAll("tr")].map((row) =>
        [...row.querySelectorAll("th, td")].map((cell) => cell.textContent.trim()),
      ),
    );
}

/** A text of a page against the number that it must stand for, rounded to the digits that the text has. */
function standsFor(text: string, value: Value): boolean {
  const plain = text.replaceAll("\u00A0", " ").replaceAll(",", "").replace("−", "-").trim();
  if (value === null || !Number.isFinite(value)) return plain === "—";
  const match = /^(-?\d+(?:\.(\d+))?)( %)?$/.exec(plain);
  if (match === null) return false;
  const digits = match[2]?.length ?? 0;
  const scaled = match[3] === undefined ? value : value * 100;
  return Math.abs(Number(match[1]) - scaled) <= 0.5 * 10 ** -digits * (1 + 1e-9) + 1e-12;
}

function compareRows(id: string, shown: string[][], expected: Value[][]): string[] {
  const wrong: string[] = [];
  if (shown.length !== expected.length) {
    wrong.push(`${id}: ${shown.length} rows, expected ${expected.length}`);
  }
  for (const [i, values] of expected.entries()) {
    for (const [j, value] of values.entries()) {
      const text = shown[i]?.[j] ?? "no cell";
      if (standsFor(text, value)) continue;
      wrong.push(`${id}, row ${i}, column ${j}: “${text}”, the record has ${value}`);
    }
    if (shown[i] !== undefined && shown[i].length !== values.length) {
      wrong.push(`${id}, row ${i}: ${shown[i].length} cells, expected ${values.length}`);
    }
  }
  return wrong;
}

type Judge = "validation" | "test";

const metricsOf = (record: IterationRecord, judge: Judge): Metrics | null => record[judge];
const scaledOf = (record: IterationRecord, judge: Judge): Metrics | null =>
  judge === "test" ? record.testCalibrated : record.validationCalibrated;

function binRow(record: IterationRecord, judge: Judge, at: number): Value[] {
  const bounds = metricsOf(record, judge)?.reliability[at];
  const cells = [metricsOf(record, judge), scaledOf(record, judge)].flatMap((metrics) => {
    const bin = metrics?.reliability[at];
    return bin === undefined
      ? [null, null, null, null, null]
      : [bin.n, bin.meanConfidence, bin.accuracy, bin.low, bin.high];
  });
  return [bounds?.from ?? null, bounds?.to ?? null, ...cells];
}

/** The charts over all models against the records; answers with what differs. */
export async function wrongTrends(
  place: Place,
  records: readonly IterationRecord[],
  judge: Judge,
): Promise<string[]> {
  const trend = (value: (record: IterationRecord) => readonly Value[]): Value[][] =>
    records.map((record) => [record.iteration, ...value(record)]);
  const later = records.filter(({ iteration }) => iteration > 0);
  const figure = (name: "smece" | "brier"): Value[][] => {
    const rows = trend((record) => {
      const metrics = metricsOf(record, judge);
      return [
        metrics?.[name] ?? null,
        metrics?.[`${name}Low`] ?? null,
        metrics?.[`${name}High`] ?? null,
      ];
    });
    // Without any interval there are no columns for it.
    return rows.some((row) => row[2] !== null) ? rows : rows.map((row) => row.slice(0, 2));
  };
  const expected: Readonly<Record<string, Value[][]>> = {
    "trend-accuracy": trend((record) => {
      const metrics = metricsOf(record, judge);
      return [
        metrics?.accuracy ?? null,
        metrics?.accuracyClusteredLow ?? null,
        metrics?.accuracyClusteredHigh ?? null,
      ];
    }),
    "trend-smece": figure("smece"),
    "trend-brier": figure("brier"),
    selected: later.map(({ iteration, selected, pseudoLabelGold: gold }) => [
      iteration,
      selected,
      gold === null ? null : gold.value * selected,
    ]),
    "trend-pseudo-labels": later.map(({ iteration, pseudoLabelGold: gold }) => [
      iteration,
      gold?.value ?? null,
      gold?.low ?? null,
      gold?.high ?? null,
    ]),
    "trend-length": trend(({ length }) => [length.labeled, length.selected, length.model]),
  };
  const wrong: string[] = [];
  for (const [id, rows] of Object.entries(expected)) {
    const shown = await tableOf(place, id, /./);
    wrong.push(...compareRows(id, shown, rows));
  }
  return wrong;
}

/** The charts and the list of one model against its record; answers with what differs. */
export async function wrongModel(
  place: Place,
  record: IterationRecord,
  judge: Judge,
): Promise<string[]> {
  const of = new RegExp(`Model ${record.iteration}\\b.*${judge === "test" ? "test" : "label"}`);
  const bins = Array.from({ length: 10 }, (_, at) => binRow(record, judge, at));
  const counts = record.unlabeledHistogram.map((count, at) => [
    0.5 + at / 40,
    0.5 + (at + 1) / 40,
    count,
  ]);
  const metrics = metricsOf(record, judge);
  const numbers = await numbersOf(place.frame, record.iteration);
  const facts: readonly (readonly [name: string, value: Value])[] = [
    ["Labels", record.labeled],
    ["Pseudo-labels", record.iteration === 0 ? null : record.selected],
    ["Judged by", metrics?.n ?? null],
    ["Accuracy", metrics?.accuracy ?? null],
    ["smECE", metrics?.smece ?? null],
    ["ECE", metrics?.ece ?? null],
    ["Brier", metrics?.brier ?? null],
    ["Log loss", metrics?.nll ?? null],
    ["Temperature", record.temperature],
  ];
  return [
    ...compareRows("reliability", await tableOf(place, "reliability-one", of), bins),
    ...compareRows(
      "confidence",
      await tableOf(place, "confidence-one", new RegExp(`Model ${record.iteration}$`)),
      counts,
    ),
    ...facts.flatMap(([name, value]) => {
      const text = numbers.find(([known]) => known.startsWith(name))?.[1] ?? "nothing";
      const first = text.split(" (")[0]!;
      return standsFor(first, value) ? [] : [`${name}: “${text}”, the record has ${value}`];
    }),
  ];
}

function numbersOf(frame: Frame, iteration: number): Promise<[string, string][]> {
  const list = frame.locator(`.numbers[aria-label="Model ${iteration} in numbers"] dl`);
  return list
    .first()
    .evaluate((dl) =>
      [...dl.querySelectorAll("dt")].map((dt): [string, string] => [
        dt.textContent.trim(),
        dt.nextElementSibling?.textContent.trim() ?? "",
      ]),
    );
}

/** Chooses by arrow keys among radio buttons. */
export async function chooseByKeys(
  { frame, page }: Place,
  name: string,
  value: string,
): Promise<void> {
  const checked = frame.locator(`input[name="${name}"]:checked`);
  await checked.focus();
  for (let steps = 0; steps < 12; steps++) {
    if ((await checked.inputValue()) === value) return;
    await page.keyboard.press("ArrowRight");
  }
  throw new Error(`no choice ${value} of ${name} was reached by arrow keys`);
}

/** Every model of a run by both kinds of held-out pairs; answers with what differs. */
export async function wrongRun(
  place: Place,
  iterations: readonly IterationRecord[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const judge of ["validation", "test"] as const) {
    await chooseByKeys(place, "judge", judge);
    for (const record of iterations) {
      await chooseByKeys(place, "model", String(record.iteration));
      const found = await wrongModel(place, record, judge);
      wrong.push(...found.map((text) => `model ${record.iteration}, ${judge}: ${text}`));
    }
    wrong.push(...(await wrongTrends(place, iterations, judge)));
  }
  return wrong;
}
