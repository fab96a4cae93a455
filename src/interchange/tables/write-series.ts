/** Writes a column of a table as the evidence of a case: a series of what was observed, with its dates. */

import type { Document, Span } from "#text/span.ts";
import { format } from "#language/formatter.ts";
import { fileNameOf } from "../file-name.ts";
import { checkModelText, lineSpan, UnreadableFile } from "../problem.ts";
import { quotedText } from "../quoted-text.ts";

/** What the command line says of the series. */
interface SeriesWish {
  readonly name: string;
  /** What of the case it observes, as an expression. */
  readonly of: string;
  readonly dates: string;
  readonly values: string;
  /** Written behind each figure: `percent`. */
  readonly unit: string;
  readonly error: string;
  readonly discrepancy: string;
}

interface TableRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The first few names of columns, none longer than a line takes. */
function shownNames(names: readonly string[]): string {
  const few = names.slice(0, 20).map((name) => (name.length <= 40 ? name : `${name.slice(0, 39)}…`));
  if (few.length === 0) return "none";
  return few.join(", ") + (names.length > few.length ? `, and ${names.length - few.length} more` : "");
}

/** `rows` begin with the names of the columns. Rows without a figure are passed over. Throws `UnreadableFile` at a date or figure that is none. */
export function writeSeries(document: Document, rows: readonly TableRow[], wish: SeriesWish): string {
  checkModelText(document.name, document.text);
  const [head, ...body] = rows;
  const placeOf = (line: number): Span => lineSpan(document, line);
  const column = (name: string): number => {
    const at = head?.cells.findIndex((c) => c.trim() === name) ?? -1;
    if (at < 0)
      throw new UnreadableFile(
        `there is no column '${name}'`,
        placeOf(head?.line ?? 1),
        `its columns are ${shownNames(head?.cells ?? [])}`,
      );
    return at;
  };
  const [dates, values] = [column(wish.dates), column(wish.values)];
  const points = body.flatMap(({ line, cells }) => {
    const value = (cells[values] ?? "").trim();
    if (value === "" || /^(?:na|nan|null)$/i.test(value)) return [];
    const date = dateOf((cells[dates] ?? "").trim());
    if (date === null)
      throw new UnreadableFile(
        `'${cells[dates] ?? ""}' is no date`,
        placeOf(line),
        "write 2024-05, 2024-05-17 or a year",
      );
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
      throw new UnreadableFile(
        `'${value}' is no number`,
        placeOf(line),
        "leave the cell blank where there is no figure",
      );
    return [`${date} -> ${Number(value)}${wish.unit === "" ? "" : ` ${wish.unit}`}`];
  });
  if (points.length === 0)
    throw new UnreadableFile(
      `the column '${wish.values}' holds no figure`,
      placeOf(head?.line ?? 1),
      "name a column with figures",
    );
  const fileName = fileNameOf(document.name);
  const text = `evidence ${wish.name} of ${wish.of} error ${wish.error} discrepancy ${wish.discrepancy} =\n    ${points.join(",\n    ")}\n  from ${quotedText(`${fileName}, column ${wish.values}`)}\n`;
  return format({ name: "series.casus", text });
}

/** `2024`, `2024-05`, `2024-05-17`, with slashes too, and a time of day cut off. */
function dateOf(text: string): string | null {
  const found = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ].*)?$/.exec(text);
  if (found === null) return null;
  const [, year = "", month = "1", day] = found;
  return `${year}-${month.padStart(2, "0")}${day === undefined ? "" : `-${day.padStart(2, "0")}`}`;
}
