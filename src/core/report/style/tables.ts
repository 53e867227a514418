// Tables: figures under one another, lines across only.
import { css } from "../markup.ts";

export const tableStyle = css`
  .scroll {
    overflow-x: auto;
    margin: 0.5rem 0 1rem;
  }
  table {
    border-collapse: collapse;
    font: 0.8125rem/1.45 var(--sans);
    font-variant-numeric: tabular-nums lining-nums;
    min-width: 100%;
  }
  caption {
    caption-side: top;
    text-align: left;
    color: var(--muted);
    padding-bottom: 0.5rem;
  }
  th,
  td {
    padding: 0.5rem 0 0.5rem 1.25rem;
    text-align: right;
    vertical-align: top;
    white-space: nowrap;
    border-bottom: 1px solid var(--rule);
  }
  .words th,
  .words td {
    text-align: left;
  }
  th:first-child {
    padding-left: 0;
    text-align: left;
  }
  thead th {
    font-weight: 600;
    vertical-align: bottom;
    border-bottom-color: var(--edge);
    white-space: normal;
    min-width: 4.5rem;
  }
  tbody th {
    font-weight: 600;
  }
  td .range {
    display: block;
    font-size: 0.75rem;
  }
  .path,
  .hash {
    display: inline-block;
    min-width: 16rem;
    max-width: 24rem;
    white-space: normal;
    overflow-wrap: anywhere;
    text-align: left;
  }
`;
