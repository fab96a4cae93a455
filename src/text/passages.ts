/** Splits a document's text into the paragraphs and sentences that a claim's locator points at. */

import type { Span } from "./span.ts";

export interface Passage {
  readonly text: string;
  readonly span: Span;
}

export interface Paragraph extends Passage {
  readonly sentences: readonly Passage[];
}

/** Where a sentence is, as a case writes it: `p1 s2`. */
export function placeText({ paragraph, sentence }: { readonly paragraph: number; readonly sentence: number }): string {
  return `p${paragraph} s${sentence}`;
}

/**
 * Paragraphs are separated by blank lines; the first is number 0 (the title). Sentences end where Unicode's rules say (UAX 29, by
 * `Intl.Segmenter`), but not after an initial (`U.S. forces`), a title (`Mr.`) or an abbreviation that is followed by what it shortens (`No. 5`).
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

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** A full stop that shortens a word: what follows belongs to the same sentence. */
const notAnEnd =
  /(?:\b\p{Lu}|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|Rev|Hon|St|Nos?|Art|Sec|Fig|vols?|pp?|vs|cf|ca|etc|e\.g|i\.e))\.\s*$/u;

/** Characters that are given to the segmenter at once, whose time grows with the square of a paragraph's length; and those at their end whose sentences are left to the next time. */
const atOnce = 8192;
const ahead = 512;

/** Where Unicode's rules end a sentence, in order. */
function* sentenceEnds(body: string): Generator<number> {
  for (let start = 0, length = atOnce; start < body.length;) {
    const part = body.slice(start, start + length);
    const isLast = start + part.length === body.length;
    let end = 0;
    for (const { segment, index } of segmenter.segment(part)) {
      const to = index + segment.length;
      if (!isLast && to > part.length - ahead) break;
      yield start + to;
      end = to;
    }
    // A sentence longer than a part is looked at again in a longer one.
    length = end === 0 ? length * 2 : atOnce;
    start += end;
  }
}

function sentences(document: string, text: string, start: number, end: number): readonly Passage[] {
  // A line end within a paragraph is white space; the segmenter would end a sentence there.
  const body = text.slice(start, end).replaceAll(/[\n\r\v\f\u0085\u2028\u2029]/g, " ");
  const parts: Passage[] = [];
  let from = 0;
  for (const to of sentenceEnds(body)) {
    if (to < body.length && notAnEnd.test(body.slice(from, to))) continue;
    // What has no letter and no digit, such as the bar of a table, is no sentence of its own.
    const first = /[\p{L}\p{N}]/u.test(body.slice(from, to)) || parts.length === 0 ? from : lastStart(parts) - start;
    if (first < from) parts.pop();
    parts.push(passage(document, text, start + first, start + first + body.slice(first, to).trimEnd().length));
    from = to;
  }
  return parts;
}

function lastStart(parts: readonly Passage[]): number {
  return parts.at(-1)?.span.start ?? 0;
}
