/** What claims contribute and what would reverse a conclusion, against closed forms and textbook games. */

import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { attribution } from "#analysis/carries/attribution.ts";
import { crossings } from "#analysis/carries/flip-points.ts";
import { flips } from "#analysis/carries/flips.ts";
import { gameValues, shapleyBySampling, shapleyOf } from "#analysis/carries/shapley.ts";
import { marginAt } from "#analysis/carries/table-margin.ts";
import { decodeTable, encodeTable, BadTable } from "#ensemble/table/table-bytes.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { addedHazards, modelOf, tableOf, threeGates } from "../ensemble/tables.ts";

const sharesOf = (found: ReturnType<typeof attribution>): Record<string, number> =>
  Object.fromEntries(found.shares.map((s) => [s.claim, s.share]));

const draw = (order: number, place: number): number => uniform(3, keyOf("test"), order, place);

describe("the values of games", () => {
  it("share the airport's cost by who needs which stretch (Littlechild & Owen 1973): 1/3, 5/6, 11/6 of 3", () => {
    const costs = [1, 2, 3];
    const values = Float64Array.from({ length: 8 }, (_, c) => Math.max(0, ...costs.filter((_, i) => (c >> i) & 1)));
    expect([...shapleyOf(values)].map((x) => Math.round(x * 1e9) / 1e9)).toEqual(
      [1 / 3, 5 / 6, 11 / 6].map((x) => Math.round(x * 1e9) / 1e9),
    );
  });

  it("give the only right glove four sixths, each of two left ones one", () => {
    const values = Float64Array.from({ length: 8 }, (_, c) => ((c & 4) !== 0 && (c & 3) !== 0 ? 1 : 0));
    const [left, other, right] = shapleyOf(values);
    expect(left).toBeCloseTo(1 / 6, 12);
    expect(other).toBeCloseTo(1 / 6, 12);
    expect(right).toBeCloseTo(4 / 6, 12);
  });

  it("tell the pair of a product: v = x·y has interaction 1 and nothing with a bystander", () => {
    const values = Float64Array.from({ length: 8 }, (_, c) => ((c & 3) === 3 ? 1 : 0));
    expect([...gameValues(values).pairs]).toEqual([1, 0, 0]);
  });

  const game = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 16, maxLength: 16 });
  it("add up, give a dummy what it brings alone, treat equals alike, and add over games", () => {
    fc.assert(
      fc.property(game, game, (a, b) => {
        const [v, w] = [Float64Array.from(a), Float64Array.from(b)];
        const shares = shapleyOf(v);
        expect(shares.reduce((s, x) => s + x, 0)).toBeCloseTo((v[15] ?? 0) - (v[0] ?? 0), 8);
        const both = shapleyOf(v.map((x, i) => x + (w[i] ?? 0)));
        both.forEach((x, i) => expect(x).toBeCloseTo((shares[i] ?? 0) + (shapleyOf(w)[i] ?? 0), 8));
        const dummy = Float64Array.from({ length: 32 }, (_, c) => (v[c & 15] ?? 0) + (c >> 4) * 2);
        expect(shapleyOf(dummy)[4]).toBeCloseTo(2, 8);
        const alike = Float64Array.from({ length: 16 }, (_, c) => v[(c & 12) | Math.max(c & 1, (c >> 1) & 1)] ?? 0);
        const [x, y] = shapleyOf(alike);
        expect(x).toBeCloseTo(y ?? Number.NaN, 8);
      }),
      { numRuns: 50 },
    );
  });

  it("are had exactly from one order and its reverse where effects are single and in pairs", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 15, maxLength: 15 }), (w) => {
        const value = (on: readonly boolean[]): number => {
          let sum = 0;
          let at = 0;
          for (let i = 0; i < 5; i++) if (on[i] === true) sum += w[at + i] ?? 0;
          at = 5;
          for (let i = 0; i < 5; i++)
            for (let j = i + 1; j < 5; j++, at++) if (on[i] === true && on[j] === true) sum += w[at] ?? 0;
          return sum;
        };
        const values = Float64Array.from({ length: 32 }, (_, c) =>
          value(Array.from({ length: 5 }, (_, i) => ((c >> i) & 1) === 1)),
        );
        const sampled = shapleyBySampling(5, (c) => Float64Array.of(value(c)), draw, { error: 0, least: 1, most: 1 });
        shapleyOf(values).forEach((x, i) => expect(sampled.shares[i]).toBeCloseTo(x, 9));
      }),
      { numRuns: 30 },
    );
  });

  it("stop when every error is small enough, and not before", () => {
    const value = (on: readonly boolean[]): Float64Array => Float64Array.of(on.filter(Boolean).length > 2 ? 1 : 0);
    const sampled = shapleyBySampling(5, value, draw, { error: 0.02, least: 4, most: 10_000 });
    expect(Math.max(...sampled.errors)).toBeLessThanOrEqual(0.02);
    expect(sampled.orders).toBeGreaterThan(20);
    sampled.shares.forEach((s) => expect(Math.abs(s - 0.2)).toBeLessThan(0.08));
  });
});

