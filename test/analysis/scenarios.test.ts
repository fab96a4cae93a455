/** Where a conclusion fails, found again where it was put; and what is judged, moved, with the rest left alone. */

import { describe, expect, it } from "vitest";
import { discover } from "#analysis/scenarios/discover.ts";
import { jittered, jitterFindings, judgedIn } from "#analysis/scenarios/jitter.ts";
import { scenarios, type Feature } from "#analysis/scenarios/prim.ts";
import { quantileOf } from "#analysis/carries/thresholds.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { modelOf } from "../ensemble/tables.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();
const request = { views: ["case"], seed: 1, worlds: 1000, set: {}, vary: [], series: [], budget: 1e12 };

const column = (name: string, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => uniform(11, keyOf(name), i, 0));

describe("patient peeling", () => {
  const n = 2000;
  const features: readonly Feature[] = [
    { name: "u", kind: "quantile", column: column("u", n) },
    { name: "v", kind: "quantile", column: column("v", n) },
    { name: "claim", kind: "truth", column: column("c", n).map((x) => (x < 0.6 ? 1 : 0)) },
  ];
  const [u, , claim] = features.map((f) => f.column);
  const fails = Uint8Array.from({ length: n }, (_, i) => ((u?.[i] ?? 0) > 0.7 && claim?.[i] === 0 ? 1 : 0));

  it("finds a box that was planted: u > .7 and the claim false; v is left alone", () => {
    const found = scenarios(features, fails, 1);
    const byName = Object.fromEntries(found.chosen.restrictions.map((r) => [r.feature, r]));
    expect(byName["claim"]?.high).toBe(0);
    expect(byName["u"]?.low).toBeGreaterThan(0.6);
    expect(byName["u"]?.low).toBeLessThan(0.75);
    expect(byName["v"]).toBeUndefined();
    expect(found.chosen.coverage).toBeGreaterThan(0.9);
    expect(found.chosen.density).toBeGreaterThan(0.9);
    expect(byName["u"]?.quasiP).toBeLessThan(0.001);
    expect(found.reproduced.find((r) => r.feature === "u")?.times).toBe(found.resamples);
    const [first] = found.tree;
    expect(found.tree.length).toBeGreaterThan(0);
    expect(
      first?.conditions
        .map((c) => c.feature)
        .toSorted()
        .slice(0, 2),
    ).toEqual(["claim", "u"]);
  });

  it("tells the whole trajectory, from everything down", () => {
    const { trajectory } = scenarios(features, fails, 1);
    expect(trajectory[0]).toMatchObject({ coverage: 1, mass: 1, restrictions: [] });
    for (let i = 1; i < trajectory.length; i++)
      expect(trajectory[i]?.density ?? 0).toBeGreaterThan(trajectory[i - 1]?.density ?? 1);
  });

  it("works on a case: fails where the claim is false and the unknown is small", async () => {
    const model = modelOf(`
claim a causal "A." { credence 50% }
unknown u : number ~ uniform(0, 1) judged
unknown beside : number ~ uniform(0, 1) judged
outcome x : number = if a then 1 else u
conclusion c "C": mean(x) > 0.5
`);
    const { found, explained } = await discover(model, "c", "case", request, lab);
    expect(explained).toBe(1);
    expect(found.chosen.restrictions.map((r) => r.feature).toSorted()).toEqual(["a", "u"]);
    expect(found.chosen.density).toBeGreaterThan(0.9);
  });
});

describe("jitter", () => {
  const model = modelOf(`
claim a causal "A." { credence 80% }
unknown judged_one : number ~ 2 to 8 judged "ours"
unknown cited : number ~ 2 to 8 from "A book"
unknown part : share ~ 20% to 60% judged "ours"
outcome x : number = (if a then judged_one else 0) - cited / 2 + part
conclusion c "C": mean(x) > 0
`);
  it("moves what is judged by a factor within ½..2, a share by its odds, and nothing that is cited", () => {
    expect(judgedIn(model)).toEqual(["judged_one", "part"]);
    const factors: number[] = [];
    for (let variant = 0; variant < 50; variant++) {
      const changed = jittered(model, 1, variant);
      const ratio = (name: string, odds: boolean): number => {
        const at = (m: typeof model): number => quantileOf(m, "case", name)?.(0.5) ?? Number.NaN;
        const of = (x: number): number => (odds ? x / (1 - x) : x);
        return of(at(changed)) / of(at(model));
      };
      expect(ratio("cited", false)).toBe(1);
      for (const f of [ratio("judged_one", false), ratio("part", true)]) {
        expect(f).toBeGreaterThanOrEqual(0.5 - 1e-9);
        expect(f).toBeLessThanOrEqual(2 + 1e-9);
        factors.push(f);
      }
    }
    expect(Math.min(...factors)).toBeLessThan(0.6);
    expect(Math.max(...factors)).toBeGreaterThan(1.7);
  });

  it("counts verdicts and ranks over variants", async () => {
    const [found] = await jitterFindings({
      model,
      name: "c",
      request: { ...request, worlds: 256 },
      variants: 12,
      options: { patterns: 512, exact: 12 },
      lab,
    });
    const told = Object.values(found?.verdicts ?? {}).reduce((s, n) => s + n, 0);
    expect(told).toBe(12);
    expect(found?.ranks[0]).toMatchObject({ claim: "a", leads: 12, positive: 12 });
    expect(found?.margins[0] ?? 1).toBeLessThan(found?.margins[2] ?? 0);
  });
});
