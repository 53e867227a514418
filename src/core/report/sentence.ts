// Reasons as the loop gives them ("no pair has ...") in places where whole sentences stand.

/** The text with a capital at its start and an end mark; both as they are where they are there. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.charAt(0).toUpperCase();
  return `${start}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) || trimmed === "" ? "" : "."}`;
}
