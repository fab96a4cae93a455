/** What carries a conclusion, by how much and what turns it: `explain`, `flip`, a report and a page read one table, whatever else they ask for and with whatever threads. */

import { describe, expect, it } from "vitest";
import { explainFindings, flipFindings } from "#analysis/carries/explain.ts";
import { mostBytes, usualTable } from "#analysis/carries/claims-table.ts";
import { pageTable, readPageTable } from "#analysis/carries/page-table.ts";
import { reportFindings } from "#analysis/findings/report-findings.ts";
import { runFindings, type Request } from "#analysis/findings/findings.ts";
import { makeLead } from "#analysis/lead/lead.ts";
import { distinctViews, mindOf } from "#ensemble/draws/mind.ts";
import { encodeTable, decodeTable } from "#ensemble/table/table-bytes.ts";
import { explainJson, explainShape, flipJson, flipShape } from "#report/json/explain-json.ts";
import { reportJson, reportShape } from "#report/json/report-json.ts";
import { provenanceOf } from "#cli/output.ts";
import { tellingChoice } from "#report/sections/case-report.ts";
import { quickLab } from "../../lab.ts";
import { modelOf } from "../../ensemble/tables.ts";

const asked = { seed: 3, worlds: 2048, untilSettled: true, budget: 1e12 };

/** A case of so many claims, made from a seed: two sides that share a claim or two, a view of one's own, another with unknowns of its own. */
function generated(claims: number, seed: number): string {
  const draw = (i: number): number => ((seed * 7919 + i * 104_729) % 997) / 997;
  const names = Array.from({ length: claims }, (_, i) => `k${i}`);
  const part = (n: string, i: number): string => `(if ${n} then ${(draw(40 + i) - 0.4).toFixed(2)} else 0)`;
  return `${names.map((n, i) => `claim ${n} causal "${n}" { credence ${Math.round(10 + 80 * draw(i))}% }`).join("\n")}
actor w "W"
choice move "M" by w = hold | attack
unknown u : number ~ uniform(0, 1) judged
unknown v : number ~ normal(0, 1) judged
view other "Other" { k0 90% k1 15% }
view apart "Apart" { u ~ uniform(0, 0.5) }
let pull : number = ${names.map(part).join(" + ")} + (if k0 and k1 and move = attack then 0.8 else 0)
outcome hit = v < pull
outcome size : number = u * pull + (if k2 then v else 0)
conclusion leads "It hits": chance(hit if move = attack) > chance(hit if move = hold) by 2 points
conclusion large "It is large": mean(size) > 0.1
conclusion given "Large where it hits": mean(size | hit) > 0.3
conclusion low "With a claim of its own": chance(v < 0.5 and k2) > 10%
`;
}

describe.each([
  ["of three claims", 3, 1, "exact"],
  ["of fourteen claims", 14, 2, "sampled"],
] as const)("in a generated case %s", (_, claims, seed, kind) => {
  const model = modelOf(generated(claims, seed));
  const views = distinctViews(model);
  const whole: Request = { ...asked, views, set: {}, vary: [], series: [] };
  const provenance = provenanceOf(model, []);

  it("shares, errors, ranks, turning points and runs agree to the last digit", async () => {
    const [explaining, flipping] = [quickLab(), quickLab()];
    const explainedBy = new Map<string, unknown>();
    const turned = new Map<string, unknown>();
    for (const { name } of model.conclusions) {
      const on = { model, name, request: whole, options: usualTable };
      const explained = explainShape.parse(
        JSON.parse(explainJson(await explainFindings({ ...on, game: "removal", lab: explaining }), provenance)),
      );
      const flipped = flipShape.parse(JSON.parse(flipJson(await flipFindings({ ...on, lab: flipping }), provenance)));
      for (const e of explained.views) {
        expect(e.table).toMatchObject({ kind, reused: false });
        explainedBy.set(`${name} ${e.view}`, e);
      }
      for (const f of flipped.views) turned.set(`${name} ${f.view}`, f);
    }

    // One view alone.
    const alone = { model, name: "leads", request: { ...whole, views: ["other"] }, options: usualTable };
    const under = await explainFindings({ ...alone, game: "removal", lab: quickLab() });
    const [own] = explainShape.parse(JSON.parse(explainJson(under, provenance))).views;
    expect(own).toEqual(explainedBy.get("leads other"));

    // A report.
    const want = { explain: "all", variants: 0, learn: false, frozen: [], tell: (): void => {} } as const;
    const found = await reportFindings(model, whole, tellingChoice, want, quickLab());
    const report = reportShape.parse(JSON.parse(reportJson(model, found, provenance)));
    expect(report.contributions?.views[0]).toEqual(explainedBy.get(`${report.leading} ${views[0]}`));
    expect(report.flips?.views[0]).toEqual(turned.get(`${report.leading} ${views[0]}`));
    expect(report.rests.length).toBe(2 * model.conclusions.length);
    for (const r of report.rests) {
      const explained = explainedBy.get(`${r.conclusion} ${r.view}`) as {
        all: unknown;
        none: unknown;
        shares: { claim: string; share: number; se: number }[];
      };
      expect([r.all, r.none]).toEqual([explained.all, explained.none]);
      expect(r.shares).toEqual(explained.shares.map(({ claim, share, se }) => ({ claim, share, se })));
      const { claims: all } = turned.get(`${r.conclusion} ${r.view}`) as {
        claims: { claim: string; points: { credence: number }[]; thin: boolean }[];
      };
      expect(r.turns).toEqual(
        all
          .filter((c) => !c.thin && c.points.length > 0)
          .map(({ claim, points }) => ({ claim, credences: points.map((p) => p.credence) })),
      );
    }
  }, 120_000);

  it("and a page has the same of every view that its table serves, and of its first screen", async () => {
    const { bytes } = await pageTable(
      model,
      { ...asked, view: views[0] ?? "case", key: "k", limit: mostBytes },
      quickLab(),
    );
    const page = readPageTable(bytes);
    expect(page.conclusions).toEqual(model.conclusions.map((c) => c.name));
    const lab = quickLab();
    const run = await runFindings(model, whole, lab);
    for (const { name } of model.conclusions) {
      const on = { model, name, request: whole, options: { ...usualTable, unknowns: 0 }, lab };
      const { explained } = await explainFindings({ ...on, game: "removal" });
      const { flipped } = await flipFindings(on);
      for (const view of ["case", "other"]) {
        const answer = run.conclusions.find((c) => c.name === name && c.view === view)?.comparison ?? null;
        const how = { answer, neverRough: true };
        const { rough, ...found } = page.attribution(name, mindOf(model, view), how);
        expect(found).toEqual(explained.find((e) => e.view === view)?.found);
        expect(rough).toBe(false);
        const { rough: isRough, ...turns } = page.allFlips(name, mindOf(model, view), how);
        expect(turns).toEqual(flipped.find((f) => f.view === view)?.found);
        expect(isRough).toBe(false);
      }
      if (name !== "leads") continue;
      const lead = await makeLead(model, name, asked, quickLab());
      expect(lead?.carried.map((c) => c.view)).toEqual(lead?.pictures.map((p) => p.view));
      for (const { view, shares } of lead?.carried ?? [])
        expect(shares).toEqual(
          explained.find((e) => e.view === view)?.found.shares.map(({ claim, share }) => ({ claim, share })),
        );
    }
    const { table, key } = decodeTable(bytes);
    expect(decodeTable(encodeTable(table, key)).table).toEqual(table);
  }, 120_000);
});
