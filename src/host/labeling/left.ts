// How many pairs of a data file wait for a verdict, the same on the label page and in the queue.
import type { JudgedLog } from "../../core/labeling/judgedLog.ts";
import type { PairStream } from "./pairStreams.ts";

/** Pairs that others judged are known to the log before the order reaches them. */
export function leftOf(stream: PairStream, log: JudgedLog): number {
  const most = stream.size - log.judged.size - log.skipped.size;
  return Math.max(0, Math.min(stream.left(log), most));
}
