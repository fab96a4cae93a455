/** Rows as CSV, as RFC 4180 has it. */

export type CsvCell = string | number | bigint | boolean | null | undefined;

/** Lines end with a line feed; what is missing is blank. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(",")}\n`).join("");
}

function cellText(value: CsvCell): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
