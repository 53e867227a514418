// Colours and type. Inside VS Code the editor's own colours win; elsewhere light or dark as the system asks.
// Everything that is neither ink nor a series is mixed from ink and paper, so that any theme stays whole.
import { css } from "../markup.ts";

/** Contrast outside VS Code: text at least 4.5:1, marks at least 3:1, in light and dark. */
export const themeStyle = css`
  :root {
    color-scheme: light dark;
    --paper-own: #fdfdfb;
    --ink-own: #1c1c1a;
    --muted-own: #595853;
    --s1-own: #1d5fae;
    --s2-own: #b3331f;
    --s3-own: #2b7a3d;
    --s4-own: #7a3ea3;
    --serif:
      Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, Caladea, Georgia,
      serif;
    --sans:
      var(--vscode-font-family, Inter), system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial,
      sans-serif;
    --mono:
      var(--vscode-editor-font-family, ui-monospace), "SF Mono", Consolas, "Liberation Mono",
      monospace;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --paper-own: #17181a;
      --ink-own: #e7e5e0;
      --muted-own: #a9a7a0;
      --s1-own: #7db1f2;
      --s2-own: #f0897d;
      --s3-own: #79c48a;
      --s4-own: #c6a0ea;
    }
  }
  body {
    --paper: var(--vscode-editor-background, var(--paper-own));
    --ink: var(--vscode-editor-foreground, var(--ink-own));
    --muted: var(--vscode-descriptionForeground, var(--muted-own));
    --s1: var(--vscode-charts-blue, var(--s1-own));
    --s2: var(--vscode-charts-red, var(--s2-own));
    --s3: var(--vscode-charts-green, var(--s3-own));
    --s4: var(--vscode-charts-purple, var(--s4-own));
    --link: var(--vscode-textLink-foreground, var(--s1-own));
    --focus: var(--vscode-focusBorder, var(--s1-own));
    --rule: color-mix(in srgb, var(--ink) 16%, var(--paper));
    --edge: color-mix(in srgb, var(--ink) 55%, var(--paper));
    --tint: color-mix(in srgb, var(--ink) 5%, var(--paper));
    --band: color-mix(in srgb, var(--s1) 16%, transparent);
    background: var(--paper);
    color: var(--ink);
    font: 1rem/1.6 var(--serif);
  }
  body.vscode-light {
    color-scheme: light;
  }
  body.vscode-dark,
  body.vscode-high-contrast {
    color-scheme: dark;
  }
  body.vscode-high-contrast-light {
    color-scheme: light;
  }
`;
