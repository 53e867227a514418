// Narrow windows, forced colours, VS Code's high contrast, reduced ink in print.
import { css } from "../markup.ts";

export const mediaStyle = css`
  @media (max-width: 44rem) {
    .answer {
      grid-template-columns: minmax(0, 1fr);
    }
    section {
      margin-top: 3.25rem;
    }
  }
  body.vscode-high-contrast,
  body.vscode-high-contrast-light {
    --muted: var(--ink);
    --rule: var(--vscode-contrastBorder, var(--ink));
    --edge: var(--ink);
    --tint: var(--paper);
    --band: transparent;
  }
  body.vscode-high-contrast .grid,
  body.vscode-high-contrast-light .grid {
    stroke-dasharray: 1 4;
  }
  @media (forced-colors: active) {
    body {
      --paper: Canvas;
      --ink: CanvasText;
      --muted: CanvasText;
      --s1: CanvasText;
      --s2: CanvasText;
      --s3: CanvasText;
      --s4: CanvasText;
      --link: LinkText;
      --focus: Highlight;
      --rule: GrayText;
      --edge: CanvasText;
      --tint: Canvas;
      --band: transparent;
    }
    .grid {
      stroke-dasharray: 1 4;
    }
    svg,
    svg text {
      forced-color-adjust: none;
    }
  }
  @page {
    margin: 15mm 14mm;
  }
  @media print {
    :root {
      color-scheme: light;
    }
    body {
      --paper: #fff;
      --ink: #000;
      --muted: #444;
      --s1: #1d5fae;
      --s2: #b3331f;
      --s3: #2b7a3d;
      --s4: #7a3ea3;
      --link: #000;
      font-size: 10pt;
    }
    main {
      max-width: none;
      padding: 0;
    }
    nav,
    .chart-numbers,
    .more {
      display: none;
    }
    section {
      margin-top: 2rem;
    }
    .key-figures {
      grid-template-columns: repeat(4, 1fr);
      gap: 1rem;
    }
    .value {
      font-size: 1.5rem;
    }
    .charts,
    .charts.wide {
      grid-template-columns: repeat(3, 1fr);
      gap: 1.5rem;
    }
    .charts.small {
      grid-template-columns: repeat(2, 1fr);
    }
    .chart {
      max-width: 19rem;
    }
    .scroll {
      overflow: visible;
    }
    table {
      font-size: 7pt;
    }
    th,
    td {
      padding: 0.2rem 0 0.2rem 0.35rem;
      white-space: normal;
    }
    thead th {
      min-width: 0;
    }
    .path,
    .hash {
      min-width: 0;
      max-width: 12rem;
    }
    h2,
    h3,
    h4 {
      break-after: avoid;
    }
    .answer li,
    p,
    .chart,
    tr {
      break-inside: avoid;
    }
    .text {
      break-inside: auto;
    }
    .headline {
      break-after: avoid;
    }
    .range {
      white-space: nowrap;
    }
    td .range {
      font-size: 6pt;
    }
    .fold::details-content {
      content-visibility: visible;
      height: auto;
    }
    .fold > summary > .text {
      display: none;
    }
  }
`;
