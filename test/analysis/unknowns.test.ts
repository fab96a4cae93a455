/** What unknowns do to a margin against functions whose indices are known: Ishigami's, Sobol's G, luck averaged out, thresholds. */

import { describe, expect, it } from "vitest";
import { sobolIndices } from "#analysis/carries/sobol.ts";
import { thresholds } from "#analysis/carries/thresholds.ts";
import { unknownSample } from "#analysis/carries/unknown-sample.ts";
import { askedOf } from "#ensemble/table/build-table.ts";
import { standing } from "#ensemble/profiles.ts";
import type { Model } from "#model/model.ts";
import { modelOf } from "../ensemble/tables.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();
const sampleOf = (model: Model, worlds: number, seed = 1): ReturnType<typeof unknownSample> =>
  unknownSample(model, askedOf(model, "c"), standing(model, {}), { view: "case", seed, worlds }, lab);

describe("Sobol's indices", () => {
  it("of Ishigami's function (Ishigami & Homma 1990, a = 7, b = 0.1): .3139 .4424 0; .5576 .4424 .2437", async () => {
    const u = (n: string): string => `unknown ${n} : number ~ uniform(-3.14159265358979, 3.14159265358979) judged`;
    const model = modelOf(
      `${u("x")}\n${u("y")}\n${u("z")}\noutcome f : number = sin(x) + 7 * sin(y)^2 + 0.1 * z^4 * sin(x)\nconclusion c "C": mean(f) > 1`,
    );
    const { variance, indices } = sobolIndices(await sampleOf(model, 16_384));
    // Variance 13.8446; errors of the indices at 16,384 worlds are near .01 to .02, told by the finding itself.
    expect(variance).toBeCloseTo(13.84, 0);
    const known: Record<string, readonly [number, number]> = {
      x: [0.3139, 0.5576],
      y: [0.4424, 0.4424],
      z: [0, 0.2437],
    };
    for (const i of indices) {
      const [first, total] = known[i.unknowns[0] ?? ""] ?? [Number.NaN, Number.NaN];
      expect(Math.abs(i.first - first)).toBeLessThan(4 * i.firstError);
      expect(Math.abs(i.total - total)).toBeLessThan(4 * i.totalError);
      expect(i.totalError).toBeLessThan(0.03);
    }
  });

  it("of Sobol's G with a = 0, 1, 9 (Saltelli & Sobol 1995), the third drawn with a lucky claim beside it", async () => {
    const a = [0, 1, 9];
    const parts = a.map((_, i) => `(abs(4 * u${i} - 2) + ${a[i] ?? 0}) / ${1 + (a[i] ?? 0)}`);
    const model = modelOf(
      `claim luck causal "A claim is luck to the unknowns." { credence 50% }\n${a.map((_, i) => `unknown u${i} : number ~ uniform(0, 1) judged`).join("\n")}\noutcome g : number = ${parts.join(" * ")} + (if luck then 1 else 0 - 1)\nconclusion c "C": mean(g) > 0`,
    );
    const { variance, varianceError, indices } = sobolIndices(await sampleOf(model, 16_384));
    const part = a.map((x) => 1 / 3 / (1 + x) ** 2);
    const whole = part.reduce((p, v) => p * (1 + v), 1) - 1;
    expect(Math.abs(variance - whole)).toBeLessThan(4 * varianceError);
    indices.forEach((index, i) => {
      const v = part[i] ?? Number.NaN;
      expect(Math.abs(index.first - v / whole)).toBeLessThan(4 * index.firstError);
      expect(Math.abs(index.total - (v * (whole + 1)) / (1 + v) / whole)).toBeLessThan(4 * index.totalError);
    });
  });

  it("of unknowns whose distributions hang on one another are told for the group", async () => {
    const model = modelOf(
      `unknown a : number ~ uniform(0, 1) judged\nunknown b : number ~ normal(a - 1 to a + 1) judged\nunknown k : number ~ uniform(0, 1) judged\noutcome x : number = b + k\nconclusion c "C": mean(x) > 0`,
    );
    const { groups } = await sampleOf(model, 64);
    expect(groups).toEqual([["a", "b"], ["k"]]);
    // Whichever is declared first, and whosever view it is in.
    const chained = modelOf(
      `unknown b : number ~ normal(a - 1 to a + 1) judged\nunknown k : number ~ uniform(0, 1) judged\nunknown a : number ~ uniform(0, 1) judged\nunknown d : number ~ uniform(0, 1) judged\nview other "O" { d ~ uniform(k, k + 1) judged }\noutcome x : number = b + k + a + d\nconclusion c "C": mean(x) > 0`,
    );
    expect((await sampleOf(chained, 64)).groups.map((g) => g.toSorted())).toEqual([
      ["a", "b"],
      ["d", "k"],
    ]);
  });
});

