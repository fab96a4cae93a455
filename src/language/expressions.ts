/** Parses expressions, with one function for each level of the grammar, loosest first. */

import { insertAt, replaceBy } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import { takeProseAmount } from "./amounts.ts";
import { isSymbol, type Cursor } from "./cursor.ts";
import type { WrittenOperator, ExpressionNode, Name } from "./tree.ts";
import { parseUnitAfterNumber } from "./units.ts";
import { isDeclarationWord, noClaim } from "./words.ts";

const comparisons: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "=", "!="]);

/** Compared with one another, and so never inside one. */
const figures: ReadonlySet<string> = new Set(["chance", "mean", "median", "quantile"]);

/** Any expression. Never null: where none stands, a failure is reported and a `missing` node stands for it. */
export function parseExpression(c: Cursor): ExpressionNode {
  return c.nested(() => (c.isWord("if") ? parseIf(c) : parseOr(c))) ?? c.missing();
}

function parseIf(c: Cursor): ExpressionNode {
  const { start } = c.advance();
  const condition = parseExpression(c);
  if (!c.takeWord("then")) c.fail("if-without-then", c.gap(), { found: c.found() });
  const then = parseExpression(c);
  if (!c.takeWord("else")) {
    const zero = insertAt(c.document, c.previous.end, " else 0", false);
    c.fail("if-without-else", c.gap(), { found: c.found() }, [], [zero]);
  }
  const otherwise = parseExpression(c);
  return c.grown({ kind: "if", condition, then, else: otherwise, span: c.spanFrom(start) }, [
    condition,
    then,
    otherwise,
  ]);
}

function parseOr(c: Cursor): ExpressionNode {
  let left = parseAnd(c);
  while (c.takeWord("or")) left = binary(c, "or", left, parseAnd(c));
  return left;
}

function parseAnd(c: Cursor): ExpressionNode {
  let left = parseNot(c);
  while (c.takeWord("and")) left = binary(c, "and", left, parseNot(c));
  return left;
}

function parseNot(c: Cursor): ExpressionNode {
  if (c.isWord("no") && c.peek(1).text === "claim" && !c.peek(1).first) return parseNoClaim(c);
  if (!c.isWord("not")) return parseComparison(c);
  const { start } = c.advance();
  const operand = c.nested(() => parseNot(c)) ?? c.missing();
  return c.grown({ kind: "unary", operator: "not", operand, span: c.spanFrom(start) }, [operand]);
}

/** `no claim`: a name with a space, which nothing else can have. */
function parseNoClaim(c: Cursor): ExpressionNode {
  const { start } = c.advance();
  c.advance();
  const span = c.spanFrom(start);
  return { kind: "name", name: { text: noClaim, span }, span };
}

function parseComparison(c: Cursor): ExpressionNode {
  let left = parseSum(c);
  for (let chained = false; atComparison(c); chained = true) {
    if (chained && c.callsOpen > 0 && figures.has(c.peek(1).text) && isSymbol(c.peek(2), "(")) break;
    const token = c.advance();
    if (chained) c.report("chained-comparison", c.spanOf(token), { sign: token.text });
    left = binary(c, token.text as WrittenOperator, left, parseSum(c));
  }
  return left;
}

export function atComparison(c: Cursor): boolean {
  return c.token.kind === "symbol" && comparisons.has(c.token.text);
}

/** An expression without comparison: where an `=` that follows belongs to the declaration. */
export function parseSum(c: Cursor): ExpressionNode {
  let left = parseProduct(c);
  for (let sign = atOperator(c, "+", "-"); sign !== null; sign = atOperator(c, "+", "-")) {
    c.advance();
    left = binary(c, sign, left, parseProduct(c));
  }
  return left;
}

export function parseProduct(c: Cursor): ExpressionNode {
  let left = parseUnary(c);
  for (let sign = atFactor(c); sign !== null; sign = atFactor(c)) {
    c.advance();
    left = binary(c, sign, left, parseUnary(c));
  }
  return left;
}

/** The sign before the next factor; in a body, `of` after a percentage is reported and read as one. */
function atFactor(c: Cursor): "*" | "/" | null {
  const { token, previous } = c;
  const next = c.peek(1);
  const isOf = token.text === "of" && c.linesAreTerms && previous.kind === "percent" && next.kind === "name";
  if (!isOf || token.first || c.panicking) return atOperator(c, "*", "/");
  c.report(
    "nothing-between",
    c.spanOf(token),
    { left: `'${previous.text}'`, right: `'${next.text}'`, near: ["*"] },
    [],
    [replaceBy(c.spanOf(token), "*")],
  );
  return "*";
}

