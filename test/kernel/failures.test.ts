/** A value that is not finite stops the run and is told with its equation, step and world; nothing passes it on. */

import { describe, expect, it } from "vitest";
import { RunFailure } from "#kernel/reference.ts";
import { modelOf, runsOf } from "./runs.ts";

function failureOf(text: string, worlds = 1): RunFailure {
  const model = modelOf(text);
  try {
    runsOf(model, { worlds });
  } catch (error) {
    if (error instanceof RunFailure) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

const ten = "time 0 to 10 by 1 day\n";

const failing: readonly (readonly [string, string, string, number])[] = [
  [
    "a stock that grows out of bounds",
    `${ten}stock s : number = 1e200\n  + s * s * 1/day\noutcome o : number = final(s)`,
    "stock s",
    0,
  ],
  [
    "a division by zero in a let",
    `${ten}let x : number = 1 / (3 - time / 1 day)\nstock s : number = 0\n  + x * 1/day\noutcome o : number = final(s)`,
    "let x",
    3,
  ],
  [
    "a logarithm of something below zero",
    `${ten}let x : number = log(2 - time / 1 day)\nstock s : number = 0\n  + x * 1/day\noutcome o : number = final(s)`,
    "let x",
    2,
  ],
  [
    "a root of something below zero in an outcome",
    `outcome o : number = sqrt(u - 2)\nunknown u : number ~ uniform(0, 1)`,
    "outcome o",
    0,
  ],
  ["the rate of a hazard", `${ten}event e rate 1e-9/day / (4 - time / 1 day)\noutcome o = happened(e)`, "event e", 4],
  [
    "the utility of an option",
    `${ten}actor a\npolicy p by a at 5 days\n  option l: log(4 - time / 1 day)\n  option r: 0\noutcome o = happened(p.l)`,
    "policy p",
    5,
  ],
];

describe("a run stops at", () => {
  for (const [what, text, equation, step] of failing)
    it(what, () => {
      const failure = failureOf(text);
      expect(failure.equation.startsWith(equation), failure.equation).toBe(true);
      expect([failure.step, failure.world]).toEqual([step, 0]);
      expect(Number.isFinite(failure.value)).toBe(false);
    });

  it("the world in which it happens, and in no other", () => {
    const text = `unknown u : number ~ uniform(0, 1)\noutcome o : number = log(u - 0.02)`;
    const { world } = failureOf(text, 2000);
    expect(world).toBeGreaterThan(0);
    expect(runsOf(modelOf(text), { worlds: world })).toHaveLength(world);
  });
});
