/** Units: what a written figure means, what fits with what, and what is told where it does not. */

import { describe, expect, it } from "vitest";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { checked, codesOf, letOf, show, still, twoYears } from "./checked.ts";

/** The value of a constant let in base units. */
function valueOf(head: string, written: string): number {
  const e = letOf(checked(`${head}let x = ${written}\n`), "x").value;
  if (e.op !== "const") throw new Error(`not a constant: ${show(e)}`);
  return e.value;
}

describe("figures in base units", () => {
  it.each([
    ["trip", "trips"],
    ["bus", "buses"],
    ["box", "boxes"],
    ["burglary", "burglaries"],
    ["stay", "stays"],
    ["movie", "movies"],
  ])("of %s has the plural %s", (one, several) => {
    expect(valueOf(`${still}unit ${one}\n`, `3 ${several}`)).toBe(3);
  });

  // A month is a twelfth of 365.25 days, so a day is 12 / 365.25 months and a week 84 / 365.25.
  const byMonth: readonly (readonly [string, number])[] = [
    ["1 month", 1],
    ["2 years", 24],
    ["1 quarter", 3],
    ["1 day", 12 / 365.25],
    ["1 week", 84 / 365.25],
    ["6 percent/year", 0.06 / 12],
    ["7 points", 0.07],
    ["65%", 0.65],
    ["3 usd/month", 3],
    ["1 usd/day", 365.25 / 12],
  ];
  for (const [written, wanted] of byMonth)
    it(`${written} by month`, () => {
      expect(valueOf(twoYears, written)).toBeCloseTo(wanted, 12);
    });

  it("counts in the step's own unit, whichever it is", () => {
    const by = (unit: string): string => `case e "?"\ntime 0 to 10 by ${unit}\n`;
    expect(valueOf(by("day"), "1 month")).toBe(30.4375);
    expect(valueOf(by("week"), "1 year")).toBeCloseTo(365.25 / 7, 12);
    expect(valueOf(by("year"), "1 quarter")).toBe(0.25);
    expect(valueOf(by("quarter"), "1 year")).toBe(4);
  });

  it("counts a static case in years", () => {
    expect(valueOf(still, "6 months")).toBe(0.5);
  });

  it("knows declared units and their multiples, in any order", () => {
    const units = 'unit bn = 1000 million\nunit million = 1e6 usd\nunit brigade "Brigades"\n';
    expect(valueOf(twoYears + units, "2 bn")).toBe(2e9);
    expect(valueOf(twoYears + units, "5 brigade")).toBe(5);
    expect(checked(`${twoYears}${units}let pay = 3 bn/brigade/year`).lets[0]?.unit.dimension).toEqual({
      brigade: -1,
      time: -1,
      usd: 1,
    });
  });

  it("counts dates as times from the start", () => {
    expect(valueOf(twoYears, "2025-01 - start")).toBe(12);
    expect(valueOf(twoYears, "end")).toBe(24);
    // The 16th of April is the 16th of 30 days: fifteen thirtieths of the month have gone.
    expect(valueOf(twoYears, "2024-04-16 - 2024-01")).toBeCloseTo(3.5, 12);
  });
});

describe("what fits", () => {
  const fine: readonly (readonly [string, string])[] = [
    ["a bare zero fits every unit", "let x : usd = if 1 < 2 then 3 usd else 0"],
    ["a truth counts as a plain number", 'claim c causal "C." { }\nlet x : number = c + 1'],
    ["a whole power of a quantity", "let x : usd^2 = (3 usd)^2"],
    ["any power of a plain number", "let x : number = 2^0.5"],
    ["a square root halves the powers", "let x : usd = sqrt(4 usd * 9 usd)"],
    ["a let without a unit takes that of its body", "let a = 3 usd\nlet x : usd = a + 1 usd"],
    ["a unit alone is one of it", "let x : month = 3 * month"],
    ["exp of a ratio", "let x : number = exp(3 months / 1 year)"],
    ["mod of like and like", "let x : month = mod(17 months, 1 year)"],
    ["the least of like and like", "let x : usd = min(1 usd, 2 usd, 0)"],
  ];
  for (const [what, text] of fine)
    it(what, () => {
      expect(codesOf(twoYears + text)).toEqual([]);
    });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["a sum of unlike things", "let x = 1 usd + 1 month", "units-differ"],
    ["a comparison of unlike things", "let x = 1 usd < 1 month", "units-differ"],
    ["branches of unlike things", "let x = if true then 1 usd else 1 month", "units-differ"],
    ["a value that is not in the unit written", "let x : usd = 1 month", "wrong-unit"],
    ["exp of a quantity", "let x = exp(1 usd)", "wrong-unit"],
    ["a broken power of a quantity", "let x = (3 usd)^0.5", "power-not-whole"],
    ["a power that varies", "unknown n : number ~ 1 to 2\nlet x = (3 usd)^n", "power-not-whole"],
    ["a unit nobody declared", "let x = 3 doubloons", "unknown-unit"],
    ["a unit nobody declared, on the left", "stock s : doubloon = 3", "unknown-unit"],
    ["units defined by one another", "unit a = 2 b\nunit b = 3 a", "unit-cycle"],
    ["a multiple that is none", "unit a = 0 usd", "bad-unit-factor"],
    ["a number for a condition", "let x = if 3 then 1 else 2", "not-a-truth"],
    ["a figure beyond what numbers hold", "unit huge = 1e300 usd\nlet x = 1e300 huge", "too-large"],
    ["a division by zero", "let x = 1 / 0", "division-by-zero"],
    ["a level where a flow is wanted", "stock s : usd = 1 usd\n  + 1 usd", "flow-unit"],
    ["a rate that is no rate", "event e rate 3", "wrong-unit"],
    ["a start in another unit", "stock s : usd = 3 months", "wrong-unit"],
  ];
  for (const [what, text, code] of wrong)
    it(`refuses ${what}`, () => {
      expect(codesOf(twoYears + text)).toEqual([code]);
    });

  it("tells an unknown unit once, however often it is used", () => {
    expect(
      codesOf(`${twoYears}unknown u : doubloon ~ 1 to 2\nlet a = u + 1 usd\nlet b = u * 2\noutcome o = final(b)`),
    ).toEqual(["unknown-unit"]);
  });
});

describe("what is offered for a figure in a wrong unit", () => {
  const offered = (line: string): string => {
    const text = `case e "?"\ntime 2024-01 to 2026-01 by month\n${line}\n`;
    const document = { name: "e.casus", text };
    const [tree, syntax] = parse(document);
    const [, found] = check([tree], [document]);
    return [...syntax, ...found].map((d) => d.hint).join("\n");
  };
  for (const [line, wanted] of [
    ["unknown a : share/year ~ 3% to 5%", "3 percent/year"],
    ["unknown a : share/year ~ 3 percent to 5 percent", "5 percent/year"],
    ["unknown a : share/year ~ 3 points to 5 points", "5 points/year"],
    ["unknown p : person ~ 10 to 20\noutcome bill : usd = p * 6 usd", "6 usd/person"],
    ["let a : hour = 3 minuts", "minute"],
  ] as const)
    it(`${line}: ${wanted}`, () => expect(offered(line)).toContain(wanted));
});

describe("units that every case has", () => {
  for (const unit of ["hour", "hours", "minute", "minutes", "eur", "eurs", "household", "households", "kwh", "tonnes"])
    it(unit, () => expect(codesOf(`case e "?"\noutcome a : ${unit} = 3 ${unit}\n`)).toEqual([]));
});
