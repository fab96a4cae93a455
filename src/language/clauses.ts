/** Parses lists of clauses, in braces or bare, word by word for the declaration that owns them; and the clauses many share. */

import { nearest } from "#text/near.ts";
import { replaceBy } from "#text/fix.ts";
import type { Span } from "#text/span.ts";
import { describe, isSymbol, type Cursor } from "./cursor.ts";
import { failForBracket, parseExpression } from "./expressions.ts";
import { takeBareUnit, takeLabel } from "./labels.ts";
import type { CalendarDate, CredenceNode, ExpressionNode, Name, ProvenanceNode, Text, UnitNode } from "./tree.ts";
import { clauseMeant, monthCalled } from "./synonyms.ts";
import { parseUnit } from "./units.ts";
import type { Token } from "./token.ts";
import { declarationWords, isDeclarationWord, isKept, markWords, reserved, type DeclarationWord } from "./words.ts";

/** What follows a clause's word. `once` clauses are refused the second time, under the name they share. */
export interface Clause {
  readonly once: string | null;
  readonly parse: (word: string) => void;
}

type Clauses = ReadonlyMap<string, Clause>;

/** Clauses by word: `many` may come again, `once` may not. */
export function clauses(
  once: Readonly<Record<string, (word: string) => void>>,
  many: Readonly<Record<string, (word: string) => void>> = {},
): Map<string, Clause> {
  const table = new Map<string, Clause>();
  for (const [word, parse] of Object.entries(once)) table.set(word, { once: word, parse });
  for (const [word, parse] of Object.entries(many)) table.set(word, { once: null, parse });
  return table;
}

/** Adds clauses of which only one may stand: the four marks, the four timings. */
export function addAlternatives(
  table: Map<string, Clause>,
  shared: string,
  words: readonly string[],
  parse: (word: string) => void,
): void {
  for (const word of words) table.set(word, { once: shared, parse });
}

/** Reads clauses as long as they come; stops at the first token that begins none. */
export function parseClauses(c: Cursor, owner: DeclarationWord, table: Clauses): void {
  const seen = new Map<string, Span>();
  const before = c.followers;
  c.followers = new Set(table.keys());
  for (;;) {
    if (c.panicking) c.recover(table);
    if (!table.has(c.token.text) && c.atDeclaration) break;
    const word = clauseWord(c, owner, table, false);
    if (word === null) break;
    runClause(c, owner, table, word, seen);
  }
  c.followers = before;
}

/** Reads `{ clauses }`; a token that begins no clause goes to `entry`, which says whether it read something. */
export function parseBlock(
  c: Cursor,
  owner: DeclarationWord,
  table: Clauses,
  entry: () => boolean = () => false,
): void {
  while (c.panicking && !c.is("{") && !c.is("}") && !c.atEnd && !c.atDeclaration) c.advance();
  const open = c.spanOf(c.token);
  if (!c.is("{")) {
    if (!table.has(c.token.text) || c.atDeclaration)
      return c.fail("expected", c.gap(), { wanted: `'{' and what the ${owner} says`, found: c.found() });
    const word = c.token;
    const told = c.diagnostics.length;
    parseClauses(c, owner, table);
    if (told < c.diagnostics.length && c.panicking) return;
    const edits = [
      { span: { ...c.spanOf(word), end: word.start }, text: "{ " },
      { span: { ...c.spanOf(c.previous), start: c.previous.end }, text: " }" },
    ];
    const fix = { title: "put it in braces", edits, isSure: true };
    return c.report("missing-brace", c.spanOf(word), { declaration: owner, word: word.text }, [], [fix]);
  }
  c.advance();
  c.panicking = false;
  const seen = new Map<string, Span>();
  const before = c.followers;
  c.followers = new Set(table.keys());
  while (!c.take("}")) {
    if (c.atEnd || (c.atDeclaration && !table.has(c.token.text))) {
      failForBracket(c, "}", open);
      break;
    }
    const start = c.position;
    if (c.is(",") && start > 0 && !c.panicking) {
      c.skip();
      continue;
    }
    c.mark("clause");
    const word = table.has(c.token.text) ? clauseWord(c, owner, table, true) : null;
    if (word !== null) runClause(c, owner, table, word, seen);
    else if (!entry()) {
      const near = clauseWord(c, owner, table, true);
      if (near !== null) runClause(c, owner, table, near, seen);
      else refuse(c, owner, [...table.keys()]);
    }
    if (c.panicking) c.recover(table);
    if (c.position === start && !c.is("}") && !c.atEnd && !c.atDeclaration) c.advance();
  }
  c.followers = before;
}

