// What changed, for people who do not see it.

/** Says a sentence through the page's live region; the same sentence again is said again. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcer");
  if (region === null) return;
  // Screen readers speak changes only: a no-break space more or less makes one of the same words.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}
