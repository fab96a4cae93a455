/** Figures in the casebook's prose: made by a script, and told when their case has moved on. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "casus-figures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function casebook(...words: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ["scripts/casebook.mjs", ...words], { encoding: "utf8" });
}

describe("the casebook's figures", () => {
  it("are of the cases as they stand", () => {
    const { status, stderr } = casebook("--check");
    expect([status, stderr]).toEqual([0, ""]);
  });

  it("are filled by the script, and are stale once the case or the text has changed", () => {
    const file = join(folder, "case.casus");
    const text = join(folder, "README.md");
    const source = (line: string): string =>
      `case small "Small?"\nunknown u : number ~ uniform(0, 1)\noutcome x = u < 0.3\nconclusion k "K": chance(x) > ${line}\n`;
    writeFileSync(file, source("20%"));
    writeFileSync(
      text,
      "It <!--= k case verdict -->?<!--/=--> by <!--= k case margin -->?<!--/=--> points, <!--= k case figure1 -->?<!--/=--> in 100.\n\n<!--$ casus run CASE -->\n```text\n```\n",
    );
    expect(casebook("--check", folder).status).toBe(1);
    expect(casebook(folder).status).toBe(0);
    const made = readFileSync(text, "utf8");
    // 30 in 100, to three standard errors of 2,048 runs.
    expect(made).toMatch(
      /^It <!--= k case verdict -->holds<!--\/=--> by <!--= k case margin -->(?:[789]\.\d|1[0-3])<!--\/=--> points, <!--= k case figure1 -->(?:2[7-9]|3[0-3])<!--\/=--> in 100/,
    );
    expect(made).toContain("Does it hold?");
    expect(casebook("--check", folder).status).toBe(0);
    writeFileSync(text, made.replace(">holds<", ">fails<"));
    expect(casebook("--check", folder).stderr).toContain("a figure is not what the case says");
    writeFileSync(text, made);
    writeFileSync(file, source("21%"));
    expect(casebook("--check", folder).stderr).toContain("another version of the case");
  }, 60_000);

  it("count verdicts, and say what was learnt: no event in two years at one hazard in two, e⁻¹ ÷ (1 + e⁻¹)", () => {
    const own = join(folder, "learnt");
    mkdirSync(own);
    const text = `case learnt "Learnt?"\ntime 2024-01 to 2028-01 by month\nclaim c causal "C." { credence 50% }\nunknown u : share ~ uniform(0, 1)\nevent e rate 0.5/year because c\noutcome o = happened(e)\noutcome v = u > 0.2\nconclusion k "K": chance(o) > 50%\nconclusion l "L": chance(v) > 50%\nevidence dry by 2026-01: not happened(e)\n`;
    writeFileSync(join(own, "case.casus"), text);
    const marks = ["verdicts case count", "verdicts case close", "before case c", "after case c"];
    writeFileSync(join(own, "README.md"), marks.map((m) => `<!--= ${m} -->?<!--/=-->`).join(", "));
    expect(casebook(own)).toMatchObject({ status: 0 });
    const made = readFileSync(join(own, "README.md"), "utf8");
    const figures = [...made.matchAll(/-->([^<]+)<!--\/=/g)].map(([, figure]) => Number(figure));
    expect(figures.slice(0, 3)).toEqual([2, 0, 50]);
    // To four standard errors of some 3,000 effective runs.
    expect(Math.abs((figures[3] ?? Number.NaN) - 100 / (1 + Math.E))).toBeLessThan(3.5);
    expect(casebook("--check", own)).toMatchObject({ status: 0, stderr: "" });
  }, 180_000);

  it("forecasts laid down too", () => {
    const own = join(folder, "laid");
    mkdirSync(own);
    const open = `case laid "Laid?"\ntime 2024-01 to 2026-01 by month\nclaim c causal "C." { credence 50% }\nevent e rate 0.5/year because c\noutcome o = happened(e)\nforecast f of c by 2026-01: happened(e) state open\n`;
    writeFileSync(join(own, "case.casus"), open);
    writeFileSync(join(own, "forecasts.frozen.json"), '{"schema":"casus/frozen@1","forecasts":[]}');
    expect(casebook("--check", own).stderr).toContain("forecast f was laid down of another version of the case");
    expect(casebook(own).status).toBe(0);
    expect(casebook("--check", own)).toMatchObject({ status: 0, stderr: "" });
  }, 60_000);
});
