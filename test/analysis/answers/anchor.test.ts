/** What a table says, anchored at the runs: the run's own figure at the start, continuous from there, chances within 0 and 1, errors that cover; explain and flip start from the run's finding. */

import { describe, expect, it } from "vitest";
import { answerComparisons, type Asking } from "#analysis/answers/answer.ts";
import { movedAnswer } from "#analysis/answers/moved-answer.ts";
import { explainFindings, flipFindings } from "#analysis/carries/explain.ts";
import { pageTable, readPageTable } from "#analysis/carries/page-table.ts";
import { runFindings } from "#analysis/findings/findings.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { withMoved } from "#ensemble/moved-view.ts";
import { askedOf, buildTable } from "#ensemble/table/build-table.ts";
import { checked } from "../../model/checked.ts";
import { quickLab } from "../../lab.ts";

const lab = quickLab();
const asking: Asking = { seed: 1, set: {}, worlds: 256, untilSettled: false, budget: 1e12 };

const model = checked(`case t "T?"
claim a causal "A." { credence 60% }
claim b causal "B." { credence 30% }
unknown u : number ~ uniform(0, 1)
outcome hit = u < (if a then 0.6 else 0.1) * (if b then 1 else 0.5)
outcome seen = u < (if a then 0.7 else 0.5)
conclusion lin "L": chance(hit) > 25% by 1 point
conclusion rat "R": chance(hit | seen) > 50%
`);
/** P(hit), in closed form: Σ over a and b. */
const hit = (a: number, b: number): number => (0.6 * a + 0.1 * (1 - a)) * (b + 0.5 * (1 - b));

const moved = (credences: Readonly<Record<string, number>>): ReturnType<typeof mindOf> =>
  mindOf(
    withMoved(model, {
      name: "mine",
      label: "mine",
      from: "case",
      credences: Object.fromEntries(Object.entries(credences).map(([c, v]) => [c, [v]])),
      distributions: {},
    }),
    "mine",
  );
const own = mindOf(model, "case");

async function tableWith(seed: number, exact = 12): Promise<Awaited<ReturnType<typeof buildTable>>> {
  const asked = ["lin", "rat"].map((name) => askedOf(model, name));
  const wanted = { view: "case", serves: ["case"], seed, worlds: 256, patterns: 512, exact, checks: 32 };
  return buildTable(model, asked, {}, wanted, lab);
}

const questions = model.conclusions.map(({ comparison }) => ({ comparison, view: "case" }));

