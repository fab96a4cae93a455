/** What a view comes to believe: against networks and hazards that can be worked out, and by simulation-based calibration. */

import { describe, expect, it } from "vitest";
import { amply, learnFindings, mostFold, type LearnRequest, type Learnt } from "#analysis/record/learn.ts";
import { isVerdictChanged, leastWorlds } from "#analysis/record/posteriors.ts";
import { marginAt } from "#analysis/carries/table-margin.ts";
import { askedOf, buildTable } from "#ensemble/table/build-table.ts";
import { EvidenceConflict } from "#analysis/record/observed.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { normalQuantile } from "#kernel/normal.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { printDiagnostics } from "#text/print.ts";
import { quickLab } from "../lab.ts";

function modelOf(text: string): Model {
  const document = { name: "case.casus", text };
  const [file, syntax] = parse(document);
  const [model, found] = check([file], [document]);
  expect(printDiagnostics([...syntax, ...found], [document])).toBe("");
  if (model === null) throw new Error("no model");
  return model;
}

const lab = quickLab();

async function learn(model: Model, more: Partial<LearnRequest> = {}): Promise<Learnt> {
  const request: LearnRequest = {
    views: ["case"],
    seed: 1,
    worlds: 4000,
    set: {},
    until: null,
    untilDate: null,
    motives: false,
    conclusions: true,
    budget: 1e10,
    ...more,
  };
  const { views } = await learnFindings(model, request, lab);
  const [learnt] = views;
  if (learnt === undefined) throw new Error("nothing learnt");
  return learnt;
}

const meanOf = (learnt: Learnt, outcome: string) => {
  const found = learnt.outcomes.find((o) => o.outcome === outcome);
  if (found === undefined) throw new Error(`no outcome ${outcome}`);
  return found;
};

/** Lauritzen & Spiegelhalter 1988. */
const asia = `case asia "Asia"
unknown asia : number ~ bernoulli(1%)
unknown smoke : number ~ bernoulli(50%)
unknown tub : number ~ bernoulli(if asia > 0 then 5% else 1%)
unknown lung : number ~ bernoulli(if smoke > 0 then 10% else 1%)
unknown bronc : number ~ bernoulli(if smoke > 0 then 60% else 30%)
unknown dysp : number ~ bernoulli(if tub > 0 or lung > 0 then (if bronc > 0 then 90% else 70%) else (if bronc > 0 then 80% else 10%))
outcome has_lung = lung > 0
outcome breathless = dysp > 0
evidence breath by 0: dysp > 0
`;

describe("evidence about unknowns", () => {
  it("makes of the asia network what exact inference does: P(lung | dyspnoea) = .102759", async () => {
    const learnt = await learn(modelOf(asia), { worlds: 40_000 });
    const { prior, posterior } = meanOf(learnt, "has_lung");
    expect(Math.abs(prior.value - 0.055)).toBeLessThan(4 * prior.se);
    expect(Math.abs(posterior.value - 0.102759)).toBeLessThan(4 * posterior.se);
    expect(posterior.se).toBeLessThan(0.003);
    // P(dyspnoea) = .4359706: as many worlds count, and that is the evidence's chance.
    expect(learnt.effective / 40_000).toBeCloseTo(0.43597, 1);
    expect(Math.exp(learnt.logEvidence)).toBeCloseTo(0.43597, 1);
  });

  it("makes of a series with a shared discrepancy the normal's closed form", async () => {
    // Prior N(0, 1); three points at 1, 2, 3 with error 1 and discrepancy 2: the mean has variance 4 + 1/3.
    const learnt = await learn(
      modelOf(`case c "Q"
time 0 to 10 by day
unknown m : number ~ normal(0, 1)
stock x : number = m
outcome level : number = final(x)
evidence s of x error 1 discrepancy 2 = 1 day -> 1, 2 days -> 2, 3 days -> 3
`),
      { worlds: 20_000 },
    );
    const { posterior } = meanOf(learnt, "level");
    const wanted = 2 / (1 + 4 + 1 / 3);
    expect(Math.abs(posterior.value - wanted)).toBeLessThan(4 * posterior.se);
    expect(posterior.se).toBeLessThan(0.01);
    expect(learnt.checks).toHaveLength(3);
    expect(learnt.checks[0]?.prior.below).toBeCloseTo(0.6585, 2); // Φ(1 / √6)
  });
});

