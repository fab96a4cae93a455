/** Distributions: bare figures in the unknown's own unit, what an interval stands for, and what cannot be a distribution. */

import { describe, expect, it } from "vitest";
import type { Distribution } from "#model/model.ts";
import { checked, codesOf, show, still } from "./checked.ts";

function distributionOf(written: string, unit: string, head = ""): Distribution {
  const { unknowns } = checked(`${still}${head}unknown u : ${unit} ~ ${written}\n`);
  const found = unknowns.find((u) => u.name === "u");
  if (found === undefined) throw new Error("no unknown");
  return found.distribution;
}

/** As one would write it, in base units. */
function text(d: Distribution): string {
  switch (d.kind) {
    case "interval":
      return `${d.family} ${show(d.low)} to ${show(d.high)}`;
    case "truncated":
      return `${text(d.of)} within ${show(d.low)}..${show(d.high)}`;
    case "discrete":
      return d.values.map((v, i) => `${show(v)}: ${show(d.chances[i] ?? null)}`).join(", ");
    default:
      return `${d.kind} ${Object.values(d)
        .filter((v) => typeof v === "object")
        .map(show)
        .join(" ")}`;
  }
}

describe("distributions", () => {
  // A static case counts time in years.
  const fine: readonly (readonly [string, string, string])[] = [
    ["normal(10, 2)", "usd", "normal 10 2"],
    ["normal(6, 3)", "month", "normal 0.5 0.25"],
    ["normal(1 year, 3 months)", "month", "normal 1 0.25"],
    ["normal(-6, 3)", "month", "normal -0.5 0.25"],
    ["lognormal(6 months, 0.5)", "month", "lognormal 0.5 0.5"],
    ["gamma(2, 3)", "month", "gamma 2 0.25"],
    ["exponential(12)", "month", "exponential 1"],
    ["triangular(0, 1, 4)", "number", "triangular 0 1 4"],
    ["uniform(10%, 20%)", "share", "uniform 0.1 0.2"],
    ["beta(4, 3)", "share", "beta 4 3"],
    ["bernoulli(30%)", "number", "bernoulli 0.3"],
    ["discrete(1: 20%, 2: 80%)", "number", "1: 0.2, 2: 0.8"],
    ["10% to 40%", "share", "logitnormal 0.1 to 0.4"],
    ["10 to 40", "percent", "logitnormal 0.1 to 0.4"],
    ["1 to 6", "number", "lognormal 1 to 6"],
    ["-1 to 6", "number", "normal -1 to 6"],
    ["0 to 6", "number", "normal 0 to 6"],
    ["normal(1 to 6)", "number", "normal 1 to 6"],
    ["6 to 12", "month", "lognormal 0.5 to 1"],
    ["1 percent/year to 6 percent/year", "share/year", "lognormal 0.01 to 0.06"],
    ["normal(10, 2) within 0..", "usd", "normal 10 2 within 0..null"],
    ["normal(10, 2) within 8..12", "usd", "normal 10 2 within 8..12"],
  ];
  for (const [written, unit, wanted] of fine)
    it(`${written} of ${unit}`, () => {
      expect(text(distributionOf(written, unit))).toBe(wanted);
    });

  it("may depend on claims and on other unknowns, wherever they stand", () => {
    const head =
      'claim c causal "C."\nunknown w : share ~ uniform(0, if c then v else 1)\nunknown v : share ~ beta(2, 2)\n';
    const { unknowns } = checked(`${still}${head}`);
    expect(unknowns.map((u) => u.name)).toEqual(["v", "w"]);
    expect(text(unknowns[1]?.distribution as Distribution)).toBe("uniform 0 if c then v else 1");
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["6 to 1", "number", "bad-interval"],
    ["3 to 3", "number", "bad-interval"],
    ["10% to 120%", "share", "interval-ends"],
    ["0% to 40%", "share", "interval-ends"],
    ["lognormal(-1 to 6)", "number", "interval-ends"],
    ["beta(1 to 6)", "number", "interval-family"],
    ["normal(10, 0)", "usd", "bad-parameter"],
    ["normal(10, -2)", "usd", "bad-parameter"],
    ["lognormal(0, 1)", "usd", "bad-parameter"],
    ["beta(0, 3)", "share", "bad-parameter"],
    ["beta(1, 3)", "usd", "share-family"],
    ["logitnormal(1.5, 1)", "share", "bad-parameter"],
    ["uniform(2, 1)", "number", "bad-interval"],
    ["triangular(0, 5, 4)", "number", "bad-interval"],
    ["bernoulli(130%)", "number", "bad-parameter"],
    ["gamma(2, -3)", "month", "bad-parameter"],
    ["exponential(0)", "month", "bad-parameter"],
    ["discrete(1: 20%, 2: 70%)", "number", "chances-sum"],
    ["discrete(1: 120%, 2: -20%)", "number", "bad-parameter"],
    ["normal(1)", "number", "wrong-arguments"],
    ["normal(3 usd, 1)", "month", "wrong-unit"],
    ["normal(10, 2) within 12..8", "usd", "bad-interval"],
    ["normal(time, 1)", "month", "static-case"],
    ["normal(w, 1)", "number", "unknown-name"],
  ];
  for (const [written, unit, code] of wrong)
    it(`refuses ${written} of ${unit}`, () => {
      expect(codesOf(`${still}unknown u : ${unit} ~ ${written}\noutcome o = u`)).toEqual([code]);
    });

  it("refuses unknowns that depend on one another, naming the ring", () => {
    expect(
      codesOf(
        `${still}unknown a : number ~ normal(b, 1)\nunknown b : number ~ normal(c, 1)\nunknown c : number ~ normal(a, 1)`,
      ),
    ).toEqual(["ring"]);
  });
});
