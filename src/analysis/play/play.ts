/** Solves a model's choices as a game in which each actor sees through its own view. */

import { Refused } from "#text/refused.ts";
import type { ExtensiveForm } from "#game/extensive.ts";
import { solveTree, type TreeSolved } from "#game/solve-tree.ts";
import type { Solution } from "#game/solution.ts";
import { emptyThreats, type EmptyThreat } from "#game/threats.ts";
import { fieldInUnits } from "#game/units.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job } from "#ensemble/jobs.ts";
import { totalRuns, type Lab } from "#ensemble/work/lab.ts";
import { enumerated, profiles, type Profile } from "#ensemble/profiles.ts";
import { runFinals, runJobs } from "#ensemble/runs.ts";
import { mean } from "#ensemble/statistics.ts";
import type { Actor, Model } from "#model/model.ts";
import { caseGame, withoutValues, type CaseGame, type CaseSet } from "./case-game.ts";
import { setupOf, type Setup } from "../findings/findings.ts";
import { patternsOf, viewOf, type Pattern } from "./patterns.ts";
import {
  chancesOf,
  chosenOf,
  estimatePayoff,
  lambdasFor,
  mixture,
  situationIn,
  worths,
  type PayoffEstimate,
  type Played,
  type PlayRequest,
} from "./played.ts";
import { doubtIn, jobsOfDoubt, viewsOfDoubt, type Doubt } from "./play-doubt.ts";
import { asViews, correctedViews, type CorrectedView } from "./corrections.ts";
import { misjudgements, mostWorldsEach, type Misjudgement } from "./play-misjudged.ts";
import { actsOf, playFinals, playModel } from "./play-model.ts";
import { ruleChecks, type RuleCheck } from "./play-rules.ts";
import { isSecondOrder, playedApart, viewsAsSeen } from "./second-order.ts";
import { hiddenProblem, privatePlay, type PrivatePlay } from "./private-types.ts";
import { samplingOf, type Sampling } from "./play-sampling.ts";
import { workOfSolving } from "./play-work.ts";

/** A choice cannot be solved as it stands. */
export class Unplayable extends Refused {
  constructor(message: string) {
    super(message);
    this.name = "Unplayable";
  }
}

/** What an actor thought would come of what is played, in its own view, and what comes, in the reader's. */
interface PlayExpectation {
  readonly actor: string;
  readonly view: string;
  readonly expected: PayoffEstimate;
  readonly comes: PayoffEstimate;
  /** By outcome that is a number or a truth. */
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly expected: PayoffEstimate;
    readonly comes: PayoffEstimate;
  }[];
}

export interface PatternPlay {
  readonly pattern: Pattern;
  /** By actor of the game. */
  readonly views: readonly string[];
  /** By actor, by profile: its values in its own view. */
  readonly payoffs: readonly (readonly PayoffEstimate[])[];
  /** The same in the reader's view. */
  readonly comes: readonly (readonly PayoffEstimate[])[];
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
  readonly expectations: readonly PlayExpectation[];
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
  /** The same choices where one actor alone knows the types; null unless asked for. */
  readonly hidden: PrivatePlay | null;
}

/** What `play` found: who plays, in which order, and for each view what is played, what each actor expected, and what then comes. */
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
  readonly shape: CaseGame["shape"];
  readonly profiles: readonly Profile[];
  /** What choices know that a tree cannot show: events. */
  readonly unseen: readonly { readonly choice: string; readonly event: string }[];
  readonly plays: readonly ViewPlay[];
}

/** Told what is being worked on; the words are a view and what of it. */
type Tell = (stage: string) => void;

