/** A model and what is asked of it in; its choices solved as a game, each actor seeing through its own view, out. */

import type { ExtensiveForm } from "#game/extensive.ts";
import { solveTree, type TreeSolved } from "#game/solve-tree.ts";
import type { Solution } from "#game/solution.ts";
import { emptyThreats, type EmptyThreat } from "#game/threats.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job, type Samples } from "#ensemble/jobs.ts";
import { totalRuns, type Lab } from "#ensemble/lab.ts";
import { enumerated, profiles, type Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { mean, standardError } from "#ensemble/statistics.ts";
import type { Actor, Model } from "#model/model.ts";
import { caseGame, withoutValues, type CaseGame, type CaseSet } from "./case-game.ts";
import { setupOf, type Setup } from "./findings.ts";
import { patternsOf, viewOf, type Pattern } from "./patterns.ts";
import {
  chancesOf,
  chosenOf,
  estimate,
  fieldFor,
  mixture,
  situationIn,
  valuesOf,
  type Estimate,
  type Played,
  type PlayRequest,
} from "./played.ts";
import { doubtIn, type Doubt } from "./play-doubt.ts";
import { misjudgements, type Misjudgement } from "./play-misjudged.ts";
import { ruleChecks, type RuleCheck } from "./play-rules.ts";
import { isSecondOrder, playedApart, viewsAsSeen } from "./second-order.ts";
import { samplingOf, type Sampling } from "./play-sampling.ts";

/** A choice cannot be solved as it stands. */
export class Unplayable extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Unplayable";
  }
}

/** What an actor thought would come of what is played, in its own view, and what comes, in the reader's. */
export interface Expectation {
  readonly actor: string;
  readonly view: string;
  readonly expected: Estimate;
  readonly comes: Estimate;
  /** By outcome that is a number or a truth. */
  readonly outcomes: readonly { readonly outcome: string; readonly expected: Estimate; readonly comes: Estimate }[];
}

export interface PatternPlay {
  readonly pattern: Pattern;
  /** By actor of the game. */
  readonly views: readonly string[];
  /** By actor, by profile: its values in its own view. */
  readonly payoffs: readonly (readonly Estimate[])[];
  readonly game: ExtensiveForm<number>;
  readonly solved: TreeSolved;
  /** What is taken to be played: the first subgame-perfect equilibrium, else the sequential candidate; null where there is neither. */
  readonly chosen: Solution | null;
  /** Some actor takes another for what it is not: `chosen` is then what is played when each plays its part of the game it sees, and need be no equilibrium. */
  readonly apart: boolean;
  /** By profile, under `chosen` and under the logit equilibrium at the λ asked for. */
  readonly chances: readonly number[] | null;
  /** By profile, the listed equilibria of the kind of `chosen` in equal parts: where someone is indifferent there are several. */
  readonly tied: readonly number[] | null;
  readonly logitChances: readonly number[] | null;
  readonly sampling: Sampling | null;
  readonly threats: readonly EmptyThreat[];
  readonly expectations: readonly Expectation[];
  readonly misjudgements: readonly Misjudgement[];
  readonly rules: readonly RuleCheck[];
}

export interface ViewPlay {
  readonly view: string;
  readonly label: string;
  readonly patterns: readonly PatternPlay[];
  /** Chance, in this view, of the patterns that were not solved. */
  readonly unsolved: number;
  /** By profile: the solutions of the patterns mixed by their chances, made up to 1. Null where a pattern has none. */
  readonly mixed: readonly number[] | null;
  readonly logitMixed: readonly number[] | null;
  readonly doubt: Doubt | null;
}

export interface PlayFindings extends Setup {
  readonly request: PlayRequest;
  readonly players: readonly {
    readonly name: string;
    readonly label: string;
    readonly unit: string;
    readonly takes: Actor["takes"];
  }[];
  readonly choices: readonly {
    readonly name: string;
    readonly label: string;
    readonly by: string;
    readonly options: readonly { readonly name: string; readonly label: string }[];
  }[];
  readonly sets: readonly CaseSet[];
  readonly profiles: readonly Profile[];
  /** What choices know that a tree cannot show: events. */
  readonly unseen: readonly { readonly choice: string; readonly event: string }[];
  readonly plays: readonly ViewPlay[];
}