describe("what claims contribute", () => {
  it("to g3 and (g1 or g2) with credences .7 .6 .9: .189, .144, .459, to rounding; the idle claim nothing", async () => {
    const model = modelOf(threeGates);
    const found = attribution(await tableOf(model, ["half"]), "half", mindOf(model, "case"));
    const shares = sharesOf(found);
    expect(shares["g1"]).toBeCloseTo(0.189, 12);
    expect(shares["g2"]).toBeCloseTo(0.144, 12);
    expect(shares["g3"]).toBeCloseTo(0.459, 12);
    expect(shares["idle"]).toBeUndefined();
    expect(found.none.margin).toBeCloseTo(-0.5, 12);
    expect(found.gap).toBeLessThan(1e-12);
    expect(found.method).toBe("exact");
  });

  it("to hazards that add, r = .2 .5 1: .103344, .248476, .465497", async () => {
    const model = modelOf(addedHazards);
    const shares = sharesOf(attribution(await tableOf(model, ["falls"]), "falls", mindOf(model, "case")));
    expect(shares["a"]).toBeCloseTo(0.103344, 6);
    expect(shares["b"]).toBeCloseTo(0.248476, 6);
    expect(shares["c"]).toBeCloseTo(0.465497, 6);
  });

  it("in the assertion game: from what is believed to all asserted", async () => {
    const model = modelOf(threeGates);
    const found = attribution(await tableOf(model, ["half"]), "half", mindOf(model, "case"), "assertion");
    expect(found.all.margin).toBeCloseTo(0.5, 12);
    expect(found.none.margin).toBeCloseTo(0.292, 12);
    expect(found.gap).toBeLessThan(1e-12);
  });

  it("along the path from sampled patterns as from every pattern, within their errors, adding up to rounding", async () => {
    const model = modelOf(`
claim a causal "A." { credence 70% } claim b causal "B." { credence 60% given a, 30% }
claim p motive "P." { credence 40% } claim q motive "Q." { credence 30% }
one of {p, q, neither}
claim k causal "K." { credence 80% }
unknown noise : number ~ normal(-1 to 1) judged
outcome x : number = (if a and b then 2 else 0) + (if p then 1 else 0) * (if k then 2 else 1) - (if q and a then 1.5 else 0) + noise
conclusion c "C": mean(x) > 0.5
`);
    const mind = mindOf(model, "case");
    const exact = attribution(await tableOf(model, ["c"], { worlds: 4096 }), "c", mind);
    const sampled = attribution(await tableOf(model, ["c"], { exact: 0, patterns: 4096 }), "c", mind);
    expect(exact.method).toBe("exact");
    expect(sampled.method).toBe("path");
    expect(sampled.gap).toBeLessThan(1e-9);
    for (const s of sampled.shares) {
      const other = sharesOf(exact)[s.claim] ?? Number.NaN;
      // Five standard errors: five claims are looked at.
      expect(Math.abs(s.share - other), s.claim).toBeLessThan(5 * s.se + 1e-3);
      expect(s.se).toBeLessThan(0.03);
    }
  });

  it("by orders where a margin is no sum of figures", async () => {
    const model = modelOf(`${threeGates}
conclusion odds "Odds": log(chance(y) / (1 - chance(y)) + 1) > 0
`);
    const mind = mindOf(model, "case");
    const exact = attribution(await tableOf(model, ["odds"]), "odds", mind);
    const sampled = attribution(await tableOf(model, ["odds"], { exact: 0 }), "odds", mind);
    expect(sampled.method).toBe("orders");
    expect(sampled.gap).toBeLessThan(1e-9);
    for (const s of sampled.shares)
      expect(Math.abs(s.share - (sharesOf(exact)[s.claim] ?? 0))).toBeLessThan(5 * s.se + 1e-6);
  });
});

