/** The words of the language: those that begin a declaration, and those that no name may take. */

/** Begin a declaration (`one` only as `one of`; `credences`, before the names of views, is free elsewhere). */
export const declarationWords = [
  "case",
  "source",
  "time",
  "unit",
  "wording",
  "credences",
  "claim",
  "one",
  "unknown",
  "view",
  "actor",
  "choice",
  "policy",
  "stock",
  "let",
  "table",
  "shock",
  "event",
  "each",
  "outcome",
  "conclusion",
  "suppose",
  "expect",
  "record",
  "test",
  "evidence",
  "forecast",
] as const;

export type DeclarationWord = (typeof declarationWords)[number];

export const markWords = ["text", "inferred", "ours", "wiring"] as const;

export const claimKinds = [
  "motive",
  "denial",
  "causal",
  "premise",
  "historical",
  "prediction",
  "prescription",
  "move",
] as const;

/** Families of distributions, by the names of docs/language.md. */
export const families = [
  "normal",
  "lognormal",
  "logitnormal",
  "beta",
  "uniform",
  "triangular",
  "gamma",
  "exponential",
  "bernoulli",
  "constant",
] as const;

export const forecastStates = [
  "open",
  "came true",
  "came false",
  "condition not met",
  "not asserted",
  "not scorable",
] as const;

/**
 * Words that may follow a whole expression, or that make one: were they names, `3 per` would be a number with a unit and
 * `a + because` a sum. Words that begin a clause only where no expression stands before them (`side`, `like`, `values`) stay free,
 * and so do `hold`, `force`, `forbid`, `stop`, `rate`, `state` and `error`, which are kept from being units only where they may follow.
 */
const clauseWords = [
  "and",
  "or",
  "not",
  "if",
  "then",
  "else",
  "true",
  "false",
  "because",
  "when",
  "per",
  "from",
  "to",
  "by",
  "at",
  "on",
  "of",
  "in",
  "within",
  "every",
  "under",
  "given",
  "otherwise",
  "known",
  "knowing",
  "default",
  "judged",
  "text",
  "inferred",
  "ours",
  "wiring",
  "repeats",
  "sharpness",
  "option",
  "sees",
  "takes",
  "always",
  "set",
  "add",
  "reading",
  "note",
] as const;

const declaring: ReadonlySet<string> = new Set(declarationWords);

/** Words that cannot name anything. `time` may be read in an expression, and the columns of a record may be called by declaration words. */
export const reserved: ReadonlySet<string> = new Set<string>([
  ...declarationWords.filter((w) => w !== "one" && w !== "credences"),
  ...clauseWords,
]);

/** Stand only where no value is awaited, so that in a formula they can be names; `evidence`, `note` and the like may stand in a view and stay. */
const free: ReadonlySet<string> = new Set([
  ...declarationWords.filter((w) => !["one", "credences", "time", "each", "let", "evidence"].includes(w)),
  "known",
  "knowing",
  "takes",
  "sees",
  "option",
  "reading",
  "sharpness",
  "set",
  "add",
  "default",
  "under",
  "otherwise",
  "repeats",
]);

/** What formulas read and nothing else lists by name. */
const figures: ReadonlySet<string> = new Set<DeclarationWord>([
  "unknown",
  "stock",
  "let",
  "table",
  "shock",
  "event",
  "outcome",
  "conclusion",
  "expect",
]);

/** True where `word` cannot name what `declaration` declares. */
export function isKept(word: string, declaration: string): boolean {
  return reserved.has(word) && !(free.has(word) && figures.has(declaration));
}

/** True where `word` cannot be read as a name in a formula. */
export function isNeverRead(word: string): boolean {
  return reserved.has(word) && !free.has(word);
}

/** What is done where every claim is set false, as a formula names it. */
export const noClaim = "no claim";

/** Every word that means something by itself, for an editor to colour. */
export const wordsOfLanguage: ReadonlySet<string> = new Set<string>([...reserved, ...claimKinds, ...families]);

export function isDeclarationWord(word: string): word is DeclarationWord {
  return declaring.has(word);
}
