/** Finds logit quantal response equilibria, and the path of them to an equilibrium. */

import { actionValue, centreOfPlays, type Agents } from "./agents.ts";
import { solveDense } from "./dense.ts";

/** A point of the path: log-probabilities by place, and λ. */
interface PathPoint {
  readonly logs: Float64Array;
  readonly lambda: number;
}

export interface LogitPath {
  /** One for each λ asked for that the path came by, in the order asked; null where it did not. */
  readonly at: readonly (PathPoint | null)[];
  /** The last point. */
  readonly end: PathPoint;
  /** `reached`: λ went as far as asked. `stalled`: steps became too small, or too many for what a path may cost; what was found before still stands. */
  readonly state: "reached" | "stalled";
  /** Multiplications, near enough. */
  readonly work: number;
}

interface PathRequest {
  readonly system: Agents;
  /** λ at which points are wanted. */
  readonly wanted: readonly number[];
  /** λ at which the path ends. */
  readonly furthest: number;
  /** Moves the start away from the centre, for other branches. */
  readonly bias?: Float64Array | undefined;
  /** Multiplications after which the path is given up. */
  readonly most?: number | undefined;
}

/** A few seconds. A path in a game of a few dozen actions takes a thousandth of it. */
const usualMost = 4e9;

/** Newton's corrections stop here; the equations are logarithms of probabilities and payoffs over ranges. */
const closeEnough = 1e-11;
const mostCorrections = 8;
const leastStep = 1e-9;
const mostSteps = 20_000;

/**
 * Follows the logit correspondence (McKelvey & Palfrey 1995, 1998 for agents) from λ = 0 by predictor and corrector along its arc (Turocy 2005).
 * The equations, by agent: Σ p = 1 and log p_a − log p_0 = bias_a − bias_0 + λ (v_a − v_0).
 */
export function followPath({ system, wanted, furthest, bias: given, most = usualMost }: PathRequest): LogitPath {
  const bias = given ?? centreOfPlays(system);
  const each = workOfStep(system);
  let work = 0;
  const n = system.places;
  const at: (PathPoint | null)[] = wanted.map(() => null);
  let point: Float64Array = new Float64Array(n + 1);
  point.set(startOf(system, bias));
  let direction: Float64Array = new Float64Array(n + 1);
  direction[n] = 1;
  let step = 0.01;
  const asPoint = (x: Float64Array): PathPoint => ({ logs: x.slice(0, n), lambda: x[n] as number });
  wanted.forEach((lambda, i) => {
    if (lambda === 0) at[i] = asPoint(point);
  });
  const ended = (state: LogitPath["state"]): LogitPath => ({ at, end: asPoint(point), state, work });
  for (let steps = 0; steps < mostSteps; steps++) {
    if ((point[n] as number) >= furthest) return ended("reached");
    if (work > most) return ended("stalled");
    work += each;
    const tangent = tangentAt(system, point, direction, bias);
    if (tangent === null || step < leastStep) return ended("stalled");
    const predicted = point.map((v, k) => v + step * (tangent[k] as number));
    const next = corrected(system, predicted, tangent, bias);
    if (next === null || distance(next, predicted) > Math.max(0.1, 0.3 * step)) {
      step /= 2;
      continue;
    }
    wanted.forEach((lambda, i) => {
      const [from, to] = [point[n] as number, next[n] as number];
      if (at[i] !== null || !(from < lambda && lambda <= to)) return;
      const share = (lambda - from) / (to - from);
      at[i] = fixedLambda(
        system,
        point.map((v, k) => v + share * ((next[k] as number) - v)),
        lambda,
        bias,
      );
    });
    direction = tangent;
    point = next;
    step = Math.min(step * 1.5, Math.max(0.5, 0.2 * (point[n] as number)));
  }
  return ended("stalled");
}

/** A direction and the three corrections that a step usually takes: every action's worth, over the plays that take it, and the equations solved. */
function workOfStep({ places, plays, taking }: Agents): number {
  const worth = taking.reduce(
    (t, through) => t + through.reduce((u, play) => u + (plays[play]?.path.length ?? 0) + exponential, 0),
    0,
  );
  return 4 * (2 * worth + places ** 3 / 3);
}
/** Multiplications that take as long as one exponential. */
const exponential = 10;