describe("what the model made beforehand of an event on a date", () => {
  it("is the chance that it had come by then, 1 − exp(−0.2 · 2), not that it came in just that month", async () => {
    const { checks } = await learn(
      modelOf(`case c "Q"
time 2022-01 to 2026-01 by month
event war rate 0.2/year
outcome war_came = happened(war)
evidence came at 2024-01: happened(war)
`),
      { worlds: 20_000 },
    );
    // To some three standard errors; the step that begins on the date is the 25th of 48.
    expect(checks[0]?.prior.below).toBeGreaterThan(1 - Math.exp(-0.4) - 0.01);
    expect(checks[0]?.prior.below).toBeLessThan(1 - Math.exp((-0.2 * 25) / 12) + 0.01);
  });
});

/** A claim doubles a hazard; another event, a fall, hangs on whether it came. */
const hazards = (evidence: string): string => `case c "Q"
time 2022-01 to 2026-01 by month
claim stirred causal "It is stirred up." { credence 40% }
claim driven motive "They want it." { credence 50% }
event war rate 0.2/year * (if stirred then 3 else 1) * (if driven then 2 else 1)
event fall rate 0.1/year * (if happened(war) then 4 else 1)
outcome war_came = happened(war)
outcome fell = happened(fall)
outcome war_late = happened(war) and not happened(war, 2024-01)
${evidence}`;

describe("a conclusion after what was seen", () => {
  const few = `case few "Few agree"
claim c causal "C." { credence 50% }
unknown u : number ~ uniform(0, 1)
unknown v : number ~ uniform(0, 1)
outcome rare = v < 0.0005
outcome hit = u < (if c then 0.02 else 0.01)
outcome is_low = u < 0.03
evidence low by 0: u < 0.03
conclusion never : chance(rare) < 0.4%
conclusion often : chance(v < 0.5) > 30%
conclusion ratio : chance(v < 0.5 | c) > 30%
conclusion middle : median(v) > 0.3
conclusion wired : chance(hit if c) > chance(hit if not c)
`;

  it("is as much in doubt as its effective runs leave it: none of n shows a share of less than z² ÷ n, Wilson's limit", async () => {
    const learnt = await learn(modelOf(few));
    const of = (name: string) => learnt.conclusions.find((c) => c.conclusion === name) ?? expect.fail(name);
    const { prior, posterior } = of("never");
    expect(prior.verdict).toBe("holds");
    expect(posterior.effective).toBeLessThan(600);
    // Of some 400 runs worth as many hardly one is rare; the limit of none at 99 % is 6.63 ÷ n, above the 0.4 % asked of.
    expect(posterior.verdict).toBe("too close to call");
    expect(0.004 - posterior.low).toBeGreaterThan(6.63 / posterior.effective);
    for (const name of ["often", "ratio", "middle"]) {
      const { posterior: after } = of(name);
      const right = 0.5 - 0.3;
      expect(after.verdict, name).toBe("holds");
      expect(after.low, name).toBeLessThan(right);
      expect(after.high, name).toBeGreaterThan(right);
    }
    // Half of them have the claim.
    expect(of("ratio").posterior.effective).toBeLessThan(0.65 * of("often").posterior.effective);
    // √(¼ ÷ n), and Wilson's limits of a half at 99 %: z·√(s² + (z ÷ 4n)²) + z² ÷ 4n to either side, the reach of a half being ½.
    const { se, low, high, effective: n } = of("often").posterior;
    expect(se).toBeCloseTo(Math.sqrt(0.25 / n), 3);
    const z = 2.5758293;
    expect((high - low) / 2).toBeCloseTo(z * Math.hypot(se, z / (4 * n)) + z ** 2 / (4 * n), 4);
  });

  it("is in doubt by one run more where all that count agree, as a chance that nothing reweighs is", async () => {
    const learnt = await learn(modelOf(few));
    const { posterior } = meanOf(learnt, "is_low");
    expect(posterior.value).toBe(1);
    // The error of a share of 1 ÷ (n + 1) among the n runs that these are worth.
    const n = learnt.effective;
    expect(posterior.se).toBeCloseTo(Math.sqrt(n / (n + 1) ** 2 / n), 4);
  });

  it("is marked where its direction is built in", async () => {
    const learnt = await learn(modelOf(few));
    const built = learnt.conclusions.filter((c) => c.builtIn !== null);
    expect(built.map((c) => [c.conclusion, c.builtIn?.claims])).toEqual([["wired", ["c"]]]);
    expect(learnt.conclusions.filter(isVerdictChanged).map((c) => c.conclusion)).toContain("never");
  });
});

