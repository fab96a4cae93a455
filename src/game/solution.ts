/** What a solver leaves: equilibria, how far each is from being one, and whether there are more. */

import type { Field } from "./field.ts";

/**
 * `nash`: nobody gains by a change of plan. `subgame-perfect`: nor in any subgame. `sequential-candidate`: the limit of a path of logit equilibria of the
 * agents, sequential where it converges (McKelvey & Palfrey 1998); its beliefs are checked to rounding, not proved. `logit`: choices that err, at a stated λ.
 */
export type Kind = "nash" | "subgame-perfect" | "sequential-candidate" | "logit";

/**
 * `all`: there are no others. `all-extreme`: others are mixtures within the components. `all-pure`: all in pure strategies, and perhaps some mixed ones; there
 * may be more of these. `some`: there may be more of any sort.
 */
export type Complete = "all" | "all-extreme" | "all-pure" | "some";

export interface Solution {
  readonly kind: Kind;
  /** By player and strategy in a normal form; by information set and action in a tree. */
  readonly profile: readonly (readonly number[])[];
  /** The same as exact fractions, where the game was typed in: `1/3`. */
  readonly exact: readonly (readonly string[])[] | null;
  /** Expected payoff of each player. */
  readonly payoffs: readonly number[];
  /** Largest gain any player could still have by a change of plan ÷ that player's payoff range. */
  readonly regret: number;
  /** In a tree, the same in every subgame, the largest; for a sequential candidate, at every information set with the limit's beliefs. Null in a normal form. */
  readonly localRegret: number | null;
  /** Equilibria with the same number are connected; null where it is not known. */
  readonly component: number | null;
  /** λ × payoff range, for `logit`. */
  readonly lambda: number | null;
}

export interface SolutionList {
  readonly kind: Kind;
  readonly method: string;
  readonly complete: Complete;
  /** Why the list may not be whole, or is empty; null where there is nothing to say. */
  readonly why: string | null;
  readonly solutions: readonly Solution[];
}

/** How a field's numbers are written where they are exact; null for doubles. */
export type Writing<T> = ((value: T) => string) | null;

/** A profile as a solution holds it. */
export function profileAs<T>(
  field: Pick<Field<T>, "toNumber">,
  profile: readonly (readonly T[])[],
  writing: Writing<T>,
): Pick<Solution, "profile" | "exact"> {
  return {
    profile: profile.map((own) => own.map((p) => field.toNumber(p))),
    exact: writing === null ? null : profile.map((own) => own.map(writing)),
  };
}

/** Above this a profile is not called an equilibrium. */
export const tolerance = 1e-9;