/** The equilibrium at a given λ near `guess`; null where Newton's method does not settle. */
function fixedLambda(system: Agents, guess: Float64Array, lambda: number, bias: Float64Array): PathPoint | null {
  const n = system.places;
  const along = new Float64Array(n + 1);
  along[n] = 1;
  const start = guess.slice();
  start[n] = lambda;
  const found = corrected(system, start, along, bias);
  return found === null ? null : { logs: found.slice(0, n), lambda };
}

function startOf(system: Agents, bias: Float64Array): Float64Array {
  const logs = bias.slice();
  for (const a of system.agents) {
    const own = logs.subarray(a.first, a.first + a.actions);
    const total = Math.log(own.reduce((t, l) => t + Math.exp(l), 0));
    own.forEach((l, i) => (own[i] = l - total));
  }
  return logs;
}

/** Values of the equations and, row by row, their derivatives by the logs and λ; each row has room for one more equation's column. */
function equations(
  system: Agents,
  x: Float64Array,
  bias: Float64Array,
): { values: Float64Array; rows: Float64Array[] } {
  const n = system.places;
  const lambda = x[n] as number;
  const logs = x.subarray(0, n);
  const values = new Float64Array(n + 1);
  const rows: Float64Array[] = [];
  const slope = new Float64Array(n);
  const slope0 = new Float64Array(n);
  for (const { first, actions, player } of system.agents) {
    const sumRow = new Float64Array(n + 1);
    let total = -1;
    for (let k = first; k < first + actions; k++) {
      const p = Math.exp(logs[k] as number);
      total += p;
      sumRow[k] = p;
    }
    values[rows.length] = total;
    rows.push(sumRow);
    if (actions < 2) continue;
    const value0 = actionValue(system, logs, first, player, slope0);
    for (let k = first + 1; k < first + actions; k++) {
      const value = actionValue(system, logs, k, player, slope);
      const row = new Float64Array(n + 1);
      for (let j = 0; j < n; j++) row[j] = -lambda * ((slope[j] as number) - (slope0[j] as number));
      row[k] = (row[k] as number) + 1;
      row[first] = (row[first] as number) - 1;
      row[n] = -(value - value0);
      values[rows.length] =
        (logs[k] as number) -
        (logs[first] as number) -
        (bias[k] as number) +
        (bias[first] as number) -
        lambda * (value - value0);
      rows.push(row);
    }
  }
  return { values, rows };
}

/** The unit vector along the path at `x`, on the side of `towards`. */
function tangentAt(system: Agents, x: Float64Array, towards: Float64Array, bias: Float64Array): Float64Array | null {
  const n = system.places;
  const { rows } = equations(system, x, bias);
  const right = new Float64Array(n + 1);
  right[n] = 1;
  const found = solveDense([...rows, towards.slice()], right);
  if (found === null) return null;
  const size = Math.sqrt(found.reduce((t, v) => t + v * v, 0));
  return found.map((v) => v / size);
}

/** Newton's method in the plane through `x` across `normal`; null where it does not settle. */
function corrected(system: Agents, x: Float64Array, normal: Float64Array, bias: Float64Array): Float64Array | null {
  const n = system.places;
  const point = x.slice();
  for (let i = 0; i < mostCorrections; i++) {
    const { values, rows } = equations(system, point, bias);
    const size = values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const scale = Math.max(1, Math.abs(point[n] as number));
    if (size <= closeEnough * scale) return point;
    const right = values.map((v) => -v);
    right[n] = 0;
    const change = solveDense([...rows, normal.slice()], right);
    if (change === null) return null;
    for (let k = 0; k <= n; k++) point[k] = (point[k] as number) + (change[k] as number);
    if (!point.every(Number.isFinite) || point.subarray(0, n).some((l) => l > 1)) return null;
  }
  return null;
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((t, v, k) => t + (v - (b[k] as number)) ** 2, 0));
}
