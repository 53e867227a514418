// The report of a run as one HTML page that stands alone: no script, nothing fetched, charts as inline SVG.
// The page is put together here; each section has its own file.
import { dataName, headSection } from "./headSection.ts";
import { iterationsSection } from "./iterationsSection.ts";
import { lengthSection } from "./lengthSection.ts";
import { markup } from "./markup.ts";
import { layoutStyle } from "./style/layout.ts";
import { chartStyle } from "./style/charts.ts";
import { mediaStyle } from "./style/media.ts";
import { tableStyle } from "./style/tables.ts";
import { themeStyle } from "./style/theme.ts";
import { provenanceSection } from "./provenanceSection.ts";
import { queueSection } from "./queueSection.ts";
import { reliabilitySection } from "./reliabilitySection.ts";
import { confidenceSection, pseudoLabelSection } from "./selectionSection.ts";
import { summarize } from "./summary.ts";
import type { ReportInput } from "./summary.ts";
import { trendsSection } from "./trendsSection.ts";
import { verdictSection } from "./verdictSection.ts";

const contents = [
  ["verdict", "Verdict"],
  ["iterations", "Models"],
  ["reliability", "Reliability"],
  ["trends", "Trends"],
  ["pseudo-labels", "Pseudo-labels"],
  ["confidence", "Confidence"],
  ["length", "Length"],
  ["queue", "To review"],
  ["provenance", "Settings"],
] as const;

/**
 * The whole page. Equal input gives equal text. Every text that is not from this folder is escaped; a page
 * of a run in any state is complete, what is missing is named with its reason.
 */
export function reportHtml(input: ReportInput): string {
  const summary = summarize(input.run, input.records);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>SSRM run report: ${dataName(input.run)}</title>
<style>${themeStyle}${layoutStyle}${tableStyle}${chartStyle}${mediaStyle}</style>
</head>
<body>
<main aria-label="SSRM run report">
${headSection(summary)}<nav aria-label="Contents"><ul>${contents.map(
    ([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav>
${verdictSection(summary, input)}${iterationsSection(summary)}${reliabilitySection(summary)}${trendsSection(summary)}${pseudoLabelSection(summary)}${confidenceSection(summary)}${lengthSection(summary)}${queueSection(input)}${provenanceSection(summary, input)}</main>
</body>
</html>
`.text;
}
