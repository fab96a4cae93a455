/** Parses distributions after `~`, and ranges `lo..hi`. */

import { replaceBy } from "#text/fix.ts";
import { nearest } from "#text/near.ts";
import type { Span } from "#text/span.ts";
import { figureText, scaleWritten, writtenFraction } from "./amounts.ts";
import { parseName } from "./clauses.ts";
import { isSymbol, type Cursor } from "./cursor.ts";
import { close, inBrackets, parseExpression, parseSum } from "./expressions.ts";
import type { DistributionNode, ExpressionNode, Name, RangeNode } from "./tree.ts";
import { isNextEntry } from "./units.ts";
import { families, reserved } from "./words.ts";

type Case = (DistributionNode & { readonly kind: "discrete" })["cases"][number];

/** A distribution, with `within lo..hi` where it is truncated. */
export function parseDistribution(c: Cursor): DistributionNode {
  const start = c.token.start;
  const of = parseUntruncated(c);
  if (!c.takeWord("within")) return of;
  const range = parseRange(c);
  return { kind: "truncated", of, range, span: c.spanFrom(start) };
}

function parseUntruncated(c: Cursor): DistributionNode {
  const start = c.token.start;
  const { token } = c;
  if (c.isWord("from")) return parsePosterior(c);
  if (isSymbol(c.peek(1), "(") && token.kind === "name") {
    if (token.text === "discrete") return parseDiscrete(c);
    if (families.some((family) => family === token.text)) return parseFamily(c);
  }
  if (c.is("(")) {
    const interval = parseBareInterval(c);
    if (interval !== null) return interval;
  }
  const between = c.isWord("between") && c.peek(1).kind !== "symbol" ? c.spanOf(c.advance()) : null;
  const low = parsePer(c, parseSum(c));
  if (c.takeWord("to") && between === null) {
    const high = parsePer(c, parseSum(c));
    return {
      kind: "interval",
      family: null,
      low: atScale(c, inPercent(c, low, high), high),
      high,
      span: c.spanFrom(start),
    };
  }
  const loose = parseLooseInterval(c, low, between);
  if (loose !== null) return { ...loose, span: c.spanFrom(start) };
  if (!isEndOfDistribution(c)) return { kind: "missing", span: c.spanFrom(start) };
  if (low.kind === "call") {
    c.report("unknown-family", low.callee.span, {
      word: low.callee.text,
      near: nearest(low.callee.text, [...families, "discrete"]),
      known: [...families, "discrete"],
    });
  } else if (low.kind !== "missing") {
    const { constant, interval } = aroundValue(c, low);
    c.report("no-distribution", low.span, { constant, interval }, [], [replaceBy(low.span, constant, false)]);
  }
  return { kind: "missing", span: c.spanFrom(start) };
}

/** What follows ends the distribution; all else is a slip of its own, reported where it is. */
function isEndOfDistribution(c: Cursor): boolean {
  const { token } = c;
  return token.first || token.kind === "end" || c.is("}") || c.looksLikeDeclaration() || ends.has(token.text);
}

/** Go on after a distribution, in a declaration or in a view. */
const ends: ReadonlySet<string> = new Set(["within", "from", "judged", "known", "every", "evidence", "note"]);

/** The lower end; in `20 to 50%`, where it could otherwise not be the lower one, its sign is missing: that is reported and read in. */
function inPercent(c: Cursor, low: ExpressionNode, high: ExpressionNode): ExpressionNode {
  if (low.kind !== "number" || low.percent || low.unit !== null) return low;
  if (high.kind !== "number" || !high.percent || low.value <= high.value) return low;
  const written = `${c.written(low.span)}%`;
  const fixes = [replaceBy(low.span, written)];
  c.report("interval-form", low.span, { written: `${written} to ${c.written(high.span)}` }, [], fixes);
  return { ...low, value: low.value / 100, percent: true };
}

/** The lower end; in `40 to 48 million` the word is meant of both ends: that is reported and read in. */
function atScale(c: Cursor, low: ExpressionNode, high: ExpressionNode): ExpressionNode {
  if (low.kind !== "number" || low.percent || low.unit !== null || high.kind !== "number") return low;
  const scale = scaleWritten(c.written(high.span));
  if (scale === 1 || scaleWritten(c.written(low.span)) !== 1 || low.value * scale > high.value) return low;
  const written = figureText(low.value * scale);
  c.report(
    "interval-form",
    low.span,
    { written: `${written} to ${figureText(high.value)}` },
    [],
    [replaceBy(low.span, written)],
  );
  return { ...low, value: low.value * scale };
}

