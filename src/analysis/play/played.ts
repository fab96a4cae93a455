/** What the analyses of a game share: one pattern of types under one reader's view, as run and solved. */

import { fanOfLambda } from "#game/solve-normal.ts";
import { approximate } from "#game/field.ts";
import { playChances } from "#game/behaviour.ts";
import type { Behaviour, ExtensiveForm } from "#game/extensive.ts";
import type { TreeSolved } from "#game/solve-tree.ts";
import type { Solution } from "#game/solution.ts";
import { finalOf, sampleOf, type Samples } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Profile } from "#ensemble/profiles.ts";
import type { Situation } from "#ensemble/situation.ts";
import { mean, standardError } from "#ensemble/statistics.ts";
import type { Expression } from "#model/expression.ts";
import type { Actor, Model } from "#model/model.ts";
import type { CaseGame } from "./case-game.ts";
import type { Request } from "../findings/findings.ts";
import type { Pattern } from "./patterns.ts";
import type { Act } from "./play-model.ts";

export interface PlayRequest extends Request {
  /** Patterns of types solved, the likeliest first. */
  readonly patterns: number;
  /** Beliefs solved one by one; 0 leaves doubt out. */
  readonly beliefs: number;
  /** λ × payoff range of the logit equilibrium that is told first. */
  readonly lambda: number;
  /** What correcting each claim and unknown of an actor's view would be worth, one at a time. */
  readonly correct: boolean;
  /** The actor that alone knows the types, in a game solved beside the patterns; null where all know them. */
  readonly informed: string | null;
}

export interface PayoffEstimate {
  readonly mean: number;
  readonly se: number;
}

/** The fan of λ × payoff range, and the one asked for. */
export function lambdasFor(request: Pick<PlayRequest, "lambda">): readonly number[] {
  return [...new Set([...fanOfLambda, request.lambda])].toSorted((a, b) => a - b);
}

export function situationIn(
  profile: Profile,
  pattern: Pick<Pattern, "claims">,
  suppositions: readonly string[] = [],
): Situation {
  return { choices: profile, claims: pattern.claims, suppositions };
}

/** One pattern of one reader's view, run and about to be told. */
export interface Played {
  /** That of `playModel`. */
  readonly model: Model;
  readonly acts: readonly Act[];
  /** What every run keeps. */
  readonly finals: readonly Expression[];
  readonly game: CaseGame;
  readonly reader: string;
  readonly pattern: Pattern;
  readonly samples: Samples;
  readonly views: readonly string[];
  readonly means: readonly (readonly number[])[];
  /** By actor, what it thinks everybody does, where some take others for what they are not; null where all see one game. */
  readonly plans: readonly Behaviour<number>[] | null;
  readonly request: PlayRequest;
  readonly lab: Lab;
}

export function chosenOf(solved: TreeSolved): Solution | null {
  return solved.subgamePerfect?.solutions[0] ?? solved.sequential?.solutions[0] ?? null;
}

export function chancesOf(game: ExtensiveForm<number>, behaviour: Behaviour<number>): readonly number[] {
  return playChances(approximate(0), game, behaviour);
}

/** World by world, the average over profiles by their chances. */
export function mixture(parts: readonly Float64Array[], chances: readonly number[]): Float64Array {
  const total = new Float64Array(parts[0]?.length ?? 0);
  parts.forEach((part, i) => {
    const chance = chances[i] ?? 0;
    if (chance > 0) part.forEach((v, w) => (total[w] = (total[w] as number) + chance * v));
  });
  return total;
}

export function estimatePayoff(values: Float64Array): PayoffEstimate {
  return { mean: mean(values), se: standardError(values) };
}

/** By actor, by profile, by world: what it is worth to the actor in the view given for it. */
export function worths(
  game: CaseGame,
  pattern: Pattern,
  samples: Samples,
  views: readonly string[],
): readonly (readonly Float64Array[])[] {
  return game.players.map((player, i) =>
    game.profiles.map((profile) =>
      finalOf(
        sampleOf(samples, views[i] ?? "", situationIn(profile, pattern)),
        player.values as NonNullable<Actor["values"]>,
      ),
    ),
  );
}
