// The verdict: four answers in plain words, each with the numbers that it rests on.
import { advice } from "./advice.ts";
import { markup } from "./markup.ts";
import type { Markup, Part } from "./markup.ts";
import { counted } from "./numbers.ts";
import { judgeName, rawMetrics } from "./summary.ts";
import type { ReportInput, Summary } from "./summary.ts";
import { prose, section } from "./tables.ts";
import { help, trust } from "./verdict.ts";
import type { Finding, Tone } from "./verdict.ts";
import { lookedFor, warnings } from "./warnings.ts";

const toneSign: Readonly<Record<Tone, string>> = { good: "●", bad: "▲", neutral: "○" };

/** What it can be trusted with, whether SSRM helped, where it does not, what to do next. */
export function verdictSection(summary: Summary, input: ReportInput): Markup {
  const found = warnings(summary);
  const steps = advice(summary, found, input);
  return section(
    "verdict",
    "Verdict",
    answer("What to trust it with", findingText(trust(summary))),
    answer("Did SSRM help?", findingText(help(summary))),
    answer(
      "Where it does not help",
      found.length > 0
        ? markup`<ul class="signs">${found.map(
            (warning) => markup`\n<li><strong>${warning.headline}.</strong> ${warning.text}</li>`,
          )}\n</ul>`
        : markup`<p>${nothingFound(summary)}</p>`,
    ),
    steps.length > 0
      ? answer(
          "What to do next",
          markup`<ol class="steps">${steps.map((step) => markup`\n<li>${prose(step)}</li>`)}\n</ol>`,
        )
      : null,
  );
}

function nothingFound({ result, judge }: Summary): string {
  const metrics = result && judge && rawMetrics(result, judge);
  if (!metrics) return "It can't be said without held-out pairs.";
  // As in advice.ts: below 500 pairs only large effects show.
  const weak =
    metrics.n < 500
      ? ` With ${counted(metrics.n, judgeName(judge))} only strong signs can be seen.`
      : "";
  return `None of the signs that are looked for was found: ${lookedFor}.${weak}`;
}

function answer(question: string, body: Part): Markup {
  return markup`<div class="answer">
<h3>${question}</h3>
<div>${body}</div>
</div>
`;
}

function findingText({ tone, headline, text }: Finding): Markup {
  return markup`<p class="headline ${tone}"><span class="tone" aria-hidden="true">${toneSign[tone]}</span> ${headline}</p>
<p>${prose(text)}</p>`;
}