/** The next token where it is one of the two operators and does not begin a new term. */
export function atOperator<A extends WrittenOperator, B extends WrittenOperator>(c: Cursor, a: A, b: B): A | B | null {
  const { token } = c;
  if (token.kind !== "symbol" || (c.linesAreTerms && token.first)) return null;
  return token.text === a ? a : token.text === b ? b : null;
}

export function parseUnary(c: Cursor): ExpressionNode {
  if (!c.is("-")) return parsePower(c);
  const { start } = c.advance();
  c.glue();
  const operand = c.nested(() => parseUnary(c)) ?? c.missing();
  return c.grown({ kind: "unary", operator: "-", operand, span: c.spanFrom(start) }, [operand]);
}

function parsePower(c: Cursor): ExpressionNode {
  const base = parsePostfix(c);
  if (!c.is("^")) return base;
  // Close to a unit, `^` would be a power of the unit: `3 usd ^ 2` keeps its spaces.
  const tight = !(base.kind === "number" && base.unit !== null && !c.bracketed.has(base));
  if (tight) c.glue();
  c.advance();
  if (tight) c.glue();
  const exponent = c.nested(() => parseUnary(c)) ?? c.missing();
  return binary(c, "^", base, exponent);
}

function parsePostfix(c: Cursor): ExpressionNode {
  let of = parseAtom(c);
  while (c.is("[")) {
    const open = c.spanOf(c.token);
    c.glue();
    c.advance();
    const index = inBrackets(c, () => parseExpression(c));
    close(c, "]", open);
    of = c.grown({ kind: "index", of, index, span: c.spanFrom(of.span.start) }, [of, index]);
  }
  return of;
}

function parseAtom(c: Cursor): ExpressionNode {
  const { token } = c;
  const span = c.spanOf(token);
  const amount = takeProseAmount(c);
  if (amount !== null) {
    const unit = parseUnitAfterNumber(c);
    return { kind: "number", value: amount, percent: false, unit, span: c.spanFrom(token.start) };
  }
  switch (token.kind) {
    case "number": {
      c.advance();
      const unit = parseUnitAfterNumber(c);
      return { kind: "number", value: token.value, percent: false, unit, span: c.spanFrom(token.start) };
    }
    case "percent":
      c.advance();
      return { kind: "number", value: token.value, percent: true, unit: null, span };
    case "date":
      c.advance();
      return { kind: "date", date: token.date, span };
    case "string":
      c.report("text-as-value", span, {});
      c.advance();
      return c.missing();
    case "name":
      return parseNamed(c);
    case "symbol":
      return token.text === "(" ? parseBracketed(c) : noOperand(c);
    case "end":
      return noOperand(c);
  }
}

function parseNamed(c: Cursor): ExpressionNode {
  const { token } = c;
  const isMisnamed = c.misnamed.has(token.text) && c.mayName();
  const name: Name = isMisnamed ? c.named(token) : { text: token.text, span: c.spanOf(token) };
  if (isMisnamed) c.advance();
  else if (token.text === "true" || token.text === "false") {
    c.advance();
    return { kind: "boolean", value: token.text === "true", span: name.span };
  } else if (token.text === "if" || token.text === "not") {
    c.report("needs-brackets", name.span, { word: token.text });
    return parseExpression(c);
  }
  // `at` is a clause's word and also the function that reads an outcome at a date.
  const isCallOfAt = token.text === "at" && isSymbol(c.peek(1), "(");
  if (!isMisnamed) {
    if (!c.mayName() && !mayBeRead(c) && !isCallOfAt) return noOperand(c);
    c.advance();
  }
  if (c.is("(")) return parseCall(c, name);
  if (c.is(".")) {
    const option = memberName(c);
    return option === null ? c.missing() : { kind: "member", owner: name, name: option, span: c.spanFrom(token.start) };
  }
  return { kind: "name", name, span: name.span };
}

/** Declaration words that an expression may hold: `time`, and the columns of a record. */
function mayBeRead(c: Cursor): boolean {
  const { text } = c.token;
  if (c.looksLikeDeclaration() && !c.namesAreColumns) return false;
  return text === "time" || (c.namesAreColumns && isDeclarationWord(text));
}

function memberName(c: Cursor): Name | null {
  c.glue();
  c.advance();
  c.glue();
  const name = c.name();
  if (name === null) c.fail("expected", c.gap(), { wanted: "the name of an option", found: c.found() });
  return name;
}

