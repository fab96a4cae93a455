/** Every case of the casebook keeps the house's promises: it checks clean, is short unless it is the first, has rivals, sources or judgements for its figures, and passes its own expectations. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { testFindings } from "#analysis/findings/findings.ts";
import { feed, readTable } from "#analysis/record/tables.ts";
import { columnsBeside } from "#cli/load.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";
import { verifySource } from "#model/verify-source.ts";
import { printDiagnostics } from "#text/print.ts";
import { quickLab } from "../lab.ts";

const root = "casebook";
const read = (folder: string): { readonly model: Model; readonly lines: number; readonly found: string } => {
  const documents = readdirSync(join(root, folder))
    .filter((f) => f.endsWith(".casus"))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), "utf8") }));
  const parsed = documents.map((d) => parse(d));
  const [model, found] = check(
    parsed.map(([file]) => file),
    documents,
    columnsBeside(join(root, folder)),
  );
  const printed = printDiagnostics([...parsed.flatMap(([, d]) => d), ...found], documents);
  if (model === null) throw new Error(printed);
  const fed = feed(
    model,
    model.records.map((r) => readTable(r, readFileSync(join(root, folder, r.file), "utf8"))),
  );
  return {
    model: fed.model,
    lines: documents.reduce((sum, d) => sum + d.text.trimEnd().split("\n").length, 0),
    found: printed,
  };
};

/** Arguments that history has judged, and one from another field: what each is held to. */
const argued = ["congestion", "crowe-1907", "durnovo-1914", "kennan-1946"];

describe.each(readdirSync(root).filter((f) => existsSync(join(root, f, "README.md"))))("casebook/%s", (folder) => {
  const { model, found } = read(folder);

  it("checks without a word", () => {
    expect(found).toBe("");
  });

  it("says of each unknown where its figure comes from", () => {
    expect(model.unknowns.filter((u) => u.provenance.length === 0).map((u) => u.name)).toEqual([]);
  });

  // The first case's are run in a test of its own.
  it.skipIf(folder === "kremlin-2022")("passes its own expectations", async () => {
    const request = { views: ["case"], seed: 1, worlds: 128, set: {}, vary: [], series: [], budget: 1e12 };
    const { expectations } = await testFindings(model, request, quickLab());
    expect(expectations.filter((e) => e.state === "failed").map((e) => e.name)).toEqual([]);
  });
});

describe.each(argued)("casebook/%s, argued by two sides", (folder) => {
  const { model, lines } = read(folder);

  it("stays within 250 lines and 30 unknowns", () => {
    expect(lines).toBeLessThanOrEqual(250);
    expect(model.unknowns.length).toBeLessThanOrEqual(30);
  });

  it("has claims of two sides, each with a place in a text or a source, and a record that tests some of each side", () => {
    const sides = new Set(model.claims.map((c) => c.side));
    expect(sides.size).toBe(2);
    expect(model.claims.filter((c) => c.locators.length + c.citations.length === 0).map((c) => c.name)).toEqual([]);
    expect(model.tests.length).toBeGreaterThanOrEqual(2);
  });

  it("names the conclusion to read first, and says what it leaves out", () => {
    expect(model.conclusions[0]?.name).toBe(model.leading);
    expect(model.leavesOut.length).toBeGreaterThanOrEqual(2);
  });
});

describe.runIf(existsSync("../shared/sources/durnovo-1914.md"))("the memorandum of 1914", () => {
  it("has every passage that a claim points at", () => {
    const { model } = read("durnovo-1914");
    const [found, ...more] = verifySource(model, {
      name: "copy",
      text: readFileSync("../shared/sources/durnovo-1914.md", "utf8"),
    });
    expect(more).toEqual([]);
    expect(found?.diagnostics).toEqual([]);
    expect(found?.located.map((l) => l.claim)).toEqual(Array.from({ length: 12 }, (_, i) => `D${i + 1}`));
  });
});
