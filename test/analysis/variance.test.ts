/** What of the margin's variance each claim answers for, against closed forms, from every pattern and from sampled ones. */

import { describe, expect, it } from "vitest";
import { attribution } from "#analysis/carries/attribution.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { modelOf, tableOf, threeGates } from "../ensemble/tables.ts";

type Found = ReturnType<typeof attribution>;
const shareOf = (found: Found, claim: string): number => found.shares.find((s) => s.claim === claim)?.share ?? 0;

describe("the variance game", () => {
  const added = modelOf(`
claim a causal "A." { credence 70% } claim b causal "B." { credence 20% } claim c causal "C." { credence 50% }
unknown noise : number ~ normal(-1 to 1) judged
outcome x : number = (if a then 2 else 0) + (if b then -3 else 0) + (if c then 0.5 else 0) + noise
conclusion k "K": mean(x) > 0
`);

  it.each([12, 0])("gives claims that add p(1 − p)β² each (exact to %i gates)", async (exact) => {
    const table = await tableOf(added, ["k"], { exact, patterns: 4096, worlds: 1024 });
    const found = attribution(table, "k", mindOf(added, "case"), "variance");
    const known = { a: 0.7 * 0.3 * 4, b: 0.2 * 0.8 * 9, c: 0.25 * 0.25 };
    expect(found.method).toBe(exact > 0 ? "exact" : "fit");
    expect(found.gap).toBeLessThan(1e-9);
    for (const [claim, share] of Object.entries(known)) {
      const told = found.shares.find((s) => s.claim === claim) ?? expect.fail(claim);
      // The fits pull an effect in by about 1 part in N·p(1 − p), N = 2,048: one in 300 here, twice that in its square.
      expect(Math.abs(told.share - share)).toBeLessThan(4 * told.se + (exact > 0 ? 1e-9 : 0.01 * share));
      expect(told.se).toBeLessThan(0.05);
    }
    expect(found.explained).toBeCloseTo(0.84 + 1.44 + 0.0625, 1);
  });

  it("shares an interaction's variance evenly: a·b with p = ½ has 1/16 for each alone, 1/16 together", async () => {
    const model = modelOf(`
claim a causal "A." { credence 50% } claim b causal "B." { credence 50% }
outcome x : number = if a and b then 1 else 0
conclusion k "K": mean(x) > 0
`);
    const found = attribution(await tableOf(model, ["k"]), "k", mindOf(model, "case"), "variance");
    // Var(ab) = ¼ − 1/16 = 3/16; main effects ¼·¼ each, the rest 1/16 in halves.
    expect(found.explained).toBeCloseTo(3 / 16, 12);
    expect(shareOf(found, "a")).toBeCloseTo(3 / 32, 12);
    expect(shareOf(found, "b")).toBeCloseTo(3 / 32, 12);
    expect(found.pairs[0]?.interaction).toBeCloseTo(1 / 16, 12);
  });

  it("does the same for g3 and (g1 or g2) as going through the coalitions by hand", async () => {
    const model = modelOf(threeGates);
    const found = attribution(await tableOf(model, ["half"]), "half", mindOf(model, "case"), "variance");
    const p = [0.7, 0.6, 0.9];
    const f = (g: readonly number[]): number => (g[2] === 1 && (g[0] === 1 || g[1] === 1) ? 1 : 0);
    const all = Array.from({ length: 8 }, (_, c) => [c & 1, (c >> 1) & 1, (c >> 2) & 1]);
    const chance = (g: readonly number[]): number =>
      g.reduce((x, bit, i) => x * (bit === 1 ? (p[i] ?? 0) : 1 - (p[i] ?? 0)), 1);
    const mean = all.reduce((s, g) => s + chance(g) * f(g), 0);
    const v = (known: number): number =>
      all.reduce((s, g) => {
        const alike = all.filter((h) => h.every((bit, i) => ((known >> i) & 1) === 0 || bit === g[i]));
        const mass = alike.reduce((m, h) => m + chance(h), 0);
        const given = alike.reduce((m, h) => m + chance(h) * f(h), 0) / mass;
        return s + chance(g) * (given - mean) ** 2;
      }, 0);
    const share = (i: number): number => {
      const [j, k] = [0, 1, 2].filter((x) => x !== i) as [number, number];
      const at = (...set: number[]): number => v(set.reduce((m, x) => m | (1 << x), 0));
      return (at(i) - at()) / 3 + (at(i, j) - at(j)) / 6 + (at(i, k) - at(k)) / 6 + (at(0, 1, 2) - at(j, k)) / 3;
    };
    ["g1", "g2", "g3"].forEach((g, i) => expect(shareOf(found, g)).toBeCloseTo(share(i), 12));
    expect(found.explained).toBeCloseTo(mean * (1 - mean), 12);
  });

  it.each([12, 0])(
    "splits evenly what one claim copies of another, though only one is read (exact to %i)",
    async (exact) => {
      // b is a with certainty: knowing either is knowing both (Owen & Prieur 2017, comonotone inputs).
      const model = modelOf(`
claim a causal "A." { credence 50% } claim b causal "B." { credence 100% given a, 0% }
outcome x : number = (if a then 2 else 0) + (if b then 0.0001 else 0)
conclusion k "K": mean(x) > 0
`);
      const table = await tableOf(model, ["k"], { exact, patterns: 4096 });
      const found = attribution(table, "k", mindOf(model, "case"), "variance");
      expect(found.explained).toBeCloseTo(1, 2);
      expect(shareOf(found, "a")).toBeCloseTo(0.5, 2);
      expect(shareOf(found, "b")).toBeCloseTo(0.5, 2);
    },
  );

  it("does not take luck for variance: a coin that no claim moves leaves none, within its error", async () => {
    const model = modelOf(`
claim a causal "A." { credence 50% } claim b causal "B." { credence 50% }
unknown u : share ~ uniform(0, 1) judged
unknown v : share ~ uniform(0, 1) judged
outcome x = u < (if a then 0.5 else 0.5) and v < (if b then 0.52 else 0.5)
conclusion k "K": chance(x) > 0
`);
    for (const exact of [12, 0]) {
      const table = await tableOf(model, ["k"], { exact, patterns: 4096, worlds: 1024 });
      const found = attribution(table, "k", mindOf(model, "case"), "variance");
      // (½·.02)²/4 = .000025 for b, nothing for a; the variance of luck is 1/16·3.
      for (const s of found.shares)
        expect(Math.abs(s.share - (s.claim === "b" ? 0.000025 : 0))).toBeLessThan(4 * s.se + 1e-9);
      expect(Math.abs(found.explained)).toBeLessThan(0.002);
    }
  });
});
