/** Parses what is argued, and by whom: `case`, `source`, `wording`, `claim`, `one of` and `view`. */

import { insertAt, replaceBy } from "#text/fix.ts";
import { nearest } from "#text/near.ts";
import type { Span } from "#text/span.ts";
import {
  clauses,
  parseBlock,
  parseClauses,
  parseCredences,
  parseCredenceValue,
  parseDate,
  parseDeclaredName,
  parseName,
  parseNames,
  parseText,
  parseTexts,
  provenanceClauses,
  takeComma,
} from "./clauses.ts";
import { isSymbol, type Cursor } from "./cursor.ts";
import { parseDistribution } from "./distributions.ts";
import { failForBracket, parseExpression, parseTarget } from "./expressions.ts";
import { isBareLabel, takeLabel } from "./labels.ts";
import type {
  CalendarDate,
  CaseNode,
  ClaimNode,
  CorrectionNode,
  CredenceNode,
  CredencesNode,
  ExpressionNode,
  LocatorNode,
  Name,
  OneOfNode,
  ProvenanceNode,
  SourceNode,
  Text,
  ViewNode,
  ViewRole,
  WordingNode,
} from "./tree.ts";
import { kindMeant } from "./synonyms.ts";
import { claimKinds } from "./words.ts";

export function parseCase(c: Cursor): CaseNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "case");
  const label = parseLabel(c, "case", name);
  let modeller: Text | null = null;
  let version: Text | null = null;
  let language: Text | null = null;
  let asOf: CalendarDate | null = null;
  const notes: Text[] = [];
  const leavesOut: Text[] = [];
  let reply: Text | null = null;
  const corrections: CorrectionNode[] = [];
  const leading: Name[] = [];
  let situation: ExpressionNode | null = null;
  const table = clauses(
    {
      modeller: () => {
        modeller = parseText(c, "who made the model");
      },
      version: () => {
        version = parseText(c, "the version");
      },
      language: () => {
        const tag = parseText(c, "the tag of the language the case is written in");
        if (tag !== null && !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag.text))
          c.report("expected", tag.span, { wanted: 'the tag of a language, such as "de"', found: `'${tag.text}'` });
        else language = tag;
      },
      as: () => {
        c.expectWord("of", "'of' and a date");
        asOf = parseDate(c, "the date up to which the case knows");
      },
      reply: () => {
        c.expectWord("to", "'to' and an address for replies");
        reply = parseText(c, "an address for replies");
      },
      situation: () => {
        situation = parseExpression(c);
      },
      leading: () => {
        leading.push(...parseNames(c, "a conclusion"));
      },
    },
    {
      note: () => {
        notes.push(...parseTexts(c, "the note"));
      },
      leaves: () => {
        c.expectWord("out", "'out' and what the case leaves out");
        leavesOut.push(...parseTexts(c, "what the case leaves out"));
      },
      correction: () => {
        const from = c.token.start;
        const date = parseDate(c, "the date on which it was put right");
        const text = date === null ? null : parseText(c, "what was wrong and what it says now");
        if (date !== null && text !== null) corrections.push({ date, text, span: c.spanFrom(from) });
      },
    },
  );
  if (c.is("{")) parseBlock(c, "case", table);
  const span = c.spanFrom(start);
  return {
    kind: "case",
    name,
    label,
    modeller,
    version,
    language,
    asOf,
    notes,
    leavesOut,
    reply,
    corrections,
    leading,
    situation,
    span,
  };
}

export function parseSource(c: Cursor): SourceNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "source");
  let title: Text | null = null;
  let author: Text | null = null;
  let year: number | null = null;
  let publisher: Text | null = null;
  let sha256: Text | null = null;
  parseBlock(
    c,
    "source",
    clauses({
      title: () => {
        title = parseText(c, "the title");
      },
      author: () => {
        author = parseText(c, "the author");
      },
      year: () => {
        if (c.token.kind === "number" && Number.isInteger(c.token.value)) {
          year = c.token.value;
          c.advance();
        } else c.fail("expected", c.gap(), { wanted: "a year such as 2022", found: c.found() });
      },
      publisher: () => {
        publisher = parseText(c, "the publisher");
      },
      sha256: () => {
        sha256 = parseText(c, "the SHA-256 of the document");
      },
    }),
  );
  return { kind: "source", name, label: null, title, author, year, publisher, sha256, span: c.spanFrom(start) };
}

export function parseWording(c: Cursor): WordingNode {
  const { start } = c.advance();
  const words: { name: Name; credence: ExpressionNode }[] = [];
  parseBlock(c, "wording", new Map(), () => {
    const name = c.name();
    if (name === null) return false;
    c.skipSign();
    words.push({ name, credence: parseCredenceValue(c) });
    return true;
  });
  return { kind: "wording", words, span: c.spanFrom(start) };
}

