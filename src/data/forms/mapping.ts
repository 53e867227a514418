// A mapping from the user renames columns before a row's form is looked for, so that every form, and every
// message about one, works for mapped files too.
import type { FieldMapping } from "../../core/fieldMapping.ts";
import { DataError } from "../dataError.ts";
import { nearestName } from "../nearest.ts";
import { own, type RawRow } from "./rowValues.ts";

type Field = keyof FieldMapping;

/** The name under which the forms look for each field. */
const columnOf: Readonly<Record<Field, string>> = {
  prompt: "prompt",
  responseA: "response_a",
  responseB: "response_b",
  chosen: "chosen",
  rejected: "rejected",
  verdict: "winner",
  id: "id",
};

/** Columns of the forms that a mapping to the other way of writing a pair takes the place of. */
const setAside: Readonly<Partial<Record<Field, readonly string[]>>> = {
  responseA: ["chosen", "rejected", "responses"],
  chosen: ["response_a", "response_b", "responses"],
  verdict: ["preference", "verdict", "label"],
};

/** The row with the mapped columns under the forms' names, the others as they are. */
export function mapRow(row: RawRow, mapping: FieldMapping): RawRow {
  const values = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(row.values)) values[name] = value;
  for (const field of fieldsOf(mapping)) {
    for (const name of setAside[field] ?? []) Reflect.deleteProperty(values, name);
  }
  for (const field of fieldsOf(mapping))
    values[columnOf[field]] = atPath(row.values, mapping[field]!);
  return { values, cells: row.cells };
}

/**
 * Checks a mapping against a file's first rows.
 * @throws DataError naming a column that none of them has, and the nearest that they have
 */
export function checkMapping(path: string, rows: readonly RawRow[], mapping: FieldMapping): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  for (const field of fieldsOf(mapping)) {
    const column = mapping[field]!;
    if (rows.length === 0 || rows.some((row) => atPath(row.values, column) !== undefined)) continue;
    const near = nearestName(column, columns);
    throw new DataError(
      `${path}: the mapping of "${field}" expects a column ${JSON.stringify(column)}, but the file has ${columns
        .slice(0, 20)
        .map((name) => JSON.stringify(name))
        .join(
          ", ",
        )}${near === null ? "" : `: did you mean ${JSON.stringify(near)}?`} Correct "mapping" in .ssrm/project.json.`,
    );
  }
}

function fieldsOf(mapping: FieldMapping): readonly Field[] {
  return (Object.keys(columnOf) as Field[]).filter((field) => mapping[field] !== undefined);
}

/** A column by its name, or by a path into nested objects: `data.answer1`. Undefined where there is none. */
function atPath(values: object, path: string): unknown {
  if (Object.hasOwn(values, path)) return own(values, path);
  let at: unknown = values;
  const keys = path.split(".");
  for (const key of keys) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = own(at, key);
  }
  return at;
}
