/** Wrong files of other programs: each `CODE--what.*` prints exactly what stands in the `.txt` beside it; and no bytes make a reader fail otherwise. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interchangeCatalogue } from "#text/catalogue-interchange.ts";
import { isClean, type Diagnostic } from "#text/diagnostic.ts";
import { printDiagnostics } from "#text/print.ts";
import type { Document } from "#text/span.ts";
import { importArgument, isArgumentFile } from "#interchange/argument/draft-case.ts";
import { importModel } from "#interchange/dynamics/import-model.ts";
import { lossWarnings, UnreadableFile } from "#interchange/problem.ts";
import { parse } from "#language/parser.ts";

const folder = "test/interchange/wrong";
const files = readdirSync(folder).filter((f) => !f.endsWith(".txt"));

function found(document: Document): readonly Diagnostic[] {
  try {
    const open = isArgumentFile(document.name) ? importArgument : importModel;
    return lossWarnings(open(document).losses);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return [error.diagnostic];
  }
}

describe("wrong files", () => {
  for (const name of files)
    it(`says what is wrong in ${name}`, () => {
      const document = { name, text: readFileSync(`${folder}/${name}`, "utf8") };
      const diagnostics = found(document);
      const printed = printDiagnostics(diagnostics, [document]);
      const path = `${folder}/${name}.txt`;
      if (process.env["UPDATE"] === "1") writeFileSync(path, printed);
      expect(diagnostics.map((d) => d.code)).toContain(name.split("--")[0]);
      expect(printed).toBe(readFileSync(path, "utf8"));
    });

  it("there is one for every code", () => {
    const here = new Set(files.map((f) => f.split("--")[0]));
    expect(Object.keys(interchangeCatalogue).filter((code) => !here.has(code))).toEqual([]);
  });
});

/** A text with pieces cut out, doubled, or replaced by others. */
function mangled(texts: readonly string[]): fc.Arbitrary<string> {
  const scraps = [
    "<",
    ">",
    "&",
    "&amp;",
    "]]>",
    "<eqn>",
    "</variables>",
    "(",
    ")",
    "[",
    "]",
    "~",
    "|",
    "~~|",
    "\\\n",
    ":EXCEPT:",
    ":MACRO:",
    '"',
    "{",
    "}",
    "1e999",
    "-",
    "INTEG(",
    "WITH LOOKUP(",
    "\0",
    "\u{1F600}",
    "->",
    ",",
    ";",
    "!",
  ];
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    put: fc.constantFrom("", ...scraps),
  });
  return fc.tuple(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 6 })).map(([text, edits]) =>
    edits.reduce((t, { at, cut, put }) => {
      const i = Math.floor(at * t.length);
      return t.slice(0, i) + put + t.slice(i + cut);
    }, text),
  );
}

describe("any bytes", () => {
  const seeds = readdirSync("test/interchange/models")
    .filter((f) => !f.endsWith(".csv"))
    .map((f) => readFileSync(`test/interchange/models/${f}`, "utf8"));

  it("are refused or make a case whose text is right", () => {
    fc.assert(
      fc.property(
        fc.oneof({ weight: 6, arbitrary: mangled(seeds) }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) }),
        (text) => {
          const document = { name: "any", text };
          try {
            const { text: written } = importModel(document);
            const [, syntax] = parse({ name: "any.casus", text: written });
            expect(isClean(syntax), written).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableFile);
          }
        },
      ),
      { numRuns: 120, seed: 22 },
    );
  });

  it("that lie deep are refused, not run out of stack", () => {
    const deep = (n: number, open: string, close: string): string => open.repeat(n) + close.repeat(n);
    const xml = `<xmile>${deep(200, "<a>", "</a>")}</xmile>`;
    expect(found({ name: "deep.xmile", text: xml })[0]?.message).toMatch(/more than 100 elements/);
    const mdl = `x = ${deep(5000, "(", ")")} ~ ~ |\nINITIAL TIME = 0 ~~|\nFINAL TIME = 1 ~~|\nTIME STEP = 1 ~~|`;
    expect(found({ name: "deep.mdl", text: mdl })[0]?.message).toMatch(/within one another/);
    const minus = `x = ${"-".repeat(5000)}1 ~ ~ |\nINITIAL TIME = 0 ~~|\nFINAL TIME = 1 ~~|\nTIME STEP = 1 ~~|`;
    expect(found({ name: "minus.mdl", text: minus })[0]?.message).toMatch(/within one another/);
  });
});