describe("what would reverse it", () => {
  it("for g3 and (g1 or g2) against one half: nothing for g1 and g2, .568182 for g3", async () => {
    const model = modelOf(threeGates);
    const found = flips(await tableOf(model, ["half"]), "half", mindOf(model, "case"));
    const points = Object.fromEntries(found.claims.map((c) => [c.claim, c.points.map((p) => p.credence)]));
    expect(points["g1"]).toEqual([]);
    expect(points["g2"]).toEqual([]);
    expect(points["g3"]?.[0]).toBeCloseTo(0.5 / 0.88, 9);
    expect(found.set?.claims).toEqual([{ claim: "g3", to: false }]);
    expect(found.claims[0]?.points[0]?.holds).toBe("above");
  });

  it("finds both roots of two ratios: N − τD of a quadratic", () => {
    // (1 + 3c)/(2 + c) − (c)/(1 − c/2) = 0.1, worked out by hand: crossings of c ↦ (1+3c)/(2+c) − c/(1−c/2) − .1.
    const figures = [
      { n: { zero: 1, one: 4 }, d: { zero: 2, one: 3 } },
      { n: { zero: 0, one: 1 }, d: { zero: 1, one: 0.5 } },
    ];
    const margin = {
      op: "binary",
      operator: "sub",
      left: { op: "figure", index: 0 },
      right: { op: "figure", index: 1 },
    } as const;
    const f = (c: number): number => (1 + 3 * c) / (2 + c) - c / (1 - c / 2);
    const found = crossings(margin, figures, 0.1);
    expect(found.how).toBe("quadratic");
    for (const c of found.at) expect(f(c)).toBeCloseTo(0.1, 10);
    expect(found.at.length).toBe(1);
    const both = crossings(
      margin,
      [figures[0] as (typeof figures)[number], { n: { zero: 0.5, one: 0.9 }, d: { zero: 1, one: 0.6 } }],
      0.08,
    );
    const g = (c: number): number => (1 + 3 * c) / (2 + c) - (0.5 + 0.4 * c) / (1 - 0.4 * c);
    expect(both.at.length).toBe(2);
    for (const c of both.at) expect(g(c)).toBeCloseTo(0.08, 10);
  });

  it("reports a ratio of two chances that turns twice", async () => {
    // .375 at credence 0, .42 about .4, .07 at 1.
    const model = modelOf(`
claim a causal "A." { credence 50% }
unknown u : share ~ uniform(0, 1) judged
outcome left = u < (if a then 0.9 else 0.3)
outcome seen = u < (if a then 0.95 else 0.6)
outcome right = u < (if a then 0.35 else 0.1)
outcome watched = u < (if a then 0.4 else 0.8)
conclusion twice "Twice": chance(left | seen) - chance(right | watched) > 38.5%
`);
    const mind = mindOf(model, "case");
    const table = await tableOf(model, ["twice"], { worlds: 4096 });
    // P = left/seen − right/watched with N and D linear in c.
    const m = (c: number): number => (0.3 + 0.6 * c) / (0.6 + 0.35 * c) - (0.1 + 0.25 * c) / (0.8 - 0.4 * c);
    const found = flips(table, "twice", mind).claims[0];
    expect(found?.how).toBe("quadratic");
    expect(found?.points.length).toBe(2);
    for (const p of found?.points ?? []) expect(Math.abs(m(p.credence) - 0.385)).toBeLessThan(0.01);
    expect(found?.points.map((p) => p.holds)).toEqual(["above", "below"]);
  });

  it("has errors that hold: a claim's ends, where the sign turns, and where two claims turn it", async () => {
    // E = (1 + 2a + 3b)·½ − 1.5: with b even −.25 to .75 over a, the sign turns at ¼; with a false 0.25 is reached at b = 5/6, with a true at b = 1/6.
    const model = modelOf(`
claim a causal "A." { credence 50% }
claim b causal "B." { credence 50% }
unknown u : number ~ uniform(0, 1) judged
outcome x : number = u * (1 + (if a then 2 else 0) + (if b then 3 else 0)) - 1.5
conclusion c "C": mean(x) > 0 by 0.25
`);
    const held = new Map<string, number>();
    const count = (what: string, value = Number.NaN, se = Number.NaN, right: number): void =>
      void held.set(what, (held.get(what) ?? 0) + (Math.abs(value - right) <= 2 * se ? 1 : 0));
    for (let seed = 1; seed <= 60; seed++) {
      const found = flips(await tableOf(model, ["c"], { seed, worlds: 512 }), "c", mindOf(model, "case"));
      const a = found.claims.find((c) => c.claim === "a");
      count("off", a?.off, a?.offError, -0.25);
      count("on", a?.on, a?.onError, 0.75);
      count("sign", a?.signs[0], a?.signErrors[0], 0.25);
      const [pair] = found.pairs;
      const isAFirst = pair?.claims[0] === "a";
      // Along b first: with b false the line is reached at a = 1.25, with b at .5 at a = ½.
      const point = pair?.curve[isAFirst ? 0 : 5];
      count("pair", point?.second[0], point?.errors[0], isAFirst ? 5 / 6 : 0.5);
      const corners = [pair?.margins[0]?.[0], pair?.margins[10]?.[10]];
      count("corner", corners[0], pair?.error, -1);
      count("corner, both", corners[1], pair?.error, 1.5);
    }
    // 95 in 100 are due; of 60, fewer than 49 would come in 1 of 10,000 series.
    for (const [what, times] of held) expect(times, what).toBeGreaterThanOrEqual(49);
  });

  it("keeps do and given apart: the chance given an attack and if an attack differ in sign", async () => {
    const model = modelOf(`
actor k "K"
choice move "Move" by k = hold | attack
claim strong causal "Strong." { credence 50% }
unknown u : share ~ uniform(0, 1) judged
unknown v : share ~ uniform(0, 1) judged
outcome attacked = move = attack or u < (if strong then 0.9 else 0.1)
outcome fallen = v < (if strong then 0.1 else 0.5) + (if attacked then 0.1 else 0)
conclusion do_it "If": chance(fallen if move = attack) > chance(fallen if move = hold)
conclusion seen "Given": chance(fallen | attacked) > chance(fallen | not attacked)
`);
    const table = await tableOf(model, ["do_it", "seen"], { worlds: 4096 });
    const mind = mindOf(model, "case");
    expect(marginAt(table, "do_it", mind).margin).toBeGreaterThan(0.03);
    // By Bayes .9 of attackers are strong, .1 of the others: (.9·.2 + .1·.6) − (.1·.1 + .9·.5) = .24 − .46 = −.22.
    const seen = marginAt(table, "seen", mind);
    expect(Math.abs(seen.margin + 0.22)).toBeLessThan(4 * seen.se);
    expect(seen.margin).toBeLessThan(-0.1);
  });
});

