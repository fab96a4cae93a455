/** The room's door: parses a document, whatever its text, into `[tree, diagnostics]`. */

import { nearest } from "#text/near.ts";
import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import type { Document } from "#text/span.ts";
import { refuse } from "./clauses.ts";
import { Cursor } from "./cursor.ts";
import {
  parseCase,
  parseClaim,
  parseCredencesTable,
  parseOneOf,
  parseSource,
  parseView,
  parseWording,
} from "./declarations-argument.ts";
import { parseActor, parseChoice, parseEvent, parsePolicy } from "./declarations-happening.ts";
import { parseConclusion, parseExpect, parseOutcome, parseSuppose } from "./declarations-inquiry.ts";
import { parseEvidence, parseForecast, parseRecord, parseTest } from "./declarations-record.ts";
import {
  parseEach,
  parseLet,
  parseShock,
  parseStock,
  parseTable,
  parseTime,
  parseUnitDeclaration,
  parseUnknown,
} from "./declarations-world.ts";
import { lex, type Lexed } from "./lexer.ts";
import { misnamedIn } from "./misnamed.ts";
import { withNamesJoined } from "./spaced-names.ts";
import { declarationMeant } from "./synonyms.ts";
import type { Token } from "./token.ts";
import type { Declaration, FileNode, Name } from "./tree.ts";
import { declarationWords, isDeclarationWord, type DeclarationWord } from "./words.ts";

const nothing: ReadonlySet<string> = new Set();

/** What an `each` may repeat. */
export const repeatable: ReadonlySet<Declaration["kind"]> = new Set([
  "stock",
  "let",
  "unknown",
  "shock",
  "event",
  "outcome",
  "policy",
  "expect",
  "each",
] as const);

/** What the formatter needs beside the tree. */
interface Parsed {
  readonly file: FileNode;
  readonly diagnostics: readonly Diagnostic[];
  readonly lexed: Lexed;
  readonly cursor: Cursor;
}

/**
 * Reads a document. Never throws: what cannot be read is reported, with its place and what to write instead, and the rest is read on.
 * The diagnostics are in order of place.
 */
export function parse(document: Document): [FileNode, readonly Diagnostic[]] {
  const lexed = lex(document);
  const [{ file, diagnostics }] = parseTogether([{ document, lexed }], misnamedIn(lexed.tokens)) as [Parsed];
  return [file, diagnostics];
}

/** Reads the documents of one case, in which a word that one declares as a name is a name in all. */
export function parseAll(documents: readonly Document[]): readonly [FileNode, readonly Diagnostic[]][] {
  const lexed = documents.map((document) => ({ document, lexed: lex(document) }));
  const misnamed = new Set(lexed.flatMap(({ lexed: { tokens } }) => [...misnamedIn(tokens)]));
  const parsed = parseTogether(lexed, misnamed);
  const places = parsed.flatMap(({ cursor }) => cursor.misnamedAt);
  return parsed.map(({ file, diagnostics }) => [file, diagnostics.map((found) => renamedEverywhere(found, places))]);
}

export function parseWhole(document: Document): Parsed {
  const lexed = lex(document);
  return parseLexed(document, lexed, misnamedIn(lexed.tokens));
}

interface LexedDocument {
  readonly document: Document;
  readonly lexed: Lexed;
}

/** A name that one text declares with spaces in it is reported there; all are read once more with it as one name. */
function parseTogether(texts: readonly LexedDocument[], misnamed: ReadonlySet<string>): readonly Parsed[] {
  const parsed = texts.map(({ document, lexed }) => parseLexed(document, lexed, misnamed));
  const spaced = parsed.flatMap(({ cursor }) => cursor.spacedNames);
  if (spaced.length === 0) return parsed;
  return texts.map(({ document, lexed }, i) => {
    const tokens = withNamesJoined(lexed.tokens, spaced);
    const again = parseLexed(document, { ...lexed, tokens }, misnamed);
    const reported = parsed[i]?.diagnostics.filter((d) => d.code === "space-in-name") ?? [];
    return { ...again, diagnostics: inOrder([...reported, ...again.diagnostics]) };
  });
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.span.start - b.span.start);
}

/** A reserved word is renamed wherever it stands as a name, not only where it is declared. */
function renamedEverywhere(found: Diagnostic, places: readonly Name[]): Diagnostic {
  const [fix] = found.fixes;
  const [edit] = fix?.edits ?? [];
  if (found.code !== "reserved-name" || fix === undefined || edit === undefined) return found;
  const own = places.find(({ span }) => span.document === found.span.document && span.start === found.span.start);
  const same = places.filter(({ text }) => text === own?.text);
  if (same.length < 2) return found;
  return { ...found, fixes: [{ ...fix, edits: same.map(({ span }) => ({ span, text: edit.text })) }] };
}

function parseLexed(document: Document, lexed: Lexed, misnamed: ReadonlySet<string>): Parsed {
  const end = lexed.tokens.at(-1) as Token;
  const cursor = new Cursor(document.name, lexed.tokens, end, misnamed);
  const declarations = parseDeclarations(cursor, false);
  const span = { document: document.name, start: 0, end: document.text.length };
  const diagnostics = inOrder([...lexed.diagnostics, ...cursor.diagnostics]);
  const { unread } = cursor;
  return { file: { document: document.name, declarations, unread, span }, diagnostics, lexed, cursor };
}