/** `5%..9%`, `5% - 9%` and `between 5% and 9%`, reported and read as the intervals they stand for; null where there is none. */
function parseLooseInterval(c: Cursor, low: ExpressionNode, between: Span | null): DistributionNode | null {
  const span = (from: ExpressionNode, to: ExpressionNode): Span => ({
    ...from.span,
    start: from.span.end,
    end: to.span.start,
  });
  const report = (from: ExpressionNode, to: ExpressionNode): DistributionNode => {
    const whole = { ...from.span, start: between?.start ?? from.span.start, end: to.span.end };
    const edits = [
      ...(between === null ? [] : [{ span: { ...between, end: from.span.start }, text: "" }]),
      { span: span(from, to), text: " to " },
    ];
    const written = `${c.written(from.span)} to ${c.written(to.span)}`;
    c.report("interval-form", whole, { written }, [], [{ title: `write ${written}`, edits, isSure: true }]);
    return { kind: "interval", family: null, low: from, high: to, span: whole };
  };
  if (low.kind === "missing") return null;
  if (between !== null || (c.is("..") && !c.token.first)) {
    if (!(c.take("..") || c.takeWord("and") || c.takeWord("to") || c.take("-"))) return null;
    return report(low, parsePer(c, parseSum(c)));
  }
  if (low.kind !== "binary" || low.operator !== "-" || c.bracketed.has(low)) return null;
  const { left, right } = low;
  const isRising = left.kind === "number" && right.kind === "number" && left.value < right.value;
  const isPercentBehind = left.kind === "number" && right.kind === "number" && right.percent && !left.percent;
  return isRising || isPercentBehind ? report(left, right) : null;
}

/** `5% per year` and `5% a year`, reported and read as `5%/year`. */
function parsePer(c: Cursor, node: ExpressionNode): ExpressionNode {
  const { token } = c;
  const [unit, isPer] = [c.peek(1), ["per", "a", "an"].includes(token.text)];
  if (!isPer || token.first || unit.kind !== "name" || unit.first || node.kind === "missing" || c.panicking)
    return node;
  const written = `${c.written(node.span)}/${unit.text}`;
  const around = { ...node.span, start: node.span.end, end: unit.start };
  c.report("spaced-unit", c.spanOf(token), { unit: written }, [], [replaceBy(around, "/")]);
  c.advance();
  c.advance();
  return { kind: "missing", span: node.span };
}

/** What to write instead of one value: that it is known exactly, or an interval of half to twice as much, below 1 where it may be a share. */
function aroundValue(c: Cursor, node: ExpressionNode): { readonly constant: string; readonly interval: string | null } {
  const written = (span: Span): string => c.written(span);
  const fraction = writtenFraction(node);
  const isPerName = node.kind === "binary" && node.operator === "/" && node.right.kind === "name";
  const figure = fraction?.below ?? (isPerName ? node.left : node);
  if (figure.kind !== "number") return { constant: `constant(${written(node.span)})`, interval: null };
  const value = fraction?.value ?? figure.value;
  const unit = figure.unit === null ? "" : ` ${written(figure.unit.span)}`;
  const per = isPerName ? written({ ...node.span, start: figure.span.end }) : "";
  const inUnit = (x: number): string => (figure.percent ? `${figureText(x * 100)}%` : `${figureText(x)}${unit}${per}`);
  const high = unit === "" && per === "" && value < 1 ? Math.min(value * 2, (1 + value) / 2) : value * 2;
  return {
    constant: `constant(${inUnit(value)})`,
    interval: value > 0 && !(figure.percent && value >= 1) ? `${inUnit(value / 2)} to ${inUnit(high)}` : null,
  };
}

function parseFamily(c: Cursor): DistributionNode {
  const token = c.advance();
  const family: Name = { text: token.text, span: c.spanOf(token) };
  const open = c.spanOf(c.token);
  c.glue();
  c.advance();
  const node = inBrackets(c, (): DistributionNode => {
    const low = parseExpression(c);
    if (c.takeWord("to")) {
      const high = parseExpression(c);
      return { kind: "interval", family, low, high, span: family.span };
    }
    const parameters: ExpressionNode[] = [low];
    while (c.take(",")) parameters.push(parseExpression(c));
    return { kind: "family", family, parameters, span: family.span };
  });
  close(c, ")", open);
  return { ...node, span: c.spanFrom(token.start) };
}

