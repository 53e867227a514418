// One sentence for every way in which the engine process can end. Pure.

/** What is known of a process that has ended. */
export interface Exit {
  readonly pid: number;
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to stderr. */
  readonly stderr: string;
  /** Why we ended it ourselves, null where we did not. */
  readonly killedBecause: string | null;
}

/** Says in one sentence why the process is gone, and what can be done about it where that is known. */
export function deathCause(exit: Exit): string {
  const who = `The engine (process ${exit.pid})`;
  if (exit.killedBecause !== null) return `${who} was ended: ${exit.killedBecause}.`;
  if (/heap out of memory|Allocation failed/i.test(exit.stderr)) {
    return `${who} ran out of JavaScript memory; raise the setting ssrm.engine.memoryMb.`;
  }
  if (exit.signal === "SIGKILL" || exit.code === 137) {
    const how = exit.signal === null ? "code 137" : "signal SIGKILL";
    return `${who} was killed from outside (${how}): by the system where memory ran out, or by hand.`;
  }
  if (exit.signal !== null) {
    return `${who} died of signal ${exit.signal}${signalMeaning(exit.signal)}${lastLine(exit.stderr)}.`;
  }
  if (exit.code === 0) {
    return `${who} ended by itself with code 0 although it had work to do${lastLine(exit.stderr)}.`;
  }
  return `${who} ended with code ${exit.code ?? "unknown"}${lastLine(exit.stderr)}.`;
}

function signalMeaning(signal: string): string {
  switch (signal) {
    case "SIGSEGV":
    case "SIGBUS":
    case "SIGILL":
    case "SIGFPE":
      return " (a crash in native code)";
    case "SIGABRT":
      return " (it gave up by itself)";
    case "SIGTERM":
    case "SIGINT":
    case "SIGHUP":
      return " (ended from outside)";
    default:
      return "";
  }
}

function lastLine(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  // Node prints the error, its stack and its own version: the error is the line to show.
  const line =
    lines.find((text) => /^\w*Error\b.*:/.test(text)) ??
    lines.findLast((text) => text !== "" && !text.startsWith("at ") && !text.startsWith("Node.js"));
  if (line === undefined) return "";
  const short = line.length > 200 ? `${line.slice(0, 197)}...` : line;
  return `: ${short.replace(/\.$/, "")}`;
}