/** A row begins with a claim on a line of its own, or where the one before is full. */
export function parseCredencesTable(c: Cursor): CredencesNode {
  const { start } = c.advance();
  const views = parseNames(c, "a view");
  const rows: CredencesNode["rows"][number][] = [];
  parseBlock(c, "credences", new Map(), () => {
    const from = c.token.start;
    const claim = c.name();
    if (claim === null) return false;
    c.skipSign();
    const values: (ExpressionNode | null)[] = [];
    while (values.length < views.length && !c.token.first && !c.is("}") && !c.panicking) {
      c.take(",");
      values.push(c.take("-") ? null : parseCredenceValue(c));
    }
    const span = c.spanFrom(from);
    if (values.length < views.length && !c.panicking)
      c.report("short-row", span, { claim: claim.text, found: values.length, views: views.map((v) => v.text) });
    else rows.push({ claim, values, span });
    return true;
  });
  return { kind: "credences", views, rows, span: c.spanFrom(start) };
}

export function parseClaim(c: Cursor): ClaimNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "claim");
  const kinds = parseKinds(c);
  const isLate = kinds.length === 0 && isKindBehindLabel(c);
  const label = parseLabel(c, "claim", name);
  if (isLate && label !== null) kinds.push(parseLateKind(c, label));
  const locators: LocatorNode[] = [];
  const credences: CredenceNode[] = [];
  let side: Name | null = null;
  const citations: Text[] = [];
  const notes: Text[] = [];
  const table = clauses(
    {
      side: () => {
        side = parseSide(c);
      },
    },
    {
      at: () => {
        parseLocators(c, locators);
      },
      credence: () => {
        credences.push(...parseCredences(c));
      },
      from: () => {
        citations.push(...parseTexts(c, "where the claim comes from"));
      },
      note: () => {
        notes.push(...parseTexts(c, "the note"));
      },
    },
  );
  // A claim with nothing more to say needs no braces; one with clauses does.
  if (c.is("{") || c.panicking || (table.has(c.token.text) && !c.atDeclaration)) parseBlock(c, "claim", table);
  return { kind: "claim", name, label, kinds, locators, credences, side, citations, notes, span: c.spanFrom(start) };
}

/** A side may be called `ours`, as a mark is. */
function parseSide(c: Cursor): Name {
  const { token } = c;
  if (!c.isWord("ours")) return parseName(c, "the side the claim speaks for");
  c.advance();
  return { text: token.text, span: c.spanOf(token) };
}

function parseKinds(c: Cursor): Name[] {
  const kinds: Name[] = [];
  while (c.token.kind === "name" && !c.atDeclaration) {
    const { text } = c.token;
    const isKind = claimKinds.some((kind) => kind === text);
    const meant = kindMeant(text);
    const near = meant === null ? nearest(text, claimKinds) : [meant];
    if (!isKind && near.length === 0 && isBareLabel(c, "claim", kinds.length > 0 ? 1 : 2)) break;
    const span = c.spanOf(c.advance());
    if (!isKind) c.report("unknown-kind", span, { word: text, near, known: claimKinds });
    kinds.push({ text, span });
    c.take(",");
  }
  if (kinds.length === 0 && !isKindBehindLabel(c)) c.report("missing-kind", c.gap(), { known: claimKinds });
  return kinds;
}

function isKindBehindLabel(c: Cursor): boolean {
  return c.token.kind === "string" && claimKinds.some((kind) => kind === c.peek(1).text);
}

/** A kind that stands behind the label; the fix moves it before. */
function parseLateKind(c: Cursor, label: Text): Name {
  const token = c.advance();
  const span = c.spanOf(token);
  const edits = [
    { span: { ...label.span, end: label.span.start }, text: `${token.text} ` },
    { span: { ...span, start: label.span.end }, text: "" },
  ];
  const fix = { title: "move the kind before the label", edits, isSure: true };
  c.report("missing-kind", span, { known: claimKinds }, [], [fix]);
  return { text: token.text, span };
}

/** The label that a case and a claim must have. */
function parseLabel(c: Cursor, declaration: "case" | "claim", name: Name): Text | null {
  const label = takeLabel(c, declaration, name);
  if (label === null) {
    const guess = insertAt(
      c.document,
      c.previous.end,
      ` "${name.text.replaceAll("_", " ")}${declaration === "case" ? "?" : "."}"`,
      false,
    );
    c.report("missing-label", c.gap(), { declaration, name: name.text }, [], [guess]);
  }
  return label;
}

