/** Finds what an argument leaves uncovered: claims that switch nothing, lines that nothing supports, passages nobody took up. */

import type { Locator, Model, Term } from "./model.ts";

interface Sentence {
  readonly paragraph: number;
  /** From 1. */
  readonly sentence: number;
}

/** What one side's claims switch. */
export interface SideCount {
  /** As the claims name it; null for claims that name none. */
  readonly side: string | null;
  readonly claims: number;
  /** Those of them that anything in the model hangs on. */
  readonly gates: number;
  /** Lines that hang on at least one of them. */
  readonly lines: number;
}

export interface Coverage {
  /** In order of first mention. */
  readonly sides: readonly SideCount[];
  /** Claims that nothing in the model hangs on. */
  readonly idleClaims: readonly string[];
  /** Claims that point at no passage and cite nothing. */
  readonly unlocated: readonly string[];
  /** Lines with neither a claim nor a mark; what actors value is theirs and needs none. */
  readonly unsupported: readonly Term[];
  /** How many lines there are by who stands behind them. */
  readonly byMark: Readonly<Record<"text" | "inferred" | "ours" | "wiring" | "unmarked", number>>;
  /** How many lines hang on a claim, of whatever mark. */
  readonly gated: number;
  /** By source: sentences that no claim points at, for the sources whose passages were counted. */
  readonly uncovered: Readonly<Record<string, readonly Sentence[]>>;
}

/** `sentences` gives, by source, the number of sentences of each paragraph, from paragraph 0 (the title). */
export function coverage(model: Model, sentences: Readonly<Record<string, readonly number[]>> = {}): Coverage {
  const locators = model.claims.flatMap((c) => c.locators);
  const byMark = { text: 0, inferred: 0, ours: 0, wiring: 0, unmarked: 0 };
  for (const term of model.terms) byMark[term.mark ?? "unmarked"] += 1;
  return {
    sides: sidesOf(model),
    idleClaims: model.claims.filter((c) => !c.isGate).map((c) => c.name),
    unlocated: model.claims.filter((c) => c.locators.length === 0 && c.citations.length === 0).map((c) => c.name),
    unsupported: model.terms.filter((t) => t.claims.length === 0 && t.mark === null && !t.owner.startsWith("actor ")),
    byMark,
    gated: model.terms.filter((t) => t.claims.length > 0).length,
    uncovered: Object.fromEntries(
      Object.entries(sentences).map(([source, counts]) => [
        source,
        uncoveredOf(
          counts,
          locators.filter((l) => l.source === source),
        ),
      ]),
    ),
  };
}

/** Gates counted per side, so that nobody's claims outweigh another's unseen. */
export function sidesOf(model: Model): readonly SideCount[] {
  return [...new Set(model.claims.map((c) => c.side))].map((side) => {
    const claims = model.claims.filter((c) => c.side === side);
    const names = new Set(claims.map((c) => c.name));
    return {
      side,
      claims: claims.length,
      gates: claims.filter((c) => c.isGate).length,
      lines: model.terms.filter((t) => t.claims.some((c) => names.has(c))).length,
    };
  });
}

function uncoveredOf(counts: readonly number[], locators: readonly Locator[]): readonly Sentence[] {
  return counts.flatMap((count, paragraph) =>
    Array.from({ length: count }, (_, i) => ({ paragraph, sentence: i + 1 })).filter(
      (s) => !locators.some((l) => pointsAt(l, s)),
    ),
  );
}

/** A locator without sentences points at the whole paragraph. */
function pointsAt(l: Locator, { paragraph, sentence }: Sentence): boolean {
  if (l.paragraph !== paragraph) return false;
  return l.firstSentence === null || (sentence >= l.firstSentence && sentence <= (l.lastSentence ?? l.firstSentence));
}
