/** Recognises amounts written as in prose (`1 1/2 hours`, `half an hour`, `2 million usd`), so that the message can say how they are written here. */

import { replaceBy } from "#text/fix.ts";
import { describe, type Cursor } from "./cursor.ts";
import type { Token } from "./token.ts";
import type { ExpressionNode } from "./tree.ts";
import { isDeclarationWord, reserved } from "./words.ts";

const wholes = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const parts: ReadonlyMap<string, number> = new Map([
  ["half", 1 / 2],
  ["third", 1 / 3],
  ["quarter", 1 / 4],
]);
const scales: ReadonlyMap<string, number> = new Map([
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);

const shortScales: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["m", 1e6],
  ["M", 1e6],
  ["mn", 1e6],
  ["mio", 1e6],
  ["bn", 1e9],
]);

interface ProseAmount {
  readonly value: number;
  /** How many tokens it takes; the unit comes after them. */
  readonly length: number;
}

/** Reads an amount in prose, up to its unit, and reports it with the figure to write; null, with nothing read, where there is none. */
export function takeProseAmount(c: Cursor): number | null {
  const amount = proseAmount(c);
  if (amount === null) return null;
  const first = c.spanOf(c.token);
  const [left, right] = [describe(c.token), describe(c.peek(1))];
  const isPercent = c.peek(1).text === "per";
  for (let i = 0; i < amount.length; i++) c.advance();
  const span = { ...first, end: c.previous.end };
  const figure = isPercent ? `${figureText(amount.value * 100)}%` : figureText(amount.value);
  c.report("nothing-between", span, { left, right, near: [figure] }, [], [replaceBy(span, figure)]);
  return amount.value;
}

/** A figure in decimals, of six significant digits where it has no end. */
export function figureText(value: number): string {
  return String(Number(value.toPrecision(6)));
}

interface WrittenFraction {
  readonly value: number;
  /** The lower number, with the unit after it. */
  readonly below: Extract<ExpressionNode, { readonly kind: "number" }>;
}

/** `a / b` in figures; in `1/2 hour`, which divides by two hours, half an hour was meant. */
export function writtenFraction(node: ExpressionNode): WrittenFraction | null {
  if (node.kind !== "binary" || node.operator !== "/") return null;
  const { left, right } = node;
  if (left.kind !== "number" || left.unit !== null || left.percent) return null;
  if (right.kind !== "number" || right.percent || right.value === 0) return null;
  return { value: left.value / right.value, below: right };
}

/** What a word or letter of thousands multiplies a written figure by; 1 where it has none. */
export function scaleWritten(written: string): number {
  const [, word = ""] = /^[\d._]+ ?(\p{L}+)/u.exec(written) ?? [];
  return scales.get(word) ?? (/^[\d._]+\p{L}/u.test(written) ? shortScales.get(word) : undefined) ?? 1;
}

function proseAmount(c: Cursor): ProseAmount | null {
  const written = groupedDigits(c) ?? shortScale(c) ?? inWords(c);
  if (written !== null) return written;
  const simple = fraction(c, 0);
  const whole = numberAt(c, 0);
  const rest = whole === null ? null : addedFraction(c, 1);
  const base =
    whole !== null && rest !== null
      ? { value: whole + rest.value, length: 1 + rest.length }
      : (simple ?? partInWords(c, 0) ?? (whole === null ? null : { value: whole, length: 1 }));
  if (base === null) return null;
  const scale = scaleAt(c, base.length);
  const amount = scale === null ? base : { value: base.value * scale.value, length: base.length + scale.length };
  if (c.token.kind === "number" && scale === null) return rest === null ? null : amount;
  return isUnitAt(c, amount.length) ? amount : null;
}

