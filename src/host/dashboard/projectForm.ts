// The run form and the settings of project.json: reading the form from the file, and writing it back so that
// everything else in the file stays. No VS Code here.
import {
  defaultRunSettings,
  parseProjectFile,
  projectFileName,
  runSettingsOf,
  type ProjectFile,
} from "../../data/projectFile.ts";
import type { FormSettings } from "../../protocol/page/dashboardPage.ts";

const formFields = [
  "model",
  "threshold",
  "confidence",
  "iterations",
  "start",
  "keep",
  "seed",
  "seedCount",
  "seedFraction",
] as const satisfies readonly (keyof FormSettings)[];

/** The form of a project, defaults filled in; of no project, the defaults. */
export function formOf(file: ProjectFile | null): FormSettings {
  const settings = file === null ? defaultRunSettings : runSettingsOf(file);
  const { model, threshold, confidence, iterations, start, keep, seed } = settings;
  const { seedCount, seedFraction } = settings;
  return { model, threshold, confidence, iterations, start, keep, seed, seedCount, seedFraction };
}

/**
 * The text of project.json with the form's settings: fields that the form does not change stay as they are,
 * also those that this version does not know, and a setting that is what it was by default is not written.
 * Answers the same text where nothing changes, otherwise JSON with 2 spaces.
 * @throws Error that names each field that is wrong, what was expected and what was got; where the file is no
 * JSON object
 */
export function withForm(text: string, form: FormSettings): string {
  checkForm(form);
  const project = objectIn(text);
  const given = project["settings"] ?? {};
  if (!isObject(given)) {
    throw new Error(`${projectFileName}: settings: expected an object; correct the file first.`);
  }
  const settings = { ...given };
  for (const field of formFields) {
    const now = settings[field] ?? defaultRunSettings[field];
    if (now !== form[field]) settings[field] = form[field];
  }
  // A fraction takes the place of a count, which would otherwise decide.
  if (form.seedCount === null && typeof given["seedCount"] === "number") {
    delete settings["seedCount"];
  }
  if (JSON.stringify(settings) === JSON.stringify(given)) return text;
  const end = text.endsWith("\n") ? "\n" : "";
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  return `${mark}${JSON.stringify({ ...project, settings }, null, 2)}${end}`;
}

/** The schema of project.json is the one place where the bounds stand. */
function checkForm(form: FormSettings): void {
  try {
    parseProjectFile(JSON.stringify({ data: ["-"], settings: form }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replaceAll(`${projectFileName}: `, "").replaceAll("settings.", ""), {
      cause: error,
    });
  }
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`${projectFileName} is not JSON any more; correct it first.`, { cause: error });
  }
  if (isObject(value)) return value;
  throw new Error(`${projectFileName}: expected an object; correct it first.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
