/**
 * Evidence is of one course of the world, and what would have happened under another option is asked of the same worlds, clocks included: against
 * the exponential law worked out by hand.
 */

import { describe, expect, it } from "vitest";
import { learnFindings, type Learnt } from "#analysis/record/learn.ts";
import { scoreFindings } from "#analysis/record/score.ts";
import { modelOf } from "../kernel/runs.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();

async function learn(text: string, worlds = 4000): Promise<Learnt> {
  const asked = { views: ["case"], seed: 3, worlds, set: {}, budget: 1e10 };
  const request = { ...asked, until: null, untilDate: null, motives: false, conclusions: true };
  const [learnt] = (await learnFindings(modelOf(text), request, lab)).views;
  if (learnt === undefined || learnt.refusal !== null) throw new Error("nothing learnt");
  return learnt;
}

/** By how many of its errors the margin of a conclusion is off afterwards; of a figure compared with 0 that is the figure. */
function errorsOff(learnt: Learnt, name: string, value: number): number {
  const found = learnt.conclusions.find((c) => c.conclusion === name)?.posterior;
  return Math.abs((found?.margin ?? NaN) - value) / Math.max(found?.se ?? NaN, 1e-12);
}

const head = `time 2000-01 to 2020-01 by 1 month
actor a "A"
choice s "What is done" by a = contain | accommodate
`;

describe("what the other option would have brought", () => {
  it("not by year 6 but by year 9, at 5 % a year: the clock lies in .30 to .45, and half the rate reaches .25 in ten years", async () => {
    const learnt = await learn(`time 2000-01 to 2010-01 by 1 month
actor a "A"
choice s "What is done" by a = contain | accommodate
event fall rate 5 percent/year * (if s = contain then 1 else 0.5)
outcome fell = happened(fall)
conclusion more : chance(fell if s = contain) > chance(fell if s = accommodate) by 3 points
evidence stood by 2006-01: not happened(fall) if s = contain
evidence fallen by 2009-01: happened(fall) if s = contain`);
    const found = learnt.conclusions[0];
    expect(found?.posterior).toMatchObject({ margin: 1, verdict: "holds" });
    // Of n effective runs without an exception in either figure: each in doubt by 1 ÷ n.
    expect(found?.posterior.se).toBeCloseTo(Math.SQRT2 / (found?.posterior.effective ?? NaN), 4);
  });

  it("what had stood stands, in the conclusion as in the outcome", async () => {
    const learnt = await learn(`${head}event fall rate 20 percent/year * (if s = contain then 1 else 2)
outcome fell = happened(fall)
conclusion stands : chance(fell if s = contain) < 50%
conclusion other : chance(fell if s = accommodate) > 0%
evidence stood by 2020-01: not happened(fall) if s = contain`);
    expect(learnt.outcomes[0]?.posterior).toMatchObject({ value: 0 });
    expect(learnt.conclusions[0]?.posterior.margin).toBe(0.5);
    // The clock holds 4 and more; twice the rate runs up 8.
    expect(errorsOff(learnt, "other", 1 - Math.exp(-4))).toBeLessThan(4);
  });

  it("of two that compete, the one that came fixes both clocks", async () => {
    const learnt =
      await learn(`${head}event fall rate 20 percent/year * (if s = contain then 1 else 0.5) when not happened(coup)
event coup rate 10 percent/year when not happened(fall)
outcome fell = happened(fall)
outcome couped = happened(coup)
conclusion fewer : chance(couped if s = accommodate) > 0%
conclusion same : chance(couped if s = contain) > 0%
evidence came at 2005-01: happened(fall) if s = contain`);
    // The fall, on its date at the full rate, comes in 2010 at half of it; until then the coup has five more years.
    expect(errorsOff(learnt, "fewer", 1 - Math.exp(-0.5))).toBeLessThan(4);
    expect(learnt.conclusions[1]?.posterior.margin).toBe(0);
  });

  it("of one that repeats, the first arrival is held and all later ones are free", async () => {
    const learnt = await learn(`${head}event raid rate 50 percent/year * (if s = contain then 1 else 2) repeats
outcome raids : number = count(raid)
conclusion many : mean(raids if s = accommodate) > 0
evidence quiet by 2006-01: not happened(raid) if s = contain`);
    // Poisson over 20 units, none of them in the first 3.
    expect(errorsOff(learnt, "many", 17)).toBeLessThan(4);
  });

  it("a claim that gates the rate is reweighed, and with it every option", async () => {
    const learnt = await learn(
      `claim bold causal "It hurries." { credence 40% }
${head}event fall rate (if s = contain then 10 percent/year else 30 percent/year) because bold
outcome fell = happened(fall)
conclusion other : chance(fell if s = accommodate) > 0%
conclusion sure : chance(bold) > 0%
evidence stood by 2010-01: not happened(fall) if s = contain`,
      8000,
    );
    const bold = (0.4 * Math.exp(-1)) / (0.4 * Math.exp(-1) + 0.6);
    const [claim] = learnt.claims;
    expect(Math.abs((claim?.posterior.value ?? NaN) - bold)).toBeLessThan(4 * (claim?.posterior.se ?? NaN));
    expect(errorsOff(learnt, "sure", bold)).toBeLessThan(4);
    // Where bold, the clock holds 1 and more, and 6 run up.
    expect(errorsOff(learnt, "other", bold * (1 - Math.exp(-5)))).toBeLessThan(4);
  });

  it("under Runge and Kutta's method the clock holds what its stages ran up", async () => {
    const learnt = await learn(`time 0 to 10 by 1 year using rk4
actor a "A"
choice s "What is done" by a = contain | accommodate
event fall rate 0.02/year^2 * time * (if s = contain then 1 else 2)
outcome fell = happened(fall)
conclusion other : chance(fell if s = accommodate) > 0%
evidence stood by 6 years: not happened(fall) if s = contain`);
    // ∫ .02 t = .36 by year 6; twice the rate runs up 2 in ten.
    expect(errorsOff(learnt, "other", 1 - Math.exp(-(2 - 0.36)))).toBeLessThan(4);
  });
});

