/** The conditional chance of a hazard in place of its indicator: the same mean, however coarse the steps and whatever else ends or begins the risk within one. */

import { describe, expect, it } from "vitest";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { finalOf, job, sampleOf } from "#ensemble/jobs.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { runJobs } from "#ensemble/runs.ts";
import { mean, standardError } from "#ensemble/statistics.ts";
import { smoothed } from "#ensemble/table/exact-chance.ts";
import { quickLab } from "../lab.ts";
import { checked } from "../model/checked.ts";

const lab = quickLab();
const worlds = 16_384;

/** The outcome's mean as it is counted and by its conditional chance, on the same worlds, with the errors of both and of their difference. */
async function both(model: Model, name: string): Promise<Record<"counted" | "told", Figure> & { apart: Figure }> {
  const of: Expression = { op: "outcome", name };
  const soft = smoothed(model, of, []);
  if (soft === null) throw new Error("not smoothed");
  const silenced: Model = { ...model, suppositions: [...model.suppositions, soft.supposition] };
  const [plain, quiet] = [plainSituation({}), { ...plainSituation({}), suppositions: [soft.supposition.name] }];
  const chance = soft.of(of) as Expression;
  const jobs = [job("case", plain, { finals: [of] }), job("case", quiet, { finals: [chance] })];
  const samples = await runJobs(silenced, jobs, 11, worlds, lab);
  const counted = finalOf(sampleOf(samples, "case", plain), of);
  const told = finalOf(sampleOf(samples, "case", quiet), chance);
  return {
    counted: figure(counted),
    told: figure(told),
    apart: figure(counted.map((v, w) => v - (told[w] as number))),
  };
}

interface Figure {
  readonly value: number;
  readonly se: number;
}

const figure = (values: Float64Array): Figure => ({ value: mean(values), se: standardError(values) });

describe("the conditional chance of a hazard", () => {
  for (const method of ["", " using rk4"])
    it(`meets the closed form of competing risks within one coarse step${method}`, async () => {
      // P(fall before the natural end, by T) = f ÷ (f + n) · (1 − exp(−(f + n)·T)), constant hazards f and n.
      const model = checked(`case t "T?"
time 2024-01 to 2026-01 by 2 years${method}
event natural "N" rate 50 percent/year
event fall "F" rate 40 percent/year when not happened(natural)
outcome falls = happened(fall)
`);
      const { told, apart } = await both(model, "falls");
      const exact = (0.4 / 0.9) * (1 - Math.exp(-0.9 * 2));
      expect(Math.abs(told.value - exact)).toBeLessThan(4 * told.se);
      expect(told.se).toBeLessThan(0.003);
      expect(Math.abs(apart.value)).toBeLessThan(4 * apart.se);
    });

  it("is right where another event stops the run in the middle of a step", async () => {
    const model = checked(`case t "T?"
time 2024-01 to 2027-01 by year
event halt "H" rate 60 percent/year then stop
event fall "F" rate 30 percent/year
outcome falls = happened(fall)
`);
    const { told } = await both(model, "falls");
    const exact = (0.3 / 0.9) * (1 - Math.exp(-0.9 * 3));
    expect(Math.abs(told.value - exact)).toBeLessThan(4 * told.se);
  });

  it("has the mean of the count where states, grounds and other events move the rates of two hazards", async () => {
    const model = checked(`case t "T?"
time 2024-01 to 2030-01 by 6 months
claim a causal "A." { credence 50% }
unknown base : share/year ~ 5 percent/year to 40 percent/year judged
stock heat : number = 1 within 0..4
  + 0.3 number/year
event war "War" rate 30 percent/year then add 2 to heat
event natural "N" rate 15 percent/year
event halt "H" rate 5 percent/year when happened(war) then stop
event palace "P" rate base * heat when not changed then set heat = 0
event rising "R" rate 10 percent/year * (if a then 3 else 1) when not happened(natural) and (heat > 1.5 or happened(war)) then add 1 to heat
let changed = happened(palace) or happened(rising) or happened(natural)
outcome falls = happened(palace) or happened(rising)
outcome soon = happened(palace, 2026-01) or happened(rising, 2026-01)
`);
    for (const name of ["falls", "soon"]) {
      const { counted, told, apart } = await both(model, name);
      expect(Math.abs(apart.value)).toBeLessThan(4 * apart.se);
      expect(told.se).toBeLessThan(0.8 * counted.se);
    }
  });

  it("is not had of what is no hazard, repeats, or is spoken of by a supposition", () => {
    const model = checked(`case t "T?"
time 2024-01 to 2026-01 by month
event once_only "O" rate 10 percent/year
event again "A" rate 10 percent/year repeats
event due "D" at 2025-01
suppose never "N" { forbid once_only }
outcome o = happened(once_only)
outcome r = happened(again)
outcome d = happened(due)
outcome part = happened(once_only) and happened(due)
`);
    const of = (name: string): Expression => ({ op: "outcome", name });
    expect(smoothed(model, of("o"), [])).not.toBeNull();
    expect(smoothed(model, of("o"), ["never"])).toBeNull();
    for (const name of ["r", "d", "part"]) expect(smoothed(model, of(name), [])).toBeNull();
  });
});