const paragraphWord = /^p(\d{1,6})$/;
const sentenceWord = /^s(\d{1,6})$/;

function parseLocators(c: Cursor, into: LocatorNode[]): void {
  do into.push(...parseLocator(c));
  while (
    !c.panicking &&
    (takeComma(c) || (c.token.kind === "name" && c.peek(1).kind === "name" && paragraphWord.test(c.peek(1).text)))
  );
}

function parseLocator(c: Cursor): LocatorNode[] {
  const start = c.token.start;
  const source = onlySource(c) ?? c.name();
  const loose = source === null ? null : takeLoosePassage(c, source);
  if (loose !== null) return [loose];
  const paragraph = source === null ? null : takeNumbered(c, paragraphWord);
  if (source === null || paragraph === null) {
    c.fail("locator-form", c.gap(), { found: c.found() });
    return [];
  }
  const firstSentence = takeNumbered(c, sentenceWord);
  let lastSentence = firstSentence;
  if (firstSentence !== null && c.is("-")) {
    c.glue();
    c.advance();
    c.glue();
    const { token } = c;
    const repeated = takeNumbered(c, sentenceWord);
    if (repeated !== null) lastSentence = repeated;
    else if (token.kind === "number" && Number.isInteger(token.value)) {
      lastSentence = token.value;
      c.advance();
    } else c.fail("locator-form", c.gap(), { found: c.found() });
  }
  const span = c.spanFrom(start);
  if (firstSentence !== null && lastSentence !== null && (firstSentence < 1 || lastSentence < firstSentence)) {
    c.report("sentence-range", span, { first: firstSentence, last: lastSentence });
  }
  return [{ source, paragraph, firstSentence, lastSentence, span }];
}

/** A passage without its source, where the file has one source: that is reported and taken. */
function onlySource(c: Cursor): Name | null {
  const { token } = c;
  const names = c.placesOf("source").flatMap((i) => {
    const [next, after] = [c.tokens[i + 1], c.tokens[i + 2]];
    return c.tokens[i]?.first === true && next?.kind === "name" && after?.text === "{" ? [next.text] : [];
  });
  const [only] = names;
  if (only === undefined || names.length > 1 || !/^p\d{1,6}(?:s\d{1,6})?$/.test(token.text) || c.panicking) return null;
  if (paragraphWord.test(c.peek(1).text)) return null;
  const fixes = [insertAt(c.document, token.start, `${only} `)];
  c.report("locator-form", c.spanOf(token), { found: c.found() }, [], fixes);
  return { text: only, span: { ...c.spanOf(token), end: token.start } };
}

/** `p1s2`, `p1:s2`, `p1.s2` or `paragraph 1 sentence 2`, reported with the form that they have here; null, with nothing read, for all else. */
function takeLoosePassage(c: Cursor, source: Name): LocatorNode | null {
  const { start } = c.token;
  const tokens = [0, 1, 2, 3].map((i) => c.peek(i));
  const texts = tokens.map((t) => t.text);
  const [glued] = [/^p(\d{1,6})s(\d{1,6})$/.exec(texts[0] ?? "")];
  const isSigned =
    paragraphWord.test(texts[0] ?? "") && [":", ".", "/"].includes(texts[1] ?? "") && sentenceWord.test(texts[2] ?? "");
  const isSaid = /^(?:paragraph|para|par)$/i.test(texts[0] ?? "") && tokens[1]?.kind === "number";
  const hasSentence = isSaid && /^(?:sentence|sent)$/i.test(texts[2] ?? "") && tokens[3]?.kind === "number";
  const [paragraph, sentence, length] =
    glued !== null
      ? [Number(glued[1]), Number(glued[2]), 1]
      : isSigned
        ? [Number(texts[0]?.slice(1)), Number(texts[2]?.slice(1)), 3]
        : isSaid
          ? [Number(texts[1]), hasSentence ? Number(texts[3]) : null, hasSentence ? 4 : 2]
          : [null, null, 0];
  if (paragraph === null || c.panicking) return null;
  const found = c.found();
  for (let i = 0; i < length; i++) c.advance();
  const span = c.spanFrom(start);
  const written = `p${paragraph}${sentence === null ? "" : ` s${sentence}`}`;
  c.report("locator-form", span, { found }, [], [replaceBy(span, written)]);
  return { source, paragraph, firstSentence: sentence, lastSentence: sentence, span };
}

/** The number in `p9` or `s1`, or null with nothing read. */
function takeNumbered(c: Cursor, pattern: RegExp): number | null {
  const found = c.token.kind === "name" ? pattern.exec(c.token.text) : null;
  if (found === null) return null;
  c.advance();
  return Number(found[1]);
}

