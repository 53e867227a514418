// Settings and provenance: all that is needed to make the same run again, and what was read.
import type { FileIdentity, RunInfo } from "../records.ts";
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";
import { byteSize, fixed, noValue, percent, thousands } from "./numbers.ts";
import { digitsOfShare } from "./selectionSection.ts";
import { baseName } from "./summary.ts";
import type { ReportInput, Summary } from "./summary.ts";
import { dataTable, factList, section } from "./tables.ts";

/** Settings, files with their hashes, rows that were skipped, versions. */
export function provenanceSection(summary: Summary, input: ReportInput): Markup {
  const { run } = input;
  return section(
    "provenance",
    "Settings and provenance",
    markup`<p>The same settings, files and versions give the same bytes.</p>
<h3>Settings</h3>
${factList(settingFacts(run))}
<h3>Files</h3>
${fileTable(input)}
${skippedTable(input)}
${fitTable(summary)}
<h3>Program</h3>
${factList([
  ["Run", run.id],
  ["Started", run.createdAt],
  ["Finished", run.finishedAt ?? `${noValue} (${run.state})`],
  ["Runs on", run.provider],
  ...Object.entries(run.versions),
])}
`,
  );
}

function settingFacts({ settings: s, mapping }: RunInfo): (readonly [string, Part])[] {
  const seed =
    s.seedCount !== null
      ? `${thousands(s.seedCount)} pairs drawn from the data`
      : s.seedFraction !== null
        ? `${percent(s.seedFraction, digitsOfShare(s.seedFraction))} of the pairs drawn from the data`
        : "from label files";
  const facts: (readonly [string, Part])[] = [
    ["Model", s.model],
    ["Labels", seed],
    [
      "Threshold",
      `${percent(s.threshold, digitsOfShare(s.threshold))}, ${s.confidence} confidence`,
    ],
    ["Iterations", thousands(s.iterations)],
    ["Each fit begins", s.start === "restart" ? "anew" : "from the model before"],
    ["Result", s.keep === "last" ? "last model" : "best model by held-out labels"],
    ["Seed", String(s.seed)],
  ];
  if (s.model === "lexical") {
    facts.push(
      [
        "L2 of lexical",
        s.lexical.l2 === "auto" ? "chosen by cross-validation" : String(s.lexical.l2),
      ],
      ["Length feature of lexical", s.lexical.length ? "in" : "left out"],
    );
  }
  if (mapping) {
    facts.push([
      "Columns",
      Object.entries(mapping)
        .map(([field, column]) => `${field}: ${column}`)
        .join(", "),
    ]);
  }
  return facts;
}

function fileTable({ run, forms }: ReportInput): Markup {
  const kinds: readonly (readonly [string, readonly FileIdentity[]])[] = [
    ["Data", run.data],
    ["Label log", run.labels],
    ["Labeled data", run.labeledData],
    ["Gold", run.gold],
    ["Test", run.test],
  ];
  return dataTable({
    caption: "Files that the run read",
    kind: "words",
    columns: ["File", "Use", "Read as", "Size", "Path", "SHA-256"],
    rows: kinds.flatMap(([kind, files]) =>
      files.map((file, i) => [
        baseName(file.path),
        kind,
        (kind === "Data" ? forms[i] : undefined) ?? noValue,
        byteSize(file.bytes),
        markup`<span class="path">${file.path}</span>`,
        markup`<code class="hash">${file.sha256}</code>`,
      ]),
    ),
  });
}

function skippedTable({ skipped }: ReportInput): Markup | null {
  const files = skipped.filter(({ count }) => count > 0);
  if (files.length === 0) return null;
  return dataTable({
    caption: "Rows that could not be read and were skipped",
    kind: "words",
    columns: ["File", "Rows", "The first one"],
    rows: files.map(({ file, count, firstReason }) => [
      baseName(file),
      thousands(count),
      markup`<span class="path">${firstReason}</span>`,
    ]),
  });
}

function fitTable({ iterations }: Summary): Markup | null {
  const names = [...new Set(iterations.flatMap(({ fit }) => Object.keys(fit)))];
  if (names.length === 0) return null;
  return markup`<h3>Fits</h3>
${dataTable({
  caption: "What each model says of its own fit",
  kind: "numbers",
  columns: ["Model", ...names],
  rows: iterations.map(({ iteration, fit }) => [
    String(iteration),
    ...names.map((name) => fitNumber(fit[name])),
  ]),
})}`;
}

function fitNumber(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return noValue;
  if (Number.isInteger(value)) return thousands(value);
  return Math.abs(value) >= 0.001 ? fixed(value, 4) : value.toExponential(2).replace("-", "−");
}
