/** What to write instead, as edits of a text: diagnostics offer fixes, and the documents with them taken leave. */

import type { Document, Span } from "./span.ts";

/** `text` in place of what stands in `span`; an empty span is a place to insert. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  /** What taking it does, for a menu: `write 'happened'`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** False where it is a guess, or one of several: an editor offers it, and nothing takes it unasked. */
  readonly isSure: boolean;
}

/** A fix that writes `text` in place of `span`. */
export function replaceBy(span: Span, text: string, isSure = true): Fix {
  const title = text === "" ? "remove it" : span.start === span.end ? `add ${text.trim()}` : `write ${text.trim()}`;
  return { title, edits: [{ span, text }], isSure };
}

/** A fix that writes `text` at `offset`. */
export function insertAt(document: string, offset: number, text: string, isSure = true): Fix {
  return replaceBy({ document, start: offset, end: offset }, text, isSure);
}

/**
 * Takes the first fix of each diagnostic, those that are sure unless `guess`, in order of place; one whose edits meet another's is left for the next
 * round. Gives the documents that changed, and how many fixes were taken.
 */
export function takeFixes(
  documents: readonly Document[],
  diagnostics: readonly { readonly fixes: readonly Fix[] }[],
  guess = false,
): { readonly documents: readonly Document[]; readonly taken: number } {
  const edits: Edit[] = [];
  let taken = 0;
  for (const { fixes } of diagnostics) {
    const [fix] = fixes;
    if (fix === undefined || !(fix.isSure || guess)) continue;
    const fresh = fix.edits.filter((e) => !edits.some((other) => isSame(e, other)));
    if (fresh.some((e) => edits.some((other) => meet(e.span, other.span)))) continue;
    if (fresh.length > 0) taken += 1;
    edits.push(...fresh);
  }
  return { documents: documents.map((d) => applyEdits(d, edits)), taken };
}

/** The document with the edits of it that `edits` holds. They must not overlap. */
export function applyEdits(document: Document, edits: readonly Edit[]): Document {
  const own = edits.filter((e) => e.span.document === document.name).toSorted((a, b) => b.span.start - a.span.start);
  if (own.length === 0) return document;
  let { text } = document;
  for (const { span, text: written } of own) text = text.slice(0, span.start) + written + text.slice(span.end);
  return { ...document, text };
}

function isSame(a: Edit, b: Edit): boolean {
  return (
    a.text === b.text &&
    a.span.document === b.span.document &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end
  );
}

function meet(a: Span, b: Span): boolean {
  return a.document === b.document && a.start <= b.end && b.start <= a.end;
}