describe("the same words mean the same in an outcome, in evidence and in a forecast", () => {
  const quarters = (by: string): string => `time 2024-01 to 2026-01 by 1 quarter
claim c causal "C." { credence 50% }
event war rate 2/year
event truce at 2025-01
outcome o = happened(war, ${by})
outcome t = happened(truce, ${by})
forecast f of c by ${by}: happened(war) state open
forecast g of c by ${by}: happened(truce) state open
`;
  const score = async (text: string) =>
    scoreFindings(modelOf(text), { views: ["case"], seed: 3, worlds: 4000, set: {}, budget: 1e9, frozen: [] }, lab);

  // Before, on and after an edge of a step. 2024 has 366 days; the case counts a month as a twelfth of a year.
  for (const [by, years] of [
    ["2024-02-10", 1 / 12 + 9 / 29 / 12],
    ["2024-04", 0.25],
    ["2024-03-31", 2 / 12 + 30 / 31 / 12],
    ["2025-01", 1],
  ] as const)
    it(`by ${by}`, async () => {
      const text = quarters(by);
      const { forecasts } = await score(text);
      const [war, truce] = forecasts.map((f) => f.views[0]?.chance.value);
      const learnt = await learn(`${text}evidence e by ${by}: happened(war)\n`);
      const [o, t] = learnt.outcomes;
      // The very same runs, before: the same share of them.
      expect(o?.prior.value).toBe(war);
      expect(t?.prior.value).toBe(truce);
      expect(truce).toBe(by === "2025-01" ? 1 : 0);
      expect(o?.posterior.value).toBeCloseTo(1, 12);
      expect(Math.exp(learnt.logEvidence)).toBeCloseTo(war ?? NaN, 12);
      const chance = 1 - Math.exp(-2 * years);
      expect(Math.abs((war ?? NaN) - chance)).toBeLessThan(4 * Math.sqrt((chance * (1 - chance)) / 4000) + 0.004);
      // And its absence: together they are certain.
      const absent = await learn(`${text}evidence e by ${by}: not happened(war)\n`);
      expect(absent.outcomes[0]?.posterior.value).toBe(0);
      expect(Math.abs(Math.exp(absent.logEvidence) - (1 - chance))).toBeLessThan(0.02);
    });

  it("an event on the very date has come, and one at a date within the evidence's step has too", async () => {
    const learnt = await learn(`time 2024-01 to 2026-01 by 1 month
claim hawk causal "Hawks rule." { credence 50% }
event war at 2025-01 when hawk
outcome o = happened(war, 2025-01)
evidence came by 2025-01: happened(war)
evidence then_ at 2025-01: happened(war)`);
    expect(learnt.claims[0]?.posterior.value).toBeCloseTo(1, 12);
    expect(learnt.outcomes[0]?.posterior.value).toBeCloseTo(1, 12);
    expect(Math.exp(learnt.logEvidence)).toBeCloseTo(0.5, 1);
  });
});

