/** What is told of tallied runs against what is told of the same runs kept by value: the same means, bit for bit, the same errors, quantiles to the stated width. */

import { describe, expect, it } from "vitest";
import { judgeConclusions, questionsOfConclusions, jobsOfConclusions } from "#analysis/verdicts/conclusions.ts";
import { checkExpectations, jobsOfExpectations, questionsOfExpectations } from "#analysis/verdicts/expectations.ts";
import { compareFigures } from "#analysis/figures/figures.ts";
import { standing } from "#ensemble/profiles.ts";
import { runFindings, type Request } from "#analysis/findings/findings.ts";
import { outcomesIn } from "#analysis/outcomes/outcomes.ts";
import { spreads } from "#analysis/outcomes/spread.ts";
import { planFor } from "#analysis/runs/tallied.ts";
import { costOf } from "#ensemble/cost.ts";
import { job, merged } from "#ensemble/jobs.ts";
import { runJobs } from "#ensemble/runs.ts";
import { performTally, type TallyTask } from "#ensemble/work/tally-task.ts";
import { emptyShelf } from "#ensemble/work/shelf.ts";
import { plainSituation } from "#ensemble/situation.ts";
import { emptyReduction, isTallied, partOf, tallyJobs, type Tallies } from "#ensemble/tally/tallies.ts";
import { referenceEngine } from "#kernel/engine.ts";
import { checked, twoYears } from "../model/checked.ts";
import { faultyPool } from "../ensemble/threads.ts";
import { quickLab } from "../lab.ts";

const model = checked(`${twoYears}
claim a causal "A." { credence 50% }
claim rare causal "R." { credence 3% }
unknown u : share "U" ~ 10% to 40%
actor x "X"
choice do by x = this | that
stock s : share = 50% within 0..60%
  + u / 12 months because a
event e "E" rate 20 percent/year + (if do = that then u / 12 months else 0 percent/month)
  then add 0.1 to s
outcome last : share = final(s)
outcome came = happened(e)
outcome never = last < 0
conclusion more "M": chance(came if do = that) > chance(came if do = this) by 5 points
conclusion ratio "Q": mean(last | came) / mean(last) > 1
conclusion seldom "S": chance(came | rare) > chance(came) by 1 points
conclusion middle "D": median(last if do = that) > median(last if do = this)
conclusion tail "T": quantile(last | came, 95%) > mean(last) by 1 points
conclusion nought "N": chance(never) < 1%
expect always_low: always s < 59%
expect mean_in: mean(last) in 30%..70%
`);
const views = ["case"];
const set = { do: "this" };
const stand = standing(model, set);
const first = plainSituation({ do: "this" });
const pair = [job("case", first), job("case", first, { luck: "second" })] as const;
const request: Request = { views, seed: 5, worlds: 6000, set: {}, vary: [], series: [], budget: 1e12 };
const jobs = merged([
  job("case", first, { series: ["s"] }),
  pair[1],
  ...jobsOfConclusions(model, views, set),
  ...jobsOfExpectations(model, request),
]);
const plan = planFor(
  model,
  jobs,
  [...questionsOfConclusions(model, views), ...questionsOfExpectations(model, request)].map((q) => ({ ...q, stand })),
  [pair],
);
const lab = quickLab();
const worlds = 6000;
const kept = await runJobs(model, jobs, 5, worlds, lab);
const tallied = await tallyJobs(model, plan, 5, worlds, lab);

/** Moments are joined in another order of sums than two passes over all runs: the last few of 16 digits, and a rounding of 1 where all runs agree. */
const digits = 1e-10;

function near(found: number, wanted: number, relative: number): void {
  if (Number.isNaN(wanted)) expect(found).toBeNaN();
  else expect(Math.abs(found - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted) + 1e-15);
}

