/** Finds the equilibrium that the end of a logit path points to, by Newton's method. */

import { actionValue, type Agents } from "./agents.ts";
import { solveDense } from "./dense.ts";
import type { Behaviour } from "./extensive.ts";

/** An action rarer than this is taken for one that the limit does not use; several are tried, since a limit may use an action seldom. */
const cutoffs: readonly number[] = [0.02, 1e-3, 1e-5];
const steps = 40;
/** Agents reached less often than this are off the path: their beliefs are those of the limit, and they are left as they are. */
const reachedEnough = 1e-4;

/**
 * Candidates for the limit, by cutoff: rare actions dropped, then, among agents that are reached and mix, indifference solved for by Newton's method
 * (the system of von Neumann & Morgenstern's support equations). Candidates are not checked here; whoever prints one computes its regret.
 */
export function polished(system: Agents, logs: Float64Array): readonly Behaviour<number>[] {
  return cutoffs.flatMap((cutoff) => {
    const rounded = roundOff(system, logs, cutoff);
    const found = indifferent(system, rounded, reachIn(system, logs));
    return found === null ? [split(system, rounded)] : [split(system, found), split(system, rounded)];
  });
}

function split(system: Agents, p: Float64Array): Behaviour<number> {
  return system.agents.map((a) => Array.from(p.subarray(a.first, a.first + a.actions)));
}

function roundOff(system: Agents, logs: Float64Array, cutoff: number): Float64Array {
  const p = logs.map((l) => Math.exp(l));
  for (const { first, actions } of system.agents) {
    const own = p.subarray(first, first + actions);
    own.forEach((v, i) => (own[i] = v < cutoff ? 0 : v));
    const total = own.reduce((t, v) => t + v, 0);
    own.forEach((v, i) => (own[i] = v / total));
  }
  return p;
}

/** By agent, the chance that it moves. */
function reachIn(system: Agents, logs: Float64Array): readonly number[] {
  return system.agents.map(({ first, actions }) => {
    let total = 0;
    for (let k = first; k < first + actions; k++)
      for (const play of system.taking[k] ?? []) {
        const { path, logChance } = system.plays[play] as Agents["plays"][number];
        total += Math.exp(path.reduce((t, place) => t + (logs[place] as number), logChance));
      }
    return total;
  });
}

function indifferent(system: Agents, start: Float64Array, reach: readonly number[]): Float64Array | null {
  const agents = system.agents.flatMap((a, i) => {
    const support = Array.from({ length: a.actions }, (_, k) => a.first + k).filter((k) => (start[k] as number) > 0);
    return support.length > 1 && (reach[i] as number) > reachedEnough ? [{ player: a.player, support }] : [];
  });
  const places = agents.flatMap((a) => a.support);
  if (places.length === 0) return null;
  const n = places.length;
  const p = start.slice();
  const slope = new Float64Array(system.places);
  const slope0 = new Float64Array(system.places);
  for (let step = 0; step < steps; step++) {
    const logs = p.map((v) => Math.log(Math.max(v, 1e-300)));
    const rows: Float64Array[] = [];
    const right = new Float64Array(n);
    for (const { player, support } of agents) {
      const [base = 0, ...others] = support;
      right[rows.length] = 1 - support.reduce((t, k) => t + (p[k] as number), 0);
      rows.push(Float64Array.from(places, (k) => (support.includes(k) ? 1 : 0)));
      const value0 = actionValue(system, logs, base, player, slope0);
      for (const k of others) {
        const value = actionValue(system, logs, k, player, slope);
        right[rows.length] = value0 - value;
        rows.push(Float64Array.from(places, (j) => ((slope[j] as number) - (slope0[j] as number)) / (p[j] as number)));
      }
    }
    const change = solveDense(rows, right);
    if (change === null) return null;
    let size = 0;
    places.forEach((k, i) => {
      p[k] = (p[k] as number) + (change[i] as number);
      size = Math.max(size, Math.abs(change[i] as number));
    });
    if (places.some((k) => !((p[k] as number) > 0))) return null;
    if (size < 1e-15) break;
  }
  return p;
}
