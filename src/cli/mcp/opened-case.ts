/** Opens the case that a tool is asked about, from its path or from its text. */

import { isClean, printDiagnostics, readModel, type Diagnostic, type Document, type Model } from "#internal.ts";
import { Usage } from "../disk.ts";
import { largestCase } from "../files.ts";
import { load, withRecords } from "../load.ts";
import { caseInside } from "./ground.ts";

/** A case as it was read, whatever is wrong with it. */
interface OpenedCase {
  /** Null for a case that was given as text. */
  readonly path: string | null;
  readonly documents: readonly Document[];
  readonly model: Model | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A case that can be run, its records read. */
export interface SoundCase {
  /** How messages name it. */
  readonly called: string;
  readonly model: Model;
  /** The case's texts and its records, in that order. */
  readonly documents: readonly Document[];
  /** What is wrong and stops nothing, as `casus check` prints it; empty where nothing is. */
  readonly warnings: string;
}

/** What both kinds of argument may say. */
interface AskedCase {
  readonly case?: string | undefined;
  readonly text?: string | undefined;
}

/** Throws `Usage` unless exactly one of the two is given, and for a path that leads out of the folder. */
export function openCase({ case: path, text }: AskedCase): OpenedCase {
  if ((path === undefined) === (text === undefined))
    throw new Usage("give either 'case', the path of a case, or 'text', the text of one");
  if (path !== undefined) {
    const inside = caseInside(path);
    return { path: inside, ...load(inside) };
  }
  const document = { name: "case.casus", text: text ?? "" };
  if (document.text.length > largestCase) throw new Usage(`a case may hold ${largestCase} characters`);
  const [model, diagnostics] = readModel([document]);
  return { path: null, documents: [document], model, diagnostics };
}

/** Throws `Usage` with every diagnostic for a case that cannot be run, and for a text whose records lie in files. */
export function openToRun(asked: AskedCase): SoundCase {
  const { path, documents, model, diagnostics } = openCase(asked);
  const called = path ?? "the text";
  const printed = printDiagnostics(diagnostics, documents);
  if (model === null || !isClean(diagnostics))
    throw new Usage(`${called} is not run, because of what is wrong with it\n${printed}`);
  if (path === null && model.records.length > 0)
    throw new Usage(
      "the text names a record, whose file it does not hold; write the case and its tables into the folder and give 'case'",
    );
  const read = path === null ? { model, documents: [] } : withRecords(path, model);
  return { called, model: read.model, documents: [...documents, ...read.documents], warnings: printed };
}
