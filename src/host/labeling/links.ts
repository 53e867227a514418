// Links in the texts of strangers: what may be opened at all, and what is shown before it is. No VS Code here.

export interface SafeLink {
  /** The address as it will be opened. */
  readonly href: string;
  /** What a person should look at: the host, or the address of a mail. */
  readonly destination: string;
}

/** The link where its kind may be opened (web and mail), null for any other: command:, vscode:, file:, data: ... */
export function safeLink(href: string): SafeLink | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (url === null) return null;
  if (url.protocol === "mailto:") return { href: url.href, destination: url.pathname };
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  // A name before the host ("https://good.example@evil.example") says nothing about where the link leads.
  url.username = "";
  url.password = "";
  return { href: url.href, destination: url.host };
}