describe("the file of a table", () => {
  it.each([12, 0])("comes back and answers as before (exact to %i gates)", async (exact) => {
    const model = modelOf(threeGates);
    const table = await tableOf(model, ["half"], { exact });
    const mind = mindOf(model, "case");
    const { table: back, key } = decodeTable(encodeTable(table, "k1"));
    expect(key).toBe("k1");
    expect(marginAt(back, "half", mind).margin).toBeCloseTo(marginAt(table, "half", mind).margin, 4);
    expect(attribution(back, "half", mind).gap).toBeLessThan(1e-9);
  });

  it("takes for nothing what rounding leaves of figures that cancel out", async () => {
    const model = modelOf(`
      claim a causal "A." { credence 70% }
      claim b causal "B." { credence 60% }
      claim c causal "C." { credence 90% }
      outcome one = (0.1 * (if a then 1 else 0) + 0.2 * (if b then 1 else 0)) + 0.3 * (if c then 1 else 0)
      outcome other = 0.1 * (if a then 1 else 0) + (0.2 * (if b then 1 else 0) + 0.3 * (if c then 1 else 0))
      conclusion more "One is more than the other": mean(one) > mean(other)
    `);
    for (const more of [{}, { exact: 0 }]) {
      const table = await tableOf(model, ["more"], more);
      for (const kind of ["removal", "assertion"] as const) {
        const found = attribution(table, "more", mindOf(model, "case"), kind);
        expect(found.refusal).toBeNull();
        expect(Math.abs(found.explained)).toBeLessThan(1e-15);
      }
    }
  });

  it("is refused when a byte is changed, of another kind, or of another version", async () => {
    const file = encodeTable(await tableOf(modelOf(threeGates), ["half"]), "k");
    const changed = file.slice();
    changed[file.length - 9] = (changed[file.length - 9] ?? 0) ^ 1;
    expect(() => decodeTable(changed)).toThrow(BadTable);
    expect(() => decodeTable(new Uint8Array(40))).toThrow("no gate table");
    const later = file.slice();
    later[4] = 9;
    expect(() => decodeTable(later)).toThrow("version 9");
  });
});

describe("a claim that hardly any pattern has so", () => {
  it("is not told, rather than told wrongly", async () => {
    const names = Array.from({ length: 16 }, (_, i) => `k${i}`);
    const model = modelOf(
      `${names.map((n, i) => `claim ${n} causal "${n}" { credence ${i === 0 ? 0 : 95}% }`).join("\n")}
outcome x : number = ${names.map((n) => `(if ${n} then 1 else 0)`).join(" + ")}
conclusion c "C": mean(x) > 3`,
    );
    const found = flips(await tableOf(model, ["c"], { patterns: 512, worlds: 64 }), "c", mindOf(model, "case"));
    const rare = found.claims.find((c) => c.claim === "k0");
    expect(rare?.thin).toBe(true);
    expect(rare?.on).toBeNaN();
    expect(rare?.points).toEqual([]);
    expect(found.claims.at(-1)?.thin).toBe(true);
  });
});
