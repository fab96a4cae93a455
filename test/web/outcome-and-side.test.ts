/** An outcome and a side of a conclusion with the same words are one question: the same figure, error and number of runs, whatever is asked. */

import { describe, expect, it } from "vitest";
import type { Asking } from "#analysis/answers/answer.ts";
import { explainFindings } from "#analysis/carries/explain.ts";
import type { FigureFinding } from "#analysis/figures/figures.ts";
import { runFindings, type Request, type RunFindings } from "#analysis/findings/findings.ts";
import { reportFindings } from "#analysis/findings/report-findings.ts";
import { makeLead } from "#analysis/lead/lead.ts";
import { compareFindings } from "#analysis/options/compare.ts";
import type { OutcomeFinding } from "#analysis/outcomes/outcomes.ts";
import { learnFindings } from "#analysis/record/learn.ts";
import { keyOfSituation, plainSituation } from "#ensemble/situation.ts";
import type { Model } from "#model/model.ts";
import { answersTo } from "#web/workers/bench.ts";
import { checked, twoYears } from "../model/checked.ts";
import { quickLab } from "../lab.ts";

const asking: Asking = { seed: 1, set: {}, worlds: 256, untilSettled: true, budget: 1e12 };
const request: Request = { ...asking, views: ["case"], vary: [], series: [] };

/** Conclusions that share sides, directly and by way of others; a category, a quantile, words written out again. Margins lie near their lines, so that each would stop elsewhere by itself. */
function shared(seed: number): Model {
  const draw = (i: number): number => ((seed * 7919 + i * 104_729) % 997) / 997;
  const near = (i: number): string => (2 + 6 * draw(i)).toFixed(2);
  return checked(`${twoYears}
claim a causal "A." { credence ${Math.round(20 + 60 * draw(1))}% }
actor x "X"
choice do by x = this | that | other
unknown u : share ~ 10% to ${Math.round(30 + 30 * draw(2))}%
event e "E" rate (20 + ${Math.round(30 * draw(3))}) * 1 percent/year + (if do = that then u / 12 months else 0 percent/month)
event f "F" rate 25 percent/year because a
outcome came = happened(e)
outcome went = happened(f)
outcome which = first(e, f)
outcome size : share = if a then u else u / 2
outcome lone : share = 3 * u
conclusion one "1": chance(came if do = that) > chance(came if do = this) by ${near(4)} points
conclusion two "2": chance(came if do = this) > ${Math.round(25 + 20 * draw(5))}%
conclusion three "3": chance(happened(e) if do = other) > chance(went if do = other) by ${near(6)} points
conclusion word "W": chance(which = e if do = this) > ${Math.round(20 + 10 * draw(7))}%
conclusion middle "M": median(size) > ${Math.round(8 + 8 * draw(8))}%
conclusion gone "G": chance(came | went) > 40%
`);
}

function outcomeOf(found: RunFindings, choice: string, name: string): OutcomeFinding {
  const outcome = found.profiles.find((p) => p.choices["do"] === choice)?.outcomes.find((o) => o.name === name);
  if (outcome === undefined) throw new Error(`no ${name} under ${choice}`);
  return outcome;
}

