/** What the columns of a table hold, read off their cells. */

import { describe, expect, it } from "vitest";
import { findColumns } from "#evidence/columns.ts";
import { readCsv } from "#evidence/csv.ts";

function columns(text: string): Readonly<Record<string, string>> {
  const csv = readCsv(text);
  if (!csv.ok) throw new Error(csv.why);
  return Object.fromEntries(
    findColumns(csv.rows).map((c) => [c.name, c.type === "words" ? c.words.join("|") : c.type]),
  );
}

describe("the columns of a table", () => {
  it("hold years, numbers, words or text, by what their cells hold", () => {
    expect(columns("begun,cases,war,note\n1948,3,yes,first one\n2008,-4.5e2,no,\n1950,.5,,third\n")).toEqual({
      begun: "year",
      cases: "number",
      war: "no|yes",
      note: "text",
    });
  });

  it("hold years only where every cell is one", () => {
    expect(columns("a,b,c\n1948,1948,948\n2199,2200,1948\n")).toEqual({ a: "year", b: "number", c: "number" });
  });

  it("hold nothing where every cell is blank, or the row is of another length", () => {
    expect(columns("a,b\n,\n1\n2,,3\n")).toEqual({ a: "", b: "" });
  });

  it("hold text where there are more words than a comparison can be about", () => {
    const rows = (n: number) => `who\n${Array.from({ length: n }, (_, i) => `state_${i}`).join("\n")}\n`;
    expect(columns(rows(30))["who"]).toContain("state_29");
    expect(columns(rows(31))).toEqual({ who: "text" });
  });

  it("are left out where nobody could name them", () => {
    expect(columns("fine, trimmed ,two words,1st,twice,twice\n1,2,3,4,5,6\n")).toEqual({
      fine: "number",
      trimmed: "number",
    });
    expect(columns("")).toEqual({});
  });
});
