/** The first case's own account of itself: every row of its table is tested, and what its README counts is what the model has. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { load } from "#cli/load.ts";
import { coverage } from "#model/coverage.ts";

const folder = "casebook/kremlin-2022";
const { documents, model } = load(folder);
if (model === null) throw new Error("the first case does not check");
// As a reader sees it: without the marks of what the script fills in.
const readme = readFileSync(join(folder, "README.md"), "utf8").replaceAll(/<!--.*?-->/g, "");

/** The numbers that a sentence of the README gives, in order. */
function told(sentence: RegExp): readonly number[] {
  const found = sentence.exec(readme);
  expect(found, String(sentence)).not.toBeNull();
  return (found ?? []).slice(1).map(Number);
}

it("has an expectation for each claim that switches something, named after it: the claim on against the claim off", () => {
  const idle = new Set(coverage(model).idleClaims);
  const switching = model.claims.map((c) => c.name).filter((name) => !idle.has(name));
  expect(switching).toHaveLength(31);
  for (const name of switching) {
    const own = documents.flatMap(({ text }) =>
      [...text.matchAll(/^expect (\w+) .*(?:\n {4}.*)*/gm)].filter(([, of]) =>
        of?.startsWith(`${name.toLowerCase()}_`),
      ),
    );
    expect(own, name).not.toEqual([]);
    for (const [text] of own) expect(text.slice(text.indexOf("wiring")), name).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

it("has a row in the README for each claim, and each row names claims that there are", () => {
  const rows = [...readme.matchAll(/^\| ((?:[ARO]\d+(?:, )?)+) \|/gm)].flatMap(([, names]) => names?.split(", ") ?? []);
  expect(rows.toSorted()).toEqual(model.claims.map((c) => c.name).toSorted());
});

it("counts unknowns, stocks and tests as the model does", () => {
  expect(told(/with (\d+) unknown quantities and (\d+) stocks/)).toEqual([
    model.unknowns.length,
    model.stocks.filter((s) => !s.hidden).length,
  ]);
  expect(readme).toContain("`casus test` asks twenty questions of past cases");
  expect(model.tests).toHaveLength(20);
});

it("counts the lines that each side's claims switch as the report does", () => {
  const { sides } = coverage(model);
  expect(told(/The author's claims switch (\d+) lines, the rivals' (\d+), ours (\d+)/)).toEqual(
    ["author", "rivals", "ours"].map((side) => sides.find((s) => s.side === side)?.lines),
  );
});

it("counts the verdicts that stayed too close to call as its figures have them", () => {
  const views = new Set(["author", "realist", "imperial", "base_rates", "even"]);
  const { conclusions } = JSON.parse(readFileSync(join(folder, "figures.json"), "utf8")) as {
    readonly conclusions: readonly { readonly view: string; readonly verdict: string }[];
  };
  const shown = conclusions.filter((c) => views.has(c.view));
  const close = shown.filter((c) => c.verdict === "too close to call");
  expect(told(/Of the (\d+) verdicts under these five views (\d+) stayed too close to call, (\d+) of them/)).toEqual([
    shown.length,
    close.length,
    close.filter((c) => c.view === "author").length,
  ]);
});
