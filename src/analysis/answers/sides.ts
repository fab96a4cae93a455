/** Finds what the sides of a comparison have in common with what is asked elsewhere: the outcome that a side is of, and the conclusions that share a side. */

import type { Expression } from "#model/expression.ts";
import type { Comparison, Figure, Model } from "#model/model.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { keyOfSituation, situationOf, type Situation } from "#ensemble/situation.ts";

/** An outcome in a situation, every run counted: what a table of outcomes shows, and what a side of a comparison may be. */
export interface OutcomeSide {
  readonly situation: Situation;
  readonly outcome: string;
}

/** The value in each run of an outcome under a view, where a conclusion that has it as a side made more runs than show every outcome; null where none did. */
export type SideValues = (view: string, side: OutcomeSide) => Float64Array | null;

/** The outcomes among the sides of a comparison. */
export function outcomeSides(model: Model, { figures }: Comparison, stand: Profile): readonly OutcomeSide[] {
  return figures.flatMap((f) => {
    const outcome = f.given === null ? outcomeShownBy(model, f.of) : null;
    return outcome === null ? [] : [{ situation: situationOf(model, f.intervention, stand), outcome }];
  });
}

/** Equal for an outcome in situations that fix the same things. */
export function keyOfSide({ situation, outcome }: OutcomeSide): string {
  return JSON.stringify([keyOfSituation(situation), outcome]);
}

/**
 * From a comparison to the case's conclusions that are looked at together with it: those that have a side in common with it, those that have one in common with these, and so on. A side has one
 * figure whichever of them it is read in, so they all rest on the same worlds. Which they are depends on the case alone.
 */
export function kinIn(model: Model, stand: Profile): (comparison: Comparison) => readonly Comparison[] {
  const sidesOf = ({ figures }: Comparison): readonly string[] => figures.map((f) => keyOfFigure(model, f, stand));
  const conclusions = model.conclusions.map(({ comparison }) => ({ comparison, sides: sidesOf(comparison) }));
  return (comparison) => {
    const known = new Set(sidesOf(comparison));
    const kin = new Set<Comparison>();
    for (let before = -1; before < kin.size;) {
      before = kin.size;
      for (const c of conclusions) {
        if (kin.has(c.comparison) || !c.sides.some((s) => known.has(s))) continue;
        kin.add(c.comparison);
        for (const s of c.sides) known.add(s);
      }
    }
    return conclusions.flatMap((c) => (kin.has(c.comparison) ? [c.comparison] : []));
  };
}

/** What a figure is of; equal for a chance, a mean and a quantile of the same runs. */
function keyOfFigure(model: Model, { of, given, intervention }: Figure, stand: Profile): string {
  return JSON.stringify([
    keyOfSituation(situationOf(model, intervention, stand)),
    outcomeShownBy(model, of) ?? of,
    given,
  ]);
}

/** The outcome whose row in a table shows the figures of this expression: itself, one defined by the same words, or the category that it asks a word of. Null where none does. */
function outcomeShownBy(model: Model, of: Expression): string | null {
  if (of.op === "outcome") return of.name;
  if (of.op === "binary" && (of.operator === "eq" || of.operator === "ne") && of.right.op === "const") {
    const { left } = of;
    const asked = left.op === "outcome" ? model.outcomes.find((o) => o.name === left.name) : undefined;
    if (asked !== undefined && asked.categories !== null) return asked.name;
  }
  const words = JSON.stringify(of);
  return model.outcomes.find((o) => JSON.stringify(o.value) === words)?.name ?? null;
}
