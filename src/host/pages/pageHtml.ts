// The document of a page: a strict policy, one style sheet, one script, nothing of the data. No VS Code here.

export interface PageParts {
  readonly title: string;
  /** Addresses of the built script, style sheet and icon font's sheet, as the page reaches them. */
  readonly script: string;
  readonly styles: string;
  readonly icons: string;
  /** The editor's own source for resources. */
  readonly source: string;
  /** Fresh random text for each document. */
  readonly nonce: string;
}

/**
 * The page as HTML. Nothing but its own files can be loaded, and nothing can be sent anywhere; chunks that a
 * module script imports carry its nonce. Scripts that make HTML go through Trusted Types.
 */
export function pageHtml({ title, script, styles, icons, source, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${source}`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src ${source} data:`,
    "connect-src 'none'",
    "frame-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html dompurify",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="stylesheet" href="${icons}" id="vscode-codicon-stylesheet" />
    <link rel="stylesheet" href="${styles}" />
  </head>
  <body>
    <main id="page" aria-label="${title}" tabindex="-1"></main>
    <div id="announcer" role="status" aria-live="polite"></div>
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
