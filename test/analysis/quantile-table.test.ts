/** Quantiles read off tables, against closed forms of mixtures: their value under any credence, where they pass a level, where they jump over it. */

import { describe, expect, it } from "vitest";
import { explainFindings, flipFindings } from "#analysis/carries/explain.ts";
import { runFindings } from "#analysis/findings/findings.ts";
import { lab, modelOf } from "../ensemble/tables.ts";

const request = { views: ["case"], seed: 1, worlds: 4096, set: {}, vary: [], series: [], budget: 1e12 };
const options = { patterns: 4096, exact: 12, unknowns: 0 };

/** The median of u, uniform on 0..1, moved by `by` with the credence c. */
const shifted = (by: number, level: number, credence: number): string => `
claim a causal "A." { credence ${100 * credence}% }
claim b causal "B." { credence 50% }
unknown u : share ~ uniform(0, 1) judged
outcome x : number = u + (if a then ${by} else 0) + (if b then 0 else 0)
conclusion k "K": median(x) > ${level}
`;

describe("a statement over a quantile", () => {
  it("has the mixture's median, and turns where it passes the level: .5/(1 − c) = .8 at c = .375", async () => {
    const model = modelOf(shifted(1, 0.8, 0.2));
    for (const exact of [12, 0]) {
      const { flipped } = await flipFindings({ model, name: "k", request, options: { ...options, exact }, lab });
      const found = flipped[0]?.found ?? expect.fail("nothing");
      // Read along lines between 32 levels of a straight distribution: what is left is sampling.
      expect(Math.abs(found.now.margin - (0.5 / 0.8 - 0.8))).toBeLessThan(4 * found.now.se + 1e-3);
      expect(found.now.se).toBeLessThan(0.02);
      const point = found.claims.find((c) => c.claim === "a")?.points[0] ?? expect.fail("no point");
      expect(Math.abs(point.credence - 0.375)).toBeLessThan(0.02);
      expect(point.jumps).toBe(false);
      expect(point.holds).toBe("above");
    }
  });

  it("tells a jump: between 0..1 and 3..4 nothing falls, and the median jumps at even odds", async () => {
    const model = modelOf(shifted(3, 2, 0.2));
    const { flipped } = await flipFindings({ model, name: "k", request, options, lab });
    const claim = flipped[0]?.found.claims.find((c) => c.claim === "a") ?? expect.fail("no claim");
    expect(claim.how).toBe("scan");
    expect(claim.points).toHaveLength(1);
    expect(claim.points[0]?.credence).toBeCloseTo(0.5, 2);
    expect(claim.points[0]?.jumps).toBe(true);
  });

  it("adds up: what the claim contributes to the median is .5/(1 − c) − .5, the other nothing", async () => {
    const model = modelOf(shifted(1, 0.8, 0.2));
    const { explained } = await explainFindings({ model, name: "k", request, game: "removal", options, lab });
    const found = explained[0]?.found ?? expect.fail("nothing");
    expect(found.gap).toBeLessThan(1e-9);
    const a = found.shares.find((s) => s.claim === "a") ?? expect.fail("no share");
    expect(Math.abs(a.share - (0.5 / 0.8 - 0.5))).toBeLessThan(4 * a.se + 1e-3);
  });

  it("agrees with live runs on a hazard's world, condition and all", async () => {
    const model = modelOf(`
time 2024-01 to 2027-01 by month
claim a causal "A." { credence 70% } claim b causal "B." { credence 40% }
unknown base : share/year ~ 10 percent/year to 40 percent/year judged
stock heat : number = 1 within 0..
  + base * 3 because a
  + base * 2 because b
event war "War" rate 40 percent/year
outcome warm : number = heat
outcome fought = happened(war)
conclusion k "K": quantile(warm, 80% | fought) - median(warm) > 0.1
`);
    const live = await runFindings(model, { ...request, worlds: 16_000 }, lab);
    const { comparison } = live.conclusions[0] ?? expect.fail("no conclusion");
    const { explained } = await explainFindings({ model, name: "k", request, game: "removal", options, lab });
    const all = explained[0]?.found.all ?? expect.fail("nothing");
    // Straight lines between 32 levels are off by less than a hundredth of the spread, .02 here.
    expect(Math.abs(all.margin - comparison.margin)).toBeLessThan(4 * Math.hypot(all.se, comparison.se) + 0.02);
  });

  it("is refused by name where what is asked takes but a few values", async () => {
    const model = modelOf(`
claim a causal "A." { credence 50% }
unknown u : share ~ uniform(0, 1) judged
outcome x : number = (if a then 2 else 1) + (if u > 0.5 then 1 else 0)
conclusion k "K": median(x) > 1.5
`);
    await expect(flipFindings({ model, name: "k", request, options, lab })).rejects.toThrow("it takes only 3 values");
  });
});

describe("a decision taken anew for each belief", () => {
  it("jumps where it turns: who expects 2c − 1 of acting acts from even odds on, and half of those who act are hurt", async () => {
    const model = modelOf(`
actor w "W"
choice move "Move" by w = wait | act
claim a causal "A." { credence 20% }
unknown u : share ~ uniform(0, 1) judged
outcome worth : number = if move = act then (if a then 1 else -1) else 0
outcome hurt = move = act and u < 0.5
conclusion k "K": (if mean(worth if move = act) > mean(worth if move = wait) then chance(hurt if move = act) else chance(hurt if move = wait)) > 25%
`);
    const { flipped } = await flipFindings({ model, name: "k", request, options, lab });
    const found = flipped[0]?.found ?? expect.fail("nothing");
    expect(found.now.margin).toBeCloseTo(-0.25, 9);
    const [point, ...more] = found.claims.find((c) => c.claim === "a")?.points ?? [];
    expect(more).toEqual([]);
    expect(point?.credence).toBeCloseTo(0.5, 6);
    expect(point?.jumps).toBe(true);
  });
});