describe("the value of an unknown at which a margin crosses what matters", () => {
  it("is where the line does: 2u − 1 + k over 0 at u = ¼, k uniform on 0..1", async () => {
    const model = modelOf(
      `unknown u : number ~ uniform(0, 1) judged\nunknown k : number ~ uniform(0, 1) judged\noutcome x : number = 2 * u - 1 + k\nconclusion c "C": mean(x) > 0`,
    );
    const [first] = thresholds(model, "case", 1, await sampleOf(model, 512), 0);
    expect(first?.unknown).toBe("u");
    expect(first?.at.length).toBe(1);
    expect(Math.abs((first?.at[0]?.value ?? 0) - 0.25)).toBeLessThan(0.02);
    expect(first?.at[0]?.low ?? 1).toBeLessThanOrEqual(0.26);
  });

  const drawn = `unknown u : number ~ uniform(0, 1) judged
unknown k : number ~ uniform(0, 1) judged
unknown n : number ~ normal(0, 1) judged
unknown w : number ~ uniform(0, 1) judged
claim a causal "A." { credence 50% }
`;
  it.each([
    ["of a line", "outcome x : number = 2 * u - 1 + k + n", "mean(x) > 0", 0.25],
    [
      "where luck and a claim multiply it",
      "outcome x : number = (u - 0.3) * exp(n) * (if a then 2 else 1)",
      "mean(x) > 0",
      0.3,
    ],
    ["of a chance", "outcome x = w < u", "chance(x) > 30%", 0.3],
    // u⁶ = ⅕: no cubic through all of 0..1 crosses there.
    ["that bends", "outcome x : number = u ^ 6 + 0.2 * n", "mean(x) > 0.2", 0.2 ** (1 / 6)],
  ])(
    "has an interval that covers: the crossing %s",
    async (_, outcome, statement, right) => {
      const model = modelOf(`${drawn}${outcome}\nconclusion c "C": ${statement}`);
      const { threshold } = askedOf(model, "c").comparison;
      let covered = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const sample = await sampleOf(model, 512, seed);
        const { at = [] } = thresholds(model, "case", seed, sample, threshold).find((t) => t.unknown === "u") ?? {};
        expect(at.length).toBe(1);
        const [{ low, high } = { low: 1, high: 0 }] = at;
        if (low <= right && right <= high) covered++;
      }
      // 95 in 100 are due; of 60, fewer than 49 would come in 1 of 10,000 series.
      expect(covered).toBeGreaterThanOrEqual(49);
    },
    60_000,
  );

  it.each([
    ["what moves the size alone", "outcome x : number = (1 + u) * (n + 0.02) * exp(k)", "mean(x) > 0"],
    ["what moves nothing, on the line itself", "outcome x = w < 0.3 + 0 * u", "chance(x) > 30%"],
  ])(
    "is not found where noise alone could have made it: %s",
    async (_, outcome, statement) => {
      const model = modelOf(`${drawn}${outcome}\nconclusion c "C": ${statement}`);
      const { threshold } = askedOf(model, "c").comparison;
      for (let seed = 1; seed <= 60; seed++) {
        const crossings = thresholds(model, "case", seed, await sampleOf(model, 512, seed), threshold);
        expect(crossings.find((t) => t.unknown === "u")?.at ?? []).toEqual([]);
      }
    },
    60_000,
  );

  const ends = `unknown n : number ~ normal(0, 1) judged
unknown d : number ~ discrete(0: 30%, 1: 40%, 5: 30%) judged
unknown l : number ~ lognormal(1, 0.6) judged
unknown k : number ~ uniform(0, 1) judged
claim a causal "A." { credence 50% }
`;
  const [z, sigma] = [1.6448536, 0.6];
  it.each([
    ["n", "in line with a normal", "n + 2 * k", [1 - z, 1 + z]],
    ["d", "of three values", "d + k + n", [0.5, 5.5]],
    ["l", "in line with a lognormal", "l + k", [Math.exp(-sigma * z) + 0.5, Math.exp(sigma * z) + 0.5]],
    ["k", "with a leap", "n + (if k > 0.5 then 2 else 0)", [0, 2]],
    ["n", "with an exponential bend", "exp(n / 2) + k", [Math.exp(-z / 2) + 0.5, Math.exp(z / 2) + 0.5]],
  ] as const)(
    "has a margin at both ends of its range whose error holds: %s, %s",
    async (name, _, outcome, right) => {
      const model = modelOf(`${ends}outcome x : number = ${outcome}\nconclusion c "C": mean(x) > 0`);
      const covered = [0, 0];
      for (let seed = 1; seed <= 40; seed++) {
        const found = thresholds(model, "case", seed, await sampleOf(model, 512, seed), 0).find(
          (t) => t.unknown === name,
        );
        right.forEach((truth, end) => {
          const [at = Number.NaN, se = Number.NaN] = [found?.range[end], found?.rangeErrors[end]];
          if (Math.abs(at - truth) <= 2 * se) covered[end] = (covered[end] ?? 0) + 1;
        });
      }
      // 95 in 100 are due; of 40, fewer than 32 would come in 1 of 5,000 series.
      for (const count of covered) expect(count).toBeGreaterThanOrEqual(32);
    },
    60_000,
  );
});