describe("evidence that ties claims together", () => {
  /** Seen was that just one of two even claims is true (with noise: 95 % where it is so, 5 % where not). */
  const eitherOr = `case either "Either"
claim a causal "One." { credence 50% }
claim b causal "Other." { credence 50% }
unknown u : share ~ uniform(0, 1)
outcome both = a and b
outcome seen = u < (if (a and not b) or (b and not a) then 95% else 5%)
evidence report by 0: u < (if (a and not b) or (b and not a) then 95% else 5%)
conclusion together "Both": chance(both) > 10%
conclusion told "Both, of what was seen": chance(both | seen) > 10%
`;

  it("stays joint: each claim stays at even odds, both together fall from .25 to .025; marginals alone would leave .25", async () => {
    const learnt = await learn(modelOf(eitherOr), { worlds: 40_000 });
    for (const claim of ["a", "b"]) {
      const found = learnt.claims.find((c) => c.claim === claim) ?? expect.fail(claim);
      expect(Math.abs((found.posterior?.value ?? Number.NaN) - 0.5)).toBeLessThan(4 * (found.posterior?.se ?? 0));
    }
    const { prior, posterior } = meanOf(learnt, "both");
    expect(Math.abs(prior.value - 0.25)).toBeLessThan(4 * prior.se);
    // Bayes: ¼·.05 ÷ (½·.95 + ½·.05) = .025.
    expect(Math.abs(posterior.value - 0.025)).toBeLessThan(4 * posterior.se);
    expect(posterior.se).toBeLessThan(0.005);
    const together = learnt.conclusions.find((c) => c.conclusion === "together") ?? expect.fail("no conclusion");
    expect([together.prior.verdict, together.posterior.verdict]).toEqual(["holds", "fails"]);
  });

  it("is read off a table as N/D: the same, and the sliders go on moving the prior", async () => {
    const document = { name: "case.casus", text: eitherOr };
    const [file] = parse(document);
    const [model] = check([file], [document]);
    if (model === null) throw new Error("no model");
    const table = await buildTable(
      model,
      [askedOf(model, "told")],
      {},
      { view: "case", serves: ["case"], seed: 1, worlds: 4096, patterns: 1, exact: 12 },
      lab,
    );
    const at = (a: number, b: number): ReturnType<typeof marginAt> =>
      marginAt(table, "told", {
        credences: {
          a: [{ credence: a, given: null, word: null }],
          b: [{ credence: b, given: null, word: null }],
        },
      });
    const bayes = (a: number, b: number): number => {
      const one = a * (1 - b) + b * (1 - a);
      return (a * b * 0.05) / (0.95 * one + 0.05 * (1 - one));
    };
    for (const [a, b] of [
      [0.5, 0.5],
      [0.9, 0.9],
      [0.2, 0.7],
    ] as const) {
      const found = at(a, b);
      expect(Math.abs(found.margin + 0.1 - bayes(a, b))).toBeLessThan(4 * found.se + 1e-9);
      expect(found.se).toBeLessThan(0.02);
    }
    expect(at(0.5, 0.5).margin).toBeLessThan(-0.05);
    expect(at(0.9, 0.9).margin).toBeGreaterThan(0.05);
  });
});