/** `from record past: share(…)`; inside, names are columns. */
function parsePosterior(c: Cursor): DistributionNode {
  const { start } = c.advance();
  if (!c.expectWord("record", "'record' and the record's name")) return { kind: "missing", span: c.spanFrom(start) };
  const record = parseName(c, "a record");
  c.namesAreColumns = true;
  const figure =
    !c.panicking && c.expect(":", "':' and a share or rate such as 'share(outcome = loss | size = large)'")
      ? parseSum(c)
      : c.missing();
  c.namesAreColumns = false;
  return { kind: "record", record, figure, span: c.spanFrom(start) };
}

/** `(low to high)`; null, with nothing read, where the bracket is part of an expression. */
function parseBareInterval(c: Cursor): DistributionNode | null {
  const { position, panicking } = c;
  const unread = c.unread.length;
  const reported = c.diagnostics.length;
  const open = c.spanOf(c.advance());
  const low = inBrackets(c, () => parseExpression(c));
  if (!c.takeWord("to")) {
    c.position = position;
    c.panicking = panicking;
    c.unread.length = unread;
    c.diagnostics.length = reported;
    return null;
  }
  const high = inBrackets(c, () => parseExpression(c));
  close(c, ")", open);
  return { kind: "interval", family: null, low, high, span: c.spanFrom(open.start) };
}

function parseDiscrete(c: Cursor): DistributionNode {
  const { start } = c.advance();
  const open = c.spanOf(c.token);
  c.glue();
  c.advance();
  const cases: Case[] = [];
  inBrackets(c, () => {
    do {
      const value = parseExpression(c);
      c.glue();
      c.expect(":", "':' and the chance of the value");
      cases.push({ value, chance: parseExpression(c) });
    } while (c.take(","));
  });
  close(c, ")", open);
  return { kind: "discrete", cases, span: c.spanFrom(start) };
}

/** `lo..hi`. The upper end stands on the line of `..`, so that `within 0..` may be followed by a line `- outflow`. */
export function parseRange(c: Cursor): RangeNode {
  const start = c.token.start;
  const open = c.is("[") ? c.spanOf(c.advance()) : null;
  const low = c.is("..") ? null : parseSum(c);
  if (low !== null) c.glue();
  const dots = c.spanOf(c.token);
  const loose = low === null || c.token.first ? null : parseLooseRange(c, low, open);
  if (loose !== null) return { ...loose, span: c.spanFrom(start) };
  if (!c.expect("..", "'..' of a range 'low..high'")) return { low, high: null, span: c.spanFrom(start) };
  let high: ExpressionNode | null = null;
  if (beginsOperand(c)) {
    c.glue();
    high = parseSum(c);
  }
  if (low === null && high === null) c.report("endless-range", dots, {});
  return { low, high, span: c.spanFrom(start) };
}

/** `0 to 1`, `0 and 1`, `[0, 1]`, reported and read as the ranges they stand for; null, with nothing read, where there is none. */
function parseLooseRange(c: Cursor, low: ExpressionNode, open: Span | null): RangeNode | null {
  const isJoined = c.isWord("to") || c.isWord("and") || (open !== null && (c.is(",") || c.is("..")));
  if (!isJoined || c.panicking) return null;
  c.advance();
  const high = parseSum(c);
  const closing = open === null ? null : c.spanOf(c.token);
  if (closing !== null && !c.take("]")) return null;
  const edits = [
    ...(open === null ? [] : [{ span: open, text: "" }]),
    { span: { ...low.span, start: low.span.end, end: high.span.start }, text: ".." },
    ...(closing === null ? [] : [{ span: closing, text: "" }]),
  ];
  const whole = { ...low.span, start: open?.start ?? low.span.start, end: c.previous.end };
  const title = `write ${c.written(low.span)}..${c.written(high.span)}`;
  c.report("range-form", whole, {}, [], [{ title, edits, isSure: true }]);
  return { low, high, span: whole };
}

function beginsOperand(c: Cursor): boolean {
  const { token } = c;
  if (token.first) return false;
  switch (token.kind) {
    case "number":
    case "percent":
    case "date":
      return true;
    case "name":
      return (
        token.text === "time" ||
        (!reserved.has(token.text) && !c.followers.has(token.text) && !(isNextEntry(c) && !isSymbol(c.peek(1), "(")))
      );
    case "symbol":
      return token.text === "(" || token.text === "-";
    case "string":
    case "end":
      return false;
  }
}
