/** Solves an extensive form for several kinds of equilibria, on the tree itself where possible. */

import { Refused } from "#text/refused.ts";
import { actionValue, agentsOfTree, toBehaviour, type Agents, type PayoffScale } from "./agents.ts";
import { treeRegret, valueOf } from "./behaviour.ts";
import { approximate, compareNumbers, largest, type Field } from "./field.ts";
import {
  endPayoffs,
  forgetful,
  isPerfectInformation,
  mapTree,
  subgameRoots,
  type Behaviour,
  type ExtensiveForm,
  type TreeNode,
} from "./extensive.ts";
import { logitByInduction } from "./logit-induction.ts";
import { followPath } from "./logit.ts";
import { pure, rangesOf } from "./normal-form.ts";
import { polished } from "./polish.ts";
import { pureEquilibria } from "./pure-equilibria.ts";
import { behaviourOf, reducedForm, type Reduced } from "./reduced.ts";
import { profileAs, tolerance, type Kind, type Solution, type SolutionList, type Writing } from "./solution.ts";
import { farAlong, fanOfLambda, logitList, scalesOf } from "./solve-normal.ts";
import { subgamePerfect } from "./subgame-perfect.ts";
import { twoPlayerEquilibria } from "./two-players.ts";
import { treeInUnits } from "./units.ts";

export interface TreeSolved {
  readonly perfectInformation: boolean;
  /** Null where a subgame is too large to be solved whole. */
  readonly subgamePerfect: SolutionList | null;
  /** Null where all is known, and backward induction says more. */
  readonly sequential: SolutionList | null;
  /** Of the reduced normal form; null where that is too large. */
  readonly nash: SolutionList | null;
  readonly logit: SolutionList;
}

/** Cells of the reduced normal form in which equilibria in pure strategies are sought. */
const mostCells = 100_000;
/** Strategies of either player of a reduced normal form that is solved whole. */
const mostStrategies = 10;
/** Equilibria listed. */
const mostListed = 200;

/** Throws `Refused` where a player does not recall its own moves: these solvers need perfect recall. Ask `forgetful` first. */
export function solveTree<T>(
  field: Field<T>,
  game: ExtensiveForm<T>,
  writing: Writing<T>,
  lambdas = fanOfLambda,
): TreeSolved {
  if (forgetful(game) !== null) throw new Refused("a player does not recall its own moves");
  const perfectInformation = isPerfectInformation(game);
  const both = bothOf(field, game);
  const doubles = inDoubles(field, both);
  const { sequential, logit } = perfectInformation
    ? { sequential: null, logit: logitFromEnds(doubles, lambdas) }
    : byPath(doubles, lambdas);
  return {
    perfectInformation,
    subgamePerfect: inSubgames(field, both, writing, perfectInformation),
    sequential,
    nash: nashOfTree(field, both, writing),
    logit,
  };
}

/** A tree as it was given, in which payoffs are told, and in units, in which it is solved. */
interface Both<T> {
  readonly own: ExtensiveForm<T>;
  readonly unit: ExtensiveForm<T>;
  /** Of `unit`: by player the range of its payoffs, and where subgames begin. */
  readonly ranges: readonly T[];
  readonly roots: readonly TreeNode<T>[];
}

function bothOf<T>(field: Field<T>, game: ExtensiveForm<T>): Both<T> {
  const unit = treeInUnits(field, game);
  return { own: game, unit, ranges: rangesOf(field, endPayoffs(field, unit)), roots: [...subgameRoots(unit)] };
}

function inDoubles<T>(field: Field<T>, { own, unit }: Both<T>): Both<number> {
  const to = (game: ExtensiveForm<T>): ExtensiveForm<number> => ({
    ...game,
    root: mapTree(game.root, (v) => field.toNumber(v)),
  });
  const rounded = to(unit);
  return {
    own: to(own),
    unit: rounded,
    ranges: rangesOf(approximate(0), endPayoffs(approximate(0), rounded)),
    roots: [...subgameRoots(rounded)],
  };
}

/** Largest regret in any subgame: 0 for a subgame-perfect equilibrium. */
export function subgameRegret<T>(field: Field<T>, game: ExtensiveForm<T>, behaviour: Behaviour<T>): number {
  return regretInSubgames(field, bothOf(field, game), behaviour);
}

function regretInSubgames<T>(field: Field<T>, { unit, ranges, roots }: Both<T>, behaviour: Behaviour<T>): number {
  return Math.max(
    0,
    ...roots.map((root) => field.toNumber(treeRegret({ field, game: unit, behaviour, root, ranges }))),
  );
}

interface TreeSolutionInput<T> {
  readonly field: Field<T>;
  readonly game: ExtensiveForm<T>;
  readonly behaviour: Behaviour<T>;
  readonly kind: Kind;
  readonly writing: Writing<T>;
  readonly component: number | null;
}