describe("evidence about events", () => {
  /** P(stirred) by Bayes from the likelihood under each (stirred, driven), with the motive kept at one half. */
  const bayes = (likelihood: (rate: number) => number, isKept: boolean): number => {
    const on = [1, 2].map((d) => 0.4 * likelihood(0.2 * 3 * d));
    const off = [1, 2].map((d) => 0.6 * likelihood(0.2 * d));
    const share = (i: number): number => (on[i] ?? 0) / ((on[i] ?? 0) + (off[i] ?? 0));
    if (isKept) return (share(0) + share(1)) / 2;
    const all = [...on, ...off].reduce((a, b) => a + b, 0);
    return ((on[0] ?? 0) + (on[1] ?? 0)) / all;
  };

  it("weighs what has not come by the chance of that", async () => {
    const model = modelOf(hazards("evidence quiet by 2023-01: not happened(war)\n"));
    for (const motives of [false, true]) {
      const learnt = await learn(model, { worlds: 20_000, motives });
      const claim = learnt.claims.find((c) => c.claim === "stirred");
      const wanted = bayes((rate) => Math.exp(-rate), !motives);
      expect(Math.abs((claim?.posterior?.value ?? NaN) - wanted), `${motives}`).toBeLessThan(
        4 * (claim?.posterior?.se ?? 0),
      );
    }
  });

  it("forces what came on its date and weighs it by its rate; what follows goes on from there", async () => {
    const model = modelOf(hazards("evidence came at 2022-07: happened(war)\n"));
    const learnt = await learn(model, { worlds: 20_000, motives: true });
    const claim = learnt.claims.find((c) => c.claim === "stirred");
    const wanted = bayes((rate) => rate * Math.exp(-rate / 2), false);
    expect(Math.abs((claim?.posterior?.value ?? NaN) - wanted)).toBeLessThan(4 * (claim?.posterior?.se ?? 0));
    expect(meanOf(learnt, "war_came").posterior.value).toBe(1);
    // Half a year at a tenth, then three and a half years at four tenths.
    const fell = meanOf(learnt, "fell").posterior;
    expect(Math.abs(fell.value - (1 - Math.exp(-0.05 - 1.4)))).toBeLessThan(4 * fell.se + 0.005);
  });

  it("lets an event come after the time it was not seen by", async () => {
    const learnt = await learn(modelOf(hazards("evidence quiet by 2024-01: not happened(war)\n")), { worlds: 20_000 });
    const late = meanOf(learnt, "war_late").posterior.value;
    expect(meanOf(learnt, "war_came").posterior.value).toBe(late);
    expect(late).toBeGreaterThan(0.2);
  });

  it("keeps motives at their prior by default, and says so", async () => {
    const model = modelOf(hazards("evidence came at 2022-07: happened(war)\n"));
    const kept = (await learn(model)).claims.find((c) => c.claim === "driven");
    expect(kept?.isHeld).toBe(true);
    expect(kept?.posterior?.value).toBeCloseTo(kept?.prior ?? NaN, 9);
    const freed = (await learn(model, { motives: true })).claims.find((c) => c.claim === "driven");
    expect(freed?.posterior?.value).toBeGreaterThan((freed?.prior ?? 1) + 0.05);
  });

  it("says which observation moved which claim: the one that bears on it", async () => {
    const learnt = await learn(
      modelOf(hazards("evidence came at 2022-07: happened(war)\nevidence calm by 2022-03: not happened(fall)\n")),
      { worlds: 8000 },
    );
    const moved = learnt.claims.find((c) => c.claim === "stirred")?.moved ?? [];
    expect(moved[0]).toBeGreaterThan(0.1);
    expect(Math.abs(moved[1] ?? 1)).toBeLessThan(0.01);
  });

  it("uses nothing seen after a date, and drops a series' later points", async () => {
    const model = modelOf(
      hazards("evidence quiet by 2023-01: not happened(war)\nevidence came at 2025-01: happened(war)\n"),
    );
    const early = await learn(model, { until: 24 });
    expect(early.evidence.map((e) => e.name)).toEqual(["quiet"]);
  });

  it("refuses below its floor, and says how many worlds would do and what stands in the way", async () => {
    const model = modelOf(`case c "Q"
unknown x : number ~ normal(0, 1)
outcome y : number = x
evidence far by 0: x > 6
evidence near by 0: x > -5
`);
    const learnt = await learn(model, { worlds: 2000 });
    expect(learnt.refusal).toMatchObject({ floor: 100, hardest: "far" });
    expect(learnt.refusal?.worldsNeeded ?? null).toBeNull();
    expect(learnt.worlds).toBe(mostFold * 2000);
    expect(learnt.claims).toEqual([]);
  });

  it("draws more where the evidence lies and moves no mean by it: P(x > 3), and what is then believed, of a normal", async () => {
    // P(x > 3) = .001349898; E[x | x > 3] = φ(3) / .001349898 = 3.283099. A claim of credence ½ that only lets it be so twice as often has 2/3 after.
    const model = modelOf(`case c "Q"
claim wide causal "It spreads wide." { credence 50% }
unknown x : number ~ normal(0, 1)
unknown lot : number ~ uniform(0, 1)
outcome y : number = x
evidence far by 0: x > 3 and (lot < 0.5 or wide)
`);
    const learnt = await learn(model, { worlds: 4000 });
    expect(learnt.proposal).not.toBeNull();
    expect(learnt.worlds).toBeGreaterThan(4000);
    expect(learnt.effective).toBeGreaterThan(leastWorlds);
    const { posterior } = meanOf(learnt, "y");
    expect(Math.abs(posterior.value - 3.283099)).toBeLessThan(4 * posterior.se);
    expect(posterior.se).toBeLessThan(0.03);
    const wide = learnt.claims[0]?.posterior;
    expect(Math.abs((wide?.value ?? NaN) - 2 / 3)).toBeLessThan(4 * (wide?.se ?? 0));
    // The estimate's own error is about 1 / √effective.
    expect(Math.abs(learnt.logEvidence - Math.log(0.001349898 * 0.75))).toBeLessThan(4 / Math.sqrt(learnt.effective));
  });

  it("refuses evidence of two courses of the world", async () => {
    const model = modelOf(`${hazards("")}actor a
choice c1 by a = left | right
evidence one by 2023-01: not happened(war) if c1 = left
evidence two by 2023-01: not happened(fall) if c1 = right
outcome went = c1 = left
`);
    await expect(learn(model)).rejects.toThrow(EvidenceConflict);
  });
});

