/**
 * The wrong cases: each file `CODE--what.casus` prints exactly what stands in the `.txt` beside it, and every code of the catalogue has one.
 * A `.copy` beside it is a reader's copy of its source.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "#text/catalogue.ts";
import { interchangeCatalogue } from "#text/catalogue-interchange.ts";
import { readModel } from "#model/check.ts";
import { verifySource } from "#model/verify-source.ts";
import { printDiagnostics } from "#text/print.ts";

const folder = "test/diagnostics";
const cases = readdirSync(folder).filter((f) => f.endsWith(".casus"));

/** What the command line prints for one wrong case. */
function told(name: string): { readonly printed: string; readonly codes: readonly string[] } {
  const document = { name, text: readFileSync(`${folder}/${name}`, "utf8") };
  const [model, problems] = readModel([document]);
  const copy = `${folder}/${name.replace(".casus", ".copy")}`;
  const sources =
    model === null || !existsSync(copy) ? [] : verifySource(model, { name: copy, text: readFileSync(copy, "utf8") });
  const found = [...problems, ...sources.flatMap((s) => s.diagnostics)];
  return { printed: printDiagnostics(found, [document]), codes: found.map((d) => d.code) };
}

describe("the wrong cases", () => {
  for (const name of cases) {
    it(`tells what is wrong in ${name}`, () => {
      const { printed, codes } = told(name);
      const path = `${folder}/${name.replace(".casus", ".txt")}`;
      if (process.env["UPDATE"] === "1") writeFileSync(path, printed);
      expect(codes).toContain(name.split("--")[0]);
      expect(printed).toBe(readFileSync(path, "utf8"));
    });
  }

  it("has at least one for every code", () => {
    const here = new Set(cases.map((c) => c.split("--")[0]));
    // Those of other programs' files have their wrong files in test/interchange/wrong.
    const elsewhere = new Set(Object.keys(interchangeCatalogue));
    expect(Object.keys(catalogue).filter((code) => !here.has(code) && !elsewhere.has(code))).toEqual([]);
  });

  it("sees a message that changed", () => {
    const name = cases[0] ?? "";
    expect(`${told(name).printed} `).not.toBe(readFileSync(`${folder}/${name.replace(".casus", ".txt")}`, "utf8"));
  });
});
