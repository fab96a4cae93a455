/** Clocks that are held: what a hazard has run up, steps in which it does not come, and first clocks that are given. The same in both engines. */

import { describe, expect, it } from "vitest";
import type { SuppositionItem } from "#model/model.ts";
import { referenceEngine } from "#kernel/engine.ts";
import { engineNamed } from "#kernel/wasm/engine.ts";
import { modelOf, runsOf } from "./runs.ts";
import { difference } from "./same-bits.ts";

const text = (method: string): string => `
time 0 to 8 by 1 day${method}
unknown k : number ~ uniform(0.2, 3)
stock heat : number = 0
  + 0.1/day
event raid rate 0.4/day * (1 + heat) when not happened(peace) repeats then add 0.05 to heat
event peace rate 0.2/day
event quake rate 0.15/day then stop
policy answer "An answer" by a rate 1.5/day repeats
  option yes: 1
  option no: heat
actor a "A"
outcome n : number = count(raid)
outcome warm : number = mean(heat)
outcome all : day = total(heat)
outcome late : day = total(heat, k * 1 day, 7 days)
outcome when_quiet : day = time_of(peace)
`;

const settings: readonly (readonly SuppositionItem[])[] = [
  [],
  [{ kind: "quietEvent", event: "raid", untilStep: 3 }],
  [
    { kind: "quietEvent", event: "peace", untilStep: 5 },
    { kind: "setClock", event: "quake", value: { op: "unknown", name: "k" } },
  ],
  [
    { kind: "forceEvent", event: "raid", step: 2 },
    { kind: "setClock", event: "raid", value: { op: "unknown", name: "k" } },
    { kind: "quietEvent", event: "raid", untilStep: 1 },
  ],
];

describe("the engines agree to the last bit", () => {
  const wasm = engineNamed("wasm", globalThis, () => {});
  for (const method of ["", " using rk4"])
    settings.forEach((suppositions, i) =>
      it(`setting ${i}${method}`, () => {
        const setting = { choices: {}, suppositions };
        expect(difference([referenceEngine, wasm], modelOf(text(method)), setting, 200)).toBeNull();
      }),
    );
});

const exposureAt = (event: string, time: number) =>
  ({
    op: "over",
    statistic: "at",
    of: { op: "exposure", event },
    from: { op: "const", value: time },
    to: null,
  }) as const;

describe("what a hazard has run up", () => {
  it("is its rate over time until it comes, and then its clock: of a unit exponential, mean 1", () => {
    const model = modelOf("time 0 to 400 by 1 day\nevent e rate 0.05/day\noutcome t : day = time_of(e)");
    const runs = runsOf(model, { worlds: 4_000, finals: [exposureAt("e", 400), exposureAt("e", 2)] });
    const ends = runs.map((r) => r.finals[0] as number);
    expect(Math.abs(ends.reduce((a, b) => a + b, 0) / ends.length - 1)).toBeLessThan(4 / Math.sqrt(4_000));
    for (const r of runs) {
      expect(r.finals[0] as number).toBeCloseTo(0.05 * (r.outcomes[0] as number), 12);
      expect(r.finals[1] as number).toBeCloseTo(0.05 * Math.min(2, r.outcomes[0] as number), 12);
    }
  });

  it("ends with its rival where it comes only while the rival has not, within the step too", () => {
    const model = modelOf(
      "time 0 to 10 by 5 day\nevent a rate 0.1/day when not happened(b)\nevent b rate 0.2/day\noutcome t : day = min(time_of(a, 10 days), time_of(b, 10 days))",
    );
    for (const r of runsOf(model, { worlds: 500, finals: [exposureAt("a", 10)] }))
      expect(r.finals[0] as number).toBeCloseTo(0.1 * (r.outcomes[0] as number), 12);
  });
});

it("a clock that is given decides the day: at rate r, clock / r", () => {
  const model = modelOf("time 0 to 10 by 1 day\nevent e rate 0.25/day\noutcome t : day = time_of(e)");
  const clock = (value: number): number => {
    const held = { ...model, suppositions: [held1(value)] };
    return runsOf(held, { worlds: 1, suppose: ["held"] })[0]?.outcomes[0] as number;
  };
  const held1 = (value: number) => ({
    name: "held",
    label: "",
    span: { document: "", start: 0, end: 0 },
    items: [{ kind: "setClock", event: "e", value: { op: "const", value } } as const],
  });
  expect(clock(0.6)).toBeCloseTo(2.4, 12);
  expect(clock(2)).toBeCloseTo(8, 12);
});

describe("one quadrature for total and mean", () => {
  // x' = −x/2 from 1: the total over 0..4 is 2·(1 − e^−2). By Euler's method what the stock lost, twice.
  const decay = (method: string): string =>
    `time 0 to 4 by 0.5 day${method}\nstock x : number = 1\n  - x / 2 days\nstock gathered : day = 0 days\n  + x\noutcome whole : day = total(x)\noutcome average : number = mean(x)\noutcome got : day = final(gathered)\noutcome part : day = total(x, 1 day, 3 days)\noutcome at_once : number = mean(x, 2 days, 2 days)\noutcome then_ : number = at(x, 2 days)`;
  for (const [method, close] of [
    ["", 0.3],
    [" using rk4", 3e-5],
  ] as const)
    it(`total ÷ time is the mean, and what a stock gathers${method}`, () => {
      const model = modelOf(decay(method));
      const [run] = runsOf(model);
      const [whole, average, got, part, atOnce, then] = run?.outcomes ?? new Float64Array();
      expect(whole).toBeCloseTo(got as number, 12);
      expect((whole as number) / 4).toBeCloseTo(average as number, 12);
      expect(Math.abs((whole as number) - 2 * (1 - Math.exp(-2)))).toBeLessThan(close);
      expect(Math.abs((part as number) - 2 * (Math.exp(-0.5) - Math.exp(-1.5)))).toBeLessThan(close);
      expect(atOnce).toBe(then);
    });
});