export function treeSolution<T>({ field, game, behaviour, kind, writing, component }: TreeSolutionInput<T>): Solution {
  return solutionIn({ field, t: bothOf(field, game), behaviour, kind, writing, component });
}

interface SolutionInInput<T> extends Omit<TreeSolutionInput<T>, "game"> {
  readonly t: Both<T>;
}

function solutionIn<T>({ field, t, behaviour, kind, writing, component }: SolutionInInput<T>): Solution {
  const { own, unit, ranges } = t;
  return {
    kind,
    ...profileAs(field, behaviour, writing),
    payoffs: valueOf(field, own.players.length, behaviour, own.root).map((v) => field.toNumber(v)),
    regret: Math.max(0, field.toNumber(treeRegret({ field, game: unit, behaviour, ranges }))),
    localRegret: regretInSubgames(field, t, behaviour),
    component,
    lambda: null,
  };
}

function inSubgames<T>(field: Field<T>, both: Both<T>, writing: Writing<T>, perfect: boolean): SolutionList | null {
  const found = subgamePerfect(field, both.unit);
  if (found === null) return null;
  return {
    kind: "subgame-perfect",
    method: perfect ? "backward induction" : "backward induction over subgames, each solved whole",
    complete: found.complete,
    why: found.why ?? (found.equilibria.length === 0 ? "there is none in pure strategies" : null),
    solutions: found.equilibria.map((b) =>
      solutionIn({ field, t: both, behaviour: b, kind: "subgame-perfect", writing, component: null }),
    ),
  };
}

function nashOfTree<T>(field: Field<T>, both: Both<T>, writing: Writing<T>): SolutionList | null {
  const game = both.unit;
  const reduced = reducedForm(field, game, mostCells);
  if (reduced === null) return null;
  const sizes = reduced.plans.map((p) => p.length);
  const active = sizes.flatMap((size, p) => (size > 1 ? [p] : []));
  const otherwise = game.sets.map((s) => pure(field, s.actions.length, 0));
  const behaviour = (mixed: readonly (readonly T[])[]): Behaviour<T> =>
    behaviourOf(field, game, reduced.plans, mixed, otherwise);
  if (active.length === 2 && Math.max(...sizes) <= mostStrategies)
    return wholeNash({ field, both, reduced, active, behaviour, writing });
  if (active.length < 2) return aloneNash({ field, both, reduced, player: active[0], behaviour, writing });
  const all = pureEquilibria(field, reduced.game);
  return {
    kind: "nash",
    method: "going through the pure plans of the reduced normal form",
    complete: all.length > mostListed ? "some" : "all-pure",
    why: `${all.length > mostListed ? `only the first ${mostListed} of ${all.length} are listed; ` : ""}mixed ones are not sought in a reduced normal form of ${sizes.join(" by ")} plans`,
    solutions: all.slice(0, mostListed).map((at) =>
      solutionIn({
        field,
        t: both,
        behaviour: behaviour(at.map((s, p) => pure(field, sizes[p] ?? 1, s))),
        kind: "nash",
        writing,
        component: null,
      }),
    ),
  };
}

interface AloneNashInput<T> {
  readonly field: Field<T>;
  readonly both: Both<T>;
  readonly reduced: Reduced<T>;
  readonly player: number | undefined;
  readonly behaviour: (mixed: readonly (readonly T[])[]) => Behaviour<T>;
  readonly writing: Writing<T>;
}

/** Where one player decides, or none, the equilibria are its best plans and their mixtures. */
function aloneNash<T>({ field, both, reduced, player, behaviour, writing }: AloneNashInput<T>): SolutionList {
  const worth = player === undefined ? [] : (reduced.game.payoffs[player] ?? []);
  const best = worth.length === 0 ? field.zero : largest(field, worth);
  const plans = player === undefined ? [0] : worth.flatMap((u, s) => (compareNumbers(field, u, best) === 0 ? [s] : []));
  const isCut = plans.length > mostListed;
  return {
    kind: "nash",
    method:
      player === undefined
        ? "reading the tree, in which nobody has a choice"
        : "comparing the plans of the only one who decides",
    complete: isCut ? "some" : plans.length > 1 ? "all-extreme" : "all",
    why: isCut ? `only the first ${mostListed} of ${plans.length} are listed` : null,
    solutions: plans.slice(0, mostListed).map((s) => {
      const mixed = reduced.plans.map((own, p) => pure(field, own.length, p === player ? s : 0));
      return solutionIn({ field, t: both, behaviour: behaviour(mixed), kind: "nash", writing, component: 0 });
    }),
  };
}