/** Declarations up to the end, or up to the brace that closes an `each`. */
function parseDeclarations(c: Cursor, inBraces: boolean): Declaration[] {
  const found: Declaration[] = [];
  while (!c.atEnd && !(inBraces && c.is("}"))) {
    const before = c.position;
    const declaration = inBraces ? parseRepeated(c) : parseDeclaration(c);
    if (declaration !== null) found.push(declaration);
    settle(c, declaration, inBraces);
    if (c.position === before && !(inBraces && c.is("}"))) c.advance();
  }
  return found;
}

/** After a declaration: what is left over is refused once, and skipped to where the next declaration begins. */
function settle(c: Cursor, declaration: Declaration | null, inBraces: boolean): void {
  const isDone = (): boolean =>
    c.atEnd || c.looksLikeDeclaration() || (inBraces && c.is("}")) || startsDeclaration(c) || isMisspelt(c);
  if (!c.panicking && !isDone()) refuse(c, declaration === null ? null : wordOf(declaration));
  while (c.panicking) {
    c.recover(nothing);
    // A brace that closes nothing we know of was part of what could not be read.
    if (c.is("}") && !inBraces) {
      c.advance();
      c.panicking = !isDone();
    }
  }
}

/** A declaration's word, first on its line, even where what follows is wrong. */
function startsDeclaration(c: Cursor): boolean {
  return c.token.first && c.token.kind === "name" && isDeclarationWord(c.token.text);
}

/** A word first on its line, near to a declaration's, and followed by what follows one. */
function isMisspelt(c: Cursor): boolean {
  const { token } = c;
  return token.kind === "name" && token.first && meantBy(c) !== null;
}

/** The declaration a misspelt word begins, by what follows it; null where it is near to none. */
function meantBy(c: Cursor): DeclarationWord | null {
  const next = c.peek(1);
  if (next.first) return null;
  const words =
    next.kind === "name" || next.kind === "string"
      ? declarationWords
      : next.kind === "date" || next.kind === "number"
        ? (["time"] as const)
        : [];
  const meant = next.kind === "name" ? declarationMeant(c.token.text) : null;
  if (meant !== null) return meant;
  const [near] = nearest(c.token.text, words, 1);
  return near !== undefined && isDeclarationWord(near) ? near : null;
}

function parseDeclaration(c: Cursor): Declaration | null {
  c.mark("declaration");
  const { token } = c;
  if (token.kind === "name" && isDeclarationWord(token.text))
    return c.nested(() => dispatch(c, token.text as DeclarationWord));
  if (token.kind === "name") {
    const known = declarationWords.map((w) => (w === "one" ? "one of" : w));
    const meant = c.panicking ? null : meantBy(c);
    if (meant !== null) {
      c.report("unknown-declaration", c.spanOf(token), { word: token.text, near: [meant], known });
      return c.nested(() => dispatch(c, meant));
    }
    const near = nearest(token.text, declarationWords);
    c.fail("unknown-declaration", c.spanOf(token), { word: token.text, near, known });
    c.advance();
  } else {
    refuse(c, null);
    c.advance();
  }
  return null;
}

function dispatch(c: Cursor, word: DeclarationWord): Declaration {
  switch (word) {
    case "case":
      return parseCase(c);
    case "source":
      return parseSource(c);
    case "time":
      return parseTime(c);
    case "unit":
      return parseUnitDeclaration(c);
    case "wording":
      return parseWording(c);
    case "credences":
      return parseCredencesTable(c);
    case "claim":
      return parseClaim(c);
    case "one":
      return parseOneOf(c);
    case "unknown":
      return parseUnknown(c);
    case "view":
      return parseView(c);
    case "actor":
      return parseActor(c);
    case "choice":
      return parseChoice(c);
    case "policy":
      return parsePolicy(c);
    case "stock":
      return parseStock(c);
    case "let":
      return parseLet(c);
    case "table":
      return parseTable(c);
    case "shock":
      return parseShock(c);
    case "event":
      return parseEvent(c);
    case "each":
      return parseEach(c, (inBraces) => (inBraces ? parseDeclarations(c, true) : parseOne(c)));
    case "outcome":
      return parseOutcome(c);
    case "conclusion":
      return parseConclusion(c);
    case "suppose":
      return parseSuppose(c);
    case "expect":
      return parseExpect(c);
    case "record":
      return parseRecord(c);
    case "test":
      return parseTest(c);
    case "evidence":
      return parseEvidence(c);
    case "forecast":
      return parseForecast(c);
  }
}

function parseOne(c: Cursor): Declaration[] {
  const declaration = c.atEnd ? null : parseRepeated(c);
  return declaration === null ? [] : [declaration];
}

/** What an `each` repeats. Of a declaration that it cannot repeat nothing else is reported. */
function parseRepeated(c: Cursor): Declaration | null {
  const reported = c.diagnostics.length;
  const declaration = parseDeclaration(c);
  if (declaration === null || repeatable.has(declaration.kind)) return declaration;
  const kind = declaration.kind === "oneOf" ? "one of" : declaration.kind;
  c.diagnostics.splice(reported, Infinity, diagnose("not-in-each", declaration.span, { kind }));
  return declaration;
}

function wordOf(declaration: Declaration): DeclarationWord {
  return declaration.kind === "oneOf" ? "one" : declaration.kind;
}
