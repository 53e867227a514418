// What can be done in the tab "How it is read".
import type { FieldMapping } from "../../src/core/fieldMapping.ts";
import { announce } from "../ui/announce.ts";
import { answerOf } from "./answers.ts";
import type { PairsPage } from "./page.ts";
import type { Tab } from "./state.ts";
import { counted } from "./words.ts";

/** Shows a tab; the file's reading is asked for when it is first seen. */
export function showTab(page: PairsPage, tab: Tab): void {
  page.set({ tab });
  const { preview, mapping } = page.state.reading;
  if (tab === "reading" && preview.is !== "there") void askPreview(page, mapping);
}

/** Reads the first rows under these columns; what was shown stays until the answer is there. */
export async function askPreview(page: PairsPage, mapping: FieldMapping | null): Promise<void> {
  page.set({ reading: { ...page.state.reading, mapping, problem: null } });
  const preview = await answerOf(page.host.request("preview", { mapping }));
  const { reading } = page.state;
  if (reading.mapping !== mapping) return;
  page.set({ reading: { ...reading, preview } });
  if (preview.is === "failed") return;
  const { problem, samples, form } = preview.value;
  announce(problem ?? `Read as ${form}, ${counted(samples.length, "sample pair")}.`);
}

/** Makes the file the project's data, with the columns that were chosen. */
export async function useFile(page: PairsPage): Promise<void> {
  const { mapping } = page.state.reading;
  const used = await answerOf(page.host.request("useFile", { mapping }));
  const problem = used.is === "failed" ? used.reason : null;
  page.set({ reading: { ...page.state.reading, problem } });
}
