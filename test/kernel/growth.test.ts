/** Equations whose solutions are known: each method's own discrete solution to rounding, and how fast it nears the true one. */

import { describe, expect, it } from "vitest";
import { pathOf } from "./runs.ts";

/** The factor by which a method multiplies x in a step of x' = z·x: Taylor's series of e^z to the method's order. */
const factor = { euler: (z: number) => 1 + z, rk4: (z: number) => 1 + z + z ** 2 / 2 + z ** 3 / 6 + z ** 4 / 24 };
const methods = ["euler", "rk4"] as const;

/** A few units in the last place a step add up over some hundred steps. */
const rounding = 1e-12;

function relative(found: number, wanted: number): number {
  return Math.abs(found / wanted - 1);
}

describe("exponential growth and decay", () => {
  for (const method of methods)
    for (const [rate, step] of [
      [0.1, 0.25],
      [-0.1, 0.25],
      [-0.9, 1],
      [2, 0.5],
    ] as const)
      it(`${method}, x' = ${rate}·x by ${step}: the method's own discrete solution at every step`, () => {
        const path = pathOf(
          `time 0 to 20 by ${step} day using ${method}\nstock x : usd = 100 usd\n  + x * (${rate}/day)`,
          "x",
        );
        const wanted = (n: number): number => 100 * factor[method](rate * step) ** n;
        expect(path).toHaveLength(20 / step + 1);
        path.forEach((x, n) => expect(relative(x, wanted(n)), `step ${n}`).toBeLessThan(rounding));
      });

  it("differs from the true solution, which neither method gives", () => {
    const [euler, rk4] = methods.map((m) =>
      pathOf(`time 0 to 10 by 1 day using ${m}\nstock x : number = 1\n  + x * 0.1/day`, "x").at(-1),
    );
    expect(euler).toBeCloseTo(1.1 ** 10, 12);
    // The local error of the fourth order is (hλ)^5/120, ten times: 8e-7 of e.
    expect(relative(rk4 ?? 0, Math.E)).toBeGreaterThan(1e-8);
    expect(relative(rk4 ?? 0, Math.E)).toBeLessThan(1e-6);
  });
});

describe("logistic growth (Verhulst 1838)", () => {
  const text = (method: string, step: number): string =>
    `time 0 to 20 by ${step} day using ${method}\nstock x : number = 5\n  + 0.5/day * x * (1 - x / 100)`;
  const exact = (t: number): number => 100 / (1 + (100 / 5 - 1) * Math.exp(-0.5 * t));

  it("Euler's method is the logistic map, bit for bit", () => {
    let x = 5;
    pathOf(text("euler", 1), "x").forEach((found, n) => {
      if (n > 0) x += 0.5 * x * (1 - x / 100);
      expect(found).toBe(x);
    });
  });

  it("Runge and Kutta's follows the closed form to a millionth", () => {
    // Steps of a tenth: the global error is of the order (0.5·0.1)^4 / 120 = 5e-8 of the capacity.
    pathOf(text("rk4", 0.1), "x").forEach((x, n) => expect(Math.abs(x - exact(n / 10))).toBeLessThan(1e-4));
  });
});

describe("the harmonic oscillator", () => {
  const text = (method: string, step: number): string =>
    `time 0 to 10 by ${step} day using ${method}\nstock x : number = 1\n  + v\nstock v : number/day = 0/day\n  - x * 1/day^2`;

  it("turns by the method's own factor: (x + iv) times P(-ih) a step", () => {
    for (const method of methods) {
      const h = 0.1;
      const model = text(method, h);
      const x = pathOf(model, "x");
      const v = pathOf(model, "v");
      // P(-ih) in real and imaginary part.
      const re = method === "euler" ? 1 : 1 - h ** 2 / 2 + h ** 4 / 24;
      const im = method === "euler" ? -h : -h + h ** 3 / 6;
      let [a, b] = [1, 0];
      x.forEach((found, n) => {
        expect(Math.abs(found - a)).toBeLessThan(rounding);
        expect(Math.abs((v[n] ?? NaN) - b)).toBeLessThan(rounding);
        [a, b] = [a * re - b * im, a * im + b * re];
      });
    }
  });

  it("is neared with the first order by Euler, the fourth by Runge and Kutta", () => {
    const error = (method: string, step: number): number =>
      Math.abs((pathOf(text(method, step), "x").at(-1) ?? NaN) - Math.cos(10));
    // log2 of the ratio of errors at h and h/2 tends to the order; at these steps it lies within 0.15 of it.
    expect(Math.log2(error("euler", 0.0125) / error("euler", 0.00625))).toBeCloseTo(1, 0);
    expect(Math.abs(Math.log2(error("euler", 0.002) / error("euler", 0.001)) - 1)).toBeLessThan(0.15);
    expect(Math.abs(Math.log2(error("rk4", 0.1) / error("rk4", 0.05)) - 4)).toBeLessThan(0.15);
  });
});
