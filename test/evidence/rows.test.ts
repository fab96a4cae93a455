/** Tables: cells with their lines, values by a schema, and what does not fit told by line and column. */

import { describe, expect, it } from "vitest";
import { readCsv } from "#evidence/csv.ts";
import { readRows, type ColumnSchema } from "#evidence/rows.ts";

const column = (name: string, type: ColumnSchema["type"], more: Partial<ColumnSchema> = {}): ColumnSchema => ({
  name,
  type,
  factor: 1,
  words: [],
  alternative: null,
  ...more,
});

const schema = [
  column("year", "year"),
  column("dead", "number", { factor: 1000 }),
  column("end", "words", { words: ["win", "loss"] }),
  column("note", "text"),
];

function read(text: string) {
  const csv = readCsv(text);
  if (!csv.ok) throw new Error(csv.why);
  return readRows(csv.rows, schema);
}

describe("a table", () => {
  it("gives values in base units, words by their place, blanks as null, and the line each row begins on", () => {
    const { rows, problems } = read('\uFEFFnote,year,dead,end\r\n"a, ""b""\nc",1856,1.5,loss\r\n\r\nd,,,\r\n');
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.line, r.values["year"], r.values["dead"], r.values["end"], r.texts["note"]])).toEqual([
      [2, 1856, 1500, 1, 'a, "b"\nc'],
      [5, null, null, null, "d"],
    ]);
  });

  it("leaves out rows that do not fit and tells each cell by line and column", () => {
    const { rows, problems } = read("year,dead,end,note\n1856,1,loss,x\n18560,1 000,lost,x\n1900,2\n");
    expect(rows.map((r) => r.line)).toEqual([2]);
    expect(problems.map((p) => [p.line, p.column])).toEqual([
      [3, "year"],
      [3, "dead"],
      [3, "end"],
      [4, null],
    ]);
  });

  it("refuses a table without a column of the schema, or with it twice", () => {
    expect(read("year,dead,end\n").problems.map((p) => p.column)).toEqual(["note"]);
    expect(read("year,year,dead,end,note\n").problems.map((p) => p.found)).toEqual(["the column twice"]);
  });

  it("refuses a text of no lines: its first has to name the columns", () => {
    expect(read("")).toMatchObject({ rows: [], problems: [{ line: 1, column: null, found: "nothing" }] });
  });

  it("says on which line the text ends with a quote left open", () => {
    expect(readCsv('a,b\n1,"2\n3,4\n')).toMatchObject({ ok: false, line: 3 });
    expect(readCsv("")).toEqual({ ok: true, rows: [] });
  });
});