interface WholeNashInput<T> {
  readonly field: Field<T>;
  readonly both: Both<T>;
  readonly reduced: Reduced<T>;
  readonly active: readonly number[];
  readonly behaviour: (mixed: readonly (readonly T[])[]) => Behaviour<T>;
  readonly writing: Writing<T>;
}

function wholeNash<T>({ field, both, reduced, active, behaviour, writing }: WholeNashInput<T>): SolutionList {
  const small = {
    ...reduced.game,
    players: active.map((p) => reduced.game.players[p] as (typeof reduced.game.players)[number]),
    payoffs: active.map((p) => reduced.game.payoffs[p] as readonly T[]),
  };
  const { equilibria, complete } = twoPlayerEquilibria(field, small);
  return {
    kind: "nash",
    method: "enumeration in the reduced normal form",
    complete,
    why: null,
    solutions: equilibria.map(({ profile, component }) => {
      const whole = reduced.plans.map((p, i) => profile[active.indexOf(i)] ?? pure(field, p.length, 0));
      return solutionIn({ field, t: both, behaviour: behaviour(whole), kind: "nash", writing, component });
    }),
  };
}

/** What λ is measured by. What cannot come is no part of it. */
function scalesIn(game: ExtensiveForm<number>, which: "possible" | "all"): readonly PayoffScale[] {
  const payoffs = endPayoffs(approximate(0), game, which);
  return scalesOf(payoffs).map((scale, p) => ({ scale, low: (payoffs[p] ?? []).reduce((a, b) => Math.min(a, b)) }));
}

/** Where all is known: one equilibrium for each λ. */
function logitFromEnds(both: Both<number>, lambdas: readonly number[]): SolutionList {
  const scales = scalesIn(both.unit, "possible");
  const scalesOfNever = scalesIn(both.unit, "all");
  return {
    kind: "logit",
    method: "backward induction at each λ",
    complete: "all",
    why: null,
    solutions: lambdas.map((lambda) => ({
      ...solutionIn({
        field: approximate(0),
        t: both,
        behaviour: logitByInduction({ game: both.unit, scales, scalesOfNever, lambda }),
        kind: "logit",
        writing: null,
        component: null,
      }),
      lambda,
    })),
  };
}

/** One path serves the fan of logit equilibria and, at its end, the sequential candidate. */
function byPath(both: Both<number>, lambdas: readonly number[]): { sequential: SolutionList; logit: SolutionList } {
  const field = approximate(0);
  const system = agentsOfTree(both.unit, scalesIn(both.unit, "possible"), scalesIn(both.unit, "all"));
  const path = followPath({ system, wanted: lambdas, furthest: farAlong });
  const logit = logitList(path, lambdas, (logs, lambda) => ({
    ...solutionIn({
      field,
      t: both,
      behaviour: toBehaviour(system, logs),
      kind: "logit",
      writing: null,
      component: null,
    }),
    lambda,
  }));
  const candidates = [...polished(system, path.end.logs), toBehaviour(system, path.end.logs)].map((b) => ({
    ...solutionIn({ field, t: both, behaviour: b, kind: "sequential-candidate", writing: null, component: null }),
    localRegret: agentRegret(system, path.end.logs, b),
  }));
  const best = candidates.toSorted((a, b) => Math.max(a.regret, a.localRegret) - Math.max(b.regret, b.localRegret))[0];
  const isOne = best !== undefined && best.regret <= tolerance && path.state === "reached";
  return {
    logit,
    sequential: {
      kind: "sequential-candidate",
      method: "following the agents' logit path to its end and polishing it",
      complete: "some",
      why: isOne
        ? "one path has one end; there may be other sequential equilibria"
        : path.state === "stalled"
          ? "the path could not be followed to its end, so nothing is claimed"
          : "the end of the path could not be polished to an equilibrium, so nothing is claimed",
      solutions: isOne ? [best] : [],
    },
  };
}

/** The largest gain, over ranges, of an agent that alone departs, with the beliefs of `logs` and everyone else as in `behaviour`. */
function agentRegret(system: Agents, logs: Float64Array, behaviour: Behaviour<number>): number {
  const slope = new Float64Array(system.places);
  // Beliefs from the limit, continuations from the profile: what is played is written over the logs only where it is played for sure.
  const own = logs.slice();
  system.agents.forEach(({ first }, i) =>
    behaviour[i]?.forEach((p, a) => {
      if (p > 0) own[first + a] = Math.log(p);
    }),
  );
  return Math.max(
    0,
    ...system.agents.map(({ first, actions, player }, i) => {
      const worth = Array.from({ length: actions }, (_, a) => actionValue(system, own, first + a, player, slope));
      const mean = worth.reduce((t, v, a) => t + v * (behaviour[i]?.[a] ?? 0), 0);
      return Math.max(...worth) - mean;
    }),
  );
}
