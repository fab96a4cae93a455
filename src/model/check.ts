/** The room's door: checks the syntax trees of a case and makes its `Model`, or says what is wrong with them. */

import type { Code, Diagnostic } from "#text/diagnostic.ts";
import { isClean } from "#text/diagnostic.ts";
import { insertAt, replaceBy, type Fix } from "#text/fix.ts";
import type { Document } from "#text/span.ts";
import { parseAll } from "#language/parser.ts";
import type { EachNode, FileNode } from "#language/tree.ts";
import { lowerActors } from "./argument/actors.ts";
import { checkTime, modelTime } from "./units/calendar.ts";
import { lowerHead, lowerSources, wordingOf } from "./argument/case-head.ts";
import { checkerOf } from "./lowering/checker.ts";
import { lowerChoices } from "./argument/choices.ts";
import { lowerClaims } from "./argument/claims.ts";
import { lowerConclusions } from "./argument/conclusions.ts";
import { lowerEvidence, lowerForecasts } from "./argument/evidence.ts";
import { expand } from "./scope/expand.ts";
import { lowerExpectations } from "./argument/expectations.ts";
import { lowerHappenings } from "./world/happenings.ts";
import { lowerLets } from "./world/lets.ts";
import type { Lowering, Scope } from "./lowering/lowering.ts";
import { settleTypes } from "./lowering/mentions.ts";
import type { Model } from "./model.ts";
import { checkNames, ofKind } from "./scope/names.ts";
import { lowerOutcomes } from "./world/outcomes.ts";
import { declaredOf, lowerShocks, lowerTables, lowerUnknowns } from "./world/quantities.ts";
import { withoutUnread } from "./argument/read-columns.ts";
import type { ColumnsOfFile } from "./scope/file-columns.ts";
import { lowerRecords, lowerTests } from "./argument/records.ts";
import { checkSmoothing } from "./world/smoothing.ts";
import { lowerStocks, orderStocks } from "./world/stocks.ts";
import { lowerSuppositions } from "./argument/suppositions.ts";
import { unreadOf } from "./unread.ts";
import { usesOf, type Uses } from "./uses.ts";
import { checkUnits } from "./units/units.ts";
import { lowerViews } from "./argument/views.ts";

/**
 * Checks the files of one case, read as one text. The model is null when anything is wrong (warnings aside); it never throws.
 * Where a part could not be read, what only follows from that is not reported, and there is no model. `documents` gives the source text of each file, for what the model keeps as written;
 * `columnsOf` what the file of a record holds, where records leave that unsaid.
 */
export function check(
  files: readonly FileNode[],
  documents: readonly Document[],
  columnsOf: ColumnsOfFile = unreadable,
): [Model | null, readonly Diagnostic[]] {
  const [scope, early] = scopeOf(files, documents, columnsOf);
  const { unread } = scope;
  const { use, memory, terms, found, isBroken, letBody, outcomeValue } = checkerOf(scope);
  settleTypes(use);
  const [first] = files;
  const head = lowerHead(use, { document: first?.document ?? "", start: 0, end: 0 });
  const sources = lowerSources(use);
  const { claims: bare, groups } = lowerClaims(use);
  const unknowns = lowerUnknowns(use);
  const views = lowerViews(use, bare, groups, unknowns);
  const actors = lowerActors(use);
  const choices = lowerChoices(use);
  const tables = lowerTables(use);
  const shocks = lowerShocks(use);
  const own = lowerStocks(use);
  const lets = lowerLets(use, letBody);
  const { events, policies } = lowerHappenings(use);
  const outcomes = lowerOutcomes(use, outcomeValue);
  const conclusions = lowerConclusions(use);
  const suppositions = lowerSuppositions(use, unknowns, lets);
  const expectations = lowerExpectations(use);
  const recorded = lowerRecords(use);
  const tests = lowerTests(use, recorded);
  const records = withoutUnread(recorded, (name) => columnsWritten(use, name), { tests, unknowns, views });
  const evidence = lowerEvidence(use);
  const forecasts = lowerForecasts(use);
  // Last, since any expression may have asked for a stock of its own.
  const stocks = orderStocks(own, memory.stocks, lets, use);
  checkSmoothing(memory.smoothings, { unknowns, views, lets }, use);
  const parts = {
    sources,
    groups,
    unknowns,
    views,
    actors,
    choices,
    tables,
    shocks,
    stocks,
    lets,
    delays: memory.delays,
    latches: memory.latches,
    events,
    policies,
    outcomes,
    conclusions,
    suppositions,
    expectations,
    records,
    tests,
    evidence,
    forecasts,
    terms,
  };
  const uses = usesOf({ ...parts, claims: bare });
  // Where something could not be read, much would seem unread.
  if (!isBroken() && isClean([...early, ...found]) && unread.isNone) {
    for (const entry of scope.names.entries) {
      const { kind } = entry.node;
      if (mayGoUnread.has(kind) && !uses.read.has(entry.name)) {
        const { span } = entry.node;
        use.tell("never-read", declaredOf(entry).span, { kind, name: entry.name }, [], [replaceBy(span, "", false)]);
      }
    }
    tellIdle(use, uses);
  }
  const claims = bare.map((c) => ({
    ...c,
    isType: c.kinds.includes("motive") || uses.types.has(c.name),
    isGate: uses.gates.has(c.name),
  }));
  const diagnostics = tidy(withDeclarations([...early, ...found], files, documents).filter((d) => !unread.follows(d)));
  if (!unread.isNone || head === null || isBroken() || !isClean(diagnostics)) return [null, diagnostics];
  const time = scope.clock === null ? null : modelTime(scope.clock);
  return [{ schema: "casus/model@1", ...head, time, claims, ...parts }, diagnostics];
}

