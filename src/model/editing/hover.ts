/** A place in a case in; what its word means out, as lines of Markdown: the words and the unit of a name, its passage and figures, a function's use. */

import type { Document } from "#text/span.ts";
import { isDeclarationWord, type DeclarationWord } from "#language/words.ts";
import { functions } from "../functions.ts";
import type { Locator, Model, FigureProvenance } from "../model.ts";
import { declarationsAt, wordAt } from "./names.ts";

/** Null where nothing is known of the word. */
export function hoverAt(
  documents: readonly Document[],
  at: Document,
  offset: number,
  model: Model | null,
): readonly string[] | null {
  const word = wordAt(at, offset);
  if (word === null) return null;
  const declared = declarationsAt(documents, at, offset);
  const isCall = at.text.slice(word.end).trimStart().startsWith("(");
  const fn = functions.find((f) => f.name === word.text);
  if (fn !== undefined && (isCall || declared.length === 0))
    return [`**${fn.usage}**`, `${fn.meaning}; measured in: ${fn.units}`];
  const [first] = declared;
  if (first === undefined) return isDeclarationWord(word.text) ? [`**${word.text}**`, meaningOf[word.text]] : null;
  return declared.flatMap((o) => [
    `**${o.kind} ${o.name}${o.unit === "" ? "" : ` : ${o.unit}`}**${o.label === "" ? "" : ` ${o.label}`}`,
    ...(model === null ? [] : detailsOf(model, o.name)),
  ]);
}

function detailsOf(model: Model, name: string): readonly string[] {
  const claim = model.claims.find((c) => c.name === name);
  if (claim !== undefined) {
    const own = claim.credences.at(-1)?.credence;
    return [
      `${claim.kinds.join(", ")}; credence ${own === undefined ? "50%" : shortShare(own)}${claim.credences.length > 1 ? " where no condition holds" : ""}`,
      ...claim.locators.map((l) => passageOf(l, model)),
      ...claim.citations.map((c) => `from ${c}`),
      ...(claim.isGate ? [] : ["It switches nothing in this case."]),
    ];
  }
  const quantity = [...model.unknowns, ...model.stocks, ...model.lets, ...model.tables, ...model.shocks].find(
    (q) => q.name === name || q.name.startsWith(`${name}[`),
  );
  if (quantity !== undefined)
    return [`measured in ${quantity.unit.label}`, ...quantity.provenance.map((p) => sourceOf(p))];
  const view = model.views.find((v) => v.name === name);
  if (view !== undefined)
    return [
      view.role === "reader" ? "a view that readers may take" : "a view through which actors see",
      `it differs from the case in ${view.differs.length} ${view.differs.length === 1 ? "claim or unknown" : "claims and unknowns"}`,
    ];
  const conclusion = model.conclusions.find((c) => c.name === name);
  if (conclusion !== undefined)
    return [conclusion.comparison.text, ...(conclusion.of.length > 0 ? [`of ${conclusion.of.join(", ")}`] : [])];
  return [];
}

function passageOf(l: Locator, model: Model): string {
  const title = model.sources.find((s) => s.name === l.source)?.title ?? l.source;
  const sentences =
    l.firstSentence === null
      ? ""
      : `, sentence${l.lastSentence === l.firstSentence ? ` ${l.firstSentence}` : `s ${l.firstSentence}–${l.lastSentence ?? l.firstSentence}`}`;
  return `${title}, paragraph ${l.paragraph}${sentences}`;
}

function sourceOf(p: FigureProvenance): string {
  return p.kind === "cited" ? `from ${p.citation}` : `judged${p.why === null ? "" : `: ${p.why}`}`;
}

function shortShare(share: number): string {
  return `${Number((share * 100).toPrecision(4))}%`;
}

/** What each declaration is, in a line; the reference says more. */
const meaningOf: Readonly<Record<DeclarationWord, string>> = {
  case: "names the case and asks its question",
  source: "a document that claims point into",
  time: "the start, the end and the step of a run",
  unit: "a unit of the case's own, or a multiple of another",
  wording: "turns the words of a text into credences",
  credences: "a table: what each of several views believes of each claim",
  claim: "one thing an author says; true or false in each run, with a credence",
  one: "claims of which exactly one is true, or at most one",
  unknown: "a quantity nobody knows, with its distribution",
  view: "a mind: its credences and distributions, where they differ from the case's",
  actor: "who decides, through whose eyes, and what for",
  choice: "the options of an actor, compared side by side",
  policy: "how an actor acts within a run",
  stock: "what lasts: a start, and flows per time",
  let: "what is worked out anew at each step",
  table: "a line through points",
  shock: "noise, drawn anew at each step",
  event: "something that happens: by chance, on a date, after another, or when a condition holds",
  each: "repeats declarations over the elements of a family",
  outcome: "what is read when a run ends",
  conclusion: "a comparison of figures over runs",
  suppose: "an intervention with a name",
  expect: "what must be true of the model, whatever is believed",
  record: "past cases, in a CSV file",
  test: "asks a record about a claim",
  evidence: "what has been observed since",
  forecast: "reads a claim as a dated event, to be scored",
};