describe("a moved answer", () => {
  it("is the run's own to the last digit while nothing is moved, and continuous from there", async () => {
    const { findings } = await answerComparisons(model, questions, asking, lab);
    for (const exact of [12, 0]) {
      const table = await tableWith(1, exact);
      for (const [i, name] of ["lin", "rat"].entries()) {
        const answer = findings[i];
        if (answer === undefined) throw new Error("no answer");
        expect(movedAnswer(table, name, answer, own, own)).toEqual(answer);
        const near = movedAnswer(table, name, answer, own, moved({ a: 0.6 + 1e-9 }));
        for (const key of ["margin", "se", "low", "high"] as const)
          expect(Math.abs((near?.[key] ?? Number.NaN) - answer[key])).toBeLessThan(1e-7);
        let last = answer.margin;
        for (let c = 0.6; c <= 1; c += 0.005) {
          const now = movedAnswer(table, name, answer, own, moved({ a: c }))?.margin ?? Number.NaN;
          expect(Math.abs(now - last)).toBeLessThan(0.02);
          last = now;
        }
      }
    }
  });

  it("covers what is true, in closed form, at other credences: 30 seeds", async () => {
    let missed = 0;
    let asked = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const { findings } = await answerComparisons(model, questions.slice(0, 1), { ...asking, seed }, lab);
      const table = await tableWith(seed);
      for (const [a, b] of [
        [0, 0.3],
        [1, 0.3],
        [0.2, 0.9],
        [0.9, 0.1],
      ] as const) {
        const found = movedAnswer(table, "lin", findings[0] as (typeof findings)[number], own, moved({ a, b }));
        const right = hit(a, b) - 0.25;
        asked++;
        if (found === null || right < found.low || right > found.high) missed++;
      }
    }
    expect(asked).toBe(120);
    expect(missed).toBeLessThanOrEqual(1);
  });

  it("keeps a chance within 0 and 1", async () => {
    const certain = checked(`case t "T?"
claim a causal "A." { credence 90% }
claim b causal "B." { credence 90% }
unknown u : number ~ uniform(0, 1)
outcome hit = if a or b then u < 0.999 else u < 0.2
conclusion c "C": chance(hit) > 50%
`);
    const [question] = certain.conclusions.map(({ comparison }) => ({ comparison, view: "case" }));
    if (question === undefined) throw new Error("no question");
    const mind = mindOf(certain, "case");
    const up = withMoved(certain, {
      name: "m",
      label: "m",
      from: "case",
      credences: { a: [1], b: [1] },
      distributions: {},
    });
    for (let seed = 1; seed <= 20; seed++) {
      const { findings } = await answerComparisons(certain, [question], { ...asking, worlds: 64, seed }, lab);
      const made = await pageTable(
        certain,
        { view: "case", seed, key: "", worlds: 64, untilSettled: false, limit: 1e6 },
        lab,
      );
      const [found] = (
        await runFindings(certain, { ...asking, worlds: 64, seed, views: ["case"], vary: [], series: [] }, lab)
      ).conclusions;
      if (found === undefined) throw new Error("no finding");
      expect(found.comparison).toEqual(findings[0]);
      const now = readPageTable(made.bytes).moved(found, mind, mindOf(up, "m"));
      expect(now?.comparison.figures[0]?.value).toBeLessThanOrEqual(1);
      expect(now?.comparison.margin).toBeLessThanOrEqual(0.5);
    }
  });
});

describe("explain and flip start from the run's finding", () => {
  const request = { ...asking, untilSettled: true, views: ["case"], vary: [], series: [] };
  const options = { patterns: 512, exact: 12, unknowns: 0 };
  it("to the last digit: margin, error, interval, worlds and verdict", async () => {
    const run = await runFindings(model, request, lab);
    for (const { name, comparison, verdict } of run.conclusions) {
      const wanted = (({ margin, se, low, high, worlds }) => ({ margin, se, low, high, worlds, verdict }))(comparison);
      const explained = await explainFindings({ model, name, request, game: "removal", options, lab });
      expect(explained.explained[0]?.found.all).toMatchObject(wanted);
      const flipped = await flipFindings({ model, name, request, options, lab });
      expect(flipped.flipped[0]?.found.now).toMatchObject(wanted);
      expect(flipped.over[0]?.margin).toMatchObject(wanted);
    }
  });

  it("and what they add up to does as well: margins off and on lie as far apart as the claim does", async () => {
    const { explained } = await explainFindings({ model, name: "lin", request, game: "removal", options, lab });
    const found = explained[0]?.found;
    if (found === undefined) throw new Error("nothing found");
    expect(found.shares.reduce((s, x) => s + x.share, 0)).toBeCloseTo(found.all.margin - found.none.margin, 12);
    const { flipped } = await flipFindings({ model, name: "lin", request, options, lab });
    const a = flipped[0]?.found.claims.find((c) => c.claim === "a");
    expect((a?.off ?? 0) * 0.4 + (a?.on ?? 0) * 0.6).toBeCloseTo(found.all.margin, 12);
    // Where it turns: 0.26 = P(hit) at b = .3, so (0.6a + 0.1(1 − a))·0.65 = 0.26.
    const [point] = a?.points ?? [];
    expect(Math.abs((point?.credence ?? 0) - 0.6)).toBeLessThan(3 * (point?.se ?? 0));
  });
});
