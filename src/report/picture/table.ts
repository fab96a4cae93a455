/** The figures behind a chart: columns and rows of words, as a table of nodes, as Markdown and as comma-separated values. */

import { element, type Element } from "./element.ts";

export interface DataTable {
  /** What the rows are. */
  readonly caption: string;
  /** The first column heads the rows. */
  readonly columns: readonly string[];
  /** One cell for each column; figures as people read them, with their unit in the column's head. */
  readonly rows: readonly (readonly string[])[];
}

const isFigure = /^[−+–]?[\d,.]+( ?±.*| \(exact\))?$/;

export function tableNode(table: DataTable): Element {
  const [first = "", ...others] = table.columns;
  const align = table.columns.map((_, c) => table.rows.every((r) => isFigure.test(r[c] ?? "") || (r[c] ?? "") === "–"));
  const cell = (text: string, c: number): Element =>
    c === 0 && align[0] !== true
      ? element("th", { scope: "row" }, text)
      : element("td", align[c] === true ? { class: "figure" } : {}, text);
  return element(
    "table",
    {},
    element("caption", {}, table.caption),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...[first, ...others].map((h, c) =>
          element("th", { scope: "col", class: align[c] === true ? "figure" : undefined }, h),
        ),
      ),
    ),
    element("tbody", {}, ...table.rows.map((r) => element("tr", {}, ...r.map(cell)))),
  );
}

export function tableMarkdown(table: DataTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(" | ")} |`;
  return [row(table.columns), `|${table.columns.map(() => "---").join("|")}|`, ...table.rows.map(row)].join("\n");
}

/** Words as Markdown shows them, whatever they hold: no markup, no link, no new line. */
export function markdownText(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, " ")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(/[\\`*_{}[\]()#|~!$]/g, String.raw`\$&`)
      .replaceAll(/^(\s*)([-+>])/g, String.raw`$1\$2`)
      // A number and a full stop would begin a list; a digit itself cannot be escaped.
      .replaceAll(/^(\s*\d+)\.(?=\s|$)/g, String.raw`$1\.`)
  );
}

/** RFC 4180. A cell that a spreadsheet would take for a formula is led by an apostrophe. */
export function tableCsv(table: DataTable): string {
  const cell = (text: string): string => {
    const safe = /^[=@\t\r]|^[+-](?!\d)/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [table.columns, ...table.rows].map((r) => `${r.map(cell).join(",")}\r\n`).join("");
}
