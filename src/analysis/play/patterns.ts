/** Lists the patterns that the actors' types can fall in, with the chance a view gives each. */

import { evaluate } from "#kernel/evaluate.ts";
import { blocksOf, lawOf } from "#ensemble/table/claim-law.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Actor, Model } from "#model/model.ts";

/** Truth of every claim that is some actor's type. */
export interface Pattern {
  readonly claims: Readonly<Record<string, boolean>>;
  readonly chance: number;
}

/** Those with a chance, the likeliest first; ties in order of the claims. Exact: by the law of the view's claims. */
export function patternsOf(model: Model, view: string): readonly Pattern[] {
  const types = model.claims.filter((c) => c.isType && c.isGate).map((c) => c.name);
  const mind = mindOf(model, view);
  let found: readonly Pattern[] = [{ claims: {}, chance: 1 }];
  for (const block of blocksOf(model, [mind], types)) {
    const law = lawOf(model, mind, block, {});
    const own = Array.from(law).flatMap((chance, pattern) =>
      chance > 0
        ? [
            {
              chance,
              claims: Object.fromEntries(block.gates.map((g, i) => [g, Math.floor(pattern / 2 ** i) % 2 === 1])),
            },
          ]
        : [],
    );
    found = found.flatMap((p) =>
      own.map((o) => ({ claims: { ...p.claims, ...o.claims }, chance: p.chance * o.chance })),
    );
  }
  return found.toSorted((a, b) => b.chance - a.chance);
}

/** Through which view an actor sees in such a pattern; whoever has none sees as the reader does. */
export function viewOf(actor: Actor, claims: Readonly<Record<string, boolean>>, reader: string): string {
  const { sees } = actor;
  if (sees === null) return reader;
  if (sees.because === null) return sees.view;
  const holds = evaluate(
    sees.because,
    (leaf) => (leaf.op === "claim" && claims[leaf.name] === true ? 1 : 0),
    () => {
      throw new Error("what an actor sees reads a table");
    },
  );
  return holds === 0 ? (sees.otherwise ?? reader) : sees.view;
}
