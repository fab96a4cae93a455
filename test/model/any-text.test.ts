/** Whatever the bytes: diagnostics with a place that can be printed, and never a throw, from the first character to the checked model. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "#language/formatter.ts";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import { printDiagnostics } from "#text/print.ts";

const casebook = readdirSync("casebook", { recursive: true, encoding: "utf8" })
  .filter((f) => f.endsWith(".casus"))
  .map((f) => readFileSync(join("casebook", f), "utf8"));
const declarations = casebook.flatMap((t) => t.split(/\n(?=[a-z])/));
const words = casebook.flatMap((t) => t.match(/\S+|\n/g) ?? []);

/** Parsed, formatted, checked and printed. A model comes out only where nothing is wrong. */
function through(text: string): void {
  const document = { name: "any.casus", text };
  const [file, syntax] = parse(document);
  const [model, found] = check([file], [document]);
  const all = [...syntax, ...found];
  for (const { span, message, hint } of all) {
    expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
    expect([message.trim(), hint.trim()]).not.toContain("");
  }
  expect(printDiagnostics(all, [document]) === "").toBe(all.length === 0);
  if (found.some((d) => d.severity === "error")) expect(model).toBeNull();
  const tidy = format(document);
  expect(format({ name: "any.casus", text: tidy })).toBe(tidy);
}

const settings = { numRuns: 300, seed: 11 };

describe("never a throw, whatever the text is", () => {
  it("any bytes, read as UTF-8", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => through(new TextDecoder().decode(bytes))),
      settings,
    );
  });

  it("any characters, lone surrogates and all", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => through(text)),
      settings,
    );
  });

  it("words of the language in any order", () => {
    const soup = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })), { maxLength: 80 })
      .map((parts) => parts.join(" "));
    fc.assert(fc.property(soup, through), settings);
  });

  it("declarations torn from their cases, in any company", () => {
    const some = fc.array(fc.constantFrom(...declarations), { maxLength: 12 }).map((parts) => parts.join("\n"));
    fc.assert(fc.property(some, through), settings);
  });

  it("nests as deep as one likes", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["{", "}"],
      ["if a then ", ""],
      ["not ", ""],
      ["-", ""],
      ["2^", ""],
      ["each k in {a} { ", "}"],
    ] as const) {
      expect(() => through(`case c "Q"\noutcome x = ${open.repeat(20_000)}1${close.repeat(20_000)}\n`)).not.toThrow();
      expect(() => through(`case c "Q"\n${open.repeat(20_000)}${close.repeat(20_000)}\n`)).not.toThrow();
    }
  });
});
