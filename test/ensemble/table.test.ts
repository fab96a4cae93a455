/** The gate table against closed forms: exact rows, sampled rows without bias and with honest errors, exact chances, what is read. */

import { describe, expect, it } from "vitest";
import { marginAt } from "#analysis/carries/table-margin.ts";
import { readBy } from "#ensemble/table/gates-read.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Beliefs } from "#ensemble/table/claim-law.ts";
import { scalarMath } from "#kernel/column-math.ts";
import { keyOf } from "#kernel/philox.ts";
import { meanUnder } from "#ensemble/table/table-figures.ts";
import { stratified } from "#ensemble/table/stratified.ts";
import { weighted } from "#ensemble/table/weighted.ts";
import { addedHazards, modelOf, tableOf, threeGates } from "./tables.ts";

const believing = (credences: Readonly<Record<string, number>>): Beliefs => ({
  credences: Object.fromEntries(
    Object.entries(credences).map(([c, credence]) => [c, [{ credence, given: null, word: null }]]),
  ),
});

describe("the mean of a polynomial over claims", () => {
  it("counts what two of them have in common, in whichever order they are named, the first gate among them", () => {
    const fit = { constant: 1, single: Float64Array.of(2, 3, 5), pair: Float64Array.of(7, 11, 13) };
    const of = new Map([
      ["a", 0.5],
      ["b", 0.25],
      ["c", 0.1],
    ]);
    const independent = 1 + 2 * 0.5 + 3 * 0.25 + 5 * 0.1 + 7 * 0.5 * 0.25 + 11 * 0.5 * 0.1 + 13 * 0.25 * 0.1;
    const together = [
      { a: "c", b: "a", beyond: 0.02 },
      { a: "b", b: "c", beyond: -0.01 },
      { a: "a", b: "b", beyond: 0.05 },
      { a: "a", b: "elsewhere", beyond: 0.3 },
    ];
    expect(meanUnder(fit, ["a", "b", "c"], { of, together: [] })).toBeCloseTo(independent, 12);
    expect(meanUnder(fit, ["a", "b", "c"], { of, together })).toBeCloseTo(
      independent + 11 * 0.02 - 13 * 0.01 + 7 * 0.05,
      12,
    );
  });
});

describe("an exact table", () => {
  it("has the chance of g3 and (g1 or g2) for every view, to rounding", async () => {
    const model = modelOf(threeGates);
    const table = await tableOf(model, ["half"]);
    expect(table.design.kind).toBe("exact");
    expect(table.gates).toEqual(["g1", "g2", "g3"]);
    const at = (g1: number, g2: number, g3: number): number =>
      marginAt(table, "half", believing({ g1, g2, g3, idle: 0.5 })).margin;
    expect(at(0.7, 0.6, 0.9)).toBeCloseTo(0.9 * (1 - 0.3 * 0.4) - 0.5, 12);
    expect(at(0.1, 0.8, 0.3)).toBeCloseTo(0.3 * (1 - 0.9 * 0.2) - 0.5, 12);
  });

  it("tells the chance of a hazard without luck: 1 − exp(−1.7) with no error left", async () => {
    const model = modelOf(addedHazards);
    const table = await tableOf(model, ["falls"]);
    const found = marginAt(table, "falls", mindOf(model, "case"));
    expect(found.margin).toBeCloseTo(1 - Math.exp(-1.7) - 0.1, 12);
    expect(found.se).toBeLessThan(1e-12);
  });
});

describe("the conditional chance in place of the indicator", () => {
  const text = (figure: string): string => `
time 2024-01 to 2027-01 by month
claim a causal "A." { credence 50% }
unknown base : share/year ~ 5 percent/year to 60 percent/year judged
stock heat : number = 1 within 0..
  + 0.02 number/month
event war "War" rate 30 percent/year then add 1 to heat
event fall "It falls" rate base * heat when not fallen
event rise "They rise" rate 10 percent/year * (if a then 2 else 1) when not fallen
let fallen = happened(fall) or happened(rise)
outcome down = fallen
outcome other = happened(fall) or happened(rise) and war_too
let war_too = happened(war) or not happened(war)
conclusion c "C": chance(${figure}) > 10%
`;
  it("has the same mean as the indicator, and a smaller error", async () => {
    const soft = await tableOf(modelOf(text("down")), ["c"], { worlds: 4096 });
    const hard = await tableOf(modelOf(text("other")), ["c"], { worlds: 4096 });
    const mind = mindOf(modelOf(text("down")), "case");
    const [a, b] = [marginAt(soft, "c", mind), marginAt(hard, "c", mind)];
    expect(a.se).toBeLessThan(b.se / 2);
    // 'other' is the same event, in a form that is run as it stands.
    expect(Math.abs(a.margin - b.margin)).toBeLessThan(4 * Math.hypot(a.se, b.se));
  });
});

