/** What a run is counted as: equations, or the size of their expressions where a few are long. */

import { expect, test } from "vitest";
import { equationsOf, workOfRun } from "#ensemble/run-cost.ts";
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

test("draws count by their kind: a beta for many normals, the more where it is cut off far out", () => {
  const of = (distribution: string, kind = "unknown"): number =>
    workOfRun(checked(`${twoYears}${kind} z : number ~ ${distribution}\nlet x : number = z\noutcome y = final(x)\n`));
  expect(of("beta(2, 3)")).toBeGreaterThan(5 * of("normal(0, 1)"));
  expect(of("beta(2, 3) within 0.9..")).toBeGreaterThan(2 * of("beta(2, 3)"));
  // Drawn anew in each of 24 steps.
  expect(of("beta(2, 3)", "shock")).toBeGreaterThan(20 * of("beta(2, 3)"));
  // The dearest that any view believes.
  expect(of('beta(2, 3) judged\nview other "Other" { z ~ gamma(2, 1) within 9.. }')).toBe(of("gamma(2, 1) within 9.."));
});

test("Runge and Kutta's four stages count four times", () => {
  const of = (steps: number, method: string): number =>
    workOfRun(
      checked(
        `case c "C"\ntime 0 to ${steps} by 1 day${method}\nstock x : number = 1\n  + 1 / 1 day\noutcome y = final(x)\n`,
      ),
    );
  const more = (method: string): number => of(300, method) - of(100, method);
  expect(more("")).toBeGreaterThan(0);
  expect(more(" using rk4")).toBe(4 * more(""));
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
