/** The seam in front of the engines: columns in the order asked, each run by itself, failures by the first world that fails. */

import { expect, test } from "vitest";
import { referenceEngine, RunFailure, type BatchDraws, type BatchProgram } from "#kernel/engine.ts";
import { modelOf } from "./runs.ts";

const model = modelOf(`
time 2022-01 to 2023-01 by month
unknown pull : share ~ uniform(0%, 10%)
claim heavy causal "It pulls." { at memo p1 s1  credence 50% }
source memo { title "A memo" author "Nobody" year 2022 }
stock level : share = 50% within 0..1
  - pull * level / 1 month because heavy
event fall "It falls" rate 10% per month
  then set level = level / 2
outcome low : share = final(level)
`);
const watch = {
  finals: [],
  always: [
    {
      op: "binary",
      operator: "gt",
      left: { op: "stock", name: "level" },
      right: { op: "const", value: 0.3 },
    },
  ],
  series: ["level"],
} as const;

function drawn(worlds: readonly number[], pull: (world: number) => number): BatchDraws {
  return {
    seed: 5,
    worlds: Uint32Array.from(worlds),
    claims: [Float64Array.from(worlds, (w) => w % 2)],
    unknowns: [Float64Array.from(worlds, pull)],
    believed: [],
  };
}

const program: BatchProgram = referenceEngine.compile(model, { choices: {}, suppositions: [] }, watch);

test("a world's run is the same in any batch, at any place", () => {
  const pull = (w: number): number => w / 1000;
  const all = program.run(drawn([0, 1, 2, 3, 4], pull));
  const some = program.run(drawn([4, 2], pull));
  [4, 2].forEach((w, at) => {
    expect(some.outcomes[0]?.[at]).toBe(all.outcomes[0]?.[w]);
    expect(some.always[0]?.[at]).toBe(all.always[0]?.[w]);
    expect(some.firstTimes[0]?.[at]).toBe(all.firstTimes[0]?.[w]);
    for (let t = 0; t <= 12; t++) expect(some.series[0]?.[t * 2 + at]).toBe(all.series[0]?.[t * 5 + w]);
  });
  expect(new Set(all.outcomes[0]).size).toBeGreaterThan(2);
  expect(all.series[0]).toHaveLength(13 * 5);
});

test("claims are an input of each run", () => {
  const { outcomes } = program.run(drawn([0, 2, 1], () => 0));
  const pulled = program.run(drawn([0, 2, 1], () => 0.1));
  expect(pulled.outcomes[0]?.[0]).toBe(outcomes[0]?.[0]);
  expect(pulled.outcomes[0]?.[2]).toBeLessThan(outcomes[0]?.[2] ?? 0);
});

test("the first world that fails is told, with equation and value", () => {
  const run = (): unknown => program.run(drawn([6, 9, 3], (w) => (w === 6 ? 0 : w * 1e308)));
  expect(run).toThrow(RunFailure);
  expect(run).toThrow(/unknown pull is Infinity in step 0 of world 9/);
});
