/** What can be wrong between a case and the reader's copy of a document it points into. */

import type { Entry } from "./entry.ts";

export const sourceCatalogue = {
  "wrong-document": (p: { source: string; wanted: string; found: string }): Entry => ({
    message: `the file given is not the document '${p.source}': its SHA-256 is ${p.found}, the case names ${p.wanted}`,
    hint: "give the file whose hash the case names, or correct the hash in the source",
  }),
  "source-without-hash": (p: { source: string; found: string }): Entry => ({
    message: `the source '${p.source}' names no SHA-256, so no copy can be checked against it`,
    hint: `if the file given is that document, write: sha256 "${p.found}"`,
  }),
  "passage-not-found": (p: {
    claim: string;
    locator: string;
    paragraphs: number;
    sentences: number | null;
  }): Entry => ({
    message: `the claim '${p.claim}' points at ${p.locator}, which the document does not have`,
    hint:
      p.sentences === null
        ? `the document has paragraphs ¶0 to ¶${p.paragraphs - 1}; ¶0 is the title`
        : `that paragraph has ${p.sentences} ${p.sentences === 1 ? "sentence" : "sentences"}, counted from s1`,
  }),
};
