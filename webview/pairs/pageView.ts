// The page from its state: what file it is, two tabs, and the list with what stands beside and below it.
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { keyHint } from "../ui/keyHint.ts";
import { emptyState, errorState, loadingState } from "../ui/states.ts";
import { filterBar } from "./filterBar.ts";
import type { GridInput } from "./gridInput.ts";
import { gridView } from "./gridView.ts";
import type { PairsPage } from "./page.ts";
import { pane } from "./pane.ts";
import { conditionsOf } from "./queries.ts";
import { showTab } from "./reading.ts";
import { readingView } from "./readingView.ts";
import type { Tab } from "./state.ts";
import { fileSize, percent, whole } from "./words.ts";

/** Everything below `main`. */
export function pageView(page: PairsPage, input: GridInput): TemplateResult {
  const { snapshot, tab, query } = page.state;
  switch (snapshot.is) {
    case "waiting":
      return html`<div class="page">${loadingState("Opening the file…")}</div>`;
    case "failed":
      return html`<div class="page">
        <h1 class="spoken">Pairs</h1>
        ${errorState(snapshot.reason, { label: "Try again", act: page.reopen })}
      </div>`;
    case "there":
      return html`<div class="page">
        ${guard([snapshot, tab, query.filter.mark], () => top(page))}
        <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${tab}">
          ${tab === "rows" ? rowsPanel(page, input) : readingView(page)}
        </div>
      </div>`;
  }
}

function top(page: PairsPage): TemplateResult {
  const { snapshot, query } = page.state;
  if (snapshot.is !== "there") return html``;
  const { name, path, bytes, form, rowCount } = snapshot.value;
  // The pairs of a bin show what the bin's own model says.
  const { model, markModel } = snapshot.value;
  const shown = query.filter.mark === null ? model : (markModel ?? model);
  const rows = rowCount === null ? "counting rows" : `${whole(rowCount)} rows`;
  return html`<header class="top">
    <h1 title=${path}><bdi>${name}</bdi></h1>
    <div class="tabs" role="tablist" aria-label="Views of the file">
      ${tabButton(page, "rows", "Pairs")} ${tabButton(page, "reading", "How it is read")}
    </div>
    <p class="facts quiet">
      ${[form, rows, fileSize(bytes)].join(" · ")}<span class="model">
        · ${shown === null ? "no model yet" : `p by ${shown}`}</span
      >
    </p>
  </header>`;
}

function tabButton(page: PairsPage, tab: Tab, title: string): TemplateResult {
  const isShown = page.state.tab === tab;
  return html`<button
    type="button"
    role="tab"
    id="tab-${tab}"
    aria-selected=${isShown}
    aria-controls="panel"
    tabindex=${isShown ? 0 : -1}
    @click=${() => showTab(page, tab)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      event.stopPropagation();
      const other = tab === "rows" ? "reading" : "rows";
      showTab(page, other);
      document.getElementById(`tab-${other}`)?.focus();
    }}
  >
    ${title}
  </button>`;
}

function rowsPanel(page: PairsPage, input: GridInput): TemplateResult {
  const { isPaneOpen, query, areFiltersOpen, view, snapshot, isAsking } = page.state;
  // What a scroll changes is not among these: it must paint within a frame.
  const barOf = [query, areFiltersOpen, view, snapshot, isAsking];
  return html`${guard(barOf, () => filterBar(page))} ${problems(page)}
    <div class="body ${isPaneOpen ? "with-pane" : ""}">
      <div class="list">${gridView(page, input)} ${nothingThere(page)}</div>
      ${isPaneOpen ? guard([page.state.pane], () => pane(page)) : nothing}
    </div>
    ${footer(page)}`;
}

/** What went wrong with the list, and what was refused to be done with a row; each with what can be done. */
function problems(page: PairsPage): TemplateResult {
  const { rowsProblem, refused } = page.state;
  return html`${rowsProblem === null ? nothing : problem(rowsProblem, { "Try again": page.retry })}
  ${
    refused === null
      ? nothing
      : problem(refused.reason, {
          "Try again": () => page.actOn(refused.act, refused.ordinal),
          Close: () => page.set({ refused: null }),
        })
  }`;
}

function problem(reason: string, acts: Readonly<Record<string, () => void>>): TemplateResult {
  return html`<div class="problem" role="alert">
    <span class="codicon codicon-error" aria-hidden="true"></span> <bdi>${reason}</bdi>
    ${Object.entries(acts).map(
      ([name, act]) =>
        html`<button
          type="button"
          class="link"
          @click=${() => {
            act();
            // The button goes with its message.
            document.querySelector<HTMLElement>(".frame")?.focus({ preventScroll: true });
          }}
        >
          ${name}
        </button>`,
    )}
  </div>`;
}

/** Why no row is shown, over the place where rows are. */
function nothingThere(page: PairsPage): TemplateResult | typeof nothing {
  const { view, snapshot, isAsking, query, rowsProblem } = page.state;
  if (view.count > 0 || isAsking || rowsProblem !== null) return nothing;
  return html`<div class="over">${stateOf()}</div>`;

  function stateOf(): TemplateResult {
    if (view.covered < 1) {
      return loadingState(`Nothing yet; ${percent(view.covered)} of the file looked through…`);
    }
    if (conditionsOf(query.filter).length > 0) {
      return emptyState({
        icon: "filter",
        title: "No row matches these filters",
        text: "Take some away, or all of them.",
        action: { label: "Clear filters", act: page.clear },
      });
    }
    const problem = snapshot.is === "there" ? snapshot.value.problem : null;
    if (problem !== null) {
      return emptyState({
        icon: "warning",
        title: "This file can't be shown as pairs yet",
        text: problem,
        action: { label: "See how it is read", act: () => showTab(page, "reading") },
      });
    }
    const isEmpty = snapshot.is === "there" && snapshot.value.bytes === 0;
    return emptyState({
      icon: "inbox",
      title: isEmpty ? "This file is empty" : "This file has no rows",
      text: "A data file has one pair a line or row: a prompt and two responses.",
      action: { label: "How it is read", act: () => showTab(page, "reading") },
    });
  }
}

function footer({ state }: PairsPage): TemplateResult {
  const { place, view } = state;
  const at =
    place.position >= 0 && view.count > 0
      ? `Row ${whole(place.position + 1)} of ${whole(view.count)}`
      : "";
  return html`<footer class="foot quiet">
    <span class="at">${at}</span>
    <span class="keys" aria-hidden="true">
      <span>${keyHint(["Enter"])} label</span>
      <span>${keyHint([" "])} read beside</span>
      <span>${keyHint(["l"])} show in text</span>
      <span>${keyHint(["Shift+ArrowLeft"])} ${keyHint(["Shift+ArrowRight"])} column width</span>
    </span>
    <span class="spoken" id="grid-keys"
      >Arrows move by rows; the right arrow enters the cells of a row. Enter opens the pair for
      labeling, Space shows its texts beside, L shows the line in the text editor. In a cell, Shift
      with the left or right arrow changes the column's width. Above the first row are the column
      headers, where Enter sorts.</span
    >
  </footer>`;
}
