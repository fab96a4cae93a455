/** One question, one answer: every verb, every --json and what a published page carries say the same of a conclusion, to the last digit. */

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ComparisonFinding } from "#analysis/figures/figures.ts";
import { compareFindings } from "#analysis/options/compare.ts";
import { learnFindings } from "#analysis/record/learn.ts";
import { requestFor } from "#api/answer.ts";
import { answersTo } from "#web/workers/bench.ts";
import { explainFindings, flipFindings } from "#analysis/carries/explain.ts";
import { runFindings, type Request } from "#analysis/findings/findings.ts";
import { makeLead, type Lead } from "#analysis/lead/lead.ts";
import { leadFollower } from "#analysis/lead/lead-moves.ts";
import type { LeadPicture } from "#analysis/lead/lead-picture.ts";
import type { Beliefs } from "#ensemble/table/claim-law.ts";
import type { Model } from "#model/model.ts";
import { notRunOf } from "#analysis/findings/not-run.ts";
import { reportFindings } from "#analysis/findings/report-findings.ts";
import { loadToRun } from "#cli/load.ts";
import { worldsOf } from "#analysis/answers/looks.ts";
import { provenanceOf } from "#cli/output.ts";
import { distinctViews, mindOf } from "#ensemble/draws/mind.ts";
import { explainShape, flipShape, explainJson, flipJson } from "#report/json/explain-json.ts";
import { runDocument } from "#report/json/run-json.ts";
import { pageWithoutFindings, withFindings, withLead } from "#cli/page/case-page.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();

