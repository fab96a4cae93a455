/** Pulses wherever they lie, and delays of a drawn time: areas against their widths, by both methods. */

import { describe, expect, it } from "vitest";
import { referenceEngine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import { modelOf, outcomeOf, outcomesOf } from "../kernel/runs.ts";
import { drawn } from "../kernel/same-bits.ts";

/** The part of a pulse, or of what holds from a moment on, that lies between two times: what is gathered there. */
const overlap = (from: number, until: number, [low, high]: readonly [number, number]): number =>
  Math.max(0, Math.min(until, high) - Math.max(from, low));

const engines = [referenceEngine, engineNamed("wasm", globalThis, (note) => expect.unreachable(note))];

/** The outcomes of one run by name, the same on both engines. */
function bothOf(text: string): Readonly<Record<string, number>> {
  const model = modelOf(text);
  const [one, other] = engines.map((engine) => {
    const program = engine.compile(model, { choices: {}, suppositions: [] }, { finals: [], always: [], series: [] });
    return program.run(drawn(model, program, { choices: {}, suppositions: [] }, 1)).outcomes.map((column) => column[0]);
  });
  expect(other).toEqual(one);
  return Object.fromEntries(model.outcomes.map((o, i) => [o.name, one?.[i] ?? NaN]));
}

describe("what flows in while a pulse lasts is the part of its width that lies in the run", () => {
  // From and width in months, of a run from 0 to 10: within a step, across steps, on their edges, before the start, over the end, beyond both.
  const places = [
    [0.3, 0.3],
    [2.05, 0.02],
    [0.25, 0.5],
    [1.97, 0.06],
    [0, 0.03],
    [0, 2],
    [0, 10],
    [-1, 1.5],
    [-0.5, 0.52],
    [-2, 1],
    [9.95, 0.05],
    [9.9, 0.43],
    [9.93, 0.02],
    [9.98, 1],
    [10, 1],
    [-3, 20],
    [4, 0],
    [4, 3],
  ] as const;
  for (const method of ["", " using rk4"])
    for (const by of [0.1, 0.25, 1])
      it(`by ${by} months${method}`, () => {
        for (const [from, width] of places) {
          const text = `time 0 to 10 by ${by} month${method}
unknown late : month ~ constant(0 months)
let written : number = pulse(${from} months, ${width} months)
let drawn : number = pulse(${from} months + late, ${width} months + late)
stock got : month = 0 months
  + written
stock got_drawn : month = 0 months
  + drawn
outcome area : month = final(got)
outcome area_drawn : month = final(got_drawn)
outcome whole : month = total(written)
outcome whole_drawn : month = total(drawn)
outcome middle : month = total(written, 2 months, 9 months)
outcome part : number = mean(written)
outcome part_drawn : number = mean(drawn, 2 months, 9 months)`;
          const { area = NaN, ...rest } = bothOf(text);
          const at = `from ${from} for ${width}`;
          const all = overlap(from, from + width, [0, 10]);
          expect(area, at).toBeCloseTo(all, 9);
          expect(rest["area_drawn"], at).toBeCloseTo(all, 9);
          expect(rest["whole"], at).toBeCloseTo(all, 9);
          expect(rest["whole_drawn"], at).toBeCloseTo(all, 9);
          expect(rest["part"], at).toBeCloseTo(all / 10, 9);
          // Steps of a quarter and of a tenth begin on these dates, as those of a month do.
          const middle = overlap(from, from + width, [2, 9]);
          expect(rest["middle"], at).toBeCloseTo(middle, 9);
          expect(rest["part_drawn"], at).toBeCloseTo(middle / 7, 9);
        }
      });
});

it("what holds from a step on, or until one, is gathered from there on, by either method and whatever the words", () => {
  for (const method of ["", " using rk4"]) {
    const totals = bothOf(`time 0 to 10 by 0.5 month${method}
outcome a : month = total(step(3 months, 2))
outcome b : month = total(if time >= 3 months then 2 else 0)
outcome c : month = total(if 7 months > time then 1 else 0)
outcome d : month = total(step(0 months))
outcome e : month = total(step(10 months))`);
    for (const [name, right] of Object.entries({ a: 14, b: 14, c: 7, d: 10, e: 0 }))
      expect(totals[name], `${name}${method}`).toBeCloseTo(right, 9);
  }
});

it("a rate that holds while a pulse lasts runs up rate times its width, over the end of the case too: 1 − exp(−h)", () => {
  const text = `time 0 to 4 by 1 week using rk4\nevent hit rate 2/week * pulse(3.9 weeks, 2 weeks)\noutcome o = happened(hit)`;
  const worlds = 20_000;
  const hits = outcomeOf(modelOf(text), { worlds }).filter((x) => x === 1).length / worlds;
  const right = 1 - Math.exp(-0.2);
  expect(Math.abs(hits - right)).toBeLessThan(4 * Math.sqrt((right * (1 - right)) / worlds));
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