function runClause(c: Cursor, owner: DeclarationWord, table: Clauses, word: string, seen: Map<string, Span>): void {
  const clause = table.get(word);
  if (clause === undefined) return;
  const span = c.spanOf(c.token);
  const first = clause.once === null ? undefined : seen.get(clause.once);
  if (first !== undefined)
    c.report("duplicate-clause", span, { clause: clause.once ?? word, declaration: owner }, [
      { message: "first given here", span: first },
    ]);
  else if (clause.once !== null) seen.set(clause.once, span);
  c.mark("clause");
  c.advance();
  // A mark may be the last word before the colon of a conclusion.
  if (!markWords.some((mark) => mark === word)) c.skipSign();
  clause.parse(word);
}

/** The clause the next token begins; a misspelt one is reported and taken for what it is nearest to. */
function clauseWord(c: Cursor, owner: DeclarationWord, table: Clauses, inBraces: boolean): string | null {
  const { token } = c;
  if (token.kind !== "name" || c.panicking) return null;
  if (table.has(token.text)) return token.text;
  const meant = meantClause(c, table);
  if (meant !== null) {
    c.report("unknown-clause", c.spanOf(token), {
      word: token.text,
      declaration: owner,
      near: [meant],
      known: [...table.keys()],
    });
    return meant;
  }
  if (reserved.has(token.text)) return null;
  const candidates = inBraces || !token.first ? [...table.keys()] : [...table.keys(), ...declarationWords];
  const [near] = nearest(token.text, candidates, 1);
  if (near === undefined || !table.has(near)) return null;
  c.report("unknown-clause", c.spanOf(token), {
    word: token.text,
    declaration: owner,
    near: [near],
    known: [...table.keys()],
  });
  return near;
}

/** Clauses of two words, by the first. */
const phraseOf: ReadonlyMap<string, string> = new Map([
  ["as", "as of"],
  ["every", "every claim"],
  ["leaves", "leaves out"],
  ["reply", "reply to"],
]);

/** The clause that another word was written for. `source` begins a declaration, unless a text follows it. */
function meantClause(c: Cursor, table: Clauses): string | null {
  const { token } = c;
  return token.text === "source" && c.peek(1).kind !== "string" ? null : clauseMeant(token.text, table);
}

/** Reports the next token, which cannot stand where it does, under the code that says most about it. */
export function refuse(c: Cursor, owner: DeclarationWord | null, known: readonly string[] = []): void {
  const { token, previous } = c;
  const span = c.spanOf(token);
  const next = c.peek(1);
  const touching = c.position > 0 && !token.first;
  if (token.kind === "symbol" && (token.text === ")" || token.text === "]" || token.text === "}")) {
    c.fail("stray-bracket", span, { bracket: token.text });
  } else if (token.kind === "name" && token.text === "because" && owner !== null) {
    c.fail("because-not-here", span, { declaration: owner });
  } else if (token.kind === "name" && markWords.some((word) => word === token.text) && owner !== null) {
    c.fail("mark-not-here", span, { mark: token.text, declaration: owner });
  } else if (token.text === "per" && touching && previous.kind === "name" && next.kind === "name" && !next.first) {
    const around = { ...span, start: previous.end, end: next.start };
    c.fail("spaced-unit", span, { unit: `${previous.text}/${next.text}` }, [], [replaceBy(around, "/")]);
  } else if (token.kind === "name" && token.text === "to") {
    c.fail("interval-not-here", span, {});
  } else if (token.kind === "name" && token.text === "if") {
    c.fail("if-not-here", span, {});
  } else if (isSymbol(token, "|")) {
    c.fail("bar-not-here", span, {});
  } else if (token.kind === "name" && reserved.has(token.text) && !isDeclarationWord(token.text) && owner !== null) {
    c.fail("clause-not-here", span, { word: token.text, declaration: owner, known });
  } else if (token.kind === "name" && previous.kind === "percent" && touching) {
    const whole = { ...span, start: previous.start };
    const { text: percent } = previous;
    const fixes = [replaceBy(whole, `${percent.slice(0, -1)} percent/${token.text}`)];
    c.fail("unit-after-percent", span, { percent, word: token.text }, [], fixes);
  } else if (touching && isOperand(c) && previousIsOperand(c)) {
    const isTimes = token.text === "x" && next.kind !== "end" && !next.first;
    const near = isTimes ? ["*"] : token.kind === "name" ? nearest(token.text, [...known, "and", "or"]) : [];
    const fixes = isTimes ? [replaceBy(span, "*")] : [];
    c.fail("nothing-between", span, { left: describe(previous), right: c.found(), near }, [], fixes);
  } else if (owner !== null && token.kind === "name" && known.length > 0) {
    const phrases = known.map((word) => phraseOf.get(word) ?? word);
    const near = nearest(token.text, phrases, 1);
    c.fail("unknown-clause", span, { word: token.text, declaration: owner, near, known: phrases });
  } else {
    c.fail("unexpected", span, { found: c.found(), after: owner });
  }
}

