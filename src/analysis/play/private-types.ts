/** Solves the Bayesian game in which one actor alone knows which types are true. */

import { reachOf } from "#game/behaviour.ts";
import type { ExtensiveForm, TreeNode } from "#game/extensive.ts";
import { approximate } from "#game/field.ts";
import { solveTree, type TreeSolved } from "#game/solve-tree.ts";
import type { Solution } from "#game/solution.ts";
import { fieldInUnits } from "#game/units.ts";
import type { Samples } from "#ensemble/jobs.ts";
import type { Actor, Model } from "#model/model.ts";
import type { CaseGame, CaseSet, Shape } from "./case-game.ts";
import { patternsOf, viewOf, type Pattern } from "./patterns.ts";
import {
  chancesOf,
  chosenOf,
  estimatePayoff,
  lambdasFor,
  worths,
  type PayoffEstimate,
  type PlayRequest,
} from "./played.ts";
import { samplingOf, type Sampling } from "./play-sampling.ts";

/** An information set of the Bayesian game. */
interface HiddenSet extends CaseSet {
  /** The pattern that the informed actor knows to be true there; null for the others, who do not know. */
  readonly pattern: number | null;
}

export interface PrivatePlay {
  readonly informed: string;
  /** The patterns nature draws from: the reader's likeliest. Their `chance` is the reader's, as in the rest of the report. */
  readonly patterns: readonly Pattern[];
  /** By actor, by pattern: the chance its own view gives it among these; they add up to 1. The informed actor's is not used. */
  readonly priors: readonly (readonly number[])[];
  readonly sets: readonly HiddenSet[];
  readonly game: ExtensiveForm<number>;
  readonly solved: TreeSolved;
  /** The equilibrium told: the sequential candidate, else the first subgame-perfect one; null where neither was found. */
  readonly chosen: Solution | null;
  /** By pattern, by profile: the chance of the course, given the pattern, under `chosen`; and under the logit equilibrium at the λ asked for. */
  readonly chances: readonly (readonly number[])[] | null;
  readonly logitChances: readonly (readonly number[])[] | null;
  /** By set of those who do not know: the chance of each pattern once there, by Bayes' rule from that actor's prior; null where it is not reached, and for the informed. */
  readonly beliefs: readonly (readonly number[] | null)[];
  /** By pattern, by actor: what `chosen` is worth to it there, in its own view. */
  readonly worth: readonly (readonly PayoffEstimate[])[] | null;
  readonly sampling: Sampling | null;
}

/** Why the game cannot be played with types that only `informed` knows; null where it can. */
export function hiddenProblem(game: CaseGame, informed: string): string | null {
  if (!game.players.some((p) => p.name === informed))
    return `'${informed}' chooses nothing in this game; it is played by ${game.players.map((p) => p.name).join(", ")}`;
  const unsure = game.players.find((p) => p.name !== informed && p.sees !== null && p.sees.because !== null);
  if (unsure !== undefined)
    return `${unsure.name} sees through a view that hangs on a type, which only ${informed} would know`;
  const taking = game.players.find((p) => p.takes.length > 0);
  return taking === undefined
    ? null
    : `${taking.name} takes others for what they may not be; that is not solved together with private types`;
}

interface PrivatePlayInput {
  readonly model: Model;
  readonly game: CaseGame;
  readonly reader: string;
  readonly informed: string;
  readonly patterns: readonly Pattern[];
  readonly samples: Samples;
  readonly request: PlayRequest;
}

/**
 * Harsanyi (1967): nature draws the pattern, the informed actor is told, the others are not, and go by their own view's credences. Where these differ
 * from one another each one's payoffs are weighed by its own prior over the first one's, which leaves its choices what they are.
 */
