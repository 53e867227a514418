// Charts and the review queue.
import { css } from "../markup.ts";

export const chartStyle = css`
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    gap: 2.5rem 1.5rem;
    margin: 1.25rem 0 1.5rem;
  }
  .charts.wide {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
  }
  .chart {
    margin: 0;
    min-width: 0;
    max-width: 26rem;
  }
  .chart figcaption {
    font: 600 0.875rem/1.4 var(--sans);
    margin-bottom: 0.5rem;
  }
  .hint {
    display: block;
    font-weight: 400;
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .chart > svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }
  .chart .note {
    margin: 0.25rem 0 0;
  }
  svg text {
    font: 11px var(--sans);
    font-variant-numeric: tabular-nums;
    fill: var(--muted);
  }
  svg .count-label {
    font-size: 10px;
  }
  .small svg text {
    font-size: 12px;
  }
  .small svg .count-label {
    font-size: 10.5px;
  }
  svg .threshold-label {
    fill: var(--ink);
  }
  svg path,
  svg line {
    fill: none;
  }
  .grid {
    stroke: var(--rule);
  }
  .axis {
    stroke: var(--edge);
  }
  .s1 {
    --colour: var(--s1);
  }
  .s2 {
    --colour: var(--s2);
  }
  .s3 {
    --colour: var(--s3);
  }
  .s4 {
    --colour: var(--s4);
  }
  .line {
    stroke: var(--colour);
    stroke-width: 1.75;
  }
  .line.s2 {
    stroke-dasharray: 6 3;
  }
  .line.s3 {
    stroke-dasharray: 2 2.5;
  }
  .line.s4 {
    stroke-dasharray: 8 3 2 3;
  }
  .whisker {
    stroke: var(--colour);
    stroke-width: 1.25;
  }
  svg .mark {
    fill: var(--colour);
    stroke: var(--paper);
    stroke-width: 1;
  }
  svg .mark.s2,
  svg .mark.s4 {
    fill: var(--paper);
    stroke: var(--colour);
    stroke-width: 1.5;
  }
  .band {
    fill: var(--band);
    stroke: var(--s1);
    stroke-width: 0.75;
  }
  .band.few {
    fill: none;
    stroke-dasharray: 1 2;
  }
  .diagonal {
    stroke: var(--edge);
    stroke-dasharray: 3 3;
  }
  .reference {
    stroke: var(--ink);
    stroke-dasharray: 1 3;
    stroke-width: 1.5;
  }
  .count {
    fill: var(--edge);
  }
  .count.scaled {
    fill: none;
    stroke: var(--s2);
    stroke-width: 1.25;
  }
  .bar {
    fill: var(--tint);
    stroke: var(--edge);
  }
  .bar.passes {
    fill: var(--s1);
    stroke: var(--s1);
  }
  .threshold {
    stroke: var(--ink);
    stroke-width: 1.5;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    list-style: none;
    padding: 0;
    margin: 0.25rem 0 0;
    max-width: none;
    font: 0.8125rem/1.4 var(--sans);
    color: var(--muted);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.5rem;
  }
  .key {
    flex: none;
    width: 1.875rem;
    height: 0.75rem;
  }
  summary {
    cursor: pointer;
    width: fit-content;
    padding: 0.25rem 0;
  }
  .chart-numbers {
    margin-top: 0.25rem;
  }
  .queue {
    list-style: none;
    padding: 0;
    max-width: none;
  }
  .queue > li {
    padding: 1.5rem 0 1.75rem;
    border-top: 1px solid var(--rule);
  }
  .queue h3 {
    margin: 0 0 1rem;
    font-size: 1rem;
  }
  .queue h4 {
    font: 600 0.8125rem/1.4 var(--sans);
    color: var(--muted);
    margin-bottom: 0.375rem;
  }
  .prompt {
    max-width: 46rem;
    margin-bottom: 1.25rem;
  }
  .responses {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: 1.25rem 2.5rem;
  }
  .text {
    display: block;
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    font: 1rem/1.55 var(--serif);
    color: var(--ink);
  }
  .fold > summary {
    display: block;
    width: auto;
    padding: 0;
  }
  .fold > summary .more {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .fold[open] > summary > .text {
    display: none;
  }
  .hidden-character {
    font: 0.75em var(--mono);
    padding: 0 0.25em;
    border: 1px solid var(--s2);
    border-radius: 2px;
    unicode-bidi: isolate;
  }
`;