const many = (() => {
  const names = Array.from({ length: 14 }, (_, i) => `k${i}`);
  const claims = names.map((n, i) => `claim ${n} causal "${n}" { credence ${20 + 5 * i}% }`).join("\n");
  const sum = names.map((n, i) => `(if ${n} then ${(i % 5) - 1.5} else 0)`).join(" + ");
  return modelOf(`${claims}
unknown noise : number ~ normal(-1 to 1) judged
outcome x : number = ${sum} + noise * (if k3 then 2 else 1) + (if k1 and k2 and k9 then 2 else 0) + (if k5 or k6 then 1 else 0)
conclusion c "C": mean(x) > 3
conclusion d "D": mean(x | noise > 0) > 3
`);
})();

/** Σ over claims by hand: the mean of x under independent credences. */
function meanBySum(credence: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < 14; i++) sum += credence(i) * ((i % 5) - 1.5);
  return sum + 2 * credence(1) * credence(2) * credence(9) + 1 - (1 - credence(5)) * (1 - credence(6));
}

describe("a sampled table", () => {
  it("is unbiased and covers: over 40 seeds the mean error is nothing, and two errors hold the truth about 95 times in 100", async () => {
    const minds: readonly ((i: number) => number)[] = [
      (i) => (20 + 5 * i) / 100,
      (i) => (i === 4 ? 0.95 : (20 + 5 * i) / 100),
      (i) => 0.5 + (i % 2) * 0.2,
    ];
    const errors = minds.map((): number[] => []);
    const covered = minds.map(() => 0);
    for (let seed = 1; seed <= 40; seed++) {
      const table = await tableOf(many, ["c"], { seed, patterns: 512, worlds: 64, exact: 12 });
      expect(table.design.kind).toBe("sampled");
      minds.forEach((credence, m) => {
        const beliefs = believing(Object.fromEntries(many.claims.map((c, i) => [c.name, credence(i)])));
        const found = marginAt(table, "c", beliefs);
        const error = found.margin - (meanBySum(credence) - 3);
        errors[m]?.push(error / found.se);
        if (Math.abs(error) <= 2 * found.se) covered[m] = (covered[m] ?? 0) + 1;
      });
    }
    errors.forEach((list, m) => {
      // The mean of 40 standard scores has a standard error of .16; at least 32 of 40 where 38 are due (chance below 1 in 1000 otherwise).
      expect(Math.abs(list.reduce((a, b) => a + b, 0) / list.length)).toBeLessThan(0.6);
      expect(covered[m]).toBeGreaterThanOrEqual(32);
    });
  });

  it("weights patterns so that their weights have mean one, whatever the mind", async () => {
    const table = await tableOf(many, ["c"], { patterns: 4096, worlds: 64 });
    const [target] = table.targets;
    if (target === undefined) expect.fail("no target");
    for (const credence of [(i: number) => (20 + 5 * i) / 100, () => 0.5, (i: number) => 0.4 + (i % 2) * 0.2]) {
      const beliefs = believing(Object.fromEntries(many.claims.map((c, i) => [c.name, credence(i)])));
      const [figure] = weighted(table, target, beliefs);
      const weights = figure?.weights ?? new Float64Array();
      const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
      const spread = Math.sqrt(weights.reduce((s, w) => s + (w - mean) ** 2, 0)) / weights.length;
      expect(Math.abs(mean - 1)).toBeLessThan(4 * spread);
      // Leaving one part of the mixture out of the density moves the mean by a fifth and more.
      expect(spread).toBeLessThan(0.05);
    }
  });

  it("divides where a figure has a condition, and agrees with every pattern run", async () => {
    const sampled = await tableOf(many, ["d"], { patterns: 2048, worlds: 128 });
    const mind = mindOf(many, "case");
    const found = marginAt(sampled, "d", mind);
    // E[noise | noise > 0] of a normal with 90 % in ±1: σ = 1/1.6449, times √(2/π) is .4851; k3 (35 %) doubles it.
    const truth = meanBySum((i) => (20 + 5 * i) / 100) + 0.48508 * 1.35 - 3;
    expect(Math.abs(found.margin - truth)).toBeLessThan(4 * found.se);
    expect(found.se).toBeLessThan(0.05);
  });

  it("refuses a mind that few of its patterns resemble", async () => {
    const table = await tableOf(many, ["c"], { patterns: 256, worlds: 64 });
    const beliefs = believing(Object.fromEntries(many.claims.map((c, i) => [c.name, i % 2 === 0 ? 0.999 : 0.001])));
    const found = marginAt(table, "c", beliefs);
    expect(found.refusal?.kind).toBe("thin");
    expect(found.margin).toBeNaN();
  });
});

