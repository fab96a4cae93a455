/** Makes a solved game small plain data for a page: the tree, and each actor's eyes, payoffs and moves. */

import type { PatternPlay, PlayFindings, ViewPlay } from "./play.ts";
import type { PayoffEstimate } from "./played.ts";
import type { PrivatePlay } from "./private-types.ts";

/** Plain data, a few dozen kB as JSON. Chances are from 0 to 1, payoffs in each actor's own values. */
interface SolvedGame {
  readonly players: readonly { readonly name: string; readonly label: string; readonly unit: string }[];
  readonly choices: PlayFindings["choices"];
  /** Information sets: who chooses what there, knowing what; actions are options of the choice. */
  readonly sets: readonly {
    readonly choice: string;
    readonly player: number;
    readonly known: Readonly<Record<string, string>>;
    readonly actions: readonly string[];
  }[];
  readonly root: SolvedNode;
  /** By end of the tree: the option of every choice. */
  readonly profiles: readonly Readonly<Record<string, string>>[];
  readonly worlds: number;
  /** λ × payoff range of the logit equilibrium told. */
  readonly lambda: number;
  readonly views: readonly SolvedView[];
}

/** `next` is by action of the set. */
type SolvedNode =
  | { readonly kind: "move"; readonly set: number; readonly next: readonly SolvedNode[] }
  | { readonly kind: "end"; readonly profile: number };

interface SolvedView {
  readonly view: string;
  readonly label: string;
  readonly patterns: readonly SolvedPattern[];
  /** Chance of the patterns that were not solved. */
  readonly unsolved: number;
  /** By profile, the patterns' equilibria mixed by their chances; the same for the logit equilibria. */
  readonly mixed: readonly number[] | null;
  readonly logitMixed: readonly number[] | null;
  /** By set, by action: in what share of beliefs the move is the equilibrium's. */
  readonly doubt: readonly (readonly number[])[] | null;
  /** The same choices where one actor alone knows the types; null unless asked for. */
  readonly hidden: SolvedHidden | null;
}

interface SolvedHidden {
  readonly informed: string;
  /** By pattern of types. */
  readonly types: readonly Readonly<Record<string, boolean>>[];
  /** By player, by pattern: the chance its own view gives it. */
  readonly priors: readonly (readonly number[])[];
  /** `pattern`: the one known there; null for those who do not know. */
  readonly sets: readonly (SolvedGame["sets"][number] & { readonly pattern: number | null })[];
  /** By set, by action. */
  readonly moves: readonly (readonly number[])[] | null;
  /** By pattern, by profile. */
  readonly chances: readonly (readonly number[])[] | null;
  /** By set: the chance of each pattern once there; null where it is not reached or known. */
  readonly beliefs: readonly (readonly number[] | null)[];
  readonly regret: number | null;
}

interface SolvedPattern {
  readonly types: Readonly<Record<string, boolean>>;
  readonly chance: number;
  /** By player: the view it sees through. */
  readonly eyes: readonly string[];
  /** By player, by profile: what it is worth to the player as it sees, and in the reader's view. */
  readonly expects: readonly (readonly PayoffEstimate[])[];
  readonly comes: readonly (readonly PayoffEstimate[])[];
  /** By set, by action: what is taken to be played, and under the logit equilibrium. Null where there is none. */
  readonly moves: readonly (readonly number[])[] | null;
  readonly logitMoves: readonly (readonly number[])[] | null;
  /** By profile, of what is taken to be played. */
  readonly chances: readonly number[] | null;
  /** What `moves` is: the first of a list, and how far that is whole; `apart` where each plays its part of a game of its own. */
  readonly solution: {
    readonly kind: string;
    readonly listed: number;
    readonly complete: string;
    readonly why: string | null;
    readonly regret: number;
    readonly apart: boolean;
    /** Share of resamples of the worlds in which it is an equilibrium. */
    readonly stands: number | null;
  } | null;
  readonly outlook: readonly {
    readonly actor: string;
    readonly view: string;
    readonly expected: PayoffEstimate;
    readonly comes: PayoffEstimate;
  }[];
  /** What seeing as the reader does would be worth to each actor that does not, and element by element where asked for, the most first. */
  readonly misjudged: readonly {
    readonly actor: string;
    readonly view: string;
    readonly worth: PayoffEstimate | null;
    readonly playChanges: boolean;
    readonly items: readonly { readonly kind: string; readonly name: string; readonly worth: PayoffEstimate }[];
  }[];
}

export function solvedGame(findings: PlayFindings): SolvedGame {
  return {
    players: findings.players.map(({ name, label, unit }) => ({ name, label, unit })),
    choices: findings.choices,
    sets: findings.sets.map(({ choice, player, known, actions }) => ({ choice, player, known, actions })),
    root: findings.shape,
    profiles: findings.profiles,
    worlds: findings.request.worlds,
    lambda: findings.request.lambda,
    views: findings.plays.map((play) => solvedView(play, findings.request.lambda)),
  };
}

function solvedView(play: ViewPlay, lambda: number): SolvedView {
  const { view, label, unsolved, mixed, logitMixed, doubt } = play;
  return {
    view,
    label,
    unsolved,
    mixed,
    logitMixed,
    doubt: doubt?.shares ?? null,
    hidden: play.hidden === null ? null : solvedHidden(play.hidden),
    patterns: play.patterns.map((p) => solvedPattern(p, lambda)),
  };
}

function solvedHidden(h: PrivatePlay): SolvedHidden {
  return {
    informed: h.informed,
    types: h.patterns.map((p) => p.claims),
    priors: h.priors,
    sets: h.sets.map(({ choice, player, known, actions, pattern }) => ({ choice, player, known, actions, pattern })),
    moves: h.chosen?.profile ?? null,
    chances: h.chances,
    beliefs: h.beliefs,
    regret: h.chosen?.regret ?? null,
  };
}

function solvedPattern(p: PatternPlay, lambda: number): SolvedPattern {
  const { chosen, solved, sampling, apart } = p;
  const list = solved.subgamePerfect?.solutions.length ? solved.subgamePerfect : solved.sequential;
  return {
    types: p.pattern.claims,
    chance: p.pattern.chance,
    eyes: p.views,
    expects: p.payoffs,
    comes: p.comes,
    moves: chosen?.profile ?? null,
    logitMoves: solved.logit.solutions.find((s) => s.lambda === lambda)?.profile ?? null,
    chances: p.chances,
    solution:
      chosen === null
        ? null
        : {
            kind: chosen.kind,
            listed: apart ? 1 : (list?.solutions.length ?? 0),
            complete: list?.complete ?? "some",
            why: list?.why ?? null,
            regret: chosen.localRegret ?? chosen.regret,
            apart,
            stands: sampling?.share ?? null,
          },
    outlook: p.expectations.map(({ actor, view, expected, comes }) => ({ actor, view, expected, comes })),
    misjudged: p.misjudgements.map((m) => ({
      actor: m.actor,
      view: m.view,
      worth: m.whole?.worth ?? null,
      playChanges: m.whole?.playChanges ?? false,
      items: m.items.flatMap((c) => (c.item === null ? [] : [{ ...c.item, worth: c.worth }])),
    })),
  };
}
