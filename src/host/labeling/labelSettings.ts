// The user's settings of the label page, as VS Code has them.
import * as vscode from "vscode";
import { keyPresets, resolveKeys, type KeyPreset } from "../../protocol/page/keyMap.ts";
import type { LabelSettings } from "../../protocol/page/labelPage.ts";
import { raterName } from "./rater.ts";

const arrangements = ["auto", "side-by-side", "stacked"] as const;

/** What the page needs to know; a value of no use is as if it were not set. */
export function labelSettings(): LabelSettings {
  const given = vscode.workspace.getConfiguration("ssrm.label");
  const preset = given.get<unknown>("keyPreset");
  const { keys, problems } = resolveKeys(
    keyPresets.find((one) => one === preset) ?? ("numbers" satisfies KeyPreset),
    given.get<unknown>("keys"),
  );
  const arrangement = given.get<unknown>("arrangement");
  const breakAfter = numberOf(given.get<unknown>("breakAfterMinutes"), 0);
  return {
    keys,
    keyProblems: problems,
    arrangement: arrangements.find((one) => one === arrangement) ?? "auto",
    idleMs: 1000 * Math.max(1, numberOf(given.get<unknown>("idleSeconds"), 30)),
    breakAfterMinutes: breakAfter > 0 ? breakAfter : null,
    isScrollSynchronous: given.get<unknown>("synchronousScroll") !== false,
  };
}

/** Remembers how the person likes the page, in all folders. */
export async function keepArrangement(arrangement: LabelSettings["arrangement"]): Promise<void> {
  await vscode.workspace
    .getConfiguration("ssrm.label")
    .update("arrangement", arrangement, vscode.ConfigurationTarget.Global);
}

/** Who labels: the name in the setting, else the one that git or the system has. */
export async function currentRater(folder: string | null): Promise<string> {
  const given = vscode.workspace.getConfiguration("ssrm").get<unknown>("rater");
  const name = typeof given === "string" ? given.trim().slice(0, 200) : "";
  return name === "" ? raterName(folder) : name;
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}