describe("what is read", () => {
  it("drops the claims that an option, a supposition or an event that cannot happen leaves without a say", () => {
    const model = modelOf(`
time 2024-01 to 2025-01 by month
actor k "K"
choice move "M" by k = attack | hold
claim a causal "A." claim b causal "B." claim c causal "C." claim d causal "D."
stock toll : number = 0
  + (if happened(war) then 1 number/month else 0 number/month) because a
event war "War" when move = attack
event fall "Fall" rate 10 percent/year + (if b then 10 percent/year else 0 percent/year) + toll * 10 percent/year
event never "Never" rate 0 percent/year then add (if c then 1 else 2) to toll
outcome fallen = happened(fall)
suppose quiet "Quiet" { forbid war }
conclusion x "X": chance(fallen if move = attack) > chance(fallen if move = hold)
`);
    const of = [{ op: "outcome", name: "fallen" }] as const;
    const read = (move: string, suppositions: readonly string[] = []): readonly string[] =>
      readBy(model, { choices: { move }, suppositions }, of).claims;
    expect(read("attack")).toEqual(["a", "b"]);
    expect(read("hold")).toEqual(["b"]);
    expect(read("attack", ["quiet"])).toEqual(["b"]);
  });
});

describe("stratified worlds", () => {
  it("put exactly one uniform into each stratum of a block", () => {
    const draw = stratified(16, scalarMath);
    const key = keyOf("unknown x");
    for (const block of [0, 3]) {
      const worlds = Uint32Array.from({ length: 16 }, (_, i) => block * 16 + i);
      const strata = Array.from(draw(7, key, worlds), (u) => Math.floor(16 * u));
      expect(strata.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
    }
  });

  it("leave every mean as it is: E[u²] = ⅓ over many blocks, E[uv] = ¼ of two names, with the smaller error where only one is read", () => {
    const draw = stratified(16, scalarMath);
    const worlds = Uint32Array.from({ length: 16 * 4096 }, (_, w) => w);
    const [u, v] = ["u", "v"].map((n) => draw(3, keyOf(`unknown ${n}`), worlds)) as [Float64Array, Float64Array];
    const blocks = (f: (w: number) => number): readonly number[] =>
      Array.from(
        { length: 4096 },
        (_, b) => Array.from({ length: 16 }, (__, i) => f(16 * b + i)).reduce((s, x) => s + x, 0) / 16,
      );
    const told = (f: (w: number) => number): { readonly mean: number; readonly se: number } => {
      const means = blocks(f);
      const mean = means.reduce((s, x) => s + x, 0) / means.length;
      return { mean, se: Math.sqrt(means.reduce((s, x) => s + (x - mean) ** 2, 0)) / means.length };
    };
    const square = told((w) => (u[w] as number) ** 2);
    const product = told((w) => (u[w] as number) * (v[w] as number));
    expect(Math.abs(square.mean - 1 / 3)).toBeLessThan(4 * square.se);
    expect(Math.abs(product.mean - 1 / 4)).toBeLessThan(4 * product.se);
    // Independent draws: √(4/45 ÷ 65,536) = .00116 for u².
    expect(square.se).toBeLessThan(0.00116 / 5);
  });
});
