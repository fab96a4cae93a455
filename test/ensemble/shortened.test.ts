/** Runs that end where nothing more is read: the same bits as whole ones. */

import { describe, expect, it } from "vitest";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { StoppedRun } from "#ensemble/failure.ts";
import { job, sampleOf } from "#ensemble/jobs.ts";
import { runFinals, runJobs } from "#ensemble/runs.ts";
import { shortenedModel } from "#ensemble/shortened.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { checked, twoYears } from "../model/checked.ts";
import { quickLab } from "../lab.ts";

const world = `${twoYears}
claim a causal "A." { credence 50% }
unknown u : share "U" ~ 10% to 40%
actor x "X"
stock s : share = 50%  within 0..1
  + u / 12 months because a
  - 2 percent/month * late
let late : share = delay3(s, 4 months)
policy ask "Asks" by x rate 20 percent/month repeats
event e "E" rate 3 percent/month * (1 + s)
  then add 10% to s
event over "It ends" rate 1 percent/month
  then stop
`;
const outcomes = {
  by_then: "happened(e, 2024-07)",
  at_then: "at(s, 2024-06)",
  most: "max(s, 2024-02, 2024-07)",
  average: "mean(s, 2024-01, 2024-06)",
  both: "if happened(e, 2024-04) then at(s, 2024-08) else u",
};
const text = (more: string): string =>
  world +
  Object.entries({ ...outcomes, whole: "final(s)", asked: "count(ask)" })
    .map(([name, value]) => `outcome ${name} = ${value}\n`)
    .join("") +
  more;

const outcome = (name: string): Expression => ({ op: "outcome", name });
const early = Object.keys(outcomes).map(outcome);

/** The finals of worlds 256 … 16,639, made beyond a first look. */
async function beyond(model: Model, finals: readonly Expression[]): Promise<readonly Float64Array[]> {
  const asked = job("case", plainSituation({}), { finals });
  const samples = await runFinals({ model, jobs: [asked], seed: 3, worlds: 16_640, lab: quickLab(), from: 256 });
  return sampleOf(samples, "case", plainSituation({})).finals;
}

describe("runs that end where nothing more is read", () => {
  const model = checked(text(""));

  it("have the bits of whole ones in all that is asked for", async () => {
    const asked = job("case", plainSituation({}), { finals: early });
    const whole = sampleOf(await runJobs(model, [asked], 3, 16_640, quickLab()), "case", plainSituation({}));
    expect(shortenedModel(model, early, quickLab()).time?.steps).toBeLessThan(24);
    expect(await beyond(model, early)).toEqual(whole.finals.map((column) => column.subarray(256)));
    // And they tell runs apart.
    for (const column of whole.finals) expect(new Set(column).size).toBeGreaterThan(1);
  });

  it("go on past the last date that is read, to one of eight lengths", () => {
    const stepsFor = (...finals: readonly Expression[]): number | undefined =>
      shortenedModel(model, finals, quickLab()).time?.steps;
    // July is step 6, and what is overdrawn at its start comes in that step: 8 steps, and lengths are multiples of 3.
    expect(stepsFor(outcome("by_then"))).toBe(9);
    expect(stepsFor(outcome("by_then"), outcome("both"))).toBe(9);
    expect(stepsFor(outcome("average"))).toBe(9);
    expect(stepsFor({ op: "unknown", name: "u" })).toBe(0);
  });

  it("are whole where the end is read, or a policy draws among options", () => {
    const lab = quickLab();
    for (const e of [outcome("whole"), outcome("asked"), { op: "stock", name: "s" } as const])
      expect(shortenedModel(model, [outcome("by_then"), e], lab)).toBe(model);
    const choosing = checked(
      text('policy pick "Picks" by x rate 5 percent/month\n  option one "One": 1\n  option two "Two": 2\n'),
    );
    expect(shortenedModel(choosing, early, lab)).toBe(choosing);
  });

  it("meet what cannot go on before that, and nothing after it", async () => {
    const failing = (month: string): Model =>
      checked(text(`let odd : number = 1 / (if time >= ${month} then 0 else 1)\noutcome odd_end = at(odd, 2024-02)\n`));
    await expect(beyond(failing("2024-05"), early)).rejects.toThrow(StoppedRun);
    expect(await beyond(failing("2025-06"), early)).toEqual(await beyond(model, early));
  });
});