describe("tallied runs tell what runs by value tell", () => {
  it("of outcomes", () => {
    const values = outcomesIn({ model, ensemble: kept, view: "case", situation: first, values: () => null });
    const found = outcomesIn({ model, ensemble: tallied, view: "case", situation: first, values: () => null });
    values.forEach(({ summary: wanted }, i) => {
      const summary = found[i]?.summary;
      expect(summary?.mean).toBe(wanted.mean);
      expect(summary?.runs).toBe(worlds);
      near(summary?.se ?? 0, wanted.se, digits);
      for (const level of ["q05", "q25", "q50", "q75", "q95"] as const)
        expect(Math.abs((summary?.[level] ?? 0) - wanted[level])).toBeLessThanOrEqual(
          1.01 * ((wanted.q95 - wanted.q05) / 2 ** 9),
        );
    });
  });

  it("of conclusions: values to the bit, errors of margins with their covariance, refusals", () => {
    const wanted = judgeConclusions({ model, asked: views, set, ensemble: kept, seed: 5 });
    const found = judgeConclusions({ model, asked: views, set, ensemble: tallied, seed: 5 });
    expect(found.map((c) => c.verdict)).toEqual(wanted.map((c) => c.verdict));
    wanted.forEach(({ comparison, name }, i) => {
      const other = found[i]?.comparison;
      expect(other?.error).toBe(comparison.error);
      expect(other?.refusal).toEqual(comparison.refusal);
      expect(other?.figures.map((f) => [f.runs, f.outOf])).toEqual(comparison.figures.map((f) => [f.runs, f.outOf]));
      if (comparison.error === "delta") {
        expect([name, other?.margin]).toEqual([name, comparison.margin]);
        near(other?.se ?? 0, comparison.se, digits);
        comparison.figures.forEach((f, j) => near(other?.figures[j]?.se ?? 0, f.se, digits));
      } else {
        // 400 resamples of 4,096 worlds against 400 of all 6,000: each is good to about 5 %, and another set of worlds has another density there.
        near(other?.se ?? 0, comparison.se, 0.3);
        expect(Math.abs((other?.margin ?? 0) - comparison.margin)).toBeLessThan(0.003);
      }
    });
    expect(new Set(wanted.map((c) => c.comparison.error))).toEqual(new Set(["delta", "bootstrap"]));
  });

  it("of luck and not knowing, of breaches, of clamped steps", () => {
    const wanted = spreads(model, kept, "case", first);
    spreads(model, tallied, "case", first).forEach((s, i) => near(s.luck, wanted[i]?.luck ?? 0, digits));
    expect(wanted.length).toBe(2);
    const [a, b] = [partOf(kept, "case", first), partOf(tallied, "case", first)];
    expect([b.breaches, b.clampedSteps]).toEqual([a.breaches, a.clampedSteps]);
    expect(a.clampedSteps).toBeGreaterThan(0);
    const states = (e: Tallies | typeof kept): unknown =>
      checkExpectations(
        model,
        request,
        e,
        questionsOfExpectations(model, request).map((q) =>
          compareFigures(q.comparison, { model, view: q.view, stand, ensemble: e, seed: 5, missed: 0.01 }),
        ),
      ).map((x) => [x.state, x.found.kind === "always" && x.found.first]);
    expect(states(tallied)).toEqual(states(kept));
  });

  it("of series, at each time to 2^-6 of the middle 90 %", () => {
    const [wanted] = partOf(kept, "case", first).bands;
    const [found] = partOf(tallied, "case", first).bands;
    expect(wanted?.q50).toHaveLength(25);
    for (let t = 0; t < 25; t++) {
      const width = ((wanted?.q95[t] ?? 0) - (wanted?.q05[t] ?? 0)) / 2 ** 6;
      for (const level of ["q05", "q25", "q50", "q75", "q95"] as const)
        // The grid's spread is the pilot's, which is not quite that of all.
        expect(Math.abs((found?.[level][t] ?? 0) - (wanted?.[level][t] ?? 0))).toBeLessThanOrEqual(1.2 * width);
    }
  });
});

describe("a tally", () => {
  it("is the same to the bit whatever the shards and the threads", async () => {
    const told = (t: Tallies): unknown => [t.moments, t.sketches, t.jobs];
    const { pool } = faultyPool(3, (n) => (n % 5 === 0 ? "late" : null));
    expect(told(await tallyJobs(model, plan, 5, worlds, pool.lab))).toEqual(told(tallied));
    for (const size of [256, 1280, 6144]) {
      const reduction = emptyReduction(model, tallied.reading);
      const shelf = emptyShelf(referenceEngine);
      for (let from = 0; from < worlds; from += size) {
        const count = Math.min(size, worlds - from);
        const task: TallyTask = { kind: "tally", reading: tallied.reading, seed: 5, first: from, count };
        reduction.add(performTally(model, task, shelf));
      }
      expect(told(reduction.tallies(tallied.pilot, worlds))).toEqual(told(tallied));
    }
  });

  it("holds hardly more for ten times the runs", () => {
    const shelf = emptyShelf(referenceEngine);
    const reduction = emptyReduction(model, tallied.reading);
    const sizes: number[] = [];
    for (let from = 0; from < 25_600; from += 2560) {
      const task: TallyTask = { kind: "tally", reading: tallied.reading, seed: 9, first: from, count: 2560 };
      reduction.add(performTally(model, task, shelf));
      sizes.push(reduction.bytes());
    }
    // Runs by value would take ten times the room; buckets only fill up.
    expect((sizes[9] ?? 0) / (sizes[0] ?? 1)).toBeLessThan(1.6);
    expect(sizes[9]).toBeLessThan(costOf(model, jobs, 25_600, "tallies").bytes);
    expect(costOf(model, jobs, 1e8, "tallies").bytes).toBe(costOf(model, jobs, 25_600, "tallies").bytes);
    expect(costOf(model, jobs, 1e8, "tallies").bytes).toBeLessThan(costOf(model, jobs, 25_600, "values").bytes);
  });

  it("is what a run over the switch tells", async () => {
    const small = checked(
      'case small "Small?"\nunknown u : number "U" ~ uniform(0, 1)\noutcome x : number = u\nconclusion k "K": mean(x) > 0.4',
    );
    const findings = await runFindings(small, { ...request, worlds: 20_000 }, lab);
    const [x] = findings.profiles[0]?.outcomes ?? [];
    // Uniform: standard errors of mean and quartile are .29/√20,000 = .002 and .43/√20,000 = .003; five of them, and a bucket of .0018.
    expect(Math.abs((x?.summary.mean ?? 0) - 0.5)).toBeLessThan(0.01);
    expect(Math.abs((x?.summary.q25 ?? 0) - 0.25)).toBeLessThan(0.017);
    expect(findings.conclusions[0]?.verdict).toBe("holds");
    expect(isTallied(tallied)).toBe(true);
  });
});