/** Solves the game for each view asked for. Rejects with `Unplayable`, `OverBudget` or `StoppedRun`. */
export async function playFindings(model: Model, request: PlayRequest, given: Lab): Promise<PlayFindings> {
  const among = enumerated(model, request);
  if (among.length === 0)
    throw new Unplayable(
      "the case has no choice to be solved: all have a default or are set; name some with --choices",
    );
  const lacking = withoutValues(model, among);
  if (lacking.length > 0)
    throw new Unplayable(
      `${lacking.join(", ")} chooses, but the case does not say what it values: give the actor 'values'`,
    );
  profiles(model, request);
  const game = caseGame(model, among, request.set);
  const plays: ViewPlay[] = [];
  const work = request.views.map((view) => {
    const some = patternsOf(model, view).slice(0, request.patterns);
    return { view, some, jobs: merged(some.flatMap((pattern) => jobsOf(game, view, pattern))) };
  });
  // Before the first run: what is refused for one view is refused for all.
  for (const { jobs } of work) checkBudget(model, jobs, request.worlds, request.budget, "values");
  let runs = 0;
  const lab = counted(given, (some) => (runs += some));
  for (const { view, some, jobs } of work) {
    const samples = await runJobs(model, jobs, request.seed, request.worlds, lab);
    const patterns: PatternPlay[] = [];
    for (const pattern of some) patterns.push(await playPattern(model, game, view, pattern, samples, request, lab));
    const solvedChance = some.reduce((t, p) => t + p.chance, 0);
    const mix = (of: (p: PatternPlay) => readonly number[] | null): readonly number[] | null => {
      const parts = patterns.map(of);
      if (parts.some((p) => p === null)) return null;
      return game.profiles.map((_, i) =>
        parts.reduce((t, p, k) => t + ((some[k]?.chance ?? 0) / solvedChance) * (p?.[i] ?? 0), 0),
      );
    };
    plays.push({
      view,
      label: model.views.find((v) => v.name === view)?.label ?? "the case's own figures",
      patterns,
      unsolved: Math.max(0, 1 - solvedChance),
      mixed: mix((p) => p.tied),
      logitMixed: mix((p) => p.logitChances),
      doubt: request.beliefs > 0 ? await doubtIn(model, game, view, request, lab) : null,
    });
  }
  return {
    ...setupOf(model, request, runs),
    request,
    players: game.players.map((p) => ({
      name: p.name,
      label: p.label,
      unit: p.valuesUnit?.label ?? "",
      takes: p.takes,
    })),
    choices: game.choices.map(({ name, label, by, options }) => ({ name, label, by, options })),
    sets: game.sets,
    profiles: game.profiles,
    unseen: game.choices.flatMap((c) =>
      c.knowing.filter((k) => !model.choices.some((o) => o.name === k)).map((event) => ({ choice: c.name, event })),
    ),
    plays,
  };
}

/** The same lab, every run it is asked for told. */
function counted(lab: Lab, tell: (runs: number) => void): Lab {
  return {
    threads: lab.threads,
    perform: (model, tasks) => {
      tell(totalRuns(tasks));
      return lab.perform(model, tasks);
    },
    each: (model, tasks, take) => {
      tell(totalRuns(tasks));
      return lab.each(model, tasks, take);
    },
  };
}

