/** The formatter: the same meaning, the same comments, once and for all. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "#language/formatter.ts";
import { parse } from "#language/parser.ts";

const files = readdirSync("casebook", { recursive: true, encoding: "utf8" })
  .filter((f) => f.endsWith(".casus"))
  .map((f) => ({ name: f, text: readFileSync(join("casebook", f), "utf8") }));

function treeOf(text: string): string {
  return JSON.stringify(parse({ name: "t", text })[0].declarations, (key, value: unknown) =>
    key === "span" ? undefined : value,
  );
}

function commentsOf(text: string): readonly string[] {
  return text.match(/\/\/[^\n"]*$/gm)?.map((c) => c.trim()) ?? [];
}

describe("the formatter", () => {
  for (const file of files) it(`finds ${file.name} tidy`, () => expect(format(file)).toBe(file.text));

  it("lays out what is not", () => {
    const untidy =
      'case c   "Q"\n\n\n\nstock  s:share=1 within 0 .. 1\n     - s/1 year  because a   // why\nevent e rate 1/year\nthen set s=0\nadd 1 to s\neach k in { a,b }{\nlet x=1 }\n';
    const tidy =
      'case c   "Q"\n\nstock  s: share = 1 within 0..1\n  - s/1 year  because a   // why\nevent e rate 1/year\n  then set s = 0\n       add 1 to s\neach k in {a, b} {\n  let x = 1 }\n';
    expect(format({ name: "t", text: untidy })).toBe(tidy);
  });

  it("leaves a text with mistakes as it is", () => {
    const text = "stock  s = (1\n";
    expect(format({ name: "t", text })).toBe(text);
  });

  it("keeps meaning and comments, and has nothing to do the second time, however the spaces lie", () => {
    const cases = files.flatMap((f) =>
      f.text.split(/\n(?=(?:stock|let|event|policy|claim|view|unknown|conclusion|suppose|choice) )/),
    );
    const spaced = fc
      .tuple(fc.constantFrom(...cases), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }))
      .map(([text, every, width]) => {
        let n = 0;
        return text.replaceAll(/(?<=[\w)%"]) (?=[\w(="~])/g, () => (++n % every === 0 ? " ".repeat(width) : " "));
      });
    fc.assert(
      fc.property(spaced, (text) => {
        const once = format({ name: "t", text });
        expect(format({ name: "t", text: once })).toBe(once);
        expect(treeOf(once)).toBe(treeOf(text));
        expect(commentsOf(once)).toEqual(commentsOf(text));
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
