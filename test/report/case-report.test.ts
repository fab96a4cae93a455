/** The printed report: what a stranger must find in it is there, it loads and runs nothing, and hostile words of a case stay words. */

import { describe, expect, it } from "vitest";
import type { FurtherRequest } from "#analysis/findings/further.ts";
import { reportFindings } from "#analysis/findings/report-findings.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { caseReport, tellingChoice } from "#report/sections/case-report.ts";
import { documentHtml } from "#report/render/html.ts";
import { documentMarkdown } from "#report/render/markdown.ts";
import type { Provenance } from "#report/words/provenance.ts";
import { sayBox, verdictSentence } from "#report/words/sentences.ts";
import { caseOf } from "./cases.ts";
import { frowns } from "./picture-checks.ts";
import { quickLab } from "../lab.ts";

const lab = quickLab();

function provenanceOf(model: Model): Provenance {
  return {
    case: model.name,
    title: model.title,
    hash: "0".repeat(64),
    engine: "casus test",
    version: model.version,
    modeller: model.modeller,
    asOf: model.asOf,
    leavesOut: model.leavesOut,
  };
}

/** The little that a test needs; each part is tested in full where it is found. */
const want: FurtherRequest = { explain: "leading", variants: 0, learn: false, frozen: [], tell: () => {} };

async function reportOf(model: Model, views: readonly string[] = ["case"], worlds = 60) {
  const request = { views, seed: 1, worlds, set: {}, vary: [], series: [], budget: 1e12 };
  const findings = await reportFindings(model, request, tellingChoice, want, lab);
  return { findings, document: caseReport(model, findings, [], provenanceOf(model)) };
}

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>`;

function hostileCase(): Model {
  const document = {
    name: "h.casus",
    text: `case h "${hostile}" {
  modeller "${hostile}"
  note "[x](javascript:alert(1)) ${hostile}"
  leaves out "${hostile}"
  correction 2022-02-01 "${hostile}"
  reply to "https://example.org/${hostile.replaceAll(" ", "")}"
}
time 2022-01 to 2023-01 by month
claim a causal "${hostile}" { credence 50% }
actor w "${hostile}"
choice m "${hostile}" by w = p "${hostile}" | q
event e "${hostile}" rate 1 per year because a
outcome x "${hostile}" = happened(e)
conclusion k "${hostile}" of a: chance(x if m = p) > 10%`,
  };
  const [file, syntax] = parse(document);
  const [model, problems] = check([file], [document]);
  expect([...syntax, ...problems].filter((d) => d.severity === "error")).toEqual([]);
  if (model === null) throw new Error("no model");
  return model;
}

describe("casus report", () => {
  it("of the epidemic has every part, and every picture is fit to be seen", async () => {
    const { document } = await reportOf(caseOf("epidemic"));
    expect(document.sections.map((s) => s.id)).toEqual([
      "verdicts",
      "claims",
      "causes",
      "follows",
      "rests",
      "fails",
      "say",
      "leaves-out",
      "corrections",
    ]);
    const pictures = document.sections.flatMap((s) => s.blocks.flatMap((b) => (b.kind === "figure" ? [b] : [])));
    expect(pictures.length).toBeGreaterThan(3);
    for (const p of pictures) {
      expect(frowns(p.draw(p.id, p.wide))).toEqual([]);
      expect(frowns(p.draw(`${p.id}-narrow`, 340))).toEqual([]);
      expect(p.caption).toContain("Not a forecast.");
      expect(p.table.rows.length).toBeGreaterThan(0);
    }
  });

  it("of the first case tells deaths and escalation beside every verdict, under several views, none of them the reader's", async () => {
    const model = caseOf("kremlin-2022");
    const { findings, document } = await reportOf(model, ["author", "base_rates"], 20);
    const verdicts = document.sections[0]?.blocks.flatMap((b) => (b.kind === "entries" ? b.entries : [])) ?? [];
    expect(verdicts.length).toBeGreaterThan(10);
    for (const v of verdicts) expect(v.notes.join(" ")).toMatch(/soldiers dead.*forces fight/);
    const text = documentMarkdown(document);
    expect(text).not.toMatch(/your settings|the reader's view/);
    const inside = /\bgates?\b|Shapley|\bNaN\b|undefined|removal value|\bcredences?\b/;
    const ours = (line: string): boolean => !model.claims.some((c) => c.notes.some((n) => line.includes(n)));
    expect(text.split("\n").filter((line) => inside.test(line) && ours(line))).toEqual([]);
    expect(text).toContain("not a forecast");
    expect(document.sections.map((s) => s.id)).toEqual(expect.arrayContaining(["rests", "game", "forecasts"]));
    for (const s of document.sections)
      for (const b of s.blocks)
        if (b.kind === "figure")
          expect([...frowns(b.draw(b.id, b.wide)), ...frowns(b.draw(`${b.id}-narrow`, 340))]).toEqual([]);
    const c = findings.run.conclusions.find((x) => x.name === "sooner_10");
    if (c === undefined) throw new Error("no such conclusion");
    expect(verdictSentence(model, findings.run, c)).toMatch(
      /^In this model, with the claims of “The article, as we read it”, “An attack makes Putin's fall by 2032 likelier” .*Putin is forced out by 2032: in .* where “Attack in February 2022”; in .* where “Never attack”/,
    );
  });

  it("is a page that runs and loads nothing, whatever the case says", async () => {
    const { document } = await reportOf(hostileCase());
    const html = documentHtml(document);
    expect(html).not.toMatch(/<script|<img|<iframe|<link|<object/i);
    expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/i);
    expect(html).toContain("default-src 'none'");
    // The one way out is the address for replies, and it is an address whatever stands in it.
    const out = [...html.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].map((m) => m[1]);
    expect(out.map((target) => target?.slice(0, 20))).toEqual(["https://example.org/"]);
    expect(html.match(/<style>/g)).toHaveLength(1);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((m) => m[1]);
    expect(new Set(ids).size).toBe(ids.length);
    // Every tag is closed: as many ends as beginnings, but for those that have none.
    const opened = html.match(/<[a-z][^>]*(?<!\/)>/gi)?.length ?? 0;
    expect(html.match(/<\/[a-z0-9]+>/gi)).toHaveLength(opened);
  });

  it("is Markdown in which the case's words are no markup", async () => {
    const { document } = await reportOf(hostileCase());
    const text = documentMarkdown(document);
    expect(text).not.toMatch(/<script|<img/);
    expect(text).not.toContain("[x](javascript");
  });

  it("gives ready sentences for what holds, and says of the rest that it is not supported", async () => {
    const model = caseOf("guarantee");
    const { findings } = await reportOf(model, ["case"], 2000);
    const { safe, notSupported } = sayBox(findings.run);
    const holding = findings.run.conclusions.filter((c) => c.verdict === "holds");
    expect(safe).toHaveLength(holding.length);
    for (const s of safe) expect(s).toMatch(/^In this model, with the case's own figures: /);
    expect(notSupported.join(" ")).toContain("not a forecast");
  });
});