const place = mkdtempSync(join(tmpdir(), "casus-one-answer-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

interface Said {
  readonly margin: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly worlds: number;
  readonly verdict: string;
}

function pick({ margin, se, low, high, worlds, verdict }: Said): Said {
  return { margin, se, low, high, worlds, verdict };
}

/** A case made from a seed: claims, a choice, a record, chances, means and ratios near their lines. */
function generated(seed: number): string {
  const draw = (i: number): number => ((seed * 7919 + i * 104_729) % 997) / 997;
  const share = (i: number): string => `${Math.round(10 + 80 * draw(i))}%`;
  return `case made_${seed} "Made from ${seed}"
claim a causal "A." { credence ${share(1)} }
claim b causal "B." { credence ${share(2)} }
claim c causal "C." { credence ${share(3)} }
view other "Other" { a ${share(4)} b ${share(5)} }
actor x "X"
choice do by x = this | that
unknown u : share ~ 10% to ${Math.round(30 + 40 * draw(6))}%
unknown n : number ~ normal(0, 1)
let pull : number = (if a then 0.4 else 0) + (if b and do = that then 0.3 else 0) - (if c then 0.2 else 0)
outcome hit = n < pull
outcome size : share = if a then u else u / 2
outcome coin = n > 0
record r { file "r.csv" column k : yes | no from "made" }
test t of a on r: share(k = yes) < 70%
conclusion more of b: chance(hit if do = that) > chance(hit if do = this) by 2 points
conclusion big "Big": mean(size) > ${Math.round(8 + 20 * draw(7))}%
conclusion whenever "Given": chance(hit | a) >= 55%
conclusion even "On the line": chance(coin) > 50%
conclusion switched "Switched" of a: mean(size if a) > mean(size if not a)
`;
}

const options = { patterns: 512, exact: 12, unknowns: 0 };

/** What a page shows of each claim's contribution where nothing has been moved, under the view of a picture. */
function sharesShown(model: Model, lead: Lead, picture: LeadPicture, beliefs: Beliefs): ReadonlyMap<string, number> {
  const figures = lead.answers[lead.pictures.indexOf(picture)]?.figures.map((f) => f.value) ?? [];
  const from = mindOf(model, picture.view);
  return leadFollower(model, lead)({ picture, figures, beliefs: from, nearer: null }, beliefs).shares;
}
const tell = (): void => {};

/** Until something is moved, what claims carry on a page is what `explain` writes, to the last digit; moved by next to nothing, next to that. */
async function expectSharesOfExplain(model: Model, lead: Lead | null, request: Request): Promise<number> {
  if (lead === null) throw new Error("no first screen");
  const name = lead.plan.conclusion;
  const provenance = provenanceOf(model, []);
  const views = lead.pictures.map((p) => p.view);
  const found = await explainFindings({ model, name, request: { ...request, views }, game: "removal", options, lab });
  const document = explainShape.parse(JSON.parse(explainJson(found, provenance)));
  const { factor } = found.target.unit;
  for (const [i, { view, shares }] of document.views.entries()) {
    const beliefs = mindOf(model, view);
    const picture = lead.pictures[i] as LeadPicture;
    const shown = sharesShown(model, lead, picture, beliefs);
    expect(Object.fromEntries([...shown].map(([claim, share]) => [claim, share / factor]))).toEqual(
      Object.fromEntries(shares.map((s) => [s.claim, s.share])),
    );
    const [claim = ""] = shown.keys();
    const rows = beliefs.credences[claim] ?? [];
    const nudged = rows.map((r) => ({ ...r, credence: r.credence + (r.credence < 0.5 ? 1e-9 : -1e-9) }));
    const near = sharesShown(model, lead, picture, { credences: { ...beliefs.credences, [claim]: nudged } });
    for (const [c, share] of shown) expect(near.get(c)).toBeCloseTo(share, 6);
  }
  return Math.max(...document.views.map((v) => v.shares.length));
}

describe.each([
  ["guarantee", "treaty_deters"],
  ["congestion", "poor_gain"],
])("of the casebook's %s", (name, conclusion) => {
  it("what claims carry on the page is what explain writes", async () => {
    const { model } = loadToRun(join("casebook", name));
    const asked = worldsOf(undefined);
    const lead = await makeLead(model, conclusion, { seed: 1, ...asked, budget: 1e12 }, lab);
    const request: Request = { views: ["case"], seed: 1, ...asked, set: {}, vary: [], series: [], budget: 1e12 };
    expect(await expectSharesOfExplain(model, lead, request)).toBeGreaterThan(0);
  }, 600_000);
});

describe.each([1, 2, 3])("of a generated case (%i)", (seed) => {
  const folder = join(place, `case-${seed}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "1.casus"), generated(seed));
  writeFileSync(join(folder, "r.csv"), "k\nyes\nno\n");
  // As many runs as settle each verdict, or a number asked for.
  const asked = worldsOf(seed === 2 ? 3000 : undefined);

  it("run, explain, flip, report and the page say the same, and name one hash", async () => {
    const { model, documents } = loadToRun(folder);
    const provenance = provenanceOf(model, documents);
    const views = distinctViews(model);
    const request: Request = { views, seed: 1, ...asked, set: {}, vary: [], series: [], budget: 1e12 };
    const run = runDocument(model, await runFindings(model, request, lab), provenance, notRunOf(model));
    const of = (name: string, view: string): Said => {
      const found = run.conclusions.find((c) => c.name === name && c.view === view);
      if (found === undefined) throw new Error(`no ${name} under ${view}`);
      return pick(found as Said);
    };
    expect(run.conclusions.length).toBe(5 * views.length);

    const page = await withFindings(
      pageWithoutFindings(folder, { seed: 1, ...(asked.untilSettled ? {} : { worlds: asked.worlds }) }),
      lab,
    );
    expect(page.provenance?.hash).toBe(provenance.hash);
    for (const { name, view, comparison, verdict } of page.findings?.conclusions ?? []) {
      const { margin, se, low, high, worlds, unit } = comparison;
      const by = unit.factor;
      const shown = { margin: margin / by, se: se / by, low: low / by, high: high / by, worlds, verdict };
      expect([name, view, shown]).toEqual([name, view, of(name, view)]);
    }
    for (const name of ["more", "whenever"]) {
      const explained = explainShape.parse(
        JSON.parse(
          explainJson(await explainFindings({ model, name, request, game: "removal", options, lab }), provenance),
        ),
      );
      const flipped = flipShape.parse(
        JSON.parse(flipJson(await flipFindings({ model, name, request, options, lab }), provenance)),
      );
      expect(explained.views.length).toBe(views.length);
      for (const { view, all } of explained.views)
        expect([name, view, pick(all as Said)]).toEqual([name, view, of(name, view)]);
      for (const { view, now } of flipped.views)
        expect([name, view, pick(now as Said)]).toEqual([name, view, of(name, view)]);
    }
    // Without evidence nothing is learnt: what is believed before and after is what run says.
    const learnt = await learnFindings(
      { ...model, evidence: [] },
      { ...request, worlds: 500, before: asked, until: null, untilDate: null, motives: false, conclusions: true },
      lab,
    );
    for (const { view, conclusions } of learnt.views)
      for (const { conclusion, unit, prior, posterior } of conclusions) {
        const by = unit.factor;
        const { margin, se, low, high, worlds, verdict } = prior;
        const shown = { margin: margin / by, se: se / by, low: low / by, high: high / by, worlds, verdict };
        expect([conclusion, view, shown]).toEqual([conclusion, view, of(conclusion, view)]);
        expect(posterior).toEqual(prior);
      }
    // Options side by side have the outcomes that run has for each.
    const compared = await compareFindings({
      model,
      request,
      compared: model.choices,
      actor: null,
      enough: null,
      options: { exact: 12 },
      lab,
    });
    const whole = await runFindings(model, request, lab);
    for (const { view, outcomes } of compared.byView)
      compared.options.forEach(({ choices }, i) =>
        expect(outcomes[i]?.outcomes).toEqual(
          whole.profiles.find((p) => p.view === view && p.choices["do"] === choices["do"])?.outcomes,
        ),
      );
    // A program that asks gets what the command line gets.
    const { worlds, untilSettled } = requestFor(model, asked.untilSettled ? {} : { worlds: asked.worlds });
    expect({ worlds, untilSettled }).toEqual(asked);
    // What a page opens with is the answer, whatever else of it is here.
    expect(page.lead).toBeNull();
    const lead = (await withLead(page, lab)).lead;
    lead?.pictures.forEach(({ view }, i) => {
      const { margin, se, low, high, worlds: made, unit } = lead.answers[i] as ComparisonFinding;
      const by = unit.factor;
      const shown = { margin: margin / by, se: se / by, low: low / by, high: high / by, worlds: made };
      expect(of(lead.plan.conclusion, view)).toMatchObject(shown);
    });
    await expectSharesOfExplain(model, lead, request);
    // A page that runs the text itself, in its worker.
    expect(asked.untilSettled ? of("even", "case").verdict : "too close to call").toBe("too close to call");
    const bench = answersTo(model, { seed: 1, ...asked });
    const moved = { name: "reader", label: "Yours", from: "case", credences: {}, distributions: {} };
    const questions = model.conclusions.map((c) => ({ kind: "conclusion" as const, name: c.name, worlds: null }));
    for (const said of bench.answers(moved, questions)) {
      if (said.kind !== "answer" || !said.isWhole || said.answer.kind !== "conclusion") continue;
      const { comparison, verdict, name } = said.answer.finding;
      const found = whole.conclusions.find((c) => c.name === name && c.view === "case");
      expect([name, comparison, verdict]).toEqual([name, found?.comparison, found?.verdict]);
    }
    const want = { explain: "leading", variants: 0, learn: false, frozen: [], tell } as const;
    const report = await reportFindings(model, request, () => null, want, lab);
    for (const c of runDocument(model, report.run, provenance, notRunOf(model)).conclusions)
      expect(pick(c as Said)).toEqual(of(c.name, c.view));
    const { carries, reverses } = report.further;
    const leading = report.further.leading ?? "";
    const factor = model.conclusions.find((c) => c.name === leading)?.comparison.unit.factor ?? Number.NaN;
    for (const found of [carries?.explained[0]?.found.all, reverses?.flipped[0]?.found.now]) {
      if (found === undefined) throw new Error("nothing is carried");
      expect([found.margin / factor, found.worlds, found.verdict]).toEqual(
        (({ margin, worlds, verdict }) => [margin, worlds, verdict])(of(leading, views[0] ?? "")),
      );
    }
  }, 600_000);
});
