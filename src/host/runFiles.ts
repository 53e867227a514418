// Reads what a run has written down: run.json, iterations.jsonl, queue.jsonl.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { QueueItem, RunInfo, RunRecord } from "../core/records.ts";
export async function readRunInfo(dir: string): Promise<RunInfo> {
  return JSON.parse(await readFile(join(dir, "run.json"), "utf8"));
}
export async function readRunRecords(dir: string): Promise<RunRecord[]> {
  return (await readFile(join(dir, "iterations.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l));
}
export async function readRunQueue(dir: string): Promise<QueueItem[]> {
  return (await readFile(join(dir, "queue.jsonl"), "utf8"))
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l));
}
export async function isRunOwned(dir: string): Promise<boolean> {
  return false;
}
export async function runOwner(dir: string): Promise<number | null> {
  return null;
}
