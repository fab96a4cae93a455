/** The first case as it is owed: every row, a source or a judgement for each figure, a mark on each mechanism, the views, fifteen profiles; and its guards bite. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { testFindings } from "#analysis/findings/findings.ts";
import { feed, readTable } from "#analysis/record/tables.ts";
import { columnsBeside } from "#cli/load.ts";
import { profiles } from "#ensemble/profiles.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { coverage } from "#model/coverage.ts";
import type { Model } from "#model/model.ts";
import { printDiagnostics } from "#text/print.ts";
import { quickLab } from "../lab.ts";

const folder = "casebook/kremlin-2022";
const texts = readdirSync(folder)
  .filter((f) => f.endsWith(".casus"))
  .toSorted()
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

/** The case fed by its records, or that with one passage changed. */
function modelOf(change?: { readonly from: string; readonly to: string }): Model {
  let changed = 0;
  const documents = texts.map(({ name, text }) => {
    if (change === undefined || !text.includes(change.from)) return { name, text };
    changed++;
    return { name, text: text.replace(change.from, change.to) };
  });
  if (change !== undefined) expect(changed, change.from).toBe(1);
  const parsed = documents.map((d) => parse(d));
  const [model, found] = check(
    parsed.map(([file]) => file),
    documents,
    columnsBeside(folder),
  );
  if (model === null) throw new Error(printDiagnostics([...parsed.flatMap(([, d]) => d), ...found], documents));
  return feed(
    model,
    model.records.map((r) => readTable(r, readFileSync(join(folder, r.file), "utf8"))),
  ).model;
}

const model = modelOf();

describe("the first case", () => {
  it("has every row, the author's in the order of the article, located, the rivals' with sources of their own", () => {
    const names = model.claims.map((c) => c.name);
    const rows = [
      ...Array.from({ length: 23 }, (_, i) => `A${i + 1}`),
      ...Array.from({ length: 9 }, (_, i) => `R${i + 1}`),
    ];
    expect(names.filter((n) => n !== "O1" && n !== "O2")).toEqual(rows);
    for (const c of model.claims) {
      if (c.side === "author") expect(c.locators.length, c.name).toBeGreaterThan(0);
      if (c.side === "rivals") expect(c.citations.length, c.name).toBeGreaterThan(0);
    }
  });

  it("marks each mechanism, and says of each figure where it comes from or that it is judged", () => {
    expect(coverage(model).unsupported.map((t) => `${t.owner}: ${t.text}`)).toEqual([]);
    expect(model.terms.filter((t) => t.mark === null && !t.owner.startsWith("actor ")).map((t) => t.owner)).toEqual([]);
    expect(model.unknowns.filter((u) => u.provenance.length === 0).map((u) => u.name)).toEqual([]);
  });

  it("leaves no claim idle but the three that state what is concluded, chosen or recorded", () => {
    expect(coverage(model).idleClaims).toEqual(["A4", "A8", "A20"]);
    const of = new Set([...model.conclusions.flatMap((c) => c.of), ...model.tests.map((t) => t.of)]);
    for (const name of ["A4", "A8", "A20"]) expect(of.has(name), name).toBe(true);
  });

  it("ships the views, each under its label, and the author's words in a table", () => {
    expect(model.views.map((v) => [v.name, v.label])).toEqual([
      ["author", "The article, as we read it"],
      ["realist", "The realist case, as we read it"],
      ["imperial", "The imperial case, as we read it"],
      ["base_rates", "From base rates alone: every claim off"],
      ["even", "Every claim at even odds"],
      ["kremlin_mind", "What the Kremlin may have believed"],
      ["clear_sighted", "Seeing what the case sees"],
    ]);
    const read = new Map([
      ["stated", 0.95],
      ["hedged", 0.75],
      ["denied", 0.05],
    ]);
    const [author] = model.views;
    for (const c of model.claims.filter((x) => x.side === "author")) {
      const [row] = author?.credences[c.name] ?? [];
      expect(read.get(row?.word ?? ""), c.name).toBe(row?.credence);
    }
  });

  it("goes through fifteen profiles in a plain run: five answers, three postures", () => {
    expect(profiles(model, { set: {}, vary: [] })).toHaveLength(15);
  });

  it("shows the dead of each side, and the widening, beside every verdict", () => {
    expect(model.outcomes.filter((o) => o.alwaysShown).map((o) => o.name)).toEqual([
      "russian_soldiers",
      "ukrainian_soldiers",
      "ukrainian_civilians",
      "russian_civilians",
      "escalated",
      "nuclear",
    ]);
  });
});

describe("the case's own guards see a planted fault", () => {
  const failed = async (m: Model, worlds: number): Promise<readonly string[]> => {
    const request = { views: ["even"], seed: 1, worlds, set: {}, vary: [], series: [], budget: 1e12 };
    const { expectations } = await testFindings(m, request, quickLab());
    return expectations.filter((e) => e.state === "failed").map((e) => e.name);
  };
  const worlds = 60;
  let before: readonly string[] = [];
  beforeAll(async () => {
    before = await failed(model, worlds);
  }, 180_000);

  it("and are content without one", () => expect(before).toEqual([]));

  const planted: readonly (readonly [string, string, string, string])[] = [
    [
      "a concession beyond what was asked",
      "let willing = met + 1 <= min(ready_to_give, asked_of_west)",
      "let willing = met < 3",
      "no_more_than_asked",
    ],
    [
      "a war that ends twice",
      "  when at_war and stand = terms",
      "  when happened(attack) and not happened(deal)",
      "one_end",
    ],
    [
      "a second answer to one demand",
      "  when in_peace and waiting > 0.5 and not willing repeats",
      "  when in_peace and not willing repeats",
      "answers_counted",
    ],
    [
      "an answer that deters, whatever anybody believes",
      "    war_rate / 2  ours",
      "    war_rate / 2 * (if answer = firm then 0.1 else 1)  ours",
      "no_theory_in_base_rates",
    ],
    [
      "rulers who are hardly ever forced out",
      "rate(exit = forced, years * 1 year)",
      "rate(exit = forced, years * 100 years)",
      "base_of_falls",
    ],
  ];
  for (const [what, from, to, name] of planted)
    it(what, async () => {
      const changed = modelOf({ from, to });
      const guard = { ...changed, expectations: changed.expectations.filter((e) => e.name === name) };
      expect(await failed(guard, 400)).toEqual([name]);
    });
});
