/** How much of a spread is luck: in closed form, at nothing, at all, and in between. */

import { expect, it } from "vitest";
import { runFindings } from "#analysis/findings/findings.ts";
import { spreads, type Spread } from "#analysis/outcomes/spread.ts";
import { job, keyOfJob, type Job, type Sample } from "#ensemble/jobs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { quickLab } from "../lab.ts";
import { checked, twoYears } from "../model/checked.ts";

it("splits what is unknown from what is luck, by the law of total variance", async () => {
  const model = checked(`${twoYears}
unknown u : number ~ uniform(0, 1)
claim c causal "C." { credence 50% }
event e rate 1/year
event rare rate (if c then 0.2/year else 2/year)
outcome drawn : number = u
outcome lucky = happened(e)
outcome both = happened(rare)
outcome fixed : number = 3
`);
  const request = { views: ["case"], seed: 1, set: {}, worlds: 4096, vary: [], series: [], budget: 1e12 };
  const { spread } = await runFindings(model, request, quickLab());
  const found = new Map(spread[0]?.outcomes.map((o) => [o.outcome, o]));
  // What never varies has no spread to split.
  expect([...found.keys()]).toEqual(["drawn", "lucky", "both"]);
  expect(found.get("drawn")).toMatchObject({ unknown: 1, luck: 0, se: 0 });
  const lucky = found.get("lucky");
  expect(Math.abs(lucky?.unknown ?? 1)).toBeLessThan(3 * (lucky?.se ?? 0));
  // Two years at .2 or at 2: Var of the chance over the claim ÷ p(1 − p).
  const [low, high] = [1 - Math.exp(-0.4), 1 - Math.exp(-4)];
  const p = (low + high) / 2;
  const right = ((high - low) / 2) ** 2 / (p * (1 - p));
  const both = found.get("both");
  expect(Math.abs((both?.unknown ?? 0) - right)).toBeLessThan(3 * (both?.se ?? 0));
  expect((both?.unknown ?? 0) + (both?.luck ?? 0)).toBe(1);
  // (1 − ρ²)/√(n − 1).
  expect(both?.se).toBeCloseTo((1 - (both?.unknown ?? 0) ** 2) / Math.sqrt(4095), 12);
});

it("of three runs with two lucks, by hand", () => {
  const model = checked('case t "T?"\nunknown u : number ~ uniform(0, 1)\noutcome x : number = u\n');
  const situation = plainSituation({});
  const runs = (luck: Job["luck"], values: readonly number[]): [string, Sample] => {
    const own = job("case", situation, { luck });
    const outcomes = [Float64Array.from(values)];
    return [keyOfJob(own), { job: own, runs: 3, outcomes, finals: [], breaches: [], bands: [], clampedSteps: 0 }];
  };
  const of = (a: readonly number[], b: readonly number[]): readonly Spread[] =>
    spreads(model, new Map([runs("first", a), runs("second", b)]), "case", situation);
  // Centre 10/3; squares 23/3 and 107/3, half their sum 65/3; products 28/9 + 16/9 + 34/9 = 26/3; their ratio .4.
  const [found] = of([1, 2, 4], [2, 2, 9]);
  expect(found?.unknown).toBeCloseTo(0.4, 12);
  expect(found?.luck).toBeCloseTo(0.6, 12);
  expect(found?.se).toBeCloseTo(0.84 / Math.sqrt(2), 12);
  // Lucks that go against each other are all luck; a spread of 0 has no parts.
  expect(of([0, 1, 2], [2, 1, 0])[0]).toMatchObject({ unknown: 0, luck: 1 });
  expect(of([3, 3, 3], [3, 3, 3])).toEqual([]);
});
