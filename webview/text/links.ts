// Links in texts of strangers have no address that a browser follows; whoever shows them is asked instead.

/** Tells of links that are clicked, or chosen by Enter, anywhere under a root. */
export function listenForLinks(root: HTMLElement, open: (address: string) => void): void {
  const addressOf = (event: Event): string | null =>
    event.target instanceof Element
      ? (event.target.closest<HTMLElement>("[data-address]")?.dataset["address"] ?? null)
      : null;
  root.addEventListener("click", (event) => {
    const address = addressOf(event);
    if (address !== null) open(address);
  });
  root.addEventListener("keydown", (event) => {
    const address = event.key === "Enter" && !event.repeat ? addressOf(event) : null;
    if (address !== null) open(address);
  });
}
