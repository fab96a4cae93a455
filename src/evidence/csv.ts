/** Reads the cells of a CSV file with the line of each row, or says where and why it cannot be read. */

import { parse } from "csv-parse/browser/esm/sync";

export interface CsvRow {
  /** From 1, of the row's first line. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type Csv =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly line: number; readonly why: string };

/** RFC 4180, with or without a byte-order mark; empty lines are passed over, rows of any length come through. */
export function readCsv(text: string, delimiter: "," | "\t" = ","): Csv {
  try {
    const found = parse(text, { delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
    // The parser tells the line on which a row ends.
    const breaks = (cells: readonly string[]): number =>
      cells.reduce((n, cell) => n + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    return {
      ok: true,
      rows: found.map(({ record, info }) => ({ line: info.lines - breaks(record), cells: record })),
    };
  } catch (error) {
    const lines = error instanceof Error && "lines" in error ? Number(error.lines) : 1;
    const why = error instanceof Error ? error.message.replace(/ at line \d+.*$/, "") : String(error);
    return { ok: false, line: Number.isFinite(lines) ? lines : 1, why: why.toLowerCase() };
  }
}
