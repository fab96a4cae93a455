/** Solves a normal form: equilibria, dominated strategies, and logit equilibria over λ. */

import { agentsOfNormalForm, toBehaviour } from "./agents.ts";
import { strictDominance, type Dominated } from "./dominance.ts";
import { approximate, type Field } from "./field.ts";
import { followPath, type LogitPath } from "./logit.ts";
import {
  cellsIn,
  mapPayoffs,
  payoffsAgainst,
  pure,
  rangesOf,
  shapeOf,
  type Mixed,
  type NormalForm,
} from "./normal-form.ts";
import { polished } from "./polish.ts";
import { pureEquilibria } from "./pure-equilibria.ts";
import { profileRegret } from "./regret.ts";
import { profileAs, tolerance, type Kind, type Solution, type SolutionList, type Writing } from "./solution.ts";
import { twoPlayerEquilibria } from "./two-players.ts";
import { normalInUnits } from "./units.ts";

/** λ × payoff range at which logit equilibria are told: at 10, a tenth of the range makes the better of two options e = 2.7 times as likely. */
export const fanOfLambda: readonly number[] = [0, 1, 2, 5, 10, 20, 50];

/** Starts of the logit path in games of three and more. */
const starts = 24;
/** λ × payoff range at which a path is taken for its limit. */
export const farAlong = 1e4;
/** Cells of a game of three or more that a path is followed in. */
const mostCells = 20_000;
/** Multiplications along all paths, after which the starts that are left are left out: about three seconds. */
const mostWork = 1e9;

export interface NormalSolved {
  readonly dominated: readonly Dominated<number>[];
  /** Not every mixture was looked for that may dominate a strategy. */
  readonly isDominanceCut: boolean;
  readonly nash: SolutionList;
  readonly logit: SolutionList;
}

export function solveNormal<T>(field: Field<T>, game: NormalForm<T>, writing: Writing<T>): NormalSolved {
  const both = { own: game, unit: normalInUnits(field, game) };
  const { dominated, isCut } = strictDominance(field, both.unit);
  return {
    dominated: dominated.map((d) => ({ ...d, by: d.by.map((p) => field.toNumber(p)) })),
    isDominanceCut: isCut,
    nash: nashOf(field, both, writing),
    logit: logitOf(inDoubles(field, both)),
  };
}

/** A game as it was given, in which payoffs are told, and in units, in which it is solved. */
interface Both<T> {
  readonly own: NormalForm<T>;
  readonly unit: NormalForm<T>;
}

function inDoubles<T>(field: Field<T>, { own, unit }: Both<T>): Both<number> {
  const to = (v: T): number => field.toNumber(v);
  return { own: mapPayoffs(own, to), unit: mapPayoffs(unit, to) };
}

function nashOf<T>(field: Field<T>, both: Both<T>, writing: Writing<T>): SolutionList {
  const game = both.unit;
  const [first, second] = game.players.flatMap((p, i) => (p.strategies.length > 1 ? [i] : []));
  const count = game.players.filter((p) => p.strategies.length > 1).length;
  if (count <= 2) {
    // Players without a choice do not count.
    const pair = [first ?? 0, second ?? game.players.findIndex((_, i) => i !== (first ?? 0))];
    const isTwo = game.players.length === 2;
    const smaller = isTwo
      ? game
      : {
          ...game,
          players: pair.map((i) => game.players[i] ?? alone),
          payoffs: pair.map((i) => game.payoffs[i] ?? game.payoffs[0] ?? []),
        };
    const { equilibria, complete, method, paths } = twoPlayerEquilibria(field, smaller);
    return {
      kind: "nash",
      method:
        method === "supports"
          ? "support enumeration"
          : method === "vertices"
            ? "vertex enumeration"
            : paths === null || paths.followed === paths.of
              ? "Lemke–Howson from every label"
              : `Lemke–Howson from ${paths.followed} of ${paths.of} labels, as more would take too long`,
      complete,
      why: complete === "some" ? "larger than ten by ten: only what Lemke and Howson's paths end in" : null,
      solutions: equilibria.map(({ profile, component }) => {
        const whole = game.players.map(
          (p, i) => (isTwo ? profile[i] : profile[pair.indexOf(i)]) ?? pure(field, p.strategies.length, 0),
        );
        return solutionOf({ field, t: both, profile: whole, kind: "nash", writing, component });
      }),
    };
  }
  const pures = pureEquilibria(field, game).map((at) =>
    at.map((s, p) => pure(field, game.players[p]?.strategies.length ?? 1, s)),
  );
  const found = pures.map((profile) => solutionOf({ field, t: both, profile, kind: "nash", writing, component: null }));
  const isLarge = cellsIn(shapeOf(game)) > mostCells;
  const { mixed, begun } = isLarge ? { mixed: [], begun: 0 } : mixedByPaths(inDoubles(field, both));
  return {
    kind: "nash",
    method: `going through all pure profiles${isLarge ? "" : ", and following logit paths from many starts"}`,
    complete: "all-pure",
    why: isLarge
      ? `three or more players and more than ${mostCells} cells: mixed ones are not sought`
      : `three or more players: mixed ones are those that logit paths end in${begun < starts ? `; only ${begun} of ${starts} starts were tried, as more would take too long` : ""}`,
    solutions: [...found, ...mixed.filter((m) => !found.some((f) => isSame(f.profile, m.profile)))],
  };
}

