/** Reads the label behind a declared name, and says what words without quotes in its place were meant for: a label, a unit, or more of the name. */

import { insertAt, replaceBy } from "#text/fix.ts";
import { nearest } from "#text/near.ts";
import type { Span } from "#text/span.ts";
import { isSymbol, writtenAs, type Cursor } from "./cursor.ts";
import { joinedName, type SpacedName } from "./spaced-names.ts";
import type { Token } from "./token.ts";
import type { Name, Text, UnitNode } from "./tree.ts";
import { parseUnit } from "./units.ts";
import { clauseMeant } from "./synonyms.ts";
import { markWords, reserved } from "./words.ts";

/** What has a name and a label: a declaration, or one of the options that a choice or a policy lists. */
type Labelled = keyof typeof following;

const timings = ["rate", "at", "every", "on", "when", "because", "then", "repeats", ...markWords];

/** The words that go on after the label. */
const following = {
  case: [],
  claim: ["at", "credence", "side", "from", "note"],
  unit: [],
  unknown: [],
  shock: [],
  stock: [],
  let: [],
  table: [],
  outcome: [],
  view: ["like", "for"],
  actor: ["sees", "takes", "values"],
  choice: ["by", "at", "knowing"],
  "option of a choice": ["default", ...markWords],
  policy: ["by", "sharpness", "option", ...timings],
  "option of a policy": [],
  event: timings,
  conclusion: ["of", ...markWords],
  expect: markWords,
  suppose: ["set", "hold", "force", "forbid"],
  record: ["file", "column", "cluster", "count", "known", "from"],
  test: ["of", "on"],
  evidence: ["at", "by", "of"],
  forecast: ["of", "by"],
} as const;

/** Words that begin a clause only before one of these. */
const before: ReadonlyMap<string, readonly string[]> = new Map([
  ["for", ["readers", "actors"]],
  ["then", ["set", "add", "stop"]],
]);

/** Words that a name follows, and no figure. */
const naming: ReadonlySet<string> = new Set(["of", "on", "like", "knowing", "sees", "takes"]);

/** Words that are a clause by themselves. */
const alone: ReadonlySet<string> = new Set(["repeats", ...markWords]);

/** May follow the name in a clause, and are no words of the language elsewhere. */
const amid: ReadonlySet<string> = new Set(["for", "error"]);

/** Signs that a label may well hold; any other ends it. */
const within: ReadonlySet<string> = new Set([",", ".", "-", "/"]);

/** The label, or null; words without quotes are reported, and taken for what they were meant for. */
export function takeLabel(c: Cursor, owner: Labelled, name: Name): Text | null {
  const label = c.text();
  if (label !== null) return label;
  const words = bareWords(c, owner);
  const [first] = words;
  if (first === undefined) return null;
  c.position += words.length;
  if (isStringHere(c) || isNameElsewhere(c, name, words)) {
    reportSpaces(c, name, words);
    return c.text();
  }
  return reportBareLabel(c, name, words);
}

/** The unit of a declaration that may have one, where its colon is missing; null where there is no unit. */
export function takeBareUnit(c: Cursor, owner: Labelled, name: Name): UnitNode | null {
  const words = bareWords(c, owner);
  const [first] = words;
  if (first === undefined) return null;
  const spaced = words.findIndex((t, i) => i > 0 && t.spaced);
  const unit = spaced < 0 ? words : words.slice(0, spaced);
  const goesOn = spaced >= 0 && !(owner === "table" && words[spaced]?.text === "over");
  const next = c.peek(words.length);
  const isLabelled = next.kind === "string" && !next.first;
  if (goesOn || isSymbol(next, ":") || !(isLabelled || isUnitElsewhere(c, first))) return null;
  const span = spanOver(c, unit);
  const parts = { name: name.text, unit: writtenAs(unit) };
  c.report("unit-without-colon", span, parts, [], [insertAt(c.document, span.start, ": ")]);
  return parseUnit(c);
}

/** Whether there are at least so many words here, and no text in quotes after them. */
export function isBareLabel(c: Cursor, owner: Labelled, least: number): boolean {
  const { length } = bareWords(c, owner);
  const next = c.peek(length);
  return length >= least && (next.kind !== "string" || next.first);
}

function reportBareLabel(c: Cursor, name: Name, words: readonly Token[]): Text {
  const span = spanOver(c, words);
  const text = writtenAs(words);
  c.report("label-without-quotes", span, { name: name.text, label: text }, [], [replaceBy(span, JSON.stringify(text))]);
  return { text, span };
}