function isOperand(c: Cursor): boolean {
  const { kind } = c.token;
  return (
    kind === "name" || kind === "number" || kind === "percent" || kind === "date" || kind === "string" || c.is("(")
  );
}

function previousIsOperand(c: Cursor): boolean {
  const { previous } = c;
  return previous.kind === "symbol" ? previous.text === ")" || previous.text === "]" : previous.kind !== "string";
}

// ---- what many declarations share

/** The name a declaration gives. A wrong one is reported and stands as it is, so that the rest can be read. */
export function parseDeclaredName(c: Cursor, owner: DeclarationWord): Name {
  const { token } = c;
  const span = c.spanOf(token);
  if (token.kind !== "name" || (token.first && c.atDeclaration)) {
    c.fail("missing-name", c.gap(), { declaration: owner, found: c.found() });
    return { text: "", span: c.gap() };
  }
  if (isKept(token.text, owner)) c.report("reserved-name", span, { word: token.text });
  c.advance();
  if (!(c.is("-") && !c.token.spaced && !c.peek(1).spaced)) return c.named(token);
  while (c.is("-") && !c.token.spaced && !c.peek(1).spaced) {
    c.advance();
    c.advance();
  }
  const whole = c.spanFrom(token.start);
  const parts = c.tokens.filter((t) => t.start >= token.start && t.end <= c.previous.end).map((t) => t.text);
  const name = parts.join("");
  const text = name.replaceAll("-", "_");
  const writtenClose = () => c.runsOf(parts, (t, previous) => t.start === previous.end);
  c.report("hyphen-in-name", whole, { name }, [], [c.renaming(text, whole, writtenClose)]);
  return { text, span: whole };
}

/** `[':' unit]` and `[STRING]`, in this order. */
export function parseUnitAndLabel(
  c: Cursor,
  owner: "unknown" | "shock" | "stock" | "let" | "outcome",
  name: Name,
): { unit: UnitNode | null; label: Text | null } {
  if (c.is("=") && isUnitAhead(c)) {
    const span = c.spanOf(c.advance());
    c.report("unit-without-colon", span, { name: name.text, unit: c.token.text }, [], [replaceBy(span, ":")]);
    return { unit: parseUnit(c), label: takeLabel(c, owner, name) };
  }
  let unit = c.take(":") ? parseUnit(c) : takeBareUnit(c, owner, name);
  let label = takeLabel(c, owner, name);
  // After a name of several words, which has been reported.
  if (unit === null && label === null && c.take(":")) {
    unit = parseUnit(c);
    label = c.text();
  }
  if (label !== null && c.is(":")) unit = parseLateUnit(c, label, () => parseUnit(c));
  return { unit, label };
}

