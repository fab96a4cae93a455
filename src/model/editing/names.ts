/** Documents of a case in; what an editor asks about the names in them out: which stands at a place, where it is declared, where it is used. */

import type { Edit } from "#text/fix.ts";
import type { Document, Span } from "#text/span.ts";
import { outline, placesOf, type Outlined } from "#language/outline.ts";
import { isKept } from "#language/words.ts";

const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;

/** The word at an offset, or that ends there; null where none stands. */
export function wordAt({ name, text }: Document, offset: number): (Span & { readonly text: string }) | null {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const to = text.indexOf("\n", offset);
  const line = text.slice(from, to < 0 ? text.length : to);
  for (const match of line.matchAll(word)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (start <= offset && offset <= end) return { document: name, start, end, text: match[0] };
  }
  return null;
}

/** The word at an offset where it is a name of the case, not a record's column; else null. */
function nameAt(at: Document, offset: number): (Span & { readonly text: string }) | null {
  const found = wordAt(at, offset);
  return found !== null && placesOf(at, found.text).some((p) => p.start === found.start) ? found : null;
}

/** What the case declares, in order of its documents and places. */
export function outlineAll(documents: readonly Document[]): readonly Outlined[] {
  return documents.flatMap((d) => outline(d));
}

/** Where the name under an offset is declared: once, or for an option of several choices at each. */
export function declarationsAt(documents: readonly Document[], at: Document, offset: number): readonly Outlined[] {
  const found = nameAt(at, offset);
  return found === null ? [] : outlineAll(documents).filter((o) => o.name === found.text);
}

/** Every place where the name under an offset stands, its declarations included; empty where the case declares none such. */
export function referencesAt(documents: readonly Document[], at: Document, offset: number): readonly Span[] {
  const found = nameAt(at, offset);
  if (found === null || declarationsAt(documents, at, offset).length === 0) return [];
  return documents.flatMap((d) => placesOf(d, found.text));
}

/** The edits that give the name under an offset another; or why it cannot have it. */
export function renameAt(
  documents: readonly Document[],
  at: Document,
  offset: number,
  name: string,
): { readonly edits: readonly Edit[] } | { readonly refused: string } {
  const found = nameAt(at, offset);
  const declared = outlineAll(documents);
  if (found === null || !declared.some((o) => o.name === found.text))
    return { refused: "there is no name here that the case declares" };
  if (!/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(name))
    return { refused: `'${name}' is no name: names are letters, digits and _` };
  if (declared.some((o) => o.name === found.text && isKept(name, o.kind)))
    return { refused: `'${name}' is a word of the language` };
  if (name !== found.text && declared.some((o) => o.name === name)) return { refused: `'${name}' is declared already` };
  return { edits: documents.flatMap((d) => placesOf(d, found.text)).map((span) => ({ span, text: name })) };
}
