/** Splits a document's text into the paragraphs and sentences that a claim's locator points at. */

import type { Span } from "./span.ts";

export interface Passage {
  readonly text: string;
  readonly span: Span;
}

export interface Paragraph extends Passage {
  readonly sentences: readonly Passage[];
}

/**
 * Paragraphs are separated by blank lines; the first is number 0 (the title). A sentence ends at `.`, `!` or `?`, with the quotes or
 * brackets that close it, before white space and a capital, digit or opening quote; not after an initial (`U.S. forces`) or a title (`Mr.`).
 */
export function paragraphs(document: { readonly name: string; readonly text: string }): readonly Paragraph[] {
  const { name, text } = document;
  const found: Paragraph[] = [];
  for (const match of text.matchAll(/\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/g)) {
    const start = match.index;
    const end = start + match[0].trimEnd().length;
    const part = passage(name, text, start, end);
    found.push({ ...part, sentences: sentences(name, text, start, end) });
  }
  return found;
}

function passage(document: string, text: string, start: number, end: number): Passage {
  return { text: text.slice(start, end).replaceAll(/\s+/g, " "), span: { document, start, end } };
}

const sentenceEnd = /[.!?]+["'”’)\]]*(?=\s+["'“‘([]*[\p{Lu}\d])/gu;
const notAnEnd = /(?:\b\p{Lu}|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|St|No|vs|etc|e\.g|i\.e))\.$/u;

function sentences(document: string, text: string, start: number, end: number): readonly Passage[] {
  const body = text.slice(start, end);
  const parts: Passage[] = [];
  let from = 0;
  for (const match of body.matchAll(sentenceEnd)) {
    const to = match.index + match[0].length;
    if (notAnEnd.test(body.slice(0, to))) continue;
    parts.push(passage(document, text, start + from, start + to));
    from = to + (/^\s*/.exec(body.slice(to))?.[0].length ?? 0);
  }
  if (from < body.length) parts.push(passage(document, text, start + from, end));
  return parts;
}
