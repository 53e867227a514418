// "How it is read": what the file is taken for, sample pairs, bad rows, and what lengths say, before or after it
// is a project's data. Columns can be chosen here, and everything follows.
import type { ImportPreview, PreviewPair } from "../../src/core/importPreview.ts";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { errorState, loadingState } from "../ui/states.ts";
import { lengthSection, longerWinsText } from "./lengths.ts";
import { mappingForm } from "./mappingForm.ts";
import type { PairsPage } from "./page.ts";
import { pairTexts } from "./pane.ts";
import { askPreview, useFile } from "./reading.ts";
import { counted, whole } from "./words.ts";

/** The tab as a whole. */
export function readingView(page: PairsPage): TemplateResult {
  const { preview, mapping } = page.state.reading;
  switch (preview.is) {
    case "waiting":
      return loadingState("Reading the first rows…");
    case "failed":
      return errorState(preview.reason, {
        label: "Try again",
        act: () => void askPreview(page, mapping),
      });
    case "there":
      return html`<div class="reading" tabindex="-1">
        ${verdict(page, preview.value)} ${mappingForm(page, preview.value)}
        <div class="figures">
          ${badRows(preview.value)} ${lengthSection(preview.value.lengths)}
          <section>
            <h2>Does the longer response win?</h2>
            <p>${longerWinsText(preview.value.longerWins)}</p>
          </section>
        </div>
        ${samples(preview.value)}
      </div>`;
  }
}

function verdict(page: PairsPage, preview: ImportPreview): TemplateResult {
  const { snapshot, reading } = page.state;
  const isInProject = snapshot.is === "there" && snapshot.value.isInProject;
  const canUse = preview.problem === null && (!isInProject || reading.mapping !== null);
  return html`<section class="verdict">
    <span
      class="codicon codicon-${preview.problem === null ? "pass-filled state-labeled" : "warning state-unsure"}"
      aria-hidden="true"
    ></span>
    <div>
      <h2>
        ${preview.problem === null ? `Read as ${preview.form}` : "This form is not recognised"}
      </h2>
      <p class=${preview.problem === null ? "quiet" : ""}>
        ${preview.problem ?? scopeText(preview)}
      </p>
      ${
        reading.problem === null
          ? nothing
          : html`<p role="alert" class="reason">${reading.problem}</p>`
      }
      ${isInProject ? html`<p class="quiet">This file is part of the project.</p>` : nothing}
    </div>
    ${
      canUse
        ? html`<vscode-button @click=${() => void useFile(page)}
            >${isInProject ? "Use these columns" : "Use this file"}</vscode-button
          >`
        : nothing
    }
  </section>`;
}

function scopeText({ isWhole, rowsRead, badCount }: ImportPreview): string {
  const scope = isWhole
    ? `All ${counted(rowsRead, "row")} were read`
    : `The first ${counted(rowsRead, "row")} were read`;
  return badCount === 0 ? `${scope}, none is bad.` : `${scope}, ${whole(badCount)} can't be used.`;
}

function badRows({ badRows: rows, badCount }: ImportPreview): TemplateResult {
  return html`<section>
    <h2>Bad rows</h2>
    ${
      badCount === 0
        ? html`<p class="quiet">None.</p>`
        : html`<div class="table-box" tabindex="0" role="group" aria-label="Bad rows">
              <table>
                <thead>
                  <tr>
                    <th scope="col" class="number">Line</th>
                    <th scope="col">Reason</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(
                    ({ line, reason }) =>
                      html`<tr>
                        <td class="number">${whole(line)}</td>
                        <td><bdi>${reason}</bdi></td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            ${
              badCount > rows.length
                ? html`<p class="quiet">and ${whole(badCount - rows.length)} more</p>`
                : nothing
            }`
    }
  </section>`;
}

function samples({ samples: pairs, problem }: ImportPreview): TemplateResult {
  if (pairs.length === 0) {
    return html`<section>
      <h2>Sample pairs</h2>
      <p class="quiet">
        ${
          problem === null
            ? "No row could be read as a pair."
            : "Choose the columns above to see how the first rows are read."
        }
      </p>
    </section>`;
  }
  return html`<section>
    <h2>${pairs.length === 1 ? "The first pair" : `The first ${pairs.length} pairs`} as read</h2>
    <div class="samples">${pairs.map(sample)}</div>
  </section>`;
}

function sample(pair: PreviewPair): TemplateResult {
  return html`<article class="sample" tabindex="0" aria-label=${`Pair of line ${whole(pair.line)}`}>
    <p class="quiet">Line ${whole(pair.line)}</p>
    ${pairTexts(pair)}
  </article>`;
}
