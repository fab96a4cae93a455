/** The importers' door for models of system dynamics: takes the text of a file, gives a case as text and what it leaves out. */

import type { Document } from "#text/span.ts";
import { format } from "#language/formatter.ts";
import { readMdl } from "./read-mdl.ts";
import { readXmile } from "./read-xmile.ts";
import { supplyModel, type SuppliedTable } from "./supplied.ts";
import { fileNameOf } from "../file-name.ts";
import { writeCase, type ImportedCase } from "./write-case.ts";

/** True for a name that such models have. */
export function isModelFile(name: string): boolean {
  return /\.(?:xmile|stmx|itmx|xml|mdl)$/i.test(name);
}

/** By what the text begins with; one with neither a bar nor a tilde is no text of Vensim's, so its name decides. */
function isXml({ name, text }: Document): boolean {
  return /^\uFEFF?\s*</.test(text) || (!/\.mdl$/i.test(name) && !/[|~]/.test(text) && isModelFile(name));
}

/**
 * XML is read as XMILE, anything else as Vensim's text; what the file leaves open is filled in from `tables`. Throws `UnreadableFile` where the file is no such model,
 * or a table none.
 */
export function importModel(document: Document, tables: readonly SuppliedTable[] = []): ImportedCase {
  const [read, readLosses] = isXml(document) ? readXmile(document) : readMdl(document);
  const losses = [...readLosses];
  const { model, taken } = supplyModel(read, tables, losses);
  const written = writeCase(model, fileNameOf(document.name), losses);
  return { ...written, taken, text: format({ name: `${written.name}.casus`, text: written.text }) };
}
