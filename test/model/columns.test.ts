/** Columns that a record leaves unsaid: they are what its file shows. */

import { describe, expect, it } from "vitest";
import { columnsOfTable } from "#analysis/record/tables.ts";
import { readModel } from "#model/check.ts";

const table = "year,war,war_alt,watched,cases,remark\n1948,yes,,2.5,1200,a b\n1950,no,disputed,3,1300,\n";

function readWith(record: string, test: string, file: string | null = table) {
  const text = `case c "C?"\nclaim k causal "K." { credence 50% }\nrecord r { file "r.csv" ${record} }\ntest t of k on r: ${test}\n`;
  const [model, found] = readModel([{ name: "c.casus", text }], (name) =>
    file === null ? null : columnsOfTable(name, file),
  );
  return {
    codes: found.map((d) => d.code),
    columns: Object.fromEntries(
      (model?.records[0]?.columns ?? []).map((c) => [c.name, [c.type, ...c.words, c.unit?.label ?? ""].join(" ")]),
    ),
    record: model?.records[0],
  };
}

describe("columns left unsaid", () => {
  it("are those that the case asks about, as the file shows them", () => {
    const { codes, columns, record } = readWith("known by year count cases", "share(war = yes | watched > 2) < 20%");
    expect(codes).toEqual([]);
    expect(columns).toEqual({ year: "year ", war: "words no yes ", watched: "number number", cases: "year " });
    expect([record?.knownBy, record?.count]).toEqual(["year", "cases"]);
  });

  it("mean the same as columns that are said", () => {
    const said = readWith("column war : no | yes column watched : number", "share(war = yes | watched > 2) < 20%");
    const found = readWith("", "share(war = yes | watched > 2) < 20%");
    expect(found.columns).toEqual(said.columns);
  });

  it("share their words with another coding", () => {
    const { codes, columns } = readWith("column war or war_alt", "share(war = disputed) < 20%");
    expect(codes).toEqual([]);
    expect(columns).toEqual({ war: "words disputed no yes ", war_alt: "words disputed no yes " });
    // A line that says what one holds says it of the other.
    expect(readWith("column war : yes | no | disputed or war_alt", "share(war = yes) < 20%").columns).toEqual({
      war: "words yes no disputed ",
      war_alt: "words yes no disputed ",
    });
  });

  it("are reported where they are not there, or what they hold cannot be compared so", () => {
    expect(readWith("", "share(wra = yes) < 20%").codes).toContain("unknown-name");
    expect(readWith("", "share(war = maybe) < 20%").codes).toEqual(["unknown-option"]);
    expect(readWith("", "share(remark = yes) < 20%").codes).toContain("text-column");
    expect(readWith("column wra or war_alt", "share(war = yes) < 20%").codes).toEqual(["unknown-name"]);
    expect(readWith("known by watched", "share(war = yes) < 20%").codes).toEqual(["column-type"]);
  });

  it("have to be said where the file cannot be read", () => {
    expect(readWith("", "share(war = yes) < 20%", null).codes).toContain("columns-unread");
    expect(readWith("column war or war_alt", "share(war = yes) < 20%", null).codes).toContain("columns-unread");
    expect(readWith("column war : yes | no", "share(war = yes) < 20%", null).codes).toEqual([]);
  });
});
