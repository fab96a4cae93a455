/** The importers' door for models of system dynamics: takes the text of a file, gives a case as text and what it leaves out. */

import type { Document } from "#text/span.ts";
import { format } from "#language/formatter.ts";
import { readMdl } from "./read-mdl.ts";
import { readXmile } from "./read-xmile.ts";
import { writeCase, type ImportedCase } from "./write-case.ts";

/** True for a name that such models have. */
export function isModelFile(name: string): boolean {
  return /\.(?:xmile|stmx|itmx|xml|mdl)$/i.test(name);
}

/** XML is read as XMILE, anything else as Vensim's text. Throws `UnreadableFile` where the file is no such model. */
export function importModel(document: Document): ImportedCase {
  const fileName = document.name.split(/[/\\]/).pop() ?? document.name;
  const [model, losses] = /^\uFEFF?\s*</.test(document.text) ? readXmile(document) : readMdl(document);
  const written = writeCase(model, fileName, losses);
  return { ...written, text: format({ name: `${written.name}.casus`, text: written.text }) };
}
