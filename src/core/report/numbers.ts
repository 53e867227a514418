// How numbers are written in reports: one way each for shares, ranges, counts, differences and times. A
// value that is missing or not finite is an em dash.

/** What stands where there is no value. */
export const noValue = "—";

/** 0.593 is "59 %", with one digit "59.3 %". The blank does not break. */
export function percent(value: number | null, digits = 0): string {
  return isNumber(value) ? `${plain(value * 100, digits)}\u00A0%` : noValue;
}

/** "57–61 %" from 0.57 and 0.61. */
export function percentRange(low: number | null, high: number | null, digits = 0): string {
  if (!isNumber(low) || !isNumber(high)) return noValue;
  return `${plain(low * 100, digits)}–${plain(high * 100, digits)}\u00A0%`;
}

/** A difference of shares in percentage points with its sign, one digit: "+0.8" from 0.008, "−2.1", "0.0". */
export function points(difference: number): string {
  const text = plain(Math.abs(difference) * 100, 1);
  if (!isNumber(difference) || text === "0.0") return isNumber(difference) ? text : noValue;
  return `${difference < 0 ? "−" : "+"}${text}`;
}

/** A number with this many digits after the point: "0.693", "−0.12". */
export function fixed(value: number | null, digits: number): string {
  return isNumber(value) ? plain(value, digits) : noValue;
}

/** "1.52–2.10" */
export function fixedRange(low: number | null, high: number | null, digits: number): string {
  if (!isNumber(low) || !isNumber(high)) return noValue;
  return `${plain(low, digits)}–${plain(high, digits)}`;
}

/** A whole number with commas between thousands: "11,603". */
export function thousands(value: number | null): string {
  return isNumber(value) ? plain(Math.round(value), 0) : noValue;
}

/** "1 pair", "2,303 pairs" */
export function counted(value: number, noun: string): string {
  return `${thousands(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A count in at most four characters, for marks in a chart: "812", "1.2k", "6k", "35k", "1.1M". */
export function shortCount(value: number): string {
  for (const [unit, size] of [
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    // 999,500 is "1M" and not "1000k".
    if (value >= size * 0.9995) {
      const scaled = value / size;
      return `${plain(scaled, scaled < 9.95 ? 1 : 0).replace(/\.0$/, "")}${unit}`;
    }
  }
  return plain(value, 0);
}

/** A count beside an axis: whole below 100,000, then in four characters. */
export function axisCount(value: number): string {
  return value < 1e5 ? thousands(value) : shortCount(value);
}

/** A length of time: "0.4 s", "58 s", "2 min 05 s", "3 h 07 min". */
export function duration(seconds: number): string {
  if (!isNumber(seconds)) return noValue;
  if (seconds < 9.95) return `${plain(seconds, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A size in bytes, in powers of 1,000: "812 B", "1.2 MB". */
export function byteSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${plain(value, unit > 0 && value < 9.95 ? 1 : 0)} ${units[unit]!}`;
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function plain(value: number, digits: number): string {
  const [whole = "", fraction] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  // A value that rounds to nothing has no sign.
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}
