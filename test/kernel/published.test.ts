/** Models from the literature, with figures that others have published or that follow from a closed form. */

import { describe, expect, it } from "vitest";
import { meanOf, modelOf, outcomeOf, outcomesOf, pathOf, varianceOf } from "./runs.ts";

describe("an epidemic (Kermack & McKendrick 1927)", () => {
  const text = (reproduction: number): string => `time 0 to 600 by 0.1 day using rk4
let catching : share/day = ${reproduction} * i * s / 5 days
stock s : share = 1 - 1e-8
  - catching
stock i : share = 1e-8
  + catching
  - i / 5 days
stock r : share = 0
  + i / 5 days
outcome struck : share = final(r)
outcome left : share = final(s)
outcome all : share = final(s + i + r)
outcome peak : share = max(i)`;
  // 1 - z = exp(-R·z), tabulated widely, as in Diekmann & Heesterbeek 2000, table 1.1 and Keeling & Rohani 2008, §2.1.
  const sizes: readonly (readonly [number, number])[] = [
    [1.5, 0.5828],
    [2, 0.7968],
    [3, 0.9405],
    [5, 0.993],
  ];
  for (const [reproduction, size] of sizes)
    it(`strikes ${size} where one infects ${reproduction}`, () => {
      const found = outcomesOf(text(reproduction));
      expect(Math.abs((found["struck"] ?? NaN) - size)).toBeLessThan(5e-5);
      // The equation itself, with the share that was susceptible at first: to the method's error.
      expect(found["left"]).toBeCloseTo((1 - 1e-8) * Math.exp(-reproduction * (1 - (found["left"] ?? NaN))), 8);
      expect(found["all"]).toBeCloseTo(1, 12);
      // Highest where s = 1/R: i = 1 - (1 + log R)/R. Read at step times, so a little below.
      const peak = 1 - (1 + Math.log(reproduction)) / reproduction;
      expect(Math.abs((found["peak"] ?? NaN) - peak)).toBeLessThan(2e-5);
    });
});

describe("an arms race (Richardson 1960)", () => {
  const text = `time 0 to 200 by 0.05 year using rk4
stock x : number = 0
  + 0.3/year * y
  - 0.5/year * x
  + 0.2/year
stock y : number = 0
  + 0.2/year * x
  - 0.4/year * y
  + 0.1/year`;

  it("settles where both sides' changes cancel", () => {
    // 0.3y - 0.5x + 0.2 = 0 and 0.2x - 0.4y + 0.1 = 0: x = 11/14, y = 9/14.
    expect(pathOf(text, "x").at(-1)).toBeCloseTo(11 / 14, 10);
    expect(pathOf(text, "y").at(-1)).toBeCloseTo(9 / 14, 10);
  });
});

describe("predators and prey (Lotka 1925, Volterra 1926)", () => {
  it("keep their constant of motion", () => {
    const text = `time 0 to 50 by 0.01 year using rk4
stock prey : number = 10
  + 1.1/year * prey
  - 0.4/year * prey * foxes
stock foxes : number = 5
  + 0.1/year * prey * foxes
  - 0.4/year * foxes
let kept : number = 0.1 * prey - 0.4 * log(prey) + 0.4 * foxes - 1.1 * log(foxes)`;
    const kept = pathOf(text, "kept");
    kept.forEach((v) => expect(Math.abs(v - (kept[0] ?? NaN))).toBeLessThan(1e-6));
    expect(Math.max(...pathOf(text, "prey"))).toBeGreaterThan(10);
  });
});

describe("Ishigami's function (Ishigami & Homma 1990), a static case", () => {
  const model = modelOf(`unknown x1 : number ~ uniform(-3.141592653589793, 3.141592653589793)
unknown x2 : number ~ uniform(-3.141592653589793, 3.141592653589793)
unknown x3 : number ~ uniform(-3.141592653589793, 3.141592653589793)
outcome y : number = sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)`);

  it("has the mean 3.5 and the variance 13.8446", () => {
    const values = outcomeOf(model, { worlds: 40_000 });
    // Four standard errors: √(13.84/n) = 0.0186 of the mean; about 0.11 of the variance (kurtosis near 3.5).
    expect(Math.abs(meanOf(values) - 3.5)).toBeLessThan(0.075);
    expect(Math.abs(varianceOf(values) - 13.8446)).toBeLessThan(0.44);
  });

  it("is worked out as written, in every world", () => {
    const [y] = outcomeOf(
      modelOf("outcome y : number = sin(1) + 7 * sin(2)^2 + 0.1 * 3^4 * sin(1)\noutcome z : number = 1"),
    );
    expect(y).toBeCloseTo(Math.sin(1) + 7 * Math.sin(2) ** 2 + 8.1 * Math.sin(1), 13);
  });
});

describe("compound interest", () => {
  it("doubles in 72 thousandths' time, nearly: 10 years at 7.2 % a year, in a static case", () => {
    expect(outcomesOf("outcome grown : number = (1 + 7.2%)^10")["grown"]).toBeCloseTo(2.0042313, 6);
  });
});
