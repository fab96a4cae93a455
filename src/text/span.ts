/** Documents and the places in them: every later stage points back into a text through a `Span`. */

/** One text file of a case. `name` is what people see in messages: a path relative to the case's folder. */
export interface Document {
  readonly name: string;
  readonly text: string;
}

/** A half-open range of UTF-16 code units, `start` inclusive, `end` exclusive, in the document called `document`. */
export interface Span {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

/** A position as people count it: line and column from 1; the column counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of `offset`; an offset past the end gives the end. Lines end at LF, CR LF or CR. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)));
  const lines = before.split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines[lines.length - 1] ?? "").length + 1 };
}

/** The smallest span that holds both; both must be of one document. */
export function cover(a: Span, b: Span): Span {
  return { document: a.document, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