/** Words between a name and its label are more of the name: they are joined wherever they are next to one another. */
function reportSpaces(c: Cursor, name: Name, words: readonly Token[]): void {
  const parts = partsOfName(name, words);
  c.spacedNames.push(parts);
  const text = joinedName(parts);
  const whole = { ...name.span, end: words.at(-1)?.end ?? name.span.end };
  const places = () => runsOnOneLine(c, parts);
  c.report("space-in-name", whole, { name: parts.join(" "), joined: text }, [], [c.renaming(text, whole, places)]);
}

function partsOfName(name: Name, words: readonly Token[]): SpacedName {
  return [name.text, ...words.filter((t) => t.kind === "name" || t.kind === "number").map((t) => t.text)];
}

function runsOnOneLine(c: Cursor, parts: SpacedName): readonly Span[] {
  return c.runsOf(parts, (t) => !t.first);
}

/** The same words follow one another elsewhere too: no label does that. */
function isNameElsewhere(c: Cursor, name: Name, words: readonly Token[]): boolean {
  const parts = partsOfName(name, words);
  if (parts.length < 1 + words.length || parts.some((part) => c.placesOf(part).length < 2)) return false;
  return runsOnOneLine(c, parts).length > 1;
}

/** Words on this line up to what goes on after the label; none where a clause begins, written rightly or nearly so. */
function bareWords(c: Cursor, owner: Labelled): readonly Token[] {
  const follow = new Set<string>(following[owner]);
  const { token } = c;
  if (token.kind !== "name" || token.first || reserved.has(token.text) || c.panicking) return [];
  if (clauseMeant(token.text, follow) !== null) return [];
  const [near] = /^\p{Lu}/u.test(token.text) ? [] : nearest(token.text, follow, 1);
  if (beginsClause(c, 0, follow) || (near !== undefined && beginsClause(c, 0, follow, near))) return [];
  const words: Token[] = [];
  for (let next = c.peek(0); isOfLabel(next, owner); next = c.peek(words.length)) {
    if (words.length > 0 && (next.first || beginsClause(c, words.length, follow))) break;
    words.push(next);
  }
  while (words.at(-1)?.text === "," || words.at(-1)?.text === "-") words.pop();
  return words;
}

function isOfLabel(token: Token, owner: Labelled): boolean {
  switch (token.kind) {
    case "name":
    case "number":
    case "percent":
    case "date":
      return true;
    case "symbol":
      return within.has(token.text) && !(token.text === "," && owner === "option of a choice");
    case "string":
    case "end":
      return false;
  }
}

/** The word there goes on with the declaration: what follows it is a value or a name alone, not the next word of a sentence. */
function beginsClause(c: Cursor, at: number, follow: ReadonlySet<string>, word = c.peek(at).text): boolean {
  if (c.peek(at).kind !== "name" || !follow.has(word)) return false;
  const next = c.peek(at + 1);
  if (next.first) return true;
  const only = before.get(word);
  if (only !== undefined) return only.includes(next.text) || isSymbol(c.peek(at + 2), "{");
  if (next.kind !== "name")
    return next.kind === "symbol" ? !within.has(next.text) || next.text === "-" : !naming.has(word);
  if (alone.has(word)) return follow.has(next.text) || reserved.has(next.text);
  if (follow.has(next.text)) return false;
  const after = c.peek(at + 2);
  return (
    after.kind !== "name" || after.first || reserved.has(after.text) || follow.has(after.text) || amid.has(after.text)
  );
}

/** The word is a unit somewhere in this file: it is declared as one, or comes after a colon or a number. */
function isUnitElsewhere(c: Cursor, word: Token): boolean {
  const known = c.unitWords.get(word.text);
  if (known !== undefined) return known;
  const is = c.placesOf(word.text).some((i) => {
    const previous = c.tokens[i - 1];
    if (previous === undefined) return false;
    return (
      isSymbol(previous, ":") ||
      previous.text === "unit" ||
      (previous.kind === "number" && c.tokens[i]?.first === false)
    );
  });
  c.unitWords.set(word.text, is);
  return is;
}

function isStringHere(c: Cursor): boolean {
  return c.token.kind === "string" && !c.token.first;
}

function spanOver(c: Cursor, tokens: readonly Token[]): Span {
  return { document: c.document, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
