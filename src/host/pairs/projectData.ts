// Adding a data file and its mapping to project.json. No VS Code here.
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { projectFileName } from "../../data/projectFile.ts";

export interface AddedFile {
  /** As it stands in the file: from the folder, or absolute. */
  readonly path: string;
  readonly mapping: FieldMapping | null;
}

/**
 * The text of project.json with the file among its data, and with the mapping where there is one. All other
 * fields stay, also those that this version does not know; indentation, line ends and a byte order mark too.
 * Answers the same text where nothing changes.
 * @throws Error where the text is no JSON object with a list of data files
 */
export function withDataFile(text: string, { path, mapping }: AddedFile): string {
  const project = objectIn(text);
  const data = project["data"] ?? [];
  if (!Array.isArray(data)) {
    throw new Error(`${projectFileName}: data: expected a list of files; correct it first.`);
  }
  const known = data as readonly unknown[];
  const next: Record<string, unknown> = { ...project };
  if (!known.includes(path)) next["data"] = [...known, path];
  if (mapping !== null) next["mapping"] = mapping;
  if (JSON.stringify(next) === JSON.stringify(project)) return text;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const end = text.endsWith("\n") ? "\n" : "";
  const written = `${mark}${JSON.stringify(next, null, indent)}${end}`;
  return text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`${projectFileName} is not JSON; correct it first.`, { cause: error });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`${projectFileName}: expected an object; correct it first.`);
}
