/** Reads off a table's own cells what each of its columns holds: years, numbers, words or text. */

import type { CsvRow } from "./csv.ts";
import { numberCell } from "./rows.ts";

/** A column as its cells show it. */
export interface FoundColumn {
  readonly name: string;
  readonly type: "number" | "year" | "words" | "text";
  /** Of a column of words: each once, in alphabetical order. None where every cell is blank. */
  readonly words: readonly string[];
}

/** Different words of a column that a comparison can still be about; a column with more holds names or remarks. */
const mostWords = 30;

const word = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;

/**
 * The columns of a table whose first row names them. Blank cells show nothing; a column of whole numbers from 1000 to 2199 holds years. Columns whose
 * head is no name, or is there twice, cannot be asked about and are left out.
 */
export function findColumns(rows: readonly CsvRow[]): readonly FoundColumn[] {
  const [head, ...body] = rows;
  const names = head?.cells.map((cell) => cell.trim()) ?? [];
  return names.flatMap((name, i): FoundColumn[] => {
    if (!word.test(name) || names.indexOf(name) !== names.lastIndexOf(name)) return [];
    const cells = new Set<string>();
    for (const { cells: row } of body) {
      const cell = (row[i] ?? "").trim();
      if (cell !== "" && row.length === names.length) cells.add(cell);
    }
    return [{ name, ...columnOf([...cells]) }];
  });
}

function columnOf(cells: readonly string[]): Omit<FoundColumn, "name"> {
  const every = (fits: (cell: string) => boolean): boolean => cells.every(fits);
  if (cells.length === 0) return { type: "words", words: [] };
  if (every((cell) => /^(?:1\d|2[01])\d\d$/.test(cell))) return { type: "year", words: [] };
  if (every((cell) => numberCell.test(cell))) return { type: "number", words: [] };
  if (cells.length <= mostWords && every((cell) => word.test(cell))) return { type: "words", words: cells.toSorted() };
  return { type: "text", words: [] };
}
