/** Diagnostics: what is wrong in a text, where, and what to write instead. Every stage makes them; `print.ts` prints them. */

import type { Span } from "./span.ts";
import { catalogue, type Catalogue } from "./catalogue.ts";
import { languageCatalogue } from "./catalogue-language.ts";
import type { Entry, Severity } from "./entry.ts";
import { replaceBy, type Fix } from "./fix.ts";

/** A second place that explains the first ("first declared here"), or a remark without a place. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

export type Code = keyof Catalogue;

/** One finding. `message` says what is wrong; `hint` says what to write instead. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
  readonly notes: readonly Note[];
  /** Ways to take the hint, the likeliest first; none where only the writer knows. */
  readonly fixes: readonly Fix[];
}

/** Builds the diagnostic `code` of the catalogue from its typed parameters; `fixes` come before those of the catalogue itself. */
export function diagnose<C extends Code>(
  code: C,
  span: Span,
  parameters: Parameters<Catalogue[C]>[0],
  notes: readonly Note[] = [],
  fixes: readonly Fix[] = [],
): Diagnostic {
  const entry = catalogue[code] as (parameters: unknown) => Entry;
  const { severity = "error", message, hint, replace = [], isGuess = false } = entry(parameters);
  const isSure = replace.length === 1 && !isGuess;
  const own = replace.map((text) => replaceBy(span, text, isSure));
  return { code, severity, span, message, hint, notes, fixes: [...fixes, ...own] };
}

/** True of what is wrong in the characters and the grammar, which may hide what is wrong in what they say. */
export function isOfGrammar({ code }: Diagnostic): boolean {
  return Object.hasOwn(languageCatalogue, code);
}

/** True when nothing in the list stops the case from running. */
export function isClean(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every((d) => d.severity !== "error");
}
