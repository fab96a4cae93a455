/** What an importer could not carry over, by name and place, and the error for a file that is no model at all. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { Refused } from "#text/refused.ts";
import type { Document, Span } from "#text/span.ts";

/** One thing of the file that the case does not have, or has otherwise. */
export interface Loss {
  /** As the file names it. */
  readonly name: string;
  readonly why: string;
  readonly span: Span;
  /** True where the case has it in another form, and what that changes is in `why`. */
  readonly isChanged: boolean;
}

/** Losses as warnings with their places. */
export function lossWarnings(losses: readonly Loss[]): readonly Diagnostic[] {
  return losses.map(({ name, why, span, isChanged }) =>
    diagnose(isChanged ? "carried-otherwise" : "not-carried-over", span, { name, why }),
  );
}

/** A file that cannot be read: says where, what is wrong and what to do. */
export class UnreadableFile extends Refused {
  readonly diagnostic: Diagnostic;
  constructor(message: string, span: Span, hint: string) {
    super(message, span);
    this.name = "UnreadableFile";
    this.diagnostic = diagnose("unreadable-file", span, { message, hint });
  }
}

/** Characters of a model's file; the largest published ones have a tenth of it. */
const longestModel = 20_000_000;

/** The line of that number, from 1. */
export function lineSpan({ name, text }: Document, line: number): Span {
  const before = text.split("\n").slice(0, line - 1);
  const start = Math.min(
    before.reduce((n, l) => n + l.length + 1, 0),
    Math.max(0, text.length - 1),
  );
  const end = text.indexOf("\n", start);
  return { document: name, start, end: Math.max(start + 1, end < 0 ? text.length : end) };
}

/** Throws `UnreadableFile` for a text that is too long or no text. */
export function checkText(name: string, text: string, longest: number): void {
  const start: Span = { document: name, start: 0, end: Math.min(1, text.length) };
  if (text.length > longest)
    throw new UnreadableFile(
      `the file has ${text.length} characters; at most ${longest} are read`,
      start,
      "import a smaller file, or part of it",
    );
  const zero = text.indexOf("\0");
  if (zero >= 0)
    throw new UnreadableFile(
      "this is no text: it holds a zero byte",
      { document: name, start: zero, end: zero + 1 },
      "save the model in its text format",
    );
}

/** Throws `UnreadableFile` for what `checkText` refuses, and for a web page: often one is saved in place of the file that it shows. */
export function checkModelText(name: string, text: string): void {
  checkText(name, text, longestModel);
  if (!/^[\s\uFEFF]*<(?:!doctype\s+html|html)\b/i.test(text)) return;
  throw new UnreadableFile(
    "this is a web page",
    { document: name, start: 0, end: Math.min(1, text.length) },
    "give the file itself; where a page shows it, save what its 'Raw' or 'Download' leads to",
  );
}
