/** What options are worth and what knowing more is, against closed forms: claims exactly, a normal, regret by hand. */

import { describe, expect, it } from "vitest";
import { chooserOf, compareFindings } from "#analysis/options/compare.ts";
import { regretOf } from "#analysis/options/regret.ts";
import type { Model } from "#model/model.ts";
import { modelOf } from "../ensemble/tables.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();
const compared = (model: Model, worlds: number, exact = 12): ReturnType<typeof compareFindings> =>
  compareFindings({
    model,
    request: { views: ["case"], seed: 1, worlds, set: {}, vary: [], series: [], budget: 1e12 },
    compared: model.choices.slice(0, 1),
    actor: chooserOf(model, model.choices.slice(0, 1)),
    enough: null,
    options: { exact },
    lab,
  });

const gamble = `
claim g1 causal "One." { credence 70% }
claim g2 causal "Two." { credence 60% }
claim g3 causal "Three." { credence 90% }
actor me "Me" values pay
choice do by me = act | wait
outcome pay : number = if do = act then (if g3 and (g1 or g2) then 1 else 0) - 0.6 else 0
`;

describe("the worth of knowing a claim", () => {
  it("for 'act pays Y − .6, wait 0', Y = g3 and (g1 or g2) with .7 .6 .9: .018, 0, .06", async () => {
    const model = modelOf(gamble);
    const found = await compared(model, 256);
    const worth = Object.fromEntries((found.byView[0]?.worthOfKnowing?.claims ?? []).map((w) => [w.name, w.worth]));
    expect(worth["g1"]).toBeCloseTo(0.018, 12);
    expect(worth["g2"]).toBeCloseTo(0, 12);
    expect(worth["g3"]).toBeCloseTo(0.06, 12);
    expect(found.byView[0]?.worthOfKnowing?.exactClaims).toBe(true);
  });

  it("is within its error of that where the claims are read off the runs", async () => {
    const known = (await compared(modelOf(gamble), 4096, 1)).byView[0]?.worthOfKnowing;
    expect(known?.exactClaims).toBe(false);
    for (const [name, worth] of [
      ["g1", 0.018],
      ["g2", 0],
      ["g3", 0.06],
    ] as const) {
      const found = known?.claims.find((w) => w.name === name);
      expect(Math.abs((found?.worth ?? NaN) - worth)).toBeLessThan(4 * (found?.se ?? 0) + 1e-9);
    }
  });
});

describe("the worth of knowing an unknown", () => {
  it("of a normal payoff against nothing: σ·φ(0) = .3989 when its mean is 0", async () => {
    const model = modelOf(`
actor me "Me" values pay
choice do by me = act | wait
unknown x : number ~ normal(-1.6448536 to 1.6448536) judged
unknown beside : number ~ uniform(0, 1) judged
outcome pay : number = if do = act then x else 0
`);
    const worth = Object.fromEntries(
      ((await compared(model, 8000)).byView[0]?.worthOfKnowing?.unknowns ?? []).map((w) => [w.name, w.worth]),
    );
    // A cubic in the quantile bends a normal a little: within .03; 8,000 runs leave an error near .007.
    expect(Math.abs((worth["x"] ?? 0) - 0.3989)).toBeLessThan(0.03);
    expect(Math.abs(worth["beside"] ?? 1)).toBeLessThan(0.03);
  });
});

describe("regret", () => {
  it("is what the best would have been worth, less what this was", () => {
    const expected = [Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 2, 0, 4)];
    expect(regretOf(expected, 0, 2)).toMatchObject({ mean: 0.25, q90: 1, max: 1, best: 0.75, satisficing: 0.75 });
    expect(regretOf(expected, 1, 2)).toMatchObject({ mean: 0.75, q90: 3, max: 3, best: 0.75, satisficing: 0.75 });
  });

  it("has the errors of means and of chances over beliefs", () => {
    const expected = [Float64Array.of(1, 2, 3, 4), Float64Array.of(2, 2, 0, 4)];
    const { meanError, bestError, satisficingError } = regretOf(expected, 0, 2);
    // Regrets 1 0 0 0, best 0 1 1 1, good enough 0 1 1 1: each with variance ¼ over four.
    for (const error of [meanError, bestError, satisficingError]) expect(error).toBeCloseTo(0.25, 12);
    // Best in all four: the error of one belief more in which it is not.
    expect(regretOf([Float64Array.of(1, 1, 1, 1)], 0, 0).bestError).toBeCloseTo(Math.sqrt((0.2 * 0.8) / 4), 12);
  });

  it("goes with dominance: an option that is worse in every world is told so", async () => {
    const model = modelOf(`
actor me "Me" values pay
choice do by me = good | bad
unknown x : number ~ uniform(0, 1) judged
outcome pay : number = x + (if do = good then 1 else 0)
`);
    const found = await compared(model, 64);
    expect(found.dominated).toEqual([null, 0]);
    expect(found.byView[0]?.worth?.[1]?.behind.mean).toBeCloseTo(-1, 12);
    expect(found.byView[0]?.worth?.[1]?.behind.se).toBeCloseTo(0, 12);
    expect(found.byView[0]?.worthOfKnowing?.everything.worth).toBeCloseTo(0, 12);
  });
});
