/** Reads JSON lines as a table: one object for each line, the columns in the order in which they first appear. */

import type { Csv, CsvRow } from "./csv.ts";

/** The first row holds the names. A value that is missing or null is blank; an object or a list in a cell is refused with its line. */
export function readJsonLines(text: string): Csv {
  const names: string[] = [];
  const objects: { readonly line: number; readonly values: Readonly<Record<string, unknown>> }[] = [];
  for (const [i, written] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (written.trim() === "") continue;
    const line = i + 1;
    let value: unknown;
    try {
      value = JSON.parse(written);
    } catch {
      return { ok: false, line, why: "this line is no JSON" };
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return { ok: false, line, why: 'this line is no JSON object, such as {"year": 1948}' };
    const values = value as Readonly<Record<string, unknown>>;
    for (const [name, cell] of Object.entries(values)) {
      if (typeof cell === "object" && cell !== null)
        return { ok: false, line, why: `'${name}' holds more than one value` };
      if (!names.includes(name)) names.push(name);
    }
    objects.push({ line, values });
  }
  const rows = objects.map(({ line, values }): CsvRow => ({
    line,
    cells: names.map((name) => cellText(values, name)),
  }));
  return { ok: true, rows: names.length === 0 ? [] : [{ line: 1, cells: names }, ...rows] };
}

function cellText(values: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(values, name) ? values[name] : null;
  return value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