export function parseOneOf(c: Cursor): OneOfNode {
  const { start } = c.advance();
  c.expectWord("of");
  const name = c.name();
  const open = c.spanOf(c.token);
  const claims: Name[] = [];
  let neither = false;
  if (c.expect("{", "'{' and the claims that exclude one another")) {
    c.glue();
    do {
      if (neither) c.report("neither-last", c.spanOf(c.previous), {});
      if (c.takeWord("neither")) neither = true;
      else claims.push(parseName(c, "a claim"));
    } while (!c.panicking && (c.take(",") || (c.token.kind === "name" && !c.atDeclaration && reportMissingComma(c))));
    closeList(c, open);
  }
  const span = c.spanFrom(start);
  if (claims.length < 2) c.report("too-few", span, { declaration: "one of", least: 2, things: "claims" });
  return { kind: "oneOf", name, claims, neither, span };
}

function reportMissingComma(c: Cursor): boolean {
  c.report("missing-comma", { document: c.document, start: c.previous.end, end: c.previous.end }, { found: c.found() });
  return true;
}

/** The `}` of a list of names. */
export function closeList(c: Cursor, open: Span): void {
  c.glue();
  if (!c.take("}")) failForBracket(c, "}", open);
}

const roles: ReadonlyMap<string, ViewRole> = new Map([
  ["readers", "reader"],
  ["actors", "actor"],
]);

function parseRole(c: Cursor): ViewRole | null {
  const role = roles.get(c.token.text) ?? null;
  if (role !== null) c.advance();
  else if (c.token.kind === "name") {
    c.report("expected", c.spanOf(c.token), { wanted: "'readers' or 'actors'", found: c.found() });
    c.advance();
  } else c.fail("expected", c.gap(), { wanted: "'readers' or 'actors'", found: c.found() });
  return role;
}

/** After a sign on this line: the ends of an interval. */
function isIntervalAhead(c: Cursor): boolean {
  for (let i = 1; !c.peek(i).first && !isSymbol(c.peek(i), "}") && c.peek(i).kind !== "end"; i++)
    if (c.peek(i).text === "to") return true;
  return false;
}

export function parseView(c: Cursor): ViewNode {
  const { start } = c.advance();
  const name = parseDeclaredName(c, "view");
  const label = takeLabel(c, "view", name);
  let like: Name | null = null;
  let role: ViewRole | null = null;
  const head = clauses({
    like: () => {
      like = parseName(c, "the view it starts from");
    },
    for: () => {
      role = parseRole(c);
    },
  });
  parseClauses(c, "view", head);
  let everyClaim: ExpressionNode | null = null;
  const credences: { claim: Name; credence: CredenceNode }[] = [];
  const distributions: ViewNode["distributions"][number][] = [];
  const evidence: Name[] = [];
  const notes: Text[] = [];
  const table = clauses(
    {
      every: () => {
        c.expectWord("claim", "'claim' and a credence");
        everyClaim = parseCredenceValue(c);
      },
    },
    {
      evidence: () => {
        evidence.push(parseName(c, "the name of a piece of evidence"));
      },
      note: () => {
        notes.push(...parseTexts(c, "the note"));
      },
    },
  );
  const readEntry = (): boolean => {
    const { token } = c;
    if (token.kind !== "name" || !c.mayName() || c.peek(1).kind === "string") return false;
    const entry = token.start;
    const target = parseTarget(c, "a claim or an unknown");
    const isInterval = c.is("=") && isIntervalAhead(c);
    if (isInterval) c.report("equals-for-tilde", c.spanOf(c.token), { declaration: "unknown" });
    else c.skipSign();
    if (isInterval || c.is("~")) {
      c.advance();
      const distribution = parseDistribution(c);
      const provenance: ProvenanceNode[] = [];
      const sourced = provenanceClauses(c, provenance);
      while (c.isWord("from") || c.isWord("judged")) sourced[c.advance().text === "from" ? "from" : "judged"]();
      distributions.push({ unknown: target, distribution, provenance, span: c.spanFrom(entry) });
    } else if (target.kind === "name") {
      for (const credence of parseCredences(c)) credences.push({ claim: target.name, credence });
    } else c.fail("expected", c.gap(), { wanted: "'~' and a distribution", found: c.found() });
    return true;
  };
  // A view may be but a name, whose credences stand in a table.
  if (!c.atDeclaration && !c.atEnd) parseBlock(c, "view", table, readEntry);
  return {
    kind: "view",
    name,
    label,
    like,
    role,
    everyClaim,
    credences,
    distributions,
    evidence,
    notes,
    span: c.spanFrom(start),
  };
}
