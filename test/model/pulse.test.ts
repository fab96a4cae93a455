/** Pulses wherever they lie, and delays of a drawn time: areas against their widths, by both methods. */

import { describe, expect, it } from "vitest";
import { modelOf, outcomeOf, outcomesOf } from "../kernel/runs.ts";

describe("what flows in while a pulse lasts is its width", () => {
  for (const method of ["", " using rk4"])
    for (const [from, width] of [
      [0.3, 0.3],
      [2.05, 0.02],
      [0.25, 0.5],
      [1.97, 0.06],
      [9.95, 0.05],
    ] as const)
      it(`from ${from} for ${width}${method}`, () => {
        const { area, drawn } = outcomesOf(`time 0 to 10 by 0.1 month${method}
unknown late : month ~ constant(0 months)
stock got : month = 0 months
  + pulse(${from} months, ${width} months)
stock got_drawn : month = 0 months
  + pulse(${from} months + late, ${width} months)
outcome area : month = final(got)
outcome drawn : month = final(got_drawn)`);
        expect(area).toBeCloseTo(width, 9);
        expect(drawn).toBeCloseTo(width, 9);
      });
});

it("a drawn time shorter than half of its steps stops the run, and a longer one does not", () => {
  const text = (least: number): string =>
    `time 0 to 24 by 1 month\nunknown w : month ~ uniform(${least} months, 4 months)\nlet x : number = step(3 months, 10)\noutcome y : number = max(smooth(x, w)) + max(delay3(x, 3 * w))`;
  expect(() => outcomeOf(modelOf(text(0.1)), { worlds: 50 })).toThrow(/stock smooth\(x, w\) is NaN/);
  for (const y of outcomeOf(modelOf(text(1)), { worlds: 50 })) expect(y).toBeLessThanOrEqual(20);
});

it("between half a step and a step a smooth goes past what it follows, by closed form: x(1 − (1 − dt/T)ⁿ)", () => {
  const text = `time 0 to 6 by 1 month\nlet time_taken : month = 2 months / 3\noutcome y : number = max(smooth(10, time_taken, 0))\noutcome z : number = final(smooth(10, time_taken, 0))`;
  const { y, z } = outcomesOf(text);
  expect(y).toBeCloseTo(15, 12);
  expect(z).toBeCloseTo(10 * (1 - (-0.5) ** 6), 12);
});