describe.each([1, 2, 3, 4])("of a generated case (%i)", (seed) => {
  const model = shared(seed);
  const lab = quickLab();

  it("a side and the outcome of the same words have one figure, one error and one number of runs", async () => {
    const found = await runFindings(model, request, lab);
    const figures = new Map(found.conclusions.map((c) => [c.name, c.comparison.figures]));
    const side = (name: string, i: number): FigureFinding => figures.get(name)?.[i] as FigureFinding;
    const figureOf = ({ value, se, outOf }: FigureFinding): unknown => ({ value, se, runs: outOf });
    const whole = ({ summary }: OutcomeFinding): unknown => ({
      value: summary.mean,
      se: summary.se,
      runs: summary.runs,
    });
    expect(figureOf(side("one", 0))).toEqual(whole(outcomeOf(found, "that", "came")));
    expect(figureOf(side("one", 1))).toEqual(whole(outcomeOf(found, "this", "came")));
    expect(figureOf(side("two", 0))).toEqual(figureOf(side("one", 1)));
    expect(figureOf(side("three", 0))).toEqual(whole(outcomeOf(found, "other", "came")));
    expect(figureOf(side("three", 1))).toEqual(whole(outcomeOf(found, "other", "went")));
    const which = outcomeOf(found, "this", "which");
    const share = which.shares.find((s) => s.word === "e");
    expect(figureOf(side("word", 0))).toEqual({ value: share?.chance, se: share?.se, runs: which.summary.runs });
    const size = outcomeOf(found, "this", "size").summary;
    expect([side("middle", 0).value, side("middle", 0).outOf]).toEqual([size.q50, size.runs]);
    // What no conclusion compares is shown on the first look's worlds.
    expect(outcomeOf(found, "this", "lone").summary.runs).toBe(request.worlds);
    expect(found.conclusions.some((c) => c.comparison.worlds > request.worlds)).toBe(true);

    // So it is when other things are asked, by themselves and of another lab.
    const compared = await compareFindings({
      model,
      request,
      compared: model.choices,
      actor: null,
      enough: null,
      options: { exact: 12 },
      lab: quickLab(),
    });
    compared.options.forEach(({ choices }, i) => {
      const [view] = compared.byView;
      expect(view?.outcomes[i]?.outcomes).toEqual(
        found.profiles.find((p) => p.choices["do"] === choices["do"])?.outcomes,
      );
      model.outcomes.forEach((o, k) => {
        const [own, first] = [i, 0].map((at) => view?.outcomes[at]?.outcomes[k]?.summary.mean ?? Number.NaN);
        if (o.categories === null)
          expect(view?.outcomes[i]?.differences[k]?.mean).toBeCloseTo((own as number) - (first as number), 12);
      });
    });
    // Two options that a conclusion compares differ by its margin, with its error.
    const [difference] = compared.byView[0]?.outcomes[1]?.differences ?? [];
    const one = found.conclusions.find((c) => c.name === "one")?.comparison;
    expect(difference?.mean).toBeCloseTo(one?.margin ?? Number.NaN, 12);
    expect(difference?.se).toBeCloseTo(one?.se ?? Number.NaN, 12);

    const options = { patterns: 64, exact: 12, unknowns: 0 };
    const explained = await explainFindings({
      model,
      name: "came",
      request,
      game: "removal",
      options,
      lab: quickLab(),
    });
    const { margin, se, worlds } = explained.explained[0]?.found.all ?? {};
    expect({ value: margin, se, runs: worlds }).toEqual(whole(outcomeOf(found, "this", "came")));

    const learnt = await learnFindings(
      model,
      { ...request, before: asking, until: null, untilDate: null, motives: false, conclusions: true },
      quickLab(),
    );
    const [prior] = learnt.views[0]?.outcomes ?? [];
    const { mean, se: error } = outcomeOf(found, "this", "came").summary;
    expect(prior?.prior).toEqual({ value: mean, se: error });
    expect(prior?.posterior).toEqual(prior?.prior);

    const lead = await makeLead(model, "one", asking, quickLab());
    // No claim moves what it compares, though one moves something else.
    expect(lead?.follows).toBeNull();
    lead?.plan.sides.forEach(({ situation }, i) => {
      const picture = lead.pictures[0];
      expect(picture?.sides[i]?.middle.at(-1)).toBeCloseTo(lead.answers[0]?.figures[i]?.value ?? Number.NaN, 12);
      lead.chain?.nodes.forEach(({ reads }, n) => {
        if (reads === null || reads.of.op !== "outcome") return;
        const { summary } = outcomeOf(found, situation.choices["do"] ?? "", reads.of.name);
        expect(picture?.nodes[n]?.[i]).toBeCloseTo(summary.mean, 12);
      });
    });

    const want = { explain: "leading", variants: 0, learn: false, frozen: [], tell: () => {} } as const;
    const report = await reportFindings(model, request, () => "do", want, quickLab());
    expect(report.run.profiles.map((p) => p.outcomes)).toEqual(found.profiles.map((p) => p.outcomes));
    for (const { outcome, curves } of report.curves)
      for (const { choices, chance, runs } of curves) {
        const { summary } = outcomeOf(found, choices["do"] ?? "", outcome);
        expect([chance.at(-1), runs]).toEqual([summary.mean, summary.runs]);
      }

    // A page that runs the text itself.
    const bench = answersTo(model, { seed: 1, worlds: 256, untilSettled: true });
    const mind = { name: "reader", label: "Yours", from: "case", credences: {}, distributions: {} };
    const questions = [
      ...found.profiles.map(({ choices }) => ({ kind: "course" as const, choices, series: [], worlds: null })),
      ...model.conclusions.map((c) => ({ kind: "conclusion" as const, name: c.name, worlds: null })),
    ];
    let answers = 0;
    for (const said of bench.answers(mind, questions)) {
      if (said.kind !== "answer" || !said.isWhole) continue;
      answers++;
      if (said.answer.kind === "course") {
        const { choices, outcomes } = said.answer.course;
        const key = keyOfSituation(plainSituation(choices));
        expect(outcomes).toEqual(
          found.profiles.find((p) => keyOfSituation(plainSituation(p.choices)) === key)?.outcomes,
        );
      }
      if (said.answer.kind === "conclusion") {
        const { name, comparison } = said.answer.finding;
        expect([name, comparison]).toEqual([name, found.conclusions.find((c) => c.name === name)?.comparison]);
      }
    }
    expect(answers).toBe(questions.length);
  }, 120_000);
});

describe("conclusions that share a side", () => {
  it("rest on the same worlds, and one that shares none on its own", async () => {
    const model = shared(1);
    const found = await runFindings(model, request, quickLab());
    const worlds = Object.fromEntries(found.conclusions.map((c) => [c.name, c.comparison.worlds]));
    expect(worlds["one"]).toBe(worlds["two"]);
    expect(new Set(Object.values(worlds)).size).toBeGreaterThan(1);
  });

  it("are looked at together when one of them is asked for", async () => {
    const model = shared(2);
    const found = await runFindings(model, request, quickLab());
    for (const { name, comparison } of found.conclusions) {
      if (name === "middle") continue;
      const options = { patterns: 64, exact: 12, unknowns: 0 };
      const { explained } = await explainFindings({ model, name, request, game: "removal", options, lab: quickLab() });
      const all = explained[0]?.found.all;
      expect([name, all?.margin, all?.se, all?.worlds]).toEqual([
        name,
        comparison.margin,
        comparison.se,
        comparison.worlds,
      ]);
    }
  });
});