function jobsOf(game: CaseGame, reader: string, pattern: Pattern): readonly Job[] {
  const own = game.players.map((p) => viewOf(p, pattern.claims, reader));
  const views = new Set([reader, ...own, ...viewsAsSeen(game, own).flat()]);
  return [...views].flatMap((view) =>
    game.profiles.map((p) => job(view, situationIn(p, pattern), { finals: valuesOf(game) })),
  );
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

async function playPattern(
  model: Model,
  game: CaseGame,
  reader: string,
  pattern: Pattern,
  samples: Samples,
  request: PlayRequest,
  lab: Lab,
): Promise<PatternPlay> {
  const views = game.players.map((p) => viewOf(p, pattern.claims, reader));
  const own = worths(game, pattern, samples, views);
  const payoffs = own.map((all) => all.map((values) => ({ mean: mean(values), se: standardError(values) })));
  const means = payoffs.map((all) => all.map((e) => e.mean));
  const filled = game.filled(means);
  const solved = solveTree(
    fieldFor(means),
    filled,
    null,
    [...new Set([0, 1, 2, 5, 10, 20, 50, request.lambda])].toSorted((a, b) => a - b),
  );
  const apart = isSecondOrder(game, views)
    ? playedApart(
        game,
        viewsAsSeen(game, views).map((seen) =>
          worths(game, pattern, samples, seen).map((all) => all.map((v) => mean(v))),
        ),
        filled,
      )
    : null;
  const isApart = isSecondOrder(game, views);
  const chosen = isApart ? (apart?.solution ?? null) : chosenOf(solved);
  const chances = chosen === null ? null : chancesOf(filled, chosen.profile);
  const logit = solved.logit.solutions.find((s) => s.lambda === request.lambda);
  const situation: Played = {
    plans: apart?.plans ?? null,
    model,
    game,
    reader,
    pattern,
    samples,
    views,
    means,
    request,
    lab,
  };
  return {
    pattern,
    views,
    payoffs,
    game: filled,
    solved,
    chosen,
    chances,
    tied: isApart ? chances : tiedOf(filled, solved),
    apart: isApart,
    logitChances: logit === undefined ? null : chancesOf(filled, logit.profile),
    sampling: chosen === null ? null : samplingOf(game, own, chosen.profile, request.seed),
    threats: threatsIn(filled, solved),
    expectations: chances === null ? [] : expectationsOf(situation, chances),
    misjudgements: chances === null ? [] : await misjudgements(situation, chances),
    rules: chances === null ? [] : await ruleChecks(situation, chances),
  };
}

function tiedOf(game: ExtensiveForm<number>, solved: TreeSolved): readonly number[] | null {
  const [first, ...more] =
    (solved.subgamePerfect?.solutions.length ?? 0) > 0
      ? (solved.subgamePerfect?.solutions ?? [])
      : (solved.sequential?.solutions ?? []);
  if (first === undefined) return null;
  const all = [first, ...more].map((s) => chancesOf(game, s.profile));
  return (all[0] ?? []).map((_, i) => all.reduce((t, own) => t + (own[i] ?? 0), 0) / all.length);
}

/** Threats behind equilibria that are not subgame-perfect, the dearest of each kind once. */
function threatsIn(game: ExtensiveForm<number>, solved: TreeSolved): readonly EmptyThreat[] {
  const found = new Map<string, EmptyThreat>();
  for (const s of solved.nash?.solutions ?? [])
    for (const threat of emptyThreats(game, s.profile)) {
      const key = `${threat.set} ${threat.actions.join()}`;
      if ((found.get(key)?.cost ?? 0) < threat.cost) found.set(key, threat);
    }
  return [...found.values()].toSorted((a, b) => b.cost - a.cost);
}

function expectationsOf(
  { model, game, reader, pattern, samples, views, means, plans }: Played,
  chances: readonly number[],
): readonly Expectation[] {
  const sample = (view: string, profile: Profile) => sampleOf(samples, view, situationIn(profile, pattern));
  const filled = game.filled(means);
  return game.players.map((actor, i) => {
    // What it thinks is played; the same as what is, where all see one game.
    const plan = plans?.[i];
    const thought = plan === undefined ? chances : chancesOf(filled, plan);
    const view = views[i] as string;
    const worth = (of: string, by: readonly number[]): Estimate =>
      estimate(
        mixture(
          game.profiles.map((p) => finalOf(sample(of, p), actor.values as NonNullable<Actor["values"]>)),
          by,
        ),
      );
    return {
      actor: actor.name,
      view,
      expected: worth(view, thought),
      comes: worth(reader, chances),
      outcomes: model.outcomes.flatMap((o, k) => {
        if (o.categories !== null) return [];
        const figure = (of: string, by: readonly number[]): Estimate =>
          estimate(
            mixture(
              game.profiles.map((p) => sample(of, p).outcomes[k] as Float64Array),
              by,
            ),
          );
        return [{ outcome: o.name, expected: figure(view, thought), comes: figure(reader, chances) }];
      }),
    };
  });
}
