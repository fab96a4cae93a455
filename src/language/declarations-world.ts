/** Parses how the world moves: `time`, `unit`, `unknown`, `stock`, `let`, `table`, `shock` and `each`. */

import { closeList } from "./declarations-argument.ts";
import { isBare, parseBody, parseFlows, whereLinesAreTerms } from "./bodies.ts";
import {
  clauses,
  parseClauses,
  parseDate,
  parseDeclaredName,
  parseName,
  parseLateUnit,
  parseNames,
  parseUnitAndLabel,
  provenanceClauses,
  takeProseDate,
} from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { parseDistribution, parseRange } from "./distributions.ts";
import { failForBracket, parseExpression, parseSum } from "./expressions.ts";
import type {
  CalendarDate,
  Declaration,
  DistributionNode,
  EachNode,
  ExpressionNode,
  LetNode,
  Name,
  ProvenanceNode,
  RangeNode,
  ShockNode,
  StockNode,
  TableNode,
  TermNode,
  TimeNode,
  UnitDeclarationNode,
  UnitNode,
  UnknownNode,
} from "./tree.ts";
import { takeBareUnit, takeLabel } from "./labels.ts";
import { stepMeant } from "./synonyms.ts";
import { parseUnit } from "./units.ts";
import { insertAt, replaceBy } from "#text/fix.ts";
import { nearest } from "#text/near.ts";

export function parseTime(c: Cursor): TimeNode {
  const { start } = c.advance();
  if (c.isWord("from")) c.skip();
  const from = parsePoint(c);
  c.expectWord("to", "'to' and the end", ["-", "..", ",", "until", "till"]);
  const to = parsePoint(c);
  takeAdverb(c);
  c.expectWord("by", "'by' and the length of a step, such as 'by month'", ["each", "every", "per", "step", "in"]);
  const step = parseFraction(c) ?? 1;
  const unit = parseName(c, "a unit of time, such as 'month'");
  let method: Name | null = null;
  if (c.takeWord("using")) {
    method = parseName(c, "'euler' or 'rk4'");
    const { text } = method;
    if (text !== "" && text !== "euler" && text !== "rk4")
      c.report("unknown-method", method.span, { word: text, near: nearest(text, ["euler", "rk4"]) });
  }
  return { kind: "time", start: from, end: to, step, unit, method, span: c.spanFrom(start) };
}

/** `monthly` is reported, and left to be read as `by month`. */
function takeAdverb(c: Cursor): void {
  const step = stepMeant(c.token.text);
  if (step === null || c.panicking) return;
  const span = c.spanOf(c.token);
  const wanted = `'by ${step}'`;
  c.fail("expected", span, { wanted, found: c.found() }, [], [replaceBy(span, `by ${step}`)]);
}

/** `0.25`, or a fraction `1/24`; null where no number stands. */
function parseFraction(c: Cursor): number | null {
  const { token } = c;
  if (token.kind !== "number") return null;
  c.advance();
  const below = c.peek(1);
  if (!c.is("/") || below.kind !== "number" || below.value === 0) return token.value;
  if (!c.token.spaced) c.glue();
  c.advance();
  if (!c.token.spaced) c.glue();
  c.advance();
  return token.value / below.value;
}

/** A date, or a number in a model without a calendar. */
function parsePoint(c: Cursor): CalendarDate | number {
  const { token } = c;
  if (token.kind === "date") {
    c.advance();
    return token.date;
  }
  const prose = takeProseDate(c);
  if (prose !== null) return prose;
  const negative = c.take("-");
  if (negative) c.glue();
  const number = c.token;
  if (number.kind === "number") {
    c.advance();
    return negative ? -number.value : number.value;
  }
  c.fail("missing-date", c.gap(), { wanted: "a date or a number", found: c.found() });
  return 0;
}

export function parseUnitDeclaration(c: Cursor): UnitDeclarationNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "unit");
  const label = takeLabel(c, "unit", name);
  let definition: { factor: number; unit: UnitNode } | null = null;
  if (c.take("=")) {
    const factor = parseFraction(c);
    if (factor !== null) {
      const unit = parseUnit(c);
      if (unit !== null) definition = { factor, unit };
    } else c.fail("unit-definition", c.gap(), { name: name.text, found: c.found() });
  }
  return { kind: "unit", name, label, definition, span: c.spanFrom(start) };
}

export function parseUnknown(c: Cursor): UnknownNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "unknown");
  const { unit: declared, label } = parseUnitAndLabel(c, "unknown", name);
  const distribution = parseAfterTilde(c, "unknown", name);
  const unit = declared ?? unitWritten(distribution);
  const provenance: ProvenanceNode[] = [];
  let knownBy: CalendarDate | null = null;
  parseClauses(
    c,
    "unknown",
    clauses(
      {
        known: () => {
          c.expectWord("by", "'by' and a date");
          knownBy = parseDate(c, "the date by which it will be known");
        },
      },
      provenanceClauses(c, provenance),
    ),
  );
  return { kind: "unknown", name, label, unit, distribution, provenance, knownBy, span: c.spanFrom(start) };
}

/** The unit of an interval's upper end, or else its lower one: `~ 2 to 5 eur/trip` says what it is in. */
function unitWritten(distribution: DistributionNode): UnitNode | null {
  if (distribution.kind === "truncated") return unitWritten(distribution.of);
  if (distribution.kind !== "interval") return null;
  const [high, low] = [distribution.high, distribution.low].map((end) => (end.kind === "number" ? end.unit : null));
  return high ?? low ?? null;
}