/** A unit that is near to no other can be declared, before what uses it. */
function withDeclarations(
  found: readonly Diagnostic[],
  files: readonly FileNode[],
  documents: readonly Document[],
): readonly Diagnostic[] {
  const texts = new Map(documents.map((d) => [d.name, d.text]));
  const declared = new Map<string, readonly Fix[]>();
  return found.map((d) => {
    if (d.code === "static-case") return withTime(d, files);
    if (d.code !== "unknown-unit" || d.fixes.length > 0) return d;
    const file = files.find((f) => f.document === d.span.document);
    const owner = file?.declarations.findLast((node) => node.span.start <= d.span.start);
    const name = texts.get(d.span.document)?.slice(d.span.start, d.span.end);
    if (owner === undefined || name === undefined) return d;
    // Declared once, before the first that is met.
    const fixes = declared.get(name) ?? [insertAt(owner.span.document, owner.span.start, `unit ${name}\n`)];
    declared.set(name, fixes);
    return { ...d, fixes };
  });
}

/** From when to when, only the writer knows; the line is offered before what needs it. */
function withTime(d: Diagnostic, files: readonly FileNode[]): Diagnostic {
  const file = files.find((f) => f.document === d.span.document);
  const owner = file?.declarations.findLast((node) => node.span.start <= d.span.start);
  const line = "time 2024-01 to 2029-01 by month\n";
  return owner === undefined ? d : { ...d, fixes: [insertAt(owner.span.document, owner.span.start, line, false)] };
}

/** What a conclusion may be of without the model reading it: the conclusion itself is how it is tried. */
const triedByConclusion: ReadonlySet<string> = new Set(["prediction", "prescription", "historical", "move"]);

/** What a case has only to be read; stocks, lets and events are shown by themselves. */
const mayGoUnread: ReadonlySet<string> = new Set(["unknown", "shock", "table", "choice"]);

/** Conclusions of claims that say how the world works, and that nothing reads. */
function tellIdle(use: Lowering, { gates, types }: Uses): void {
  for (const { name, node: conclusion } of ofKind(use.scope.names, "conclusion"))
    for (const claim of conclusion.of) {
      const node = use.scope.names.byName.get(claim.text)?.node;
      if (node?.kind !== "claim" || node.kinds.some((kind) => triedByConclusion.has(kind.text))) continue;
      if (!gates.has(claim.text) && !types.has(claim.text))
        use.tell("idle-claim", claim.span, { claim: claim.text, conclusion: name });
    }
}

/**
 * Reads and checks the documents of one case: the whole way from characters to a model, or to everything that is wrong with them in one pass. The
 * diagnostics are in order of place. `columnsOf`: what the file of a record holds, by its name.
 */
export function readModel(
  documents: readonly Document[],
  columnsOf: ColumnsOfFile = unreadable,
): [Model | null, readonly Diagnostic[]] {
  const parsed = parseAll(documents);
  const syntax = parsed.flatMap(([, found]) => found);
  const [model, found] = check(
    parsed.map(([file]) => file),
    documents,
    columnsOf,
  );
  return [isClean(syntax) ? model : null, tidy([...syntax, ...found])];
}

/** Where no file can be read, a record says itself what its columns are. */
const unreadable: ColumnsOfFile = () => null;

function columnsWritten(use: Lowering, record: string): readonly string[] {
  const entry = ofKind(use.scope.names, "record").find((e) => e.name === record);
  return entry?.node.columns.map((c) => c.name.text) ?? [];
}

function scopeOf(
  files: readonly FileNode[],
  documents: readonly Document[],
  columnsOf: ColumnsOfFile,
): [Scope, readonly Diagnostic[]] {
  const [entries, expanding] = expand(files);
  const [names, naming] = checkNames(entries);
  const [timeEntry] = ofKind(names, "time");
  const [clock, timing] = timeEntry === undefined ? [null, []] : checkTime(timeEntry.node);
  const [units, measuring] = checkUnits(
    ofKind(names, "unit").map((e) => e.node),
    clock?.unit ?? "year",
  );
  const [wording, reading] = wordingOf(ofKind(names, "wording")[0]?.node);
  const scope: Scope = {
    names,
    units,
    clock,
    wording,
    texts: new Map(documents.map((d) => [d.name, d.text])),
    elements: elementsOf(files),
    isStatic: timeEntry === undefined,
    unread: unreadOf(files, documents),
    columnsOf,
  };
  return [scope, [...expanding, ...naming, ...timing, ...measuring, ...reading]];
}

function elementsOf(files: readonly FileNode[]): ReadonlyMap<string, readonly string[]> {
  const elements = new Map<string, string[]>();
  const visit = (each: EachNode): void => {
    const own = elements.get(each.variable.text) ?? [];
    elements.set(each.variable.text, [...new Set([...own, ...each.elements.map((e) => e.text)])]);
    for (const inner of each.declarations) if (inner.kind === "each") visit(inner);
  };
  for (const file of files) for (const node of file.declarations) if (node.kind === "each") visit(node);
  return elements;
}

/** Wrong with the case as a whole, whatever shows it. */
const ofWholeCase: ReadonlySet<Code> = new Set(["static-case"]);

/** In order of place, each once: what is wrong inside an `each` is found again for every element. */
function tidy(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const once = found.filter((d) => {
    const key = ofWholeCase.has(d.code) ? d.code : `${d.code} ${d.span.document} ${d.span.start} ${d.span.end}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const order = [...new Set(found.map((d) => d.span.document))];
  return once.toSorted(
    (a, b) => order.indexOf(a.span.document) - order.indexOf(b.span.document) || a.span.start - b.span.start,
  );
}
