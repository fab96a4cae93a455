/** The gallery of the casebook: what is counted, and that it is filled in where its marks stand. */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

type Facts = Readonly<Record<string, unknown>>;
const { comparison, factsOf, galleryTable, historySaid, staleGallery, writeGallery } = (await import(
  pathToFileURL(resolve("scripts/casebook-gallery.mjs")).href
)) as {
  readonly comparison: (facts: readonly Facts[]) => string;
  readonly factsOf: (name: string, ...found: readonly (object | null)[]) => Facts;
  readonly galleryTable: (facts: readonly Facts[]) => string;
  readonly historySaid: (facts: Facts) => string;
  readonly staleGallery: (root: string, hashes: Readonly<Record<string, string>>) => readonly string[];
  readonly writeGallery: (root: string, names: readonly string[], facts: readonly Facts[]) => void;
};

const root = mkdtempSync(join(tmpdir(), "casus-gallery-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const model = {
  title: "Does it | rain?",
  leading: "wet",
  claims: [
    { name: "a", kinds: ["causal"] },
    { name: "b", kinds: ["historical"] },
  ],
  views: [{}],
  conclusions: [{ name: "dry" }, { name: "wet" }],
};
const run = {
  provenance: { hash: "abc", views: [{ label: "the author" }] },
  conclusions: [
    { name: "dry", text: "Dry", verdict: "fails" },
    { name: "wet", text: "Wet", verdict: "holds" },
  ],
};
// Three settled forecasts, stated at 90, 60 and 20 %, of which the first two came true: Brier (.01 + .16 + .04) / 3 = .07.
const score = {
  forecasts: [
    { claim: "a", state: "came true", reading: 0.9 },
    { claim: "a", state: "came true", reading: 0.6 },
    { claim: "b", state: "came false", reading: 0.2 },
    { claim: "b", state: "open", reading: 0.5 },
  ],
  scores: [
    { kind: "reading", scored: 3, brier: 0.07 },
    { kind: "view", scored: 3, brier: 0.3 },
    { kind: "base", scored: 3, brier: 0.25 },
  ],
};
const test = {
  records: [
    { claim: "b", verdict: "borne out" },
    { claim: "b", verdict: "contradicted" },
    { claim: "a", verdict: "hangs on the coding" },
  ],
};
const facts = factsOf("rain", model, run, score, test);

it("says what a case asks, answers, and what history said", () => {
  expect(historySaid(facts)).toBe(
    "2 of 3 settled forecasts came true (Brier score of the text 0.07); of 3 tests on past cases 1 supports the claim and 1 contradicts it",
  );
  expect(galleryTable([facts])).toContain(
    String.raw`| [Does it \| rain?](casebook/rain/README.md) | Wet: *holds*, under the author | 2 of 3 settled`,
  );
  expect(historySaid(factsOf("none", { ...model, leading: null }, run, null, null))).toMatch(/^nothing yet/);
});

it("compares forecasts, claims by kind, and counts honestly", () => {
  const text = comparison([facts]);
  expect(text).toContain(String.raw`| Does it \| rain? | 4 | 2 | 1 | 1 | 0.07 | 0.25 |`);
  expect(text).toContain("| causal | 2 | 2 |");
  expect(text).toContain("| historical | 1 | 0 |");
  expect(text).toContain("| historical | 2 | 1 | 0 | 0 | 1 | 0 |");
  expect(text).toContain("| causal | 1 | 0 | 0 | 0 | 0 | 1 |");
  expect(text).toContain(
    "1 case, 2 claims, 3 tests on records (3 of them in one case), 4 forecasts of which 3 are settled.",
  );
});

it("is filled in between its marks, and is stale once the case or a page has changed", () => {
  mkdirSync(join(root, "docs"));
  for (const page of ["README.md", "docs/casebook.md"]) cpSync(page, join(root, page));
  writeGallery(root, ["rain"], [facts]);
  expect(readFileSync(join(root, "README.md"), "utf8")).toContain("Wet: *holds*, under the author");
  expect(staleGallery(root, { rain: "abc" })).toEqual([]);
  expect(staleGallery(root, { rain: "abd", snow: "x" })).toEqual([
    "docs/casebook.json: rain is of another version of the case",
    "docs/casebook.json: snow is not in the gallery",
  ]);
  writeFileSync(
    join(root, "README.md"),
    readFileSync(join(root, "README.md"), "utf8").replace("Wet: *holds*", "Wet: *fails*"),
  );
  expect(staleGallery(root, { rain: "abc" })[0]).toContain(
    "README.md: its gallery is not what docs/casebook.json says",
  );
});
