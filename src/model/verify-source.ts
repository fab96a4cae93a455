/** Holds a reader's copy of a document against the claims: each claim beside its passage, or what does not fit. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { sha256Of } from "#text/hash.ts";
import { paragraphs, type Paragraph, type Passage } from "#text/passages.ts";
import { locatorText } from "./locator.ts";
import type { Claim, Locator, Model, Source } from "./model.ts";

/** A claim with the passages its locators name in one source, in written order. */
interface LocatedClaim {
  readonly claim: string;
  readonly label: string;
  readonly passages: readonly { readonly locator: string; readonly text: string }[];
}

export interface SourceCheck {
  readonly source: string;
  readonly located: readonly LocatedClaim[];
  /** By paragraph of the copy, how many sentences it has; empty where the copy is another document. */
  readonly sentences: readonly number[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Holds a reader's copy against every source of the model that its hash fits. Line ends and a byte-order mark do not count.
 * With no source of that hash, one `wrong-document` per source, and nothing is located: locators into another text would mislead.
 */
export function verifySource(
  model: Model,
  copy: { readonly name: string; readonly text: string },
): readonly SourceCheck[] {
  const text = copy.text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const found = sha256Of(text);
  const fitting = model.sources.filter((s) => s.sha256 === found);
  if (fitting.length === 0)
    return model.sources.map((s) => ({ source: s.name, located: [], sentences: [], diagnostics: [misfit(s, found)] }));
  const document = paragraphs({ name: copy.name, text });
  return fitting.map((s) => locateClaims(model, s, document));
}

function misfit(source: Source, found: string): Diagnostic {
  return source.sha256 === null
    ? diagnose("source-without-hash", source.span, { source: source.name, found })
    : diagnose("wrong-document", source.span, { source: source.name, wanted: source.sha256, found });
}

function locateClaims(model: Model, source: Source, document: readonly Paragraph[]): SourceCheck {
  const diagnostics: Diagnostic[] = [];
  const located: LocatedClaim[] = [];
  for (const claim of model.claims) {
    const passages = claim.locators
      .filter((l) => l.source === source.name)
      .flatMap((l) => {
        const parts = passagesAt(document, l);
        if (parts !== null) return [{ locator: locatorText(l), text: parts.map((p) => p.text).join(" ") }];
        diagnostics.push(notFound(claim, l, document));
        return [];
      });
    if (passages.length > 0) located.push({ claim: claim.name, label: claim.label, passages });
  }
  const sentences = document.map((p) => p.sentences.length);
  return { source: source.name, located, sentences, diagnostics };
}

/** The passages a locator names, or null when the document has no such paragraph or sentence. */
function passagesAt(document: readonly Paragraph[], locator: Locator): readonly Passage[] | null {
  const paragraph = document[locator.paragraph];
  if (paragraph === undefined) return null;
  if (locator.firstSentence === null) return [paragraph];
  const last = locator.lastSentence ?? locator.firstSentence;
  const parts = paragraph.sentences.slice(locator.firstSentence - 1, last);
  return parts.length === last - locator.firstSentence + 1 && parts.length > 0 ? parts : null;
}

function notFound(claim: Claim, locator: Locator, document: readonly Paragraph[]): Diagnostic {
  return diagnose("passage-not-found", locator.span, {
    claim: claim.name,
    locator: locatorText(locator),
    paragraphs: document.length,
    sentences: document[locator.paragraph]?.sentences.length ?? null,
  });
}