/** After an `=`: a unit and a label, and then the sign that belongs there. */
function isUnitAhead(c: Cursor): boolean {
  let at = 1;
  while (!c.peek(at).first && (c.peek(at).kind === "name" || c.peek(at).text === "/")) at += 1;
  const [label, sign] = [c.peek(at), c.peek(at + 1)];
  return at > 1 && label.kind === "string" && !label.first && (isSymbol(sign, "~") || isSymbol(sign, "="));
}

/** A unit that stands after the label; the fix moves it before. */
export function parseLateUnit(c: Cursor, label: Text, parse: () => UnitNode | null): UnitNode | null {
  const colon = c.spanOf(c.advance());
  const from = c.token.start;
  const unit = parse();
  const written = c.tokens
    .filter((t) => t.start >= from && t.end <= c.previous.end)
    .map((t) => (t.kind === "name" && t.text === "over" ? " over " : t.text))
    .join("");
  const edits = [
    { span: { ...label.span, end: label.span.start }, text: `: ${written} ` },
    { span: { ...label.span, start: label.span.end, end: c.previous.end }, text: "" },
  ];
  c.report("unit-after-label", colon, {}, [], [{ title: "move the unit before the label", edits, isSure: true }]);
  return unit;
}

/** A name where one must stand. */
export function parseName(c: Cursor, wanted: string): Name {
  const { token } = c;
  const name = c.name();
  if (name !== null) return name;
  if (token.kind === "string" && /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(token.value) && !reserved.has(token.value)) {
    const span = c.spanOf(c.advance());
    c.report("name-in-quotes", span, { name: token.value });
    return { text: token.value, span };
  }
  if (token.kind === "name" && !c.atDeclaration) {
    c.report("reserved-name", c.spanOf(token), { word: token.text });
    c.advance();
    return { text: token.text, span: c.spanOf(token) };
  }
  c.fail("expected", c.gap(), { wanted, found: c.found() });
  return { text: "", span: c.gap() };
}

/** `NAME, NAME, …` */
export function parseNames(c: Cursor, wanted: string): Name[] {
  const names = [parseName(c, wanted)];
  while (c.take(",") || takeAndForComma(c)) names.push(parseName(c, wanted));
  return names;
}

/** `and` between names is reported and read as the comma it stands for. */
function takeAndForComma(c: Cursor): boolean {
  const { token, previous } = c;
  if (!c.isWord("and") || c.peek(1).kind !== "name" || c.panicking) return false;
  const around = { ...c.spanOf(token), start: previous.end };
  c.report("missing-comma", c.spanOf(token), { found: "'and'" }, [], [replaceBy(around, ",")]);
  c.advance();
  return true;
}

export function parseText(c: Cursor, wanted: string): Text | null {
  const text = c.text() ?? takeBareText(c, wanted);
  if (text === null) c.fail("missing-text", c.gap(), { wanted, found: c.found() });
  return text;
}

/** Words or a figure where a text in quotes must stand, up to the end of the line or what goes on; null, with nothing read, where there are none. */
function takeBareText(c: Cursor, wanted: string): Text | null {
  const ends = (next: Token): boolean =>
    next.first ||
    (next.kind !== "name" && next.kind !== "number" && next.kind !== "date") ||
    reserved.has(next.text) ||
    c.followers.has(next.text);
  if (ends(c.token) || c.panicking || c.peek(1).kind === "string") return null;
  const found = c.found();
  const { start } = c.token;
  while (!ends(c.token)) c.advance();
  const span = c.spanFrom(start);
  const text = c.written(span);
  c.report("missing-text", span, { wanted, found }, [], [replaceBy(span, JSON.stringify(text))]);
  return { text, span };
}

/** The comma of a list; one before the next clause, or the next entry of a block, is reported and read over. */
export function takeComma(c: Cursor, isEntry: () => boolean = () => false): boolean {
  if (!c.is(",")) return false;
  const next = c.peek(1);
  if (next.kind === "name" && (c.followers.has(next.text) || isEntry())) {
    c.skip();
    return false;
  }
  c.advance();
  return true;
}