function parseCall(c: Cursor, callee: Name): ExpressionNode {
  const open = c.spanOf(c.token);
  c.glue();
  c.advance();
  const args: ExpressionNode[] = [];
  let condition: ExpressionNode | null = null;
  let given: ExpressionNode | null = null;
  inBrackets(c, () => {
    if (c.is(")")) return;
    // What is done and what is known stand after the first argument or after the last.
    const conditions = (): void => {
      if (condition === null && (c.takeWord("if") || takeConditionWord(c))) condition = parseExpression(c);
      if (given === null && c.take("|")) given = parseExpression(c);
      if (condition === null && given !== null && c.isWord("if")) {
        c.report("if-after-bar", c.spanOf(c.advance()), {});
        condition = parseExpression(c);
      }
    };
    c.callsOpen += 1;
    args.push(parseExpression(c));
    conditions();
    while (c.take(",") || takeByForComma(c)) args.push(parseExpression(c));
    if (args.length > 1) conditions();
    c.callsOpen -= 1;
  });
  close(c, ")", open);
  const parts = [...args, ...(condition === null ? [] : [condition]), ...(given === null ? [] : [given])];
  return c.grown(
    { kind: "call", callee, arguments: args, if: condition, given, span: c.spanFrom(callee.span.start) },
    parts,
    Math.max(1, args.length - 1),
  );
}

/** `happened(strike by 2027-01)` is reported and read with the comma it stands for. */
function takeByForComma(c: Cursor): boolean {
  if (!c.isWord("by") || c.panicking) return false;
  const around = { ...c.spanOf(c.token), start: c.previous.end };
  c.report("missing-comma", c.spanOf(c.token), { found: "'by'" }, [], [replaceBy(around, ",")]);
  c.advance();
  return true;
}

/** `given`, `when` and the like inside a figure are reported; what follows is read as what is done. */
function takeConditionWord(c: Cursor): boolean {
  const { token } = c;
  if (!["given", "when", "where", "because"].includes(token.text) || c.panicking || c.namesAreColumns) return false;
  c.report("condition-word", c.spanOf(token), { word: token.text });
  c.advance();
  return true;
}

function parseBracketed(c: Cursor): ExpressionNode {
  const start = c.token.start;
  const open = c.spanOf(c.advance());
  const inside = inBrackets(c, () => parseExpression(c));
  close(c, ")", open);
  const inner = { ...inside, span: c.spanFrom(start) };
  c.bracketed.add(inner);
  return inner;
}

/** Runs `inner` where line ends mean nothing. */
export function inBrackets<T>(c: Cursor, inner: () => T): T {
  const before = c.linesAreTerms;
  c.linesAreTerms = false;
  const result = inner();
  c.linesAreTerms = before;
  return result;
}

/** Takes the bracket that closes the one at `open`, or fails with a note there. */
export function close(c: Cursor, symbol: ")" | "]" | "}", open: Span): void {
  if (c.take(symbol)) return;
  failForBracket(c, symbol, open);
}

/** Tells that the bracket opened at `open` is not closed; closing it behind what was read last is the likeliest. */
export function failForBracket(c: Cursor, symbol: ")" | "]" | "}", open: Span): void {
  const notes = [{ message: "opened here", span: open }];
  const fixes = [insertAt(c.document, c.previous.end, symbol)];
  c.fail("unclosed-bracket", c.gap(), { close: symbol, found: c.found() }, notes, fixes);
}

function noOperand(c: Cursor): ExpressionNode {
  const { token, previous } = c;
  if (token.kind === "name" && isDeclarationWord(token.text) && !c.looksLikeDeclaration()) {
    c.report("reserved-name", c.spanOf(token), { word: token.text });
    c.advance();
  } else {
    c.fail("missing-value", c.gap(), { after: c.position === 0 ? "" : previous.text, found: c.found() });
  }
  return c.missing();
}

function binary(c: Cursor, operator: WrittenOperator, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
  return c.grown({ kind: "binary", operator, left, right, span: c.spanFrom(left.span.start) }, [left, right]);
}

/** What may be set, held, forced or believed: `NAME`, `NAME[NAME]`, `NAME.NAME`. */
export function parseTarget(c: Cursor, wanted: string): ExpressionNode {
  const start = c.token.start;
  const name = c.name();
  if (name === null) {
    c.fail("expected", c.gap(), { wanted, found: c.found() });
    return c.missing();
  }
  if (c.is(".")) {
    const option = memberName(c);
    return option === null ? c.missing() : { kind: "member", owner: name, name: option, span: c.spanFrom(start) };
  }
  const of: ExpressionNode = { kind: "name", name, span: name.span };
  if (!isSymbol(c.token, "[")) return of;
  const open = c.spanOf(c.token);
  c.glue();
  c.advance();
  const element = c.name();
  if (element === null) c.fail("expected", c.gap(), { wanted: "a name", found: c.found() });
  close(c, "]", open);
  const index: ExpressionNode = element === null ? c.missing() : { kind: "name", name: element, span: element.span };
  return { kind: "index", of, index, span: c.spanFrom(start) };
}
