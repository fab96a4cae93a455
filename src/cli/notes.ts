/** Prints what the command says besides its answer, on standard error; `--quiet` leaves only what is wrong. */

import { printDiagnostics, type Diagnostic, type Document } from "#internal.ts";

// A command is quiet or not as a whole.
let isQuiet = false;

export function beQuiet(): void {
  isQuiet = true;
}

/** What was done, or how. */
export function mention(text: string): void {
  remark(`casus: ${text}`);
}

/** What is wrong with a case, and unless it is to be quiet, what may be. */
export function printFound(diagnostics: readonly Diagnostic[], documents: readonly Document[]): void {
  const shown = isQuiet ? diagnostics.filter((d) => d.severity === "error") : diagnostics;
  if (shown.length > 0) process.stderr.write(printDiagnostics(shown, documents));
}

/** The same, in words that begin by themselves. */
export function remark(text: string): void {
  if (!isQuiet) process.stderr.write(`${text}\n`);
}
