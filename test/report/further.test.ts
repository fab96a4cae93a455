/** What is found beyond a run: every part is there or said to be left out, adds up, and is fit to be shown on paper and on a page. */

import { describe, expect, it } from "vitest";
import { furtherFindings, leadingOf, type Further, type FurtherRequest } from "#analysis/findings/further.ts";
import { explainFindings } from "#analysis/carries/explain.ts";
import type { Model } from "#model/model.ts";
import { readPage, writePage, type PageData } from "#report/page/page-data.ts";
import { pagePanels, type PanelBlock } from "#report/render/page.ts";
import type { Provenance } from "#report/words/provenance.ts";
import { textOf } from "#report/picture/element.ts";
import { markup } from "#report/picture/markup.ts";
import { checked, twoYears } from "../model/checked.ts";
import { everything } from "./further-case.ts";
import { frowns } from "./picture-checks.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();
const views = ["case", "doubter", "strange"];
const request = { views, seed: 1, worlds: 512, set: {}, vary: [], series: [], budget: 1e12 };
const parts: string[] = [];
const all: FurtherRequest = { explain: "all", variants: 3, learn: true, frozen: [], tell: (p) => void parts.push(p) };

const model = everything();
const found = furtherFindings(model, request, all, lab);

function provenanceOf(m: Model): Provenance {
  const { title, version, modeller, asOf, leavesOut } = m;
  return { case: m.name, title, hash: "0".repeat(64), engine: "casus test", version, modeller, asOf, leavesOut };
}

describe("what is found beyond a run", () => {
  it("has every part, each told as it began", async () => {
    const f = await found;
    expect(f.leading).toBe("works_late");
    for (const part of ["carries", "reverses", "game", "scenarios", "jitter", "learnt", "scores"] as const)
      expect(f[part], part).not.toBeNull();
    expect(parts).toEqual([
      "what carries the leading conclusion",
      "what would reverse it",
      "what the other conclusions rest on",
      "when it fails",
      "which of our choices matter",
      "the choices as a game",
      "how the forecasts fared",
      "what has been seen since",
    ]);
  });

  it("explains every conclusion under each view that shares its unknowns, and says which it left out and why", async () => {
    const { resting, leftOut } = await found;
    expect(resting.map((r) => `${r.target.name} ${r.view}`)).toEqual(
      ["works", "works_late", "pushes"].flatMap((c) => ["case", "doubter"].map((v) => `${c} ${v}`)),
    );
    expect(leftOut.map((l) => l.why).join()).toContain("casus explain CASE CONCLUSION --view strange");
  });

  it("shares add up to the margin less what it is with every claim off, and are those of casus explain", async () => {
    const { resting } = await found;
    for (const r of resting) {
      const { all: whole, none, shares } = r.carried;
      // Efficiency (Shapley 1953): an identity, so to rounding.
      expect(shares.reduce((s, x) => s + x.share, 0)).toBeCloseTo(whole.margin - none.margin, 9);
    }
    const one = await explainFindings({
      model,
      name: "pushes",
      request: { ...request, views: ["doubter"] },
      game: "removal",
      options: { patterns: 1024, exact: 10, unknowns: 0 },
      lab,
    });
    const joint = resting.find((r) => r.target.name === "pushes" && r.view === "doubter");
    expect(joint?.carried.shares).toEqual(one.explained[0]?.found.shares);
  });

  it("says why a case without a claim that switches anything has nothing to rest on", async () => {
    const m = checked(
      `${twoYears}unknown u : usd ~ 1 usd to 9 usd\noutcome x : usd = u\nconclusion c "C": mean(x) > 3 usd`,
    );
    const f = await furtherFindings(m, { ...request, views: ["case"], worlds: 64 }, all, lab);
    expect([f.leading, f.carries, f.reverses, f.resting]).toEqual([null, null, null, []]);
    expect(pagePanels(m, f, provenanceOf(m)).map((p) => p.id)).toEqual(["left-out"]);
    const rests = f.leftOut.find((l) => l.what === "what the conclusion rests on");
    expect(rests?.why).toBe("no claim of the case switches anything");
  });

  it("leaves out what was not asked for, and says so", async () => {
    const f = await furtherFindings(model, { ...request, worlds: 64 }, { ...all, explain: "text", learn: false }, lab);
    expect(new Set(f.resting.map((r) => r.target.name))).toEqual(new Set(["works", "works_late"]));
    const text = f.leftOut.map((l) => `${l.what}: ${l.why}`).join("\n");
    expect(text).toContain("casus report CASE --explain all");
    expect(text).toContain("casus learn CASE");
  });

  it("goes into the last date of the first claim the text concludes of", () => {
    expect(leadingOf(model)).toBe("works_late");
    expect(leadingOf({ ...model, conclusions: [] })).toBeNull();
  });
});

function flat(blocks: readonly PanelBlock[]): readonly PanelBlock[] {
  return blocks.flatMap((b) => (b.kind === "disclosure" ? [b, ...flat(b.blocks)] : [b]));
}

function words(m: Model, f: Further): string {
  return JSON.stringify(pagePanels(m, f, provenanceOf(m)));
}

describe("the panels of a page", () => {
  it("are all there, in the order of a reader's questions, each with its table behind each picture", async () => {
    const panels = pagePanels(model, await found, provenanceOf(model));
    expect(panels.map((p) => p.id)).toEqual(["detail", "fails", "ours", "game", "scores", "seen", "left-out"]);
    const ids = panels.flatMap((p) => flat(p.blocks).flatMap((b) => (b.kind === "figure" ? [b.id] : [])));
    expect(new Set(ids).size).toBe(ids.length);
    for (const panel of panels)
      for (const b of flat(panel.blocks)) {
        if (b.kind === "table") for (const row of b.table.rows) expect(row).toHaveLength(b.table.columns.length);
        if (b.kind !== "figure") continue;
        expect(frowns(b.narrow)).toEqual([]);
        expect(frowns(b.wide)).toEqual([]);
        expect(b.table.rows.length).toBeGreaterThan(0);
        expect(textOf(b.wide.root)).toContain("Not a forecast");
      }
  });

  it("have no word of the inside, no digit that is none", async () => {
    expect(words(model, await found)).not.toMatch(
      /\bgates?\b|Shapley|Sobol|\bworlds?\b|quasi-p|\bNaN\b|undefined|\bλ\b/,
    );
  });

  it("read back from the page as they were", async () => {
    const panels = pagePanels(model, await found, provenanceOf(model));
    const data: PageData = {
      schema: "casus/page@1",
      documents: [],
      model,
      diagnostics: [],
      provenance: provenanceOf(model),
      seed: 1,
      worlds: 64,
      untilSettled: false,
      records: { tests: [], tables: [] },
      findings: null,
      lead: null,
      panels,
      reply: null,
    };
    expect(readPage(writePage(data)).panels).toEqual(panels);
  });

  it("keep hostile words harmless", async () => {
    const hostile = everything("</script><img src=x onerror=alert(1)> x");
    const f = await furtherFindings(hostile, { ...request, views: ["case", "doubter"], worlds: 256 }, all, lab);
    const pictures = pagePanels(hostile, f, provenanceOf(hostile)).flatMap((p) =>
      flat(p.blocks).flatMap((b) => (b.kind === "figure" ? [markup(b.wide.root), markup(b.narrow.root)] : [])),
    );
    expect(pictures.length).toBeGreaterThan(10);
    expect(pictures.filter((text) => /<img|<script/.test(text))).toEqual([]);
  });
});
