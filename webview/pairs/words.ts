// Numbers as this page writes them.

// One format for all: making it anew takes longer than a row's other words together.
const wholeNumbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 1,234,567. */
export function whole(value: number): string {
  return wholeNumbers.format(value);
}

/** "1 row", "1,234 rows". */
export function counted(value: number, one: string): string {
  return `${whole(value)} ${value === 1 ? one : `${one}s`}`;
}

/** 0.734 is "73 %", 0.7345 is "73.5 %" only where `digits` says so. */
export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`;
}

/** 1536 is "1.5 kB". */
export function fileSize(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
