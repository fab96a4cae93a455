/** Checks `case`, `source` and `wording`: the head of the model. */

import { diagnose, type Diagnostic } from "#text/diagnostic.ts";
import { isReplyAddress } from "#text/link.ts";
import type { Span } from "#text/span.ts";
import type { CaseNode, ExpressionNode, WordingNode } from "#language/tree.ts";
import { statedDate } from "../units/calendar.ts";
import { lowerIntervention } from "./interventions.ts";
import { place } from "../scope/places.ts";
import type { Lowering } from "../lowering/lowering.ts";
import { checkAll, checkNamed } from "../lowering/named.ts";
import type { Correction, Model, Source } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { declaredOf } from "../world/quantities.ts";

export type Head = Pick<
  Model,
  | "name"
  | "title"
  | "modeller"
  | "version"
  | "language"
  | "asOf"
  | "notes"
  | "leavesOut"
  | "reply"
  | "corrections"
  | "leading"
>;

/** `whole` is where to say that there is no `case` at all. */
export function lowerHead(use: Lowering, whole: Span): Head | null {
  const [entry] = ofKind(use.scope.names, "case");
  if (entry === undefined) {
    use.tell("no-case", whole, {});
    return null;
  }
  const node: CaseNode = entry.node;
  const asOf = statedDate(node.asOf);
  if (node.reply !== null && !isReplyAddress(node.reply.text))
    use.tell("reply-address", node.reply.span, { address: node.reply.text });
  if (node.situation !== null) lowerIntervention(node.situation, place("statement"), use);
  checkAll(node.leading, "conclusion", "what the case leads with", (name) => checkNamed(name, "conclusion", use), use);
  return {
    name: node.name.text,
    title: node.label?.text ?? node.name.text,
    modeller: node.modeller?.text ?? null,
    version: node.version?.text ?? null,
    language: node.language?.text ?? null,
    asOf,
    notes: node.notes.map((n) => n.text),
    leavesOut: node.leavesOut.map((n) => n.text),
    reply: node.reply?.text ?? null,
    corrections: correctionsOf(node),
    leading: leadingConclusions(use)[0] ?? null,
  };
}

/** The conclusions that the case names first, as far as they are declared. */
export function leadingConclusions(use: Lowering): readonly string[] {
  const [entry] = ofKind(use.scope.names, "case");
  return (entry?.node.leading ?? []).flatMap(({ text }) =>
    use.scope.names.byName.get(text)?.node.kind === "conclusion" ? [text] : [],
  );
}

/** The newest first; of one day, in the order written. */
function correctionsOf(node: CaseNode): readonly Correction[] {
  return node.corrections
    .flatMap(({ date, text }) => {
      const stated = statedDate(date);
      return stated === null ? [] : [{ date: stated, text: text.text }];
    })
    .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

export function lowerSources(use: Lowering): readonly Source[] {
  return ofKind(use.scope.names, "source").map((entry) => {
    const { node } = entry;
    const sha256 = node.sha256?.text.toLowerCase() ?? null;
    if (node.sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256 ?? "")) use.tell("hash-form", node.sha256.span, {});
    return {
      ...declaredOf(entry),
      title: node.title?.text ?? null,
      author: node.author?.text ?? null,
      year: node.year,
      publisher: node.publisher?.text ?? null,
      sha256,
    };
  });
}

/** Credence by word. */
export function wordingOf(node: WordingNode | undefined): [ReadonlyMap<string, number>, readonly Diagnostic[]] {
  const words = new Map<string, number>();
  const found: Diagnostic[] = [];
  for (const { name, credence } of node?.words ?? []) {
    const value = shareOf(credence);
    if (value === null) {
      if (credence.kind !== "missing")
        found.push(diagnose("bad-credence", credence.span, { meant: percentMeant(credence) }));
    } else if (words.has(name.text))
      found.push(diagnose("duplicate-item", name.span, { what: "word", name: name.text, of: "the wording" }));
    else words.set(name.text, value);
  }
  return [words, found];
}

/** A share as written; null when it is none. */
export function shareOf(node: ExpressionNode): number | null {
  return node.kind === "number" && node.unit === null && node.value >= 0 && node.value <= 1 ? node.value : null;
}

/** A number from 1 to 100 was meant in percent. */
export function percentMeant(node: ExpressionNode): string | null {
  const isBare = node.kind === "number" && !node.percent && node.value > 1 && node.value <= 100;
  return isBare ? `${node.value}%` : null;
}
