/** Families that an `each` makes: their members, what a bare name means inside and outside, sums over them. */

import { describe, expect, it } from "vitest";
import { checkText, checked, codesOf, letOf, named, show, stockOf, twoYears } from "./checked.ts";

const family = `${twoYears}each ally in {north, south} {
  unknown start_at : share "Will at the start" ~ 40% to 90%
  stock will : share = start_at
    - will / 10 years
}
`;

describe("each", () => {
  it("writes its declarations once for every element, by name and label", () => {
    const model = checked(`${family}let all = sum(will)`);
    expect(model.stocks.map((s) => s.name)).toEqual(["will[north]", "will[south]"]);
    expect(model.unknowns.map((u) => u.label)).toEqual(["Will at the start (north)", "Will at the start (south)"]);
  });

  it("lets a bare name inside mean the member at hand", () => {
    const model = checked(`${family}let all = sum(will)`);
    expect(show(stockOf(model, "will[south]").initial)).toBe("start_at[south]");
    expect(show(stockOf(model, "will[south]").flow)).toBe("neg((will[south] / 120))");
  });

  it("sums, averages and compares the members", () => {
    const model = checked(`${family}let a = sum(will)\nlet b = mean(will)\nlet c = min(will)\nlet d = max(will)`);
    expect(["a", "b", "c", "d"].map((n) => show(letOf(model, n).value))).toEqual([
      "(will[north] + will[south])",
      "((will[north] + will[south]) / 2)",
      "min(will[north], will[south])",
      "max(will[north], will[south])",
    ]);
  });

  const square = `${twoYears}each firm in {north, south} each part in {steel, glass} {
  stock held : number = 1
  event fails rate 3 percent/year
}
`;

  it("goes through every element of two", () => {
    const model = checked(`${square}let all = mean(2 * held)\nlet row = sum(held[south])\nevent any on fails
each part in {steel, glass} event own on fails\nevent local on fails[north]`);
    expect(show(letOf(model, "row").value)).toBe("(held[south][steel] + held[south][glass])");
    expect(show(letOf(model, "all").value).match(/held\[\w+\]\[\w+\]/g)).toEqual([
      "held[north][steel]",
      "held[north][glass]",
      "held[south][steel]",
      "held[south][glass]",
    ]);
    const setOff = (name: string): unknown =>
      (named(model.events, name).timing as { readonly events?: unknown }).events;
    expect([setOff("any"), setOff("own[glass]"), setOff("local")].map((x) => JSON.stringify(x))).toMatchInlineSnapshot(`
      [
        "["fails[north][steel]","fails[north][glass]","fails[south][steel]","fails[south][glass]"]",
        "["fails[north][glass]","fails[south][glass]"]",
        "["fails[north][steel]","fails[north][glass]"]",
      ]
    `);
  });

  it("says which indexes are open, and names a member that has them all", () => {
    const hints = (text: string): readonly string[] =>
      checkText(`${square}${text}`).printed.match(/(?<== )write .*?(?=, or)/g) ?? [];
    expect(hints("let x = held")).toEqual(["write held[north][steel]"]);
    expect(hints("let x = held[south]")).toEqual(["write held[south][steel]"]);
    expect(hints("each firm in {north, south} let x = held")).toEqual(["write held[firm][steel]"]);
    expect(hints("each part in {steel, glass} let x = held")).toEqual(["write held[north][part]"]);
    expect(checkText(`${square}suppose s "S" { set held = 2 }`).printed).toContain("or one line for each of them");
  });

  it("lets the whole family be named in a sum inside, and one member by its element", () => {
    const model = checked(
      `${family}each ally in {north, south} let part = will / sum(will) + will[north] - will[ally]`,
    );
    expect(show(letOf(model, "part[south]").value)).toBe(
      "(((will[south] / (will[north] + will[south])) + will[north]) - will[south])",
    );
  });

  it("compares the variable with an element, at once", () => {
    const model = checked(`${family}each ally in {north, south} let x : number = if ally = north then 1 else 2`);
    expect(model.lets.map((l) => show(l.value))).toEqual(["1", "2"]);
  });

  it("takes past values of members", () => {
    const model = checked(
      `${family}each ally in {north, south} let x : share = will - will[start]\nlet y : share = will[north][2025-01]`,
    );
    expect(model.latches.map((l) => [l.name, l.step, show(l.input)])).toEqual([
      ["will[start] for north", 0, "will[north]"],
      ["will[start] for south", 0, "will[south]"],
      ["will[north][2025-01]", 12, "will[north]"],
    ]);
  });

  it("stands in one another", () => {
    const model =
      checked(`${twoYears}each a in {x, y} each b in {p, q} let f : number = if a = x and b = p then 1 else 0
let all = sum(f)\nlet row = sum(f[x])\nlet one = f[x][q]`);
    expect(model.lets.filter((l) => l.name.startsWith("f[")).map((l) => l.name)).toEqual([
      "f[x][p]",
      "f[x][q]",
      "f[y][p]",
      "f[y][q]",
    ]);
    expect(show(letOf(model, "row").value)).toBe("(f[x][p] + f[x][q])");
    expect(show(letOf(model, "all").value)).toBe("((f[x][p] + f[x][q]) + (f[y][p] + f[y][q]))");
    expect(show(letOf(model, "one").value)).toBe("f[x][q]");
  });

  it("repeats events and policies, which are named with their element", () => {
    const model = checked(`${family}actor them
each ally in {north, south} {
  event leaves rate 1/year when will < 20%
  policy vote by them on leaves repeats
    option yes: 1
    option no: 0
  outcome voted = happened(vote.yes) and happened(leaves)
}
outcome gone = happened(leaves[north])`);
    expect(model.events.map((e) => e.name)).toEqual([
      "leaves[north]",
      "vote[north].yes",
      "vote[north].no",
      "leaves[south]",
      "vote[south].yes",
      "vote[south].no",
    ]);
    expect(show(named(model.outcomes, "voted[south]").value)).toBe(
      "(happened vote[south].yes and happened leaves[south])",
    );
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["a family where one member is wanted", "let x = will", "family-needs-element"],
    ["an element that is none", "let x = will[west]", "unknown-element"],
    [
      "an element compared that is none",
      "each ally in {north, south} let x : number = if ally = west then 1 else 2",
      "unknown-element",
    ],
    ["the variable as a value", "each ally in {north, south} let x = ally", "variable-is-no-value"],
    ["an element of what has none", "let y : number = 1\nlet x = y[north]", "not-a-family"],
    ["a sum of what is no family", "let y : number = 1\nlet x = sum(y)", "needs-family"],
    ["a claim in it", 'each ally in {north, south} claim c causal "C."', "not-in-each"],
    ["an element twice", "each other in {p, q, p} let x : number = 1", "duplicate-item"],
    ["a member declared again", "each ally in {north} stock will : share = 1", "duplicate-name"],
  ];
  for (const [what, text, code] of wrong)
    it(`refuses ${what}`, () => {
      expect(codesOf(`${family}${text}\n`)).toEqual([code]);
    });

  it("tells a mistake inside once, not once for every element", () => {
    expect(codesOf(`${twoYears}each a in {p, q, r} let x = nobody + 1`)).toEqual(["unknown-name"]);
  });

  it("refuses to be written out without end", () => {
    const sets = Array.from(
      { length: 8 },
      (_, i) => `each v${i} in {${Array.from({ length: 20 }, (_e, j) => `e${j}`).join(", ")}} {`,
    ).join("\n");
    expect(codesOf(`${twoYears}${sets}\nlet x : number = 1\n${"}".repeat(8)}`)).toEqual(["over-budget"]);
    expect(checkText(`${twoYears}${sets}\n${"}".repeat(8)}`).model).toBeNull();
  });
});
