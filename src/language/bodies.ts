/** Parses bodies: lines that are all added or all multiplied, each with its `because` and its mark. */

import { insertAt } from "#text/fix.ts";
import type { Cursor } from "./cursor.ts";
import { atComparison, atOperator, parseExpression, parseProduct, parseUnary } from "./expressions.ts";
import type { BodyNode, ExpressionNode, WrittenMark, TermNode } from "./tree.ts";
import { markWords } from "./words.ts";

type Head = TermNode["operator"];

/** Terms of one body, so that folding them stays within what later stages can recurse over. */
const mostTerms = 400;

/** Runs `inner` where an operator at the start of a line begins a new term. */
export function whereLinesAreTerms<T>(c: Cursor, inner: () => T): T {
  const before = c.linesAreTerms;
  c.linesAreTerms = true;
  const result = inner();
  c.linesAreTerms = before;
  return result;
}

/**
 * A body. Where `hasOwnBecause` (a rate, whose event may stand `because` of something too), a `because` or mark on a line of its own after
 * several terms could mean either and is refused.
 */
export function parseBody(c: Cursor, hasOwnBecause = false): BodyNode {
  return whereLinesAreTerms(c, () => {
    const start = c.token.start;
    const signed = c.is("+");
    const first = signed ? parseTermLine(c) : [parseFirstLine(c)];
    const terms = [...first];
    let kind: BodyNode["kind"] = "sum";
    for (let head = lineHead(c); head !== null; head = lineHead(c)) {
      const isSum = head === "+" || head === "-";
      if (terms.length === first.length && !signed) kind = isSum ? "sum" : "product";
      else if (isSum !== (kind === "sum")) c.report("mixed-body", c.spanOf(c.token), { sign: head, kind });
      if (terms.length >= mostTerms) {
        c.fail("too-many-terms", c.spanOf(c.token), { most: mostTerms });
        break;
      }
      terms.push(...parseTermLine(c, hasOwnBecause));
    }
    const [head] = terms;
    if (head !== undefined && terms.length > first.length) checkFirst(c, head, kind);
    if (kind === "product" && head !== undefined) terms[0] = { ...head, operator: "*" };
    return { kind, terms, span: c.spanFrom(start) };
  });
}

/** The flows of a stock: the added terms that follow, if any. */
export function parseFlows(c: Cursor, flows: TermNode[]): void {
  whereLinesAreTerms(c, () => {
    for (let head = lineHead(c); head !== null; head = lineHead(c)) {
      if (head === "*" || head === "/") c.report("flow-sign", c.spanOf(c.token), { sign: head });
      if (flows.length >= mostTerms) return c.fail("too-many-terms", c.spanOf(c.token), { most: mostTerms });
      flows.push(...parseTermLine(c));
    }
  });
}

/** The operator at the start of a line, or null. */
function lineHead(c: Cursor): Head | null {
  if (c.panicking) resumeAtLine(c);
  const { token } = c;
  if (token.kind !== "symbol" || !token.first || c.panicking) return null;
  return token.text === "+" || token.text === "-" || token.text === "*" || token.text === "/" ? token.text : null;
}

/** After an error, skips to the next line where that begins with an operator: the rest of the body can still be read. */
function resumeAtLine(c: Cursor): void {
  let skipped = 0;
  while (!c.peek(skipped).first) skipped += 1;
  const next = c.peek(skipped);
  if (next.kind !== "symbol" || !"+-*/".includes(next.text)) return;
  c.position += skipped;
  c.panicking = false;
}

/** The first line of a body: any expression. */
function parseFirstLine(c: Cursor): TermNode {
  const start = c.token.start;
  const expression = parseExpression(c);
  const isSum = isBare(c, expression, "+", "-") !== null;
  const last = isSum && expression.kind === "binary" ? expression.left.span.end : start;
  const { because, mark } = parseGround(c, isSum ? "sum" : "whole", last);
  return { operator: "+", expression, because, mark, span: c.spanFrom(start) };
}

/** A line that begins with its operator. Several added terms on it, or factors after `/`, become terms of their own. */
function parseTermLine(c: Cursor, hasOwnBecause = false): TermNode[] {
  const start = c.token.start;
  c.mark("clause");
  const operator = c.advance().text as Head;
  const isSum = operator === "+" || operator === "-";
  const parts: {
    readonly operator: Head;
    readonly expression: ExpressionNode;
    readonly start: number;
    readonly end: number;
  }[] = [];
  const add = (head: Head, from: number): void => {
    const expression =
      isSum && !c.isWord("if")
        ? parseProduct(c)
        : isSum
          ? parseExpression(c)
          : head === "*" && parts.length === 0
            ? parseProduct(c)
            : parseUnary(c);
    parts.push({ operator: head, expression, start: from, end: c.previous.end });
  };
  add(operator, start);
  for (;;) {
    const next = isSum ? atOperator(c, "+", "-") : atOperator(c, "*", "/");
    if (next === null) break;
    const from = c.advance().start;
    add(next, from);
  }
  refuseLoose(c, isSum);
  const scope = parts.length === 1 ? "whole" : isSum ? "sum" : "quotient";
  const { because, mark } = parseGround(c, scope, parts.at(-1)?.start ?? start, hasOwnBecause);
  return parts.map((part, i) => ({
    operator: part.operator,
    expression: part.expression,
    because,
    mark,
    span: { document: c.document, start: part.start, end: i === parts.length - 1 ? c.previous.end : part.end },
  }));
}