/** Solves the game for each view asked for. Rejects with `Unplayable`, `OverBudget` or `StoppedRun`. */
export async function playFindings(
  model: Model,
  request: PlayRequest,
  given: Lab,
  tell: Tell = () => {},
): Promise<PlayFindings> {
  const game = playable(model, request);
  const acts = actsOf(model, game.players);
  const finals = playFinals(game.players, acts);
  const work = request.views.map((view) => ({ view, some: patternsOf(model, view).slice(0, request.patterns) }));
  const corrections = correctionsAsked(model, game, work);
  const whole = playModel(model, game.players, acts, [
    ...work.flatMap(({ view }) => (request.beliefs > 0 ? viewsOfDoubt(model, game, view) : [])),
    ...(request.correct
      ? asViews(
          model,
          corrections.flatMap((c) => c.views),
        )
      : []),
  ]);
  // Patterns that several views hold likely, and what an actor sees in them, are run once.
  const jobs = merged(work.flatMap(({ view, some }) => some.flatMap((p) => jobsOf(game, view, p, finals))));
  // Before the first run: what is refused for one view is refused for all.
  checkPlay({ model: whole, game, jobs, work, corrections, finals, request });
  let runs = 0;
  const lab = counted(given, (more) => (runs += more));
  tell(`${jobs.length} ${jobs.length === 1 ? "course" : "courses"} of action, under the views of those who choose`);
  const samples = await runFinals({ model: whole, jobs, seed: request.seed, worlds: request.worlds, lab });
  const plays: ViewPlay[] = [];
  for (const { view, some } of work) {
    const patterns: PatternPlay[] = [];
    for (const [i, pattern] of some.entries()) {
      tell(`${view}: pattern ${i + 1} of ${some.length}`);
      patterns.push(
        await playPattern({ model: whole, game, acts, finals, reader: view, pattern, samples, request, lab }),
      );
    }
    const solvedChance = some.reduce((t, p) => t + p.chance, 0);
    const mix = (of: (p: PatternPlay) => readonly number[] | null): readonly number[] | null => {
      const parts = patterns.map(of);
      if (parts.some((p) => p === null)) return null;
      return game.profiles.map((_, i) =>
        parts.reduce((t, p, k) => t + ((some[k]?.chance ?? 0) / solvedChance) * (p?.[i] ?? 0), 0),
      );
    };
    const { informed } = request;
    if (request.beliefs > 0) tell(`${view}: ${request.beliefs} beliefs`);
    plays.push({
      view,
      label: model.views.find((v) => v.name === view)?.label ?? "the case's own figures",
      patterns,
      unsolved: Math.max(0, 1 - solvedChance),
      mixed: mix((p) => p.tied),
      logitMixed: mix((p) => p.logitChances),
      doubt: request.beliefs > 0 ? await doubtIn({ model: whole, game, reader: view, finals, request, lab }) : null,
      hidden:
        informed === null
          ? null
          : privatePlay({ model, game, reader: view, informed, patterns: some, samples, request }),
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
    shape: game.shape,
    profiles: game.profiles,
    unseen: game.choices.flatMap((c) =>
      c.knowing.filter((k) => !model.choices.some((o) => o.name === k)).map((event) => ({ choice: c.name, event })),
    ),
    plays,
  };
}

/** The choices asked for as a tree, or an `Unplayable` that says why not. */
function playable(model: Model, request: PlayRequest): CaseGame {
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
  const problem = request.informed === null ? null : hiddenProblem(game, request.informed);
  if (problem !== null) throw new Unplayable(problem);
  return game;
}

/** A reader's patterns to be solved. */
interface Work {
  readonly view: string;
  readonly some: readonly Pattern[];
}

interface CorrectionsAsked {
  readonly views: readonly CorrectedView[];
}

/** By reader and pattern and actor that sees otherwise: what could be corrected. */
function correctionsAsked(model: Model, game: CaseGame, work: readonly Work[]): readonly CorrectionsAsked[] {
  return work.flatMap(({ view: reader, some }) =>
    some.flatMap((pattern) =>
      game.players.flatMap((player) => {
        const view = viewOf(player, pattern.claims, reader);
        return view === reader ? [] : [{ views: correctedViews(model, player.name, view, reader) }];
      }),
    ),
  );
}

interface CheckPlayInput {
  readonly model: Model;
  readonly game: CaseGame;
  readonly jobs: readonly Job[];
  readonly work: readonly Work[];
  readonly corrections: readonly CorrectionsAsked[];
  readonly finals: Job["finals"];
  readonly request: PlayRequest;
}

/** All the runs there can be, at most. Throws `OverBudget`. */
function checkPlay({ model, game, jobs, work, corrections, finals, request }: CheckPlayInput): void {
  const { worlds, budget } = request;
  const doubt =
    request.beliefs > 0
      ? work.flatMap(({ view }) => jobsOfDoubt(model, game, view, finals)).length * request.beliefs
      : 0;
  const each = Math.min(worlds, mostWorldsEach);
  const n = game.profiles.length;
  const corrected = corrections.reduce(
    (t, { views }) =>
      t + n * worlds + (request.correct ? views.reduce((u, c) => u + (c.isSeen ? 2 : 1) * n * each, 0) : 0),
    0,
  );
  checkBudget({
    model,
    jobs,
    worlds,
    budget,
    held: "finals",
    further: doubt + corrected,
    otherWork: workOfSolving(model, game, request),
  });
}

/** The same lab, every run it is asked for told. */
function counted(lab: Lab, tell: (runs: number) => void): Lab {
  return {
    ...lab,
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

function jobsOf(game: CaseGame, reader: string, pattern: Pattern, finals: Job["finals"]): readonly Job[] {
  const own = game.players.map((p) => viewOf(p, pattern.claims, reader));
  const views = new Set([reader, ...own, ...viewsAsSeen(game, own).flat()]);
  return [...views].flatMap((view) => game.profiles.map((p) => job(view, situationIn(p, pattern), { finals })));
}

async function playPattern(given: Omit<Played, "views" | "means" | "plans">): Promise<PatternPlay> {
  const { game, reader, pattern, samples, request } = given;
  const views = game.players.map((p) => viewOf(p, pattern.claims, reader));
  const own = worths(game, pattern, samples, views);
  const payoffs = own.map((all) => all.map(estimatePayoff));
  const comes = worths(
    game,
    pattern,
    samples,
    game.players.map(() => reader),
  ).map((all) => all.map(estimatePayoff));
  const means = payoffs.map((all) => all.map((e) => e.mean));
  const filled = game.filled(means);
  const solved = solveTree(fieldInUnits(means), filled, null, lambdasFor(request));
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
  const situation: Played = { ...given, plans: apart?.plans ?? null, views, means };
  return {
    pattern,
    views,
    payoffs,
    comes,
    game: filled,
    solved,
    chosen,
    chances,
    tied: isApart ? chances : tiedOf(filled, solved),
    apart: isApart,
    logitChances: logit === undefined ? null : chancesOf(filled, logit.profile),
    sampling: chosen === null ? null : samplingOf(game, own, chosen.profile, request.seed),
    threats: threatsIn(filled, solved),
    expectations: chances === null ? [] : await expectationsOf(situation, chances),
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

async function expectationsOf(
  { model, game, reader, pattern, samples, finals, views, means, plans, request, lab }: Played,
  chances: readonly number[],
): Promise<readonly PlayExpectation[]> {
  const filled = game.filled(means);
  // What each thinks is played; the same as what is, where all see one game.
  const thought = game.players.map((_, i) => {
    const plan = plans?.[i];
    return plan === undefined ? chances : chancesOf(filled, plan);
  });
  const part = (view: string, by: readonly number[]): readonly Job[] =>
    game.profiles.flatMap((p, k) => ((by[k] ?? 0) > 0 ? [job(view, situationIn(p, pattern), { finals })] : []));
  const whole = await runJobs(
    model,
    merged([
      ...part(reader, chances),
      ...game.players.flatMap((_, i) => part(views[i] as string, thought[i] as readonly number[])),
    ]),
    request.seed,
    request.worlds,
    lab,
  );
  const over = (by: readonly number[], read: (profile: Profile) => Float64Array): PayoffEstimate => {
    const used = game.profiles.flatMap((p, k) => ((by[k] ?? 0) > 0 ? [{ p, chance: by[k] as number }] : []));
    return estimatePayoff(
      mixture(
        used.map(({ p }) => read(p)),
        used.map(({ chance }) => chance),
      ),
    );
  };
  return game.players.map((actor, i) => {
    const view = views[i] as string;
    const by = thought[i] as readonly number[];
    const worth = (of: string, chance: readonly number[]): PayoffEstimate =>
      over(chance, (p) =>
        finalOf(sampleOf(samples, of, situationIn(p, pattern)), actor.values as NonNullable<Actor["values"]>),
      );
    return {
      actor: actor.name,
      view,
      expected: worth(view, by),
      comes: worth(reader, chances),
      outcomes: model.outcomes.flatMap((o, k) => {
        if (o.categories !== null) return [];
        const figure = (of: string, chance: readonly number[]): PayoffEstimate =>
          over(chance, (p) => sampleOf(whole, of, situationIn(p, pattern)).outcomes[k] as Float64Array);
        return [{ outcome: o.name, expected: figure(view, by), comes: figure(reader, chances) }];
      }),
    };
  });
}
