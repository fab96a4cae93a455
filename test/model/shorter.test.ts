/** The shorter forms: numbers that options carry, one table of credences for several views, a situation for what says nothing of it. */

import { describe, expect, it } from "vitest";
import { checked, codesOf, letOf, named, show, still } from "./checked.ts";

const head = `${still}actor a
choice s by a = hard { effort 0.8, price 2 usd } | soft { effort 0.2, price 1 usd } | none { effort 0, price 0 usd }
`;

describe("numbers of options", () => {
  it("are those of the option taken, in their unit", () => {
    const model = checked(`${head}let e = s.effort\nlet p : usd = s.price * 2`);
    expect(show(letOf(model, "e").value)).toBe("if s=hard then 0.8 else if s=soft then 0.2 else 0");
    expect(letOf(model, "p").unit.label).toBe("usd");
    expect(codesOf(`${head}let e : usd = s.effort`)).toEqual(["wrong-unit"]);
    expect(codesOf(`${head}let e = s.zeal`)).toEqual(["no-option-number"]);
  });
});

describe("a table of credences", () => {
  const views = `${still}claim k causal "K." { credence 50% }\nclaim m causal "M." { credence 40% }\nview one { }\nview two { m 10% }\n`;
  const credences = (table: string, view: string) => {
    const { credences: own } = named(checked(`${views}${table}`).views, view);
    return [own["k"]?.map((r) => r.credence), own["m"]?.map((r) => r.credence)];
  };

  it("says what each of several views believes; a dash leaves the case's own", () => {
    const table = "credences one, two {\n  k  80%  -\n}";
    expect(credences(table, "one")).toEqual([[0.8], [0.4]]);
    expect(credences(table, "two")).toEqual([[0.5], [0.1]]);
  });

  it("has a value for each view, and claims and views that are there", () => {
    expect(codesOf(`${views}credences one, two { k 80% }`)).toEqual(["short-row"]);
    expect(codesOf(`${views}credences one, three { k 80% 20% }`)).toEqual(["unknown-name"]);
    expect(codesOf(`${views}credences one { q 80% }`)).toEqual(["unknown-name"]);
    expect(codesOf(`${views}credences two { m 80% }`)).toEqual(["credence-unreachable"]);
  });

  it("takes no name away: what is called 'credences' may stay so", () => {
    expect(codesOf(`${still}let credences = 1\noutcome x = credences`)).toEqual([]);
  });
});

describe("a situation", () => {
  const text = (situation: string, statement: string) => `case c "C?" { ${situation} }
actor a
choice s by a = hard | soft
choice t by a = early | late
unknown u : share ~ beta(2, 2)
outcome x = u > 50%
conclusion k : ${statement}`;

  it("is what is done wherever nothing else is said of it", () => {
    const [conclusion] = checked(text("situation s = soft and t = late", "chance(x if t = early) > 10%")).conclusions;
    expect(conclusion?.comparison.figures[0]?.intervention.choices).toEqual({ s: "soft", t: "early" });
  });

  it("names choices and their options", () => {
    expect(codesOf(text("situation s = medium", "chance(x) > 10%"))).toEqual(["unknown-option"]);
  });
});