export function privatePlay({
  model,
  game,
  reader,
  informed,
  patterns,
  samples,
  request,
}: PrivatePlayInput): PrivatePlay {
  const priors = game.players.map((p) => priorOf(model, viewOf(p, patterns[0]?.claims ?? {}, reader), patterns));
  const teller = game.players.findIndex((p) => p.name !== informed);
  const nature = priors[teller] ?? priors[0] ?? [];
  const drawn = patterns.flatMap((pattern, t) =>
    (nature[t] ?? 0) > 0 ? [{ pattern, chance: nature[t] as number, t }] : [],
  );
  const hidden = hiddenGame(
    game,
    informed,
    drawn.map((d) => d.chance),
  );
  const weight = (player: number, k: number): number => {
    const { chance, t } = drawn[k] as (typeof drawn)[number];
    return game.players[player]?.name === informed ? 1 : (priors[player]?.[t] ?? 0) / chance;
  };
  const own = drawn.map(({ pattern }) =>
    worths(
      game,
      pattern,
      samples,
      game.players.map((p) => viewOf(p, pattern.claims, reader)),
    ),
  );
  const byEnd = game.players.map((_, i) =>
    own.flatMap((all, k) => (all[i] ?? []).map((values) => values.map((v) => v * weight(i, k)))),
  );
  const means = byEnd.map((ends) => ends.map((values) => estimatePayoff(values).mean));
  const filled = hidden.filled(means);
  const solved = solveTree(fieldInUnits(means), filled, null, lambdasFor(request));
  // Hardly any subgame begins after a move whose type is hidden, so subgame perfection asks for little: the sequential candidate goes first.
  const chosen = solved.sequential?.solutions[0] ?? chosenOf(solved);
  const logit = solved.logit.solutions.find((s) => s.lambda === request.lambda);
  const n = game.profiles.length;
  const given = (profile: Solution["profile"]): readonly (readonly number[])[] => {
    const all = chancesOf(filled, profile);
    return drawn.map(({ chance }, k) => all.slice(k * n, (k + 1) * n).map((p) => p / chance));
  };
  const chances = chosen === null ? null : given(chosen.profile);
  return {
    informed,
    patterns: drawn.map((d) => d.pattern),
    priors: priors.map((prior) => drawn.map(({ t }) => prior[t] as number)),
    sets: hidden.sets,
    game: filled,
    solved,
    chosen,
    chances,
    logitChances: logit === undefined ? null : given(logit.profile),
    beliefs: beliefsIn(
      hidden,
      filled,
      chosen,
      priors.map((prior) => drawn.map(({ t }) => prior[t] as number)),
    ),
    worth:
      chances === null
        ? null
        : drawn.map((_, k) =>
            game.players.map((__, i) => estimatePayoff(over(own[k]?.[i] ?? [], chances[k] as readonly number[]))),
          ),
    sampling: chosen === null ? null : samplingOf(hidden, byEnd, chosen.profile, request.seed),
  };
}

function over(parts: readonly Float64Array[], chances: readonly number[]): Float64Array {
  const total = new Float64Array(parts[0]?.length ?? 0);
  parts.forEach((part, i) => part.forEach((v, w) => (total[w] = (total[w] as number) + (chances[i] ?? 0) * v)));
  return total;
}

/** A view's chances of these patterns, made up to 1. */
function priorOf(model: Model, view: string, patterns: readonly Pattern[]): readonly number[] {
  const all = new Map(patternsOf(model, view).map((p) => [keyOf(p.claims), p.chance]));
  const own = patterns.map((p) => all.get(keyOf(p.claims)) ?? 0);
  const total = own.reduce((a, b) => a + b, 0);
  return own.map((p) => (total > 0 ? p / total : 0));
}

function keyOf(claims: Pattern["claims"]): string {
  return JSON.stringify(Object.entries(claims).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

interface HiddenGame {
  readonly sets: readonly HiddenSet[];
  /** `payoffs[player][pattern × profiles + profile]`. */
  filled(payoffs: readonly (readonly number[])[]): ExtensiveForm<number>;
}

/** The tree once under each pattern: the informed actor's sets apart, the others' joined. */
function hiddenGame(game: CaseGame, informed: string, nature: readonly number[]): HiddenGame {
  const knows = (player: number): boolean => (game.players[player] as Actor).name === informed;
  const sets: HiddenSet[] = [];
  const placeOf = nature.map((_, t) =>
    game.sets.map((set) => {
      if (knows(set.player))
        return sets.push({ ...set, pattern: t, label: `${set.label}, knowing pattern ${t + 1}` }) - 1;
      const joined = sets.findIndex((s) => s.pattern === null && s.label === set.label);
      return joined >= 0 ? joined : sets.push({ ...set, pattern: null }) - 1;
    }),
  );
  const fill = (shape: Shape, t: number, payoffs: readonly (readonly number[])[]): TreeNode<number> =>
    shape.kind === "end"
      ? {
          kind: "terminal",
          label: "",
          payoffs: payoffs.map((own) => own[t * game.profiles.length + shape.profile] as number),
        }
      : {
          kind: "decision",
          label: "",
          set: placeOf[t]?.[shape.set] as number,
          next: shape.next.map((s) => fill(s, t, payoffs)),
          payoffs: null,
        };
  return {
    sets,
    filled: (payoffs) => ({
      title: "",
      comment: "",
      players: game.players.map((p) => p.name),
      sets: sets.map(({ player, label, actions }) => ({ player, label, actions })),
      root: {
        kind: "chance",
        label: "types",
        payoffs: null,
        moves: nature.map((chance, t) => ({ label: `pattern ${t + 1}`, chance, next: fill(game.shape, t, payoffs) })),
      },
    }),
  };
}

/** Bayes' rule, pattern by pattern; a set reached with less than this is not taken to be reached. */
const hardlyEver = 1e-9;

function beliefsIn(
  hidden: HiddenGame,
  game: ExtensiveForm<number>,
  chosen: Solution | null,
  priors: readonly (readonly number[])[],
): PrivatePlay["beliefs"] {
  const { root } = game;
  if (chosen === null || root.kind !== "chance") return hidden.sets.map(() => null);
  const reached = root.moves.map(({ next }) => reachOf(approximate(0), { ...game, root: next }, chosen.profile));
  return hidden.sets.map((set, h) => {
    if (set.pattern !== null) return null;
    const joint = reached.map((by, k) => (by[h] as number) * (priors[set.player]?.[k] as number));
    const total = joint.reduce((a, b) => a + b, 0);
    return total > hardlyEver ? joint.map((p) => p / total) : null;
  });
}
