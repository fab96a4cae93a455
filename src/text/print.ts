/** Prints diagnostics: code, place, the line with a caret under it, and what to write instead. */

import type { Diagnostic, Note } from "./diagnostic.ts";
import { LineIndex, type Document, type Span } from "./span.ts";

const longestLine = 160;

/** So many are read by nobody; more are counted. */
const mostShown = 50;

type Lines = ReadonlyMap<string, LineIndex>;

/**
 * Diagnostics as `casus check` prints them, in order of place: each with its line, a blank line between them, and a closing count. Only the first `mostShown`; empty for none.
 *
 * @param documents - the texts that their places lie in
 * @example
 * ```ts
 * console.log(printDiagnostics(argument.warnings, argument.documents));
 * ```
 */
export function printDiagnostics(diagnostics: readonly Diagnostic[], documents: readonly Document[]): string {
  if (diagnostics.length === 0) return "";
  const lines = linesOf(documents);
  const order = new Map(documents.map((d, i) => [d.name, i]));
  const sorted = diagnostics.toSorted(
    (a, b) => (order.get(a.span.document) ?? 0) - (order.get(b.span.document) ?? 0) || a.span.start - b.span.start,
  );
  const shown = sorted.slice(0, mostShown).map((d) => printed(d, lines));
  if (sorted.length > mostShown) shown.push(`and ${(sorted.length - mostShown).toLocaleString("en-US")} more\n`);
  return [...shown, countLine(sorted), ""].join("\n");
}

function linesOf(documents: readonly Document[]): Lines {
  return new Map(documents.map((d) => [d.name, new LineIndex(d.text)]));
}

function printed({ severity, code, message, hint, span, notes }: Diagnostic, index: Lines): string {
  const lines = [`${severity}[${code}]: ${visible(message)}`, ...excerpt(span, index)];
  if (hint !== "") lines.push(`  = ${visible(hint)}`);
  for (const note of notes) lines.push(...printNote(note, index));
  return lines.join("\n") + "\n";
}

function printNote(note: Note, index: Lines): string[] {
  return note.span === undefined
    ? [`  = note: ${visible(note.message)}`]
    : [`  note: ${visible(note.message)}`, ...excerpt(note.span, index)];
}

function countLine(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((d) => d.severity === "error").length;
  const warnings = diagnostics.length - errors;
  const plural = (n: number, word: string): string => `${n.toLocaleString("en-US")} ${word}${n === 1 ? "" : "s"}`;
  return [errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""]
    .filter((s) => s !== "")
    .join(", ");
}

/** `--> file:line:column`, the line, and carets under the part of the span that lies on it. */
function excerpt(span: Span, index: Lines): string[] {
  const text = index.get(span.document);
  if (text === undefined) return [` --> ${span.document}`];
  const { line, column } = text.positionAt(span.start);
  const source = text.lineAt(line);
  const last = Math.min(source.length + 1, column + Math.max(1, span.end - span.start));
  const gutter = " ".repeat(String(line).length);
  const { shown, offset } = windowOf(source, column - 1);
  const carets = "^".repeat(Math.max(1, Math.min(last - column, shown.length - (column - 1 - offset))));
  return [
    `${gutter}--> ${span.document}:${line}:${column}`,
    `${gutter} |`,
    `${line} | ${shown}`.trimEnd(),
    `${gutter} | ${blank(shown.slice(0, column - 1 - offset))}${carets}`,
  ];
}

/** A long line is cut to the stretch around the caret. */
function windowOf(source: string, at: number): { shown: string; offset: number } {
  if (source.length <= longestLine) return { shown: visible(source), offset: 0 };
  const offset = Math.max(0, Math.min(at - longestLine / 2, source.length - longestLine));
  return { shown: visible(source.slice(offset, offset + longestLine)), offset };
}

/** Control characters would move the carets or the terminal: each shows as one sign. Tabs stay, and stay in the caret line too. */
function visible(source: string): string {
  // eslint-disable-next-line no-control-regex
  return source.replaceAll(
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    "\uFFFD",
  );
}

function blank(text: string): string {
  return text.replaceAll(/[^\t]/g, " ");
}
