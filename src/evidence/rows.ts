/** Reads the rows of a table by its schema, and reports every cell that does not fit by line and column. */

import type { CsvRow } from "./csv.ts";

export interface ColumnSchema {
  readonly name: string;
  readonly type: "number" | "text" | "year" | "words";
  /** What a written number is multiplied by; 1 but for numbers in a unit. */
  readonly factor: number;
  /** For words: what may stand there; a value is its place in this list, from 0. */
  readonly words: readonly string[];
  /** The column that holds another coding where one is disputed; blank where none is. */
  readonly alternative: string | null;
}

/** A number as a table may have it: digits with at most one point, and a power of ten. */
export const numberCell = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** By column: a number, a year, the place of a word, or null where the cell is blank; a text is kept as it is. */
export interface RecordRow {
  readonly line: number;
  readonly values: Readonly<Record<string, number | null>>;
  readonly texts: Readonly<Record<string, string>>;
}

export interface RowProblem {
  readonly line: number;
  readonly column: string | null;
  readonly found: string;
  readonly wanted: string;
}

export interface RecordRows {
  readonly rows: readonly RecordRow[];
  readonly problems: readonly RowProblem[];
}

/** Rows above this are refused, as are cells longer than `longestCell`: a table is read by people. */
const mostRows = 200_000;
const longestCell = 20_000;

/** The first row names the columns; those the schema does not have are not read. A row with a cell that does not fit is left out, and told. */
export function readRows(csv: readonly CsvRow[], schema: readonly ColumnSchema[]): RecordRows {
  const [head, ...body] = csv;
  if (head === undefined)
    return {
      rows: [],
      problems: [{ line: 1, column: null, found: "nothing", wanted: "a first line that names the columns" }],
    };
  const problems: RowProblem[] = schema.flatMap(({ name }): RowProblem[] => {
    const times = head.cells.filter((cell) => cell.trim() === name).length;
    if (times === 1) return [];
    return [
      {
        line: head.line,
        column: name,
        found: times === 0 ? "no such column" : "the column twice",
        wanted: `one column '${name}' among ${head.cells.map((c) => c.trim()).join(", ")}`,
      },
    ];
  });
  if (body.length > mostRows)
    problems.push({ line: head.line, column: null, found: `${body.length} rows`, wanted: `at most ${mostRows}` });
  if (problems.length > 0) return { rows: [], problems };
  const place = new Map(schema.map(({ name }) => [name, head.cells.findIndex((cell) => cell.trim() === name)]));
  const rows: RecordRow[] = [];
  for (const { line, cells } of body) {
    const found = readRow(line, cells, head.cells.length, schema, place);
    problems.push(...found.problems);
    if (found.row !== null) rows.push(found.row);
  }
  return { rows, problems };
}

function readRow(
  line: number,
  cells: readonly string[],
  width: number,
  schema: readonly ColumnSchema[],
  place: ReadonlyMap<string, number>,
): { readonly row: RecordRow | null; readonly problems: readonly RowProblem[] } {
  if (cells.length !== width) {
    const found = `${cells.length} ${cells.length === 1 ? "cell" : "cells"}`;
    return { row: null, problems: [{ line, column: null, found, wanted: `${width}, as in the first line` }] };
  }
  const values: Record<string, number | null> = {};
  const texts: Record<string, string> = {};
  const problems: RowProblem[] = [];
  for (const column of schema) {
    const cell = (cells[place.get(column.name) ?? -1] ?? "").trim();
    const wanted = wantedIn(column);
    const value = cell === "" ? null : valueOf(column, cell);
    if (cell.length > longestCell || value === undefined)
      problems.push({ line, column: column.name, found: `'${cell.slice(0, 40)}'`, wanted });
    values[column.name] = value ?? null;
    texts[column.name] = cell;
  }
  return { row: problems.length > 0 ? null : { line, values, texts }, problems };
}

/** Undefined where the cell does not fit. */
function valueOf({ type, factor, words }: ColumnSchema, cell: string): number | null | undefined {
  switch (type) {
    case "text":
      return null;
    case "year":
      return /^-?\d{1,4}$/.test(cell) ? Number(cell) : undefined;
    case "number": {
      const value = numberCell.test(cell) ? Number(cell) * factor : Number.NaN;
      return Number.isFinite(value) ? value : undefined;
    }
    case "words": {
      const index = words.indexOf(cell);
      return index < 0 ? undefined : index;
    }
  }
}

function wantedIn({ type, words }: ColumnSchema): string {
  switch (type) {
    case "text":
      return `a text of at most ${longestCell} characters`;
    case "year":
      return "a year such as 1856";
    case "number":
      return "a finite number such as 12.5, without thousands marks";
    case "words":
      return `one of ${words.join(", ")}`;
  }
}
