/** Words that newcomers write for words of the language, so that the message can say which is meant. */

import type { DeclarationWord } from "./words.ts";

/** For words that begin a clause: the likeliest first; one counts where the declaration has such a clause. */
const clauseSynonyms: ReadonlyMap<string, readonly string[]> = new Map([
  ["author", ["modeller"]],
  ["because", ["of"]],
  ["belief", ["credence"]],
  ["between", ["within"]],
  ["chance", ["rate"]],
  ["confidence", ["credence"]],
  ["hazard", ["rate"]],
  ["if", ["when"]],
  ["prior", ["credence"]],
  ["probability", ["rate", "credence"]],
  ["source", ["from"]],
  ["where", ["when"]],
]);

const declarationSynonyms: ReadonlyMap<string, DeclarationWord> = new Map([
  ["agent", "actor"],
  ["argument", "claim"],
  ["assertion", "claim"],
  ["const", "let"],
  ["decision", "choice"],
  ["def", "let"],
  ["define", "let"],
  ["hypothesis", "claim"],
  ["output", "outcome"],
  ["param", "unknown"],
  ["parameter", "unknown"],
  ["player", "actor"],
  ["result", "outcome"],
  ["val", "let"],
  ["var", "let"],
  ["variable", "let"],
]);

const kindSynonyms: ReadonlyMap<string, string> = new Map([
  ["advice", "prescription"],
  ["assumption", "premise"],
  ["cause", "causal"],
  ["effect", "causal"],
  ["fact", "premise"],
  ["forecast", "prediction"],
  ["history", "historical"],
  ["intention", "motive"],
  ["recommendation", "prescription"],
]);

/** Steps of time by their adverbs. */
const stepAdverbs: ReadonlyMap<string, string> = new Map([
  ["annually", "year"],
  ["daily", "day"],
  ["hourly", "hour"],
  ["monthly", "month"],
  ["quarterly", "quarter"],
  ["weekly", "week"],
  ["yearly", "year"],
]);

const months = "january february march april may june july august september october november december".split(" ");

/** The clause that `word` was meant to begin, of those that may stand there; null where there is none. */
export function clauseMeant(word: string, known: { has(word: string): boolean }): string | null {
  return clauseSynonyms.get(word)?.find((meant) => known.has(meant)) ?? null;
}

export function declarationMeant(word: string): DeclarationWord | null {
  return declarationSynonyms.get(word.toLowerCase()) ?? null;
}

export function kindMeant(word: string): string | null {
  return kindSynonyms.get(word.toLowerCase()) ?? null;
}

export function stepMeant(word: string): string | null {
  return stepAdverbs.get(word.toLowerCase()) ?? null;
}

/** The number of a month by its name or the first three letters of it, or null. */
export function monthCalled(word: string): number | null {
  const lower = word.toLowerCase();
  const at = lower.length < 3 ? -1 : months.findIndex((month) => month === lower || month.slice(0, 3) === lower);
  return at < 0 ? null : at + 1;
}
