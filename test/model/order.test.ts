/** Who needs whom: the order of lets and stocks, rings, and chains too long for recursion. */

import { describe, expect, it } from "vitest";
import { inOrder } from "#model/order.ts";
import { checkText, checked, codesOf, letOf, named, twoYears } from "./checked.ts";

function letNames(text: string): readonly string[] {
  return checked(twoYears + text).lets.map((l) => l.name);
}

describe("order", () => {
  it("puts each let after those it needs, and else keeps the written order", () => {
    expect(letNames("let a : number = c + 1\nlet b : number = 2\nlet c : number = b * 2\nlet d : number = a")).toEqual([
      "b",
      "c",
      "a",
      "d",
    ]);
  });

  it("works out the units of lets that have none, in whatever order", () => {
    const model = checked(`${twoYears}let a = b + 1 usd\nlet b = c * 2\nlet c = 3 usd`);
    expect(letOf(model, "a").unit.label).toBe("usd");
  });

  it("orders outcomes that read outcomes", () => {
    expect(codesOf(`${twoYears}outcome a : number = b + 1\noutcome b : number = 2`)).toEqual([]);
    expect(codesOf(`${twoYears}outcome a : number = b + 1\noutcome b : number = a`)).toEqual(["ring"]);
  });

  it("tells a ring of lets once, by its names", () => {
    for (const unit of [" : number", ""]) {
      const { found } = checkText(`${twoYears}let a${unit} = b + 1\nlet b${unit} = c\nlet c${unit} = a * 2`);
      expect(found.map((d) => d.code)).toEqual(["ring"]);
      for (const name of ["a", "b", "c"]) expect(found[0]?.message).toContain(name);
    }
    expect(codesOf(`${twoYears}let a : number = a + 1`)).toEqual(["ring"]);
  });

  it("lets a let read its own past, if the past begins somewhere", () => {
    expect(codesOf(`${twoYears}let a : number = 1 + delay(a, 3 months, 0) / 2`)).toEqual([]);
    expect(codesOf(`${twoYears}let a : number = 1 + delay(a, 3 months) / 2`)).toEqual(["ring"]);
    expect(codesOf(`${twoYears}let a : number = 1 + a[2025-01]`)).toEqual(["ring"]);
  });

  it("asks for the unit of a let that follows only from its own past", () => {
    expect(codesOf(`${twoYears}let a = 1 + delay(a, 3 months, 0) / 2`)).toEqual(["unit-ring"]);
  });

  it("puts each stock after those it starts from, lets between them", () => {
    const model = checked(`${twoYears}stock a : usd = half\nlet half : usd = b / 2\nstock b : usd = 4 usd`);
    expect(model.stocks.map((s) => s.name)).toEqual(["b", "a"]);
  });

  it("refuses stocks that start from one another, also through a let or a smooth", () => {
    expect(codesOf(`${twoYears}stock a : usd = b\nstock b : usd = a`)).toEqual(["start-ring"]);
    expect(codesOf(`${twoYears}stock a : usd = half\nlet half : usd = a / 2`)).toEqual(["start-ring"]);
    expect(codesOf(`${twoYears}let x : number = 1 + smooth(x, 3 months)`)).toEqual(["start-ring"]);
    expect(codesOf(`${twoYears}let x : number = 1 + smooth(x, 3 months, 0)`)).toEqual([]);
    expect(codesOf(`${twoYears}stock a = b\nstock b = a`)).toEqual(["start-ring"]);
  });

  it("knows what is worked out once a run", () => {
    const model =
      checked(`${twoYears}claim c causal "C."\nunknown u : number ~ 1 to 2\nstock s : number = 1\nshock n : number ~ normal(0, 1)
let fixed : number = if c then u else 1\nlet fixed_too : number = fixed * 2\nlet moving : number = s\nlet moving_too : number = fixed + moving\nlet timed : number = time / 1 month\nlet noisy : number = n`);
    expect(model.lets.filter((l) => l.isStatic).map((l) => l.name)).toEqual(["fixed", "fixed_too"]);
  });

  it("follows a chain of nine thousand, written backward, with and without units", () => {
    for (const unit of [" : number", ""]) {
      const lines = Array.from({ length: 9000 }, (_, i) => `let x${i}${unit} = ${i === 8999 ? "1" : `x${i + 1} + 1`}`);
      const model = checked(twoYears + lines.join("\n"));
      expect(model.lets).toHaveLength(9000);
      expect(model.lets[0]?.name).toBe("x8999");
    }
  });

  it("gets through rings by the thousand", () => {
    const lines = Array.from(
      { length: 2000 },
      (_, i) => `let x${i} : number = x${(i + 1) % 2000} + x${(i * 7) % 2000} + x0`,
    );
    const codes = codesOf(twoYears + lines.join("\n"));
    expect(new Set(codes)).toEqual(new Set(["ring"]));
    expect(codes.length).toBeLessThanOrEqual(10);
  });

  it("shares what means the same, and keeps apart what does not", () => {
    const model = checked(
      `${twoYears}stock s : number = 1\nlet a : number = delay(s, 3 months)\nlet b : number = delay(s, 3 months) + delay(s, 2 months)`,
    );
    expect(model.delays.map((d) => [d.name, d.steps])).toEqual([
      ["delay(s, 3 months)", 3],
      ["delay(s, 2 months)", 2],
    ]);
    expect(named(model.delays, "delay(s, 3 months)").initial).toEqual({ op: "stock", name: "s" });
  });
});

describe("inOrder", () => {
  it("gives a ring where there is one, and none where there is none", () => {
    const needs: Readonly<Record<string, readonly string[]>> = { a: ["b", "c"], b: ["c"], c: [], d: ["e"], e: ["d"] };
    expect(inOrder(["a", "b", "c"], (n) => needs[n] ?? [])).toEqual({ order: ["c", "b", "a"], rings: [] });
    expect(inOrder(["a", "d"], (n) => needs[n] ?? []).rings).toEqual([["d", "e"]]);
  });
});