/** `150 000`: digits in groups of three. */
function groupedDigits(c: Cursor): ProseAmount | null {
  if (c.token.kind !== "number" || !/^\d{1,3}$/.test(c.token.text)) return null;
  let length = 1;
  let digits = c.token.text;
  for (
    let next = c.peek(1);
    next.kind === "number" && !next.first && /^\d{3}$/.test(next.text);
    next = c.peek(length)
  ) {
    digits += next.text;
    length += 1;
  }
  return length === 1 ? null : { value: Number(digits), length };
}

/** `150k eur`, `1.5m trips`: a letter close to the figure, where it is no unit of the case. */
function shortScale(c: Cursor): ProseAmount | null {
  const { token } = c;
  const letter = c.peek(1);
  const value = letter.kind === "name" && !letter.spaced ? shortScales.get(letter.text) : undefined;
  if (token.kind !== "number" || value === undefined || c.isDeclared("unit", letter.text)) return null;
  return isUnitAt(c, 2) ? { value: token.value * value, length: 2 } : null;
}

/** `20 per cent`, and `5 percentage points`, which are points. */
function inWords(c: Cursor): ProseAmount | null {
  const [number, word, next] = [c.token, c.peek(1), c.peek(2)];
  if (number.kind !== "number" || word.first) return null;
  if (word.text === "per" && next.text === "cent") return { value: number.value / 100, length: 3 };
  return word.text === "percentage" && /^points?$/.test(next.text) ? { value: number.value, length: 2 } : null;
}

/** `1/2` on the line: numbers alone. */
function fraction(c: Cursor, at: number): ProseAmount | null {
  const [over, sign, under] = [c.peek(at), c.peek(at + 1), c.peek(at + 2)];
  if (over.kind !== "number" || sign.text !== "/" || under.kind !== "number") return null;
  return sign.first || under.first || under.value === 0 ? null : { value: over.value / under.value, length: 3 };
}

/** ` 1/2` or ` and a half` after a whole number. */
function addedFraction(c: Cursor, at: number): ProseAmount | null {
  const next = c.peek(at);
  if (next.first) return null;
  if (next.text !== "and") return fraction(c, at);
  const part = partInWords(c, at + 1);
  return part === null ? null : { value: part.value, length: 1 + part.length };
}

/** `half`, `half a`, `a half`, `a quarter of an`; `quarter` alone is a unit. */
function partInWords(c: Cursor, at: number): ProseAmount | null {
  const hasArticle = isArticle(c.peek(at), at > 0);
  const word = c.peek(hasArticle ? at + 1 : at);
  const value = word.kind === "name" && !(word.first && hasArticle) ? parts.get(word.text) : undefined;
  if (value === undefined) return null;
  let length = hasArticle ? 2 : 1;
  const hasOf = c.peek(at + length).text === "of" && !c.peek(at + length).first;
  if (hasOf) length += 1;
  if (isArticle(c.peek(at + length), true)) length += 1;
  return hasArticle || hasOf || word.text === "half" ? { value, length } : null;
}

function isArticle(token: Token, isWithin: boolean): boolean {
  return token.kind === "name" && ["a", "an", "one", "the"].includes(token.text) && !(isWithin && token.first);
}

/** A whole number, in digits or as a word. */
function numberAt(c: Cursor, at: number): number | null {
  const token = c.peek(at);
  if (token.kind === "number") return token.value;
  const value = token.kind === "name" ? wholes.indexOf(token.text) : -1;
  return value < 0 ? null : value;
}

function scaleAt(c: Cursor, at: number): ProseAmount | null {
  const token = c.peek(at);
  const value = token.kind === "name" && !token.first ? scales.get(token.text) : undefined;
  return value === undefined ? null : { value, length: c.peek(at + 1).text === "of" ? 2 : 1 };
}

function isUnitAt(c: Cursor, at: number): boolean {
  const token = c.peek(at);
  return (
    token.kind === "name" &&
    !token.first &&
    !reserved.has(token.text) &&
    !c.followers.has(token.text) &&
    !isDeclarationWord(token.text)
  );
}
