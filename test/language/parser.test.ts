/** The parser: how expressions bind, what each declaration becomes, and going on after mistakes. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "#language/parser.ts";
import type { ExpressionNode } from "#language/tree.ts";

function declarationsOf(text: string) {
  const [file, diagnostics] = parse({ name: "t.casus", text });
  return { declarations: file.declarations, diagnostics };
}

/** An expression with every operator in brackets. */
function shape(e: ExpressionNode): string {
  switch (e.kind) {
    case "number":
      return `${e.value}${e.unit === null ? "" : `_${e.unit.factors.map((f) => `${f.name.text}${f.power === 1 ? "" : f.power}`).join("*")}`}`;
    case "name":
      return e.name.text;
    case "boolean":
      return String(e.value);
    case "unary":
      return `(${e.operator} ${shape(e.operand)})`;
    case "binary":
      return `(${shape(e.left)} ${e.operator} ${shape(e.right)})`;
    case "if":
      return `(if ${shape(e.condition)} then ${shape(e.then)} else ${shape(e.else)})`;
    case "call":
      return `${e.callee.text}(${e.arguments.map(shape).join(", ")}${e.if === null ? "" : ` if ${shape(e.if)}`}${e.given === null ? "" : ` | ${shape(e.given)}`})`;
    case "index":
      return `${shape(e.of)}[${shape(e.index)}]`;
    case "member":
      return `${e.owner.text}.${e.name.text}`;
    case "date":
      return `${e.date.year}-${e.date.month}-${e.date.day}`;
    case "missing":
      return "?";
  }
}

function expressionOf(text: string): string {
  const { declarations, diagnostics } = declarationsOf(`outcome x = ${text}`);
  expect(diagnostics).toEqual([]);
  const [outcome] = declarations;
  return outcome?.kind === "outcome" ? shape(outcome.expression) : "none";
}

describe("expressions", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["1 + 2 * 3", "(1 + (2 * 3))"],
    ["1 - 2 - 3", "((1 - 2) - 3)"],
    ["2 ^ 3 ^ 2", "(2 ^ (3 ^ 2))"],
    ["-2 ^ 2", "(- (2 ^ 2))"],
    ["2 ^ -1", "(2 ^ (- 1))"],
    ["a and b or not c and d", "((a and b) or ((not c) and d))"],
    ["not a = b", "(not (a = b))"],
    ["1 + 2 < 3 * 4", "((1 + 2) < (3 * 4))"],
    ["if a then 1 else if b then 2 else 3", "(if a then 1 else (if b then 2 else 3))"],
    ["65%", "0.65"],
    ["3 usd/month", "3_usd*month-1"],
    ["3 usd / month_count", "(3_usd / month_count)"],
    ["resolve[poland][start]", "resolve[poland][start]"],
    ["support[2023-01]", "support[2023-1-1]"],
    ["chance(x if a = b and c | d)", "chance(x if ((a = b) and c) | d)"],
    ["happened(renewal.yield)", "happened(renewal.yield)"],
    ["at(x, 2024-05-17)", "at(x, 2024-5-17)"],
  ];
  for (const [text, wanted] of cases) it(`${text} is ${wanted}`, () => expect(expressionOf(text)).toBe(wanted));
});

describe("declarations", () => {
  it("reads the lines of a body as terms, with their grounds and marks", () => {
    const { declarations, diagnostics } = declarationsOf("let x =\n  1\n  - 2 because a text\n  + 3 ours");
    expect(diagnostics).toEqual([]);
    const [node] = declarations;
    const body = node?.kind === "let" ? node.body : null;
    expect(
      body?.terms.map((t) => [t.operator, shape(t.expression), t.because === null ? null : shape(t.because), t.mark]),
    ).toEqual([
      ["+", "1", null, null],
      ["-", "2", "a", "text"],
      ["+", "3", null, "ours"],
    ]);
  });

  it("reads a product's lines, and an event's own ground apart from its rate's", () => {
    const { declarations } = declarationsOf(
      "event e because b rate\n    1/year\n  * 2 because a\n  when c repeats\n  then set s = 1 stop",
    );
    const [node] = declarations;
    if (node?.kind !== "event" || node.timing.kind !== "rate") throw new Error("no event");
    expect(node.timing.rate.kind).toBe("product");
    expect(node.because === null ? null : shape(node.because)).toBe("b");
    expect(node.effects.map((e) => e.kind)).toEqual(["set", "stop"]);
    expect(node.repeats).toBe(true);
  });

  it("takes a percentage apart in decimal: 1.1% is the double nearest to 0.011", () =>
    expect(expressionOf("1.1%")).toBe("0.011"));

  it("reads every file of the casebook without a word of complaint", () => {
    for (const file of casebook()) expect([file.name, parse(file)[1]]).toEqual([file.name, []]);
  });
});

describe("mistakes", () => {
  it("tells many in one pass, and reads the rest", () => {
    const text =
      'clam a causal "A."\nlet x = 1 +\nstock s = (1 + 2\noutcome y = x\nevent e rate 1/year thn stop\noutcome z = 2';
    const { declarations, diagnostics } = declarationsOf(text);
    expect(diagnostics.map((d) => d.code)).toEqual([
      "unknown-declaration",
      "missing-value",
      "unclosed-bracket",
      "unknown-clause",
    ]);
    expect(declarations.filter((d) => d.kind === "outcome")).toHaveLength(2);
  });

  it("suggests the word that was meant", () => {
    const { diagnostics } = declarationsOf("otcome x = 1");
    expect(diagnostics[0]?.hint).toContain("'outcome'");
  });
});

function casebook(): { name: string; text: string }[] {
  return readdirSync("casebook", { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".casus"))
    .map((f) => ({ name: f, text: readFileSync(join("casebook", f), "utf8") }));
}

describe("any text", () => {
  const words = casebook().flatMap((f) => f.text.match(/\S+|\n/g) ?? []);

  it("is read without throwing, and every place named lies in it", () => {
    const soup = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 60 })
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(soup, (text) => lieWithin(text)),
      { numRuns: 400, seed: 7 },
    );
  });

  it("is read when a case is cut short or has a piece torn out", () => {
    const whole = casebook()
      .map((f) => f.text)
      .join("\n");
    const torn = fc
      .tuple(fc.nat(whole.length), fc.nat(400), fc.string({ maxLength: 3 }))
      .map(([at, length, put]) => whole.slice(0, at) + put + whole.slice(at + length));
    fc.assert(
      fc.property(torn, (text) => lieWithin(text)),
      { numRuns: 60, seed: 7 },
    );
  });
});

function lieWithin(text: string): void {
  for (const { span } of parse({ name: "t.casus", text })[1]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}