it("a rare claim is reported with its error, whatever came out of it", async () => {
  const text = (credence: string): string => `time 2000-01 to 2010-01 by 1 month
claim rare causal "Hardly." { credence ${credence} }
event fall rate (if rare then 60 percent/year else 10 percent/year)
outcome fell = happened(fall)
evidence fallen by 2005-01: happened(fall)`;
  for (const [written, credence] of [
    ["0.2%", 0.002],
    ["99.9%", 0.999],
  ] as const) {
    const learnt = await learn(text(written));
    const [on, off] = [credence * (1 - Math.exp(-3)), (1 - credence) * (1 - Math.exp(-0.5))];
    const { value, se } = learnt.claims[0]?.posterior ?? { value: NaN, se: NaN };
    expect(Math.abs(value - on / (on + off))).toBeLessThan(4 * se);
    expect(se).toBeGreaterThan(0);
    expect(se).toBeLessThan(0.002);
  }
});

describe("an event that has not come", () => {
  const world = `${head}event begun at 2000-06
event lost rate 6 percent/year when happened(begun)
event settled rate 9 percent/year when happened(begun) and not happened(lost)
let over = happened(lost) or not not happened(settled)
let goes_on = happened(begun) and not over and (happened(begun) or s = accommodate)
let calm = not over and not over
outcome later = happened(settled)
conclusion other : chance(later if s = accommodate) > 0%
`;
  const seen = async (condition: string): Promise<Learnt> =>
    learn(`${world}evidence seen ${condition} if s = contain`, 400);

  it("is the same, to the last bit, whether it is written or a let says it: no run is thrown away", async () => {
    const written = await seen("by 2006-01: happened(begun) and not happened(lost) and not happened(settled)");
    // Weights differ by the unknown clocks of nothing: each run has the same risk.
    expect(written.effective).toBeCloseTo(400, 6);
    for (const condition of [
      "by 2006-01: goes_on",
      "at 2006-01: goes_on",
      "by 2006-01: goes_on and calm",
      "by 2006-01: happened(begun) and not (happened(lost) or happened(settled))",
    ]) {
      const named = await seen(condition);
      expect(named.effective).toBe(written.effective);
      expect(named.logEvidence).toBe(written.logEvidence);
      expect(named.outcomes).toEqual(written.outcomes);
      expect(named.conclusions).toEqual(written.conclusions);
    }
    // Both hazards held off from the step after it has begun: five years and a half.
    expect(written.logEvidence).toBeCloseTo(-0.15 * 5.5, 9);
  });

  it("that came in a let by a date is not asked to have come in that very step", async () => {
    const learnt = await seen("at 2006-01: over");
    expect(Math.exp(learnt.logEvidence)).toBeGreaterThan(0.4);
  });

  it("is read at the step where the let that says it is supposed to be something else", async () => {
    const supposed = `${world}suppose truce "A truce" { set over = 1 > 2 }
evidence seen by 2006-01: not over if s = contain and truce`;
    const learnt = await learn(supposed, 400);
    expect(learnt.logEvidence).toBe(0);
  });
});