describe("simulation-based calibration (Talts et al. 2018)", () => {
  // With few worlds the law that is drawn from is adapted in every replicate (see `amply`).
  it.each([1500, 300])(
    "ranks of the true rate among its posterior are uniform, 200 replicates of %d worlds",
    async (worlds) => {
      let adapted = 0;
      const bins = Array.from({ length: 10 }, () => 0);
      const keys = { rate: keyOf("sbc rate"), clock: keyOf("sbc clock"), noise: keyOf("sbc noise") };
      const replicates = 200;
      for (let r = 0; r < replicates; r++) {
        // Truth from the prior: log rate ~ N(log 0.3, 0.6²); an event by it within two years, or not; and a noisy sight of the rate.
        const z = normalQuantile(uniform(7, keys.rate, r, 0));
        const rate = 0.3 * Math.exp(0.6 * z);
        const when = -Math.log(uniform(7, keys.clock, r, 0)) / rate;
        const sight = rate + 0.8 * normalQuantile(uniform(7, keys.noise, r, 0));
        const month = Math.floor(when * 12);
        const seen = month < 24 ? `at ${month} months: happened(war)` : "by 24 months: not happened(war)";
        const model = modelOf(`case c "Q"
time 0 to 24 by month
unknown base : number/year ~ lognormal(0.3, 0.6)
event war rate base
stock level : number/year = base
outcome low : number = if base < ${rate} number/year then 1 else 0
outcome came = happened(war)
evidence e ${seen}
evidence s of level error 0.8 number/year discrepancy 0 number/year = 12 months -> ${sight} number/year
`);
        const learnt = await learn(model, { worlds, seed: r });
        if (learnt.proposal !== null) adapted++;
        const rank = meanOf(learnt, "low").posterior.value;
        const bin = Math.min(9, Math.floor(rank * 10));
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      // Chi-squared on 9 degrees of freedom: 27.9 is passed once in a thousand.
      const chi = bins.reduce((sum, n) => sum + (n - replicates / 10) ** 2 / (replicates / 10), 0);
      expect(chi).toBeLessThan(27.9);
      if (worlds < amply) expect(adapted).toBe(replicates);
    },
  );
});