export function parseShock(c: Cursor): ShockNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "shock");
  const { unit, label } = parseUnitAndLabel(c, "shock", name);
  const distribution = parseAfterTilde(c, "shock", name);
  const provenance: ProvenanceNode[] = [];
  let every: ExpressionNode | null = null;
  parseClauses(
    c,
    "shock",
    clauses(
      {
        every: () => {
          every = parseExpression(c);
        },
      },
      provenanceClauses(c, provenance),
    ),
  );
  return { kind: "shock", name, label, unit, distribution, every, provenance, span: c.spanFrom(start) };
}

function parseAfterTilde(c: Cursor, declaration: "unknown" | "shock", name: Name): DistributionNode {
  if (c.take("~")) return parseDistribution(c);
  if (c.is("=")) {
    c.report("equals-for-tilde", c.spanOf(c.advance()), { declaration });
    return parseDistribution(c);
  }
  c.fail("missing-distribution", c.gap(), { declaration, name: name.text, found: c.found() });
  return { kind: "missing", span: c.gap() };
}

/** The `=` before a value; a `~` there is reported and read over. */
export function expectEquals(c: Cursor, declaration: "stock" | "let" | "table" | "outcome", wanted: string): void {
  if (c.is("~")) c.report("tilde-for-equals", c.spanOf(c.advance()), { declaration });
  else c.expect("=", wanted);
}

export function parseStock(c: Cursor): StockNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "stock");
  const { unit, label } = parseUnitAndLabel(c, "stock", name);
  expectEquals(c, "stock", "'=' and the stock's value at the start");
  const initial = whereLinesAreTerms(c, () => parseExpression(c));
  refuseReason(c, initial);
  const provenance: ProvenanceNode[] = [];
  const flows: TermNode[] = [];
  let within: RangeNode | null = null;
  const table = clauses(
    {
      within: () => {
        within = whereLinesAreTerms(c, () => parseRange(c));
      },
    },
    provenanceClauses(c, provenance),
  );
  // Clauses before the flows, but one after them does no harm.
  let before: number;
  do {
    before = c.position;
    parseFlows(c, flows);
    parseClauses(c, "stock", table);
  } while (c.position > before);
  return { kind: "stock", name, label, unit, initial, provenance, within, flows, span: c.spanFrom(start) };
}

/** A `because` on the stock's own line: where it follows something added, that is a flow and belongs on the next line. */
function refuseReason(c: Cursor, initial: ExpressionNode): void {
  if (!c.isWord("because") || isBare(c, initial, "+", "-") === null || initial.kind !== "binary") return;
  const fixes = [insertAt(c.document, initial.left.span.end, "\n ", false)];
  c.fail("because-not-here", c.spanOf(c.token), { declaration: "stock" }, [], fixes);
}

export function parseLet(c: Cursor): LetNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "let");
  const { unit, label } = parseUnitAndLabel(c, "let", name);
  expectEquals(c, "let", "'=' and what it is");
  const body = parseBody(c);
  const provenance: ProvenanceNode[] = [];
  parseClauses(c, "let", clauses({}, provenanceClauses(c, provenance)));
  return { kind: "let", name, label, unit, body, provenance, span: c.spanFrom(start) };
}

export function parseTable(c: Cursor): TableNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "table");
  let over: UnitNode | null = null;
  let unit = c.take(":") ? parseUnit(c) : takeBareUnit(c, "table", name);
  if (unit !== null && c.takeWord("over")) over = parseUnit(c);
  const label = takeLabel(c, "table", name);
  if (label !== null && c.is(":"))
    unit = parseLateUnit(c, label, () => {
      const of = parseUnit(c);
      if (c.takeWord("over")) over = parseUnit(c);
      return of;
    });
  expectEquals(c, "table", "'=' and pairs such as '0 -> 10%, 5 -> 40%'");
  const points = parsePairs(c);
  const provenance: ProvenanceNode[] = [];
  parseClauses(c, "table", clauses({}, provenanceClauses(c, provenance)));
  const span = c.spanFrom(start);
  if (points.length < 2) c.report("too-few", span, { declaration: "table", least: 2, things: "pairs 'x -> y'" });
  return { kind: "table", name, label, unit, over, points, provenance, span };
}

/** `x -> y, x -> y` */
export function parsePairs(c: Cursor): { readonly x: ExpressionNode; readonly y: ExpressionNode }[] {
  const points: { x: ExpressionNode; y: ExpressionNode }[] = [];
  do {
    const x = parseSum(c);
    c.expect("->", "'->' and the value there");
    points.push({ x, y: parseSum(c) });
  } while (!c.panicking && c.take(","));
  return points;
}

/** `each x in {a, b} …`; `parseDeclarations` reads what is repeated: one declaration, or those up to the brace when `true`. */
export function parseEach(c: Cursor, parseDeclarations: (inBraces: boolean) => Declaration[]): EachNode {
  const { start } = c.advance();
  const variable = parseDeclaredName(c, "each");
  c.expectWord("in", "'in' and the names it goes through");
  const list = c.spanOf(c.token);
  let elements: Name[] = [];
  if (c.expect("{", "'{' and the names it goes through")) {
    c.glue();
    elements = parseNames(c, "a name");
    closeList(c, list);
  }
  const open = c.spanOf(c.token);
  let declarations: Declaration[] = [];
  if (c.take("{")) {
    declarations = parseDeclarations(true);
    if (!c.take("}")) failForBracket(c, "}", open);
  } else if (!c.panicking) declarations = parseDeclarations(false);
  return { kind: "each", variable, elements, declarations, span: c.spanFrom(start) };
}
