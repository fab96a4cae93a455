/** Files of which a part could not be read in; which later errors only follow from that out, so that all others can be reported in the same pass. */

import type { Code, Diagnostic } from "#text/diagnostic.ts";
import type { Document, Span } from "#text/span.ts";
import type { Declaration, FileNode } from "#language/tree.ts";

export interface Unread {
  /** Nothing was left unread. */
  readonly isNone: boolean;
  /** The declaration was not read to its end: its unit, options or parts may be missing. */
  isDamaged(node: Declaration): boolean;
  /** The diagnostic may only follow from what could not be read. */
  follows(found: Diagnostic): boolean;
}

/** Told of names, and right in a damaged declaration too, as far as it was read. */
const ofOneWord: ReadonlySet<Code> = new Set(["unknown-name", "unknown-unit", "unknown-option", "wrong-unit"]);

/** What is missing where a declaration of a kind could not be read. */
const lacking: Readonly<Partial<Record<Code, readonly Declaration["kind"][]>>> = {
  "no-case": ["case"],
  "static-case": ["time"],
  "no-calendar": ["time"],
  "outside-horizon": ["time"],
  "at-the-end": ["time"],
  "between-steps": ["time"],
  "too-short": ["time"],
  "too-short-smooth": ["time"],
  overshoots: ["time"],
  "group-sum": ["claim", "oneOf"],
  "unknown-option": ["choice", "record", "policy"],
};

const word = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;

export function unreadOf(files: readonly FileNode[], documents: readonly Document[]): Unread {
  const texts = new Map(documents.map((d) => [d.name, d.text]));
  const damaged = new Set<Declaration>();
  const words = new Set<string>();
  const spans: Span[] = [];
  /** From the end of what was read last. */
  const cuts: Span[] = [];
  for (const file of files) {
    const all = flattened(file.declarations);
    for (const span of file.unread) {
      const owner = all.findLast((node) => node.span.start <= span.start);
      if (owner !== undefined) damaged.add(owner);
      const text = texts.get(file.document) ?? "";
      cuts.push({ ...span, start: text.slice(0, span.start).trimEnd().length });
      spans.push({ ...span, start: owner?.span.start ?? span.start });
      for (const [found] of text.slice(span.start, span.end).matchAll(word)) words.add(found);
    }
  }
  const kinds = new Set([...damaged].map((node) => node.kind));
  const follows = ({ code, span }: Diagnostic): boolean => {
    const written = texts.get(span.document)?.slice(span.start, span.end) ?? "";
    if (words.has(written)) return true;
    // A figure that goes on in what could not be read.
    if (code === "wrong-unit" && cuts.some((s) => s.document === span.document && s.start === span.end)) return true;
    if (words.size > 0 && code === "no-case") return true;
    if (lacking[code]?.some((kind) => kinds.has(kind) || words.has(kind)) === true) return true;
    return (
      !ofOneWord.has(code) &&
      spans.some((s) => s.document === span.document && s.start <= span.start && span.end <= s.end)
    );
  };
  return { isNone: spans.length === 0, isDamaged: (node) => damaged.has(node), follows };
}

/** An `each`, then what stands in it. */
function flattened(declarations: readonly Declaration[]): readonly Declaration[] {
  return declarations.flatMap((node) => (node.kind === "each" ? [node, ...flattened(node.declarations)] : [node]));
}
