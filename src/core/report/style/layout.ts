// Layout and text of the page: one column, prose at a readable measure, tables and charts at full width.
import { css } from "../markup.ts";

export const layoutStyle = css`
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0;
    padding: 0;
    overflow-wrap: break-word;
    font-variant-numeric: lining-nums;
  }
  main {
    max-width: 76rem;
    margin: 0 auto;
    padding: clamp(1.25rem, 5vw, 4.5rem) clamp(1rem, 4vw, 3rem) 6rem;
  }
  h1,
  h2,
  h3,
  h4 {
    font-family: var(--serif);
    font-weight: 600;
    line-height: 1.2;
    margin: 0;
    text-wrap: balance;
  }
  h1 {
    font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.75rem);
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: 1.625rem;
    letter-spacing: -0.01em;
    margin-bottom: 1.25rem;
  }
  h3 {
    font-size: 1.125rem;
    margin: 2.25rem 0 0.75rem;
  }
  p,
  ul,
  ol {
    max-width: 42rem;
    margin: 0 0 1rem;
  }
  section {
    margin-top: 4.5rem;
    padding-top: 1.5rem;
    border-top: 1px solid var(--edge);
    scroll-margin-top: 1rem;
  }
  code {
    font-family: var(--mono);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  a {
    color: var(--link);
    text-underline-offset: 0.15em;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .eyebrow,
  .note,
  .range,
  .count,
  .place,
  .empty,
  .more,
  nav,
  dt,
  summary {
    font-family: var(--sans);
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .eyebrow {
    font-weight: 600;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    margin-bottom: 0.75rem;
  }
  .lede {
    font-size: 1.1875rem;
    line-height: 1.5;
    margin: 1rem 0 0;
    max-width: 46rem;
  }
  .note {
    line-height: 1.5;
    margin: 0.75rem 0 0;
  }
  .count,
  .place {
    font-weight: 400;
    margin-left: 0.5em;
  }
  .notice {
    border-left: 3px solid var(--s1);
    background: var(--tint);
    padding: 0.75rem 1rem;
    margin: 1.5rem 0 0;
    max-width: 46rem;
  }
  .notice.bad {
    border-color: var(--s2);
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .key-figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
    gap: 1.5rem 2rem;
    margin: 2.5rem 0 0;
    padding: 1.5rem 0;
    border-top: 1px solid var(--edge);
    border-bottom: 1px solid var(--edge);
  }
  .key-figures dd {
    margin: 0.25rem 0 0;
  }
  .value {
    display: block;
    font-size: 2.125rem;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }
  .detail {
    font: 0.8125rem/1.4 var(--sans);
    color: var(--muted);
  }
  nav {
    margin-top: 1.25rem;
  }
  nav ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    list-style: none;
    margin: 0;
    padding: 0;
    max-width: none;
  }
  nav a {
    display: inline-block;
    padding: 0.25rem 0;
  }
  nav + section {
    border-top: 0;
    margin-top: 2rem;
  }
  .answer {
    display: grid;
    grid-template-columns: 11rem minmax(0, 1fr);
    gap: 0.5rem 2rem;
    padding: 1.5rem 0;
    border-top: 1px solid var(--rule);
  }
  .answer h3 {
    font: 600 0.875rem/1.4 var(--sans);
    margin: 0.3rem 0 0;
    color: var(--muted);
  }
  .answer p:last-child,
  .answer li:last-child {
    margin-bottom: 0;
  }
  .answer ul,
  .answer ol {
    padding-left: 1.25rem;
  }
  .answer li {
    margin-bottom: 0.625rem;
    padding-left: 0.25rem;
  }
  .answer li::marker {
    color: var(--muted);
  }
  .headline {
    font-size: 1.375rem;
    font-weight: 600;
    line-height: 1.3;
    margin-bottom: 0.375rem;
  }
  .tone {
    font-size: 0.75em;
    margin-right: 0.25em;
    vertical-align: 0.08em;
  }
  .good .tone {
    color: var(--s3);
  }
  .bad .tone {
    color: var(--s2);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
    gap: 0.75rem 2rem;
    margin: 0 0 1rem;
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
