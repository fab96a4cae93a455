/** What a run is counted as: equations, or the size of their expressions where a few are long. */

import { expect, test } from "vitest";
import { equationsOf } from "#ensemble/cost.ts";
import { parse } from "#language/parser.ts";
import { checked, twoYears } from "../model/checked.ts";

const sums = (terms: number, term: string): string => Array.from({ length: terms }, () => term).join(" + ");

test("a short equation counts once; a long one, and what costs more than an addition, count by their operations", () => {
  const of = (expression: string): number =>
    equationsOf(
      checked(
        `${twoYears}unknown z : number ~ normal(0, 1) judged\nlet x : number = ${expression}\noutcome y = final(x)\n`,
      ),
    );
  expect(of("z")).toBe(2);
  // 100 terms: 100 leaves and 99 additions, and a little more.
  expect(of(sums(100, "z"))).toBeGreaterThanOrEqual(Math.floor(199 / 14));
  expect(of(sums(100, "z"))).toBeLessThan(20);
  expect(of(sums(100, "exp(z)")) / of(sums(100, "z"))).toBeGreaterThan(4);
});

test("a call of thousands of arguments is too long, not a stack that overflows", () => {
  const text = (count: number): string =>
    `case h "H"\nlet x = max(${Array.from({ length: count }, () => "1").join(", ")})\n`;
  const codes = (count: number): readonly string[] =>
    parse({ name: "h.casus", text: text(count) })[1].map((d) => d.code);
  expect(codes(400)).toEqual([]);
  expect(codes(4000)).toEqual(["too-long"]);
  expect(codes(40_000)).toEqual(["too-long"]);
});
