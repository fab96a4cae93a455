/** Errors that are errors: what they claim to cover they cover, over many seeds, against what can be worked out. */

import { describe, expect, it } from "vitest";
import { answerComparisons } from "#analysis/answers/answer.ts";
import { explainFindings, flipFindings } from "#analysis/carries/explain.ts";
import { thresholds } from "#analysis/carries/thresholds.ts";
import { unknownSample } from "#analysis/carries/unknown-sample.ts";
import { meanError, worthOfUnknowns } from "#analysis/options/worth-of-knowing.ts";
import { standing } from "#ensemble/profiles.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { normalQuantile } from "#kernel/normal.ts";
import { lab, modelOf } from "../ensemble/tables.ts";

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/** At least this many of `tries` are covered when 95 % are to be: three errors of a binomial below. */
const fewest = (tries: number): number => Math.floor(0.95 * tries - 3 * Math.sqrt(0.95 * 0.05 * tries));

describe("the value of an unknown at which a verdict turns", () => {
  it("is told of none that cannot turn it: what multiplies all has no say in a sign", async () => {
    const model = modelOf(`
claim helps causal "It helps." { credence 60% }
unknown size : usd "Size" ~ 18000 to 26000 judged
unknown gain : share ~ 30% to 80% judged
unknown cost : share ~ 10% to 25% judged
let back : share = gain because helps
outcome net : usd = size * (back - cost)
conclusion fair "F": chance(net > 0) > 50% by 5 points
`);
    const [conclusion] = model.conclusions;
    if (conclusion === undefined) throw new Error("no conclusion");
    const turned: number[] = [];
    for (const seed of seeds(20)) {
      const asked = { name: "fair", kind: "conclusion" as const, comparison: conclusion.comparison };
      const request = { view: "case", seed, worlds: 256 };
      const sample = await unknownSample(model, asked, standing(model, {}), request, lab);
      for (const { unknown, at } of thresholds(model, "case", seed, sample, 0.05))
        if (unknown === "size" && at.length > 0) turned.push(seed);
    }
    expect(turned).toEqual([]);
  });
});