/** One text or several, with or without commas. */
export function parseTexts(c: Cursor, wanted: string): Text[] {
  const texts: Text[] = [];
  do {
    const text = parseText(c, wanted);
    if (text !== null) texts.push(text);
    while (c.token.kind === "string") {
      const more = c.text();
      if (more !== null) texts.push(more);
    }
  } while (takeComma(c));
  return texts;
}

export function parseDate(c: Cursor, wanted: string): CalendarDate | null {
  const { token } = c;
  if (token.kind === "date") {
    c.advance();
    return token.date;
  }
  const prose = takeProseDate(c);
  if (prose !== null) return prose;
  c.fail("missing-date", c.gap(), { wanted, found: c.found() });
  return null;
}

/** `January 2026`, `3 January 2026` and `01/2026`, reported with the form that they have here; null, with nothing read, for all else. */
export function takeProseDate(c: Cursor): CalendarDate | null {
  const [first, second, third] = [c.token, c.peek(1), c.peek(2)];
  const isDay = first.kind === "number" && monthCalled(second.text) !== null;
  const named = monthCalled(isDay ? second.text : first.text);
  const isSlashed = first.kind === "number" && isSymbol(second, "/") && third.kind === "number" && first.value <= 12;
  const [year, month, length] =
    named !== null
      ? [isDay ? third : second, named, isDay ? 3 : 2]
      : isSlashed
        ? [third, first.value, 3]
        : [null, 0, 0];
  if (year === null || year.kind !== "number" || !/^\d{4}$/.test(year.text) || month < 1 || c.panicking) return null;
  const day = isDay && first.kind === "number" ? first.value : null;
  const found = c.found();
  for (let i = 0; i < length; i++) c.advance();
  const span = c.spanFrom(first.start);
  const written = [year.text, ...[month, ...(day === null ? [] : [day])].map((n) => String(n).padStart(2, "0"))].join(
    "-",
  );
  c.report("missing-date", span, { wanted: "a date", found }, [], [replaceBy(span, written)]);
  return { year: year.value, month, day: day ?? 1, span };
}

/** `60%`, `0.6` or a word of the wording. */
export function parseCredenceValue(c: Cursor): ExpressionNode {
  const { token } = c;
  const span = c.spanOf(token);
  if (token.kind === "percent" || token.kind === "number") {
    c.advance();
    return { kind: "number", value: token.value, percent: token.kind === "percent", unit: null, span };
  }
  const word = c.name();
  if (word !== null) return { kind: "name", name: word, span };
  c.fail("missing-credence", c.gap(), { found: c.found() });
  return c.missing();
}

/** A credence and what it is given. */
function parseCredence(c: Cursor): CredenceNode {
  const start = c.token.start;
  const value = parseCredenceValue(c);
  const given = c.takeWord("given") ? parseExpression(c) : null;
  return { value, given, span: c.spanFrom(start) };
}

/** `credence, credence, …` */
export function parseCredences(c: Cursor): CredenceNode[] {
  const list = [parseCredence(c)];
  while (takeComma(c, () => isEntryAhead(c))) list.push(parseCredence(c));
  return list;
}

/** After a comma: a name and its credence, not a word of the wording and what it is given. */
function isEntryAhead(c: Cursor): boolean {
  const [value, after] = [c.peek(2), c.peek(3)];
  if (value.kind === "percent" || value.kind === "number") return true;
  if (value.kind === "symbol") return (value.text === ":" || value.text === "=") && after.kind !== "symbol";
  return value.kind === "name" && !reserved.has(value.text);
}

/** The clauses `from "citation"` and `judged "why"`, which may each come more than once. */
export function provenanceClauses(c: Cursor, into: ProvenanceNode[]): Record<"from" | "judged", () => void> {
  return {
    from: () => {
      for (const citation of parseTexts(c, "where the figure comes from")) into.push({ kind: "cited", citation });
    },
    judged: () => {
      into.push({ kind: "judged", why: c.text() ?? bareReason(c) });
    },
  };
}

/** Words without quotes after `judged`, which may stand alone: in a view, an entry may follow it. */
function bareReason(c: Cursor): Text | null {
  if (c.followers.has("evidence") || c.token.kind !== "name" || c.looksLikeDeclaration()) return null;
  return takeBareText(c, "why it is judged so");
}
