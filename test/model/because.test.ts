/** Lines that stand because of claims: what is left of each where the claims are false. */

import { describe, expect, it } from "vitest";
import { checked, codesOf, letOf, named, show, stockOf, twoYears } from "./checked.ts";

const claims = 'claim a causal "A."\nclaim b causal "B."\n';
const head = twoYears + claims;

function bodyOf(body: string): string {
  return show(letOf(checked(`${head}let x : number =\n${body}\n`), "x").value);
}

describe("because", () => {
  it("leaves 0 of a line of a sum", () => {
    expect(bodyOf("  1\n  + 2 because a\n  - 3 because not b")).toBe(
      "((1 + if a then 2 else 0) - if not(b) then 3 else 0)",
    );
  });

  it("leaves 1 of a line of a product", () => {
    expect(bodyOf("  5\n  * 2 because a\n  / 4 because b")).toBe("((5 * if a then 2 else 1) / if b then 4 else 1)");
  });

  it("leaves 0 of the amount that a product begins with, and no factor that has a unit", () => {
    const body = (lines: string) => `${head}let x : usd =\n${lines}\n`;
    expect(show(letOf(checked(body("  5 usd because a\n  * 2 because b")), "x").value)).toBe(
      "(if a then 5 else 0 * if b then 2 else 1)",
    );
    expect(codesOf(body("  5\n  * 2 usd because a"))).toEqual(["because-factor-unit"]);
    expect(codesOf(`${head}let x : number =\n  5 because a\n  * 2 because b\n`)).toEqual(["because-first-factor"]);
    // Alone it counts 0, whatever it is.
    expect(bodyOf("  5 because a")).toBe("if a then 5 else 0");
  });

  it("warns of a line that is the same where it is false", () => {
    expect(codesOf(`${head}let x : number =\n  5\n  * 1 because a\n`)).toEqual(["idle-line"]);
    expect(codesOf(`${head}let x : number =\n  5\n  + 0 because a\n  - 0% because b\n`)).toEqual([
      "idle-line",
      "idle-line",
    ]);
  });

  it("covers the first line too, with its sign", () => {
    expect(bodyOf("  2 because a\n  + 1")).toBe("(if a then 2 else 0 + 1)");
    expect(bodyOf("  - 2 because a\n  + 1")).toBe("(if a then -2 else 0 + 1)");
  });

  it("takes and, or, not", () => {
    expect(bodyOf("  1\n  + 2 because a and not b or b")).toBe("(1 + if ((a and not(b)) or b) then 2 else 0)");
  });

  it("takes options of choices, alone and with claims, where these may be read", () => {
    const plan = "actor town\nchoice plan by town = build | wait\n";
    const line = (reason: string) => `${head}${plan}let x : number =\n  1\n  + 2 because ${reason}\n`;
    expect(show(letOf(checked(line("plan = build and a")), "x").value)).toBe(
      "(1 + if (plan=build and a) then 2 else 0)",
    );
    expect(show(letOf(checked(line("plan != build")), "x").value)).toBe("(1 + if not(plan=build) then 2 else 0)");
    expect(codesOf(line("plan = bild"))).toEqual(["unknown-option"]);
    expect(codesOf(line("a and 1 < 2 * plan"))).toContain("wrong-kind");
    expect(codesOf(`${head}let y = 1\n${line("y > 0").slice(head.length)}`)).toEqual(["not-here"]);
    // What an actor values is read at the end of a run, when the option is known.
    expect(codesOf(`${head}${plan.replace("town\n", "town values\n  1\n  + 2 because plan = build\n")}`)).toEqual([]);
  });

  it("leaves nothing of a flow", () => {
    const model = checked(`${head}stock s : usd = 1 usd\n  + 1 usd/month because a\n  - s / 1 year\n`);
    expect(show(stockOf(model, "s").flow)).toBe("(if a then 1 else 0 - (s / 12))");
  });

  it("is a condition of a whole event, and of an effect", () => {
    const model = checked(
      `${head}stock s : usd = 1 usd\nevent e because a rate 1/year when s > 0 then set s = 2 usd because b\n`,
    );
    const event = named(model.events, "e");
    expect(show(event.when)).toBe("(a and (s > 0))");
    expect(event.effects.map((f) => show(f.because))).toEqual(["b"]);
  });

  it("covers one line of a rate, whose rest stays", () => {
    const model = checked(`${head}event e rate\n    10 percent/year\n  * 3 because a\n`);
    const { timing } = named(model.events, "e");
    expect(timing.kind === "hazard" ? show(timing.rate) : timing.kind).toBe(`(${0.1 / 12} * if a then 3 else 1)`);
  });

  it("is kept with its claims, what it reads, its sign and its text", () => {
    const model = checked(
      `${head}stock s : usd = 1 usd\n  + 1 usd/month because a inferred // a remark\n  - s / 1 year because a or b\n`,
    );
    expect(
      model.terms.map(({ owner, mark, claims: on, reads, sign, text }) => ({ owner, mark, on, reads, sign, text })),
    ).toEqual([
      { owner: "stock s", mark: "inferred", on: ["a"], reads: [], sign: "+", text: "1 usd/month" },
      { owner: "stock s", mark: null, on: ["a", "b"], reads: ["s"], sign: "-", text: "s / 1 year" },
    ]);
  });

  it("makes a gate of a claim", () => {
    const model = checked(`${head}let x : number =\n  1\n  + 2 because a\n`);
    expect(model.claims.map((c) => [c.name, c.isGate])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it("stands on claims alone", () => {
    expect(codesOf(`${head}stock s : usd = 1 usd\n  + 1 usd/month because s > 0\n`)).toEqual(["not-here"]);
    expect(codesOf(`${head}unknown u : number ~ 1 to 2\nlet x = u because 3\n`)).toContain("not-a-truth");
  });

  it("lets a line be a truth, which counts as 1 or 0", () => {
    expect(bodyOf("  a\n  + b because a")).toBe("(a + if a then b else 0)");
  });
});