/** Refuses what would bind more loosely than the operator at the head of its line. */
function refuseLoose(c: Cursor, isSum: boolean): void {
  const { token } = c;
  const loose = atComparison(c) || c.isWord("and") || c.isWord("or") || (!isSum && atOperator(c, "+", "-") !== null);
  if (!loose) return;
  c.report("loose-term", c.spanOf(token), { sign: token.text, kind: isSum ? "sum" : "product" });
  c.advance();
  parseExpression(c);
}

/** The same for the first line, which was read before its kind was known. */
function checkFirst(c: Cursor, { expression, span }: TermNode, kind: BodyNode["kind"]): void {
  const sign =
    isBare(c, expression, "<", "<=", ">", ">=", "=", "!=", "and", "or") ??
    (kind === "product" ? isBare(c, expression, "+", "-") : null) ??
    (kind === "product" && expression.kind === "if" && !c.bracketed.has(expression) ? "if" : null) ??
    (expression.kind === "unary" && expression.operator === "not" && !c.bracketed.has(expression) ? "not" : null);
  if (sign !== null) c.report("loose-term", span, { sign, kind });
}

/** The operator of `e` where it is one of `operators` and stands in no brackets. */
export function isBare(c: Cursor, e: ExpressionNode, ...operators: readonly string[]): string | null {
  return e.kind === "binary" && !c.bracketed.has(e) && operators.includes(e.operator) ? e.operator : null;
}

/**
 * `because` and mark at the end of a line whose terms it covers as a `whole`, or could not, being a bare `sum` or `quotient`: then the fix gives the
 * `last` of them, by its place, a line of its own.
 */
function parseGround(
  c: Cursor,
  scope: "whole" | "sum" | "quotient",
  last: number,
  hasOwnBecause = false,
): { because: ExpressionNode | null; mark: WrittenMark | null } {
  if (hasOwnBecause && c.token.first && (c.isWord("because") || atMark(c))) {
    c.report("because-of-which", c.spanOf(c.token), { word: c.token.text });
  } else if (scope !== "whole" && c.isWord("because")) {
    const fixes = [insertAt(c.document, last, "\n  ", false)];
    c.report("because-after-several", c.spanOf(c.token), { kind: scope }, [], fixes);
  }
  takeIfForBecause(c);
  const because = parseBecause(c);
  return { because, mark: parseMark(c) };
}

/** `if a` or `when a` behind a line is reported, and left to be read as `because a`; not where `when` goes on with an event. */
function takeIfForBecause(c: Cursor): void {
  const { token } = c;
  if (!["if", "when", "where"].includes(token.text) || token.first || c.followers.has("when") || c.panicking) return;
  const isName = c.peek(1).kind === "name" && !["if", "then"].includes(c.peek(1).text);
  if (!isName || hasElseAhead(c)) return;
  c.report("if-for-because", c.spanOf(token), { word: token.text });
  c.advance();
  c.readsReason = true;
}

/** `a if b else c`, which another message is for. */
function hasElseAhead(c: Cursor): boolean {
  for (let i = 1; !c.peek(i).first && c.peek(i).kind !== "end"; i++) if (c.peek(i).text === "else") return true;
  return false;
}

/** `because expr`, or null. */
export function parseBecause(c: Cursor): ExpressionNode | null {
  if (!c.readsReason && !c.takeWord("because")) return null;
  c.readsReason = false;
  let reason = parseExpression(c);
  // Which of the two words was meant makes no difference to what follows.
  while (c.is(",") && c.peek(1).kind === "name" && !c.peek(1).first && !c.panicking) {
    c.report("comma-in-condition", c.spanOf(c.advance()), {});
    const right = parseExpression(c);
    reason = { kind: "binary", operator: "and", left: reason, right, span: c.spanFrom(reason.span.start) };
  }
  return reason;
}

/** `text`, `inferred`, `ours` or `wiring`, or null. */
export function parseMark(c: Cursor): WrittenMark | null {
  if (!atMark(c)) return null;
  return c.advance().text as WrittenMark;
}

function atMark(c: Cursor): boolean {
  return c.token.kind === "name" && markWords.some((word) => c.isWord(word));
}