describe("where a quantile turns", () => {
  it("is covered as often as its error says: two normals, a 90 % point that passes 4 at c = .0922", async () => {
    // .6·Φ((4 − 2 − b) …: worked out by bisection on the mixture's distribution in mpmath.
    const truth = 0.09223545981526873;
    const model = modelOf(`
claim a causal "a." { credence 60% }
claim b causal "b." { credence 50% }
claim c causal "c." { credence 30% }
unknown n1 : number ~ normal(0, 1)
outcome y : number = (if a then 2 else 0) + (if b then 1 else 0) + (if a and c then 3 else 0) + n1
conclusion qua "Q": quantile(y, 0.9) > 4
`);
    const tries = 30;
    let covered = 0;
    for (const seed of seeds(tries)) {
      const request = { views: ["case"], seed, worlds: 1024, set: {}, vary: [], series: [], budget: 1e12 };
      const { flipped } = await flipFindings({
        model,
        name: "qua",
        request,
        options: { patterns: 0, exact: 12, unknowns: 0 },
        lab,
      });
      const point = flipped[0]?.found.claims.find((x) => x.claim === "c")?.points[0];
      if (point !== undefined && Math.abs(point.credence - truth) <= 2 * point.se) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(fewest(tries));
  });
});

describe("a margin over two quantiles, or a chance and a quantile", () => {
  it("is covered as often as its error says", async () => {
    const model = modelOf(`
claim a causal "a." { credence 40% }
unknown n : number ~ normal(0, 1)
unknown m : number ~ normal(0.3, 2)
outcome x : number = n + (if a then 1.2 else 0)
outcome y : number = m
conclusion two "T": quantile(x, 90%) > median(y)
conclusion mixed "M": chance(x > 0) * 2 > median(y)
`);
    // .6·Φ(x) + .4·Φ(x − 1.2) is .9 at 1.9892, by bisection; it is 1 − .65395 at 0, from tables of the normal distribution.
    const truths = [1.9892 - 0.3, 2 * 0.65397 - 0.3];
    const tries = 30;
    const covered = [0, 0];
    for (const seed of seeds(tries)) {
      const asking = { seed, set: {}, worlds: 512, untilSettled: false, budget: 1e12 };
      const questions = model.conclusions.map(({ comparison }) => ({ comparison, view: "case" }));
      const { findings } = await answerComparisons(model, questions, asking, lab);
      findings.forEach(({ margin, se }, i) => {
        if (Math.abs(margin - (truths[i] ?? Number.NaN)) <= 2 * se) covered[i] = (covered[i] ?? 0) + 1;
      });
    }
    expect(Math.min(...covered)).toBeGreaterThanOrEqual(fewest(tries));
  });
});

describe("the worth of knowing an unknown", () => {
  it("is covered as often as its error says: 0 against x, a normal around .2 met by luck, worth E[max(0, x)] − .2", () => {
    const model = modelOf(`unknown x : number ~ normal(0.2, 1) judged\noutcome y : number = x`);
    // φ(.2) + .2·Φ(.2) − .2, from tables of the normal distribution.
    const truth = 0.3910427 + 0.2 * 0.5792597 - 0.2;
    const tries = 200;
    let covered = 0;
    for (const seed of seeds(tries)) {
      const value = Float64Array.from(
        { length: 500 },
        (_, w) =>
          0.2 +
          normalQuantile(uniform(seed, keyOf("unknown x"), w, 0)) +
          0.5 * normalQuantile(uniform(seed, keyOf("luck"), w, 0)),
      );
      const [worth] = worthOfUnknowns(model, seed, [new Float64Array(500), value]);
      if (worth !== undefined && Math.abs(worth.worth - truth) <= 2 * worth.se) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(fewest(tries));
  });

  it("is none without error of a mean: √(variance ÷ n)", () => {
    expect(meanError(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
    expect(meanError(Float64Array.of(7))).toBe(0);
  });
});

describe("shares of a ratio over sampled patterns", () => {
  it("are what they are in closed form, within their errors", async () => {
    // P(y | claims) is a product over claims, so what is conditioned on drops out: of P(k0 and k1 | y) the two carry half each, the others nothing.
    const factors = [1.3, 0.8, 0.6, 1.2, 0.7, 1.4, 0.9, 1.1, 0.75, 1.25];
    const credences = [0.54, 0.64, 0.8, 0.3, 0.7, 0.2, 0.9, 0.5, 0.4, 0.6];
    const model = modelOf(`
${credences.map((c, i) => `claim k${i} causal "k${i}." { credence ${c} }`).join("\n")}
unknown u : number ~ uniform(0, 1)
outcome y = u < 0.2 ${factors.map((f, i) => `* (if k${i} then ${f} else 1)`).join(" ")}
conclusion both "B": chance(k0 and k1 | y) > 10%
`);
    const side = (i: number): number => {
      const [c, f] = [credences[i] ?? 0, factors[i] ?? 0];
      return (c * f) / (1 - c + c * f);
    };
    const whole = side(0) * side(1);
    let covered = 0;
    let asked = 0;
    for (const seed of seeds(12)) {
      const request = { views: ["case"], seed, worlds: 1024, set: {}, vary: [], series: [], budget: 1e12 };
      const options = { patterns: 2048, exact: 0, unknowns: 0 };
      const { explained } = await explainFindings({ model, name: "both", request, game: "removal", options, lab });
      for (const { claim, share, se } of explained[0]?.found.shares ?? []) {
        asked++;
        if (Math.abs(share - (claim === "k0" || claim === "k1" ? whole / 2 : 0)) <= 2 * se) covered++;
      }
    }
    expect(asked).toBeGreaterThan(100);
    expect(covered).toBeGreaterThanOrEqual(fewest(asked));
  });
});