const alone = { name: "", strategies: [""] };

interface SolutionOfInput<T> {
  readonly field: Field<T>;
  readonly t: Both<T>;
  readonly profile: Mixed<T>;
  readonly kind: Kind;
  readonly writing: Writing<T>;
  readonly component: number | null;
}

function solutionOf<T>({ field, t: { own, unit }, profile, kind, writing, component }: SolutionOfInput<T>): Solution {
  return {
    kind,
    ...profileAs(field, profile, writing),
    payoffs: own.players.map((_, p) =>
      field.toNumber(
        payoffsAgainst(field, own, p, profile).reduce(
          (t, u, s) => field.add(t, field.mul(u, profile[p]?.[s] as T)),
          field.zero,
        ),
      ),
    ),
    regret: Math.max(0, field.toNumber(profileRegret(field, unit, profile))),
    localRegret: null,
    component,
    lambda: null,
  };
}

/** 1 ÷ payoff range by player, so that λ is free of units; 0 for a player to whom all is the same. */
export function scalesOf(payoffs: readonly (readonly number[])[]): readonly number[] {
  return rangesOf(approximate(0), payoffs).map((range) => (range > 0 ? 1 / range : 0));
}

/** Equilibria certified by their regret, from logit paths that start at the centre and at points spread over the simplices. */
function mixedByPaths(both: Both<number>): { readonly mixed: readonly Solution[]; readonly begun: number } {
  const system = agentsOfNormalForm(both.unit, scalesOf(both.unit.payoffs));
  const found: Solution[] = [];
  let left = mostWork;
  let start = 0;
  for (; start < starts && left > 0; start++) {
    const bias = start === 0 ? undefined : biasOf(system.places, start);
    const path = followPath({ system, wanted: [], furthest: farAlong, bias, most: left });
    left -= path.work;
    for (const profile of polished(system, path.end.logs)) {
      const solution = solutionOf({
        field: approximate(0),
        t: both,
        profile,
        kind: "nash",
        writing: null,
        component: null,
      });
      if (solution.regret <= tolerance && !found.some((f) => isSame(f.profile, solution.profile))) found.push(solution);
    }
  }
  return { mixed: found, begun: start };
}

/** Logarithms of weights that fill the simplices evenly: a Weyl sequence through −log, which spreads as exponentials do. */
function biasOf(places: number, start: number): Float64Array {
  return Float64Array.from({ length: places }, (_, k) => {
    const u = ((start * (k + 1) * 0.6180339887498949 + k * 0.7548776662466927) % 1) * 0.998 + 0.001;
    return Math.log(-Math.log(u));
  });
}

function isSame(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean {
  return a.every((own, i) => own.every((p, k) => Math.abs(p - (b[i]?.[k] ?? Number.NaN)) < 1e-6));
}

function logitOf(both: Both<number>, lambdas: readonly number[] = fanOfLambda): SolutionList {
  const system = agentsOfNormalForm(both.unit, scalesOf(both.unit.payoffs));
  const path = followPath({ system, wanted: lambdas, furthest: Math.max(...lambdas) * 1.05 + 0.1, most: mostWork });
  return logitList(path, lambdas, (logs, lambda) => ({
    ...solutionOf({
      field: approximate(0),
      t: both,
      profile: toBehaviour(system, logs),
      kind: "logit",
      writing: null,
      component: null,
    }),
    lambda,
  }));
}

/** The fan of a path; points it did not come by are left out and named. */
export function logitList(
  path: LogitPath,
  lambdas: readonly number[],
  solution: (logs: Float64Array, lambda: number) => Solution,
): SolutionList {
  const missing = lambdas.filter((_, i) => path.at[i] === null);
  return {
    kind: "logit",
    method: "the branch of logit equilibria that starts at even odds",
    complete: "some",
    why:
      missing.length === 0
        ? "other branches may exist at the same λ"
        : `the path could not be followed to λ = ${missing.join(", ")}, so these are left out`,
    solutions: path.at.flatMap((point, i) => (point === null ? [] : [solution(point.logs, lambdas[i] as number)])),
  };
}
