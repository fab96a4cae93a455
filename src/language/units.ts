/** Parses units: `share`, `usd/month^2`, `1/year`, `1`; written without spaces. */

import { replaceBy } from "#text/fix.ts";
import { isSymbol, type Cursor } from "./cursor.ts";
import type { Token } from "./token.ts";
import type { UnitNode } from "./tree.ts";
import { isDeclarationWord, reserved } from "./words.ts";

type Factor = UnitNode["factors"][number];

/** A unit where one must stand: after `:`, `per`, `over`. Spaces around its signs are a mistake, since nothing but a unit can follow. */
export function parseUnit(c: Cursor): UnitNode | null {
  const start = c.token.start;
  const factors: Factor[] = [];
  if (!atUnitName(c) && !isOne(c.token)) {
    c.fail("missing-unit", c.gap(), { found: c.found() });
    return null;
  }
  parseFactors(c, factors, true);
  return { factors, span: c.spanFrom(start) };
}

/** The unit after a number just read, or null. It stands on the number's line, is no reserved word and no call. */
export function parseUnitAfterNumber(c: Cursor): UnitNode | null {
  if (c.token.first || !atUnitName(c) || c.followers.has(c.token.text) || isNextEntry(c)) return null;
  const start = c.token.start;
  const factors: Factor[] = [];
  parseFactors(c, factors, false);
  return { factors, span: c.spanFrom(start) };
}

/** True where a name begins something of its own: a call, an entry `name 60%` or `name ~ …` of a view, two names in a row. */
export function isNextEntry(c: Cursor): boolean {
  const next = c.peek(1);
  switch (next.kind) {
    case "percent":
    case "number":
    case "date":
    case "string":
      return !next.first;
    case "name":
      return !next.first && !reserved.has(next.text) && !c.followers.has(next.text);
    case "symbol":
      return next.text === "(" || next.text === "~";
    case "end":
      return false;
  }
}

function atUnitName(c: Cursor): boolean {
  const { kind, text } = c.token;
  if (kind !== "name") return false;
  return (!reserved.has(text) && !isDeclarationWord(text)) || (c.isDeclared("unit", text) && c.mayName());
}

function parseFactors(c: Cursor, factors: Factor[], mustBeUnit: boolean): void {
  let sign = 1;
  for (;;) {
    const factor = parseFactor(c, sign);
    if (factor !== null) factors.push(factor);
    if (!((isSymbol(c.token, "/") || isSymbol(c.token, "*")) && !c.token.first)) return;
    const next = c.peek(1);
    const mayFollow = !reserved.has(next.text) || c.isDeclared("unit", next.text);
    if (!((next.kind === "name" && mayFollow) || (mustBeUnit && isOne(next)))) return;
    if (c.token.spaced || next.spaced) {
      if (!mustBeUnit) return;
      const around = { ...c.spanOf(c.token), start: c.previous.end, end: next.start };
      const unit = `${c.previous.text}${c.token.text}${next.text}`;
      c.report("spaced-unit", c.spanOf(c.token), { unit }, [], [replaceBy(around, c.token.text)]);
    }
    sign = c.is("/") ? -1 : 1;
    c.glue();
    c.advance();
    c.glue();
  }
}

/** One factor with its power; null for `1`, which is no factor. */
function parseFactor(c: Cursor, sign: number): Factor | null {
  const token = c.advance();
  if (token.kind !== "name") return null;
  const name = c.named(token);
  const next = c.peek(1);
  const isPower = c.is("^") && !c.token.spaced && !next.spaced;
  if (!isPower) return { name, power: sign };
  c.glue();
  c.advance();
  c.glue();
  const negative = c.is("-") && !c.peek(1).spaced;
  if (negative) {
    c.advance();
    c.glue();
  }
  const { token: exponent } = c;
  if (
    exponent.kind === "number" &&
    Number.isInteger(exponent.value) &&
    exponent.value !== 0 &&
    Math.abs(exponent.value) <= 9
  ) {
    c.advance();
    return { name, power: sign * (negative ? -1 : 1) * exponent.value };
  }
  c.fail("unit-power", c.spanOf(exponent), { found: c.found() });
  return { name, power: sign };
}

function isOne(token: Token): boolean {
  return token.kind === "number" && token.text === "1";
}
