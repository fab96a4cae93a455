/** Works out what one run of a model costs: the operations of its equations, in every step, and its draws, each by its kind. */

import type { Distribution, Model } from "#model/model.ts";

/** An equation as cases write them has so many operations (measured on the casebook: 8 to 13). */
const usualOperations = 14;

/** Operations next to an addition, measured in WebAssembly on generated cases (docs/reliability.md). */
const operations: Readonly<Record<string, number>> = {
  exp: 24,
  tanh: 30,
  logistic: 32,
  log: 36,
  arctan: 60,
  sin: 70,
  cos: 70,
  mod: 8,
  pow: 150,
  // Where in the table: a few comparisons, and the line between two points.
  lookup: 40,
};

/** Equations that one draw costs. A shock that is normal, lognormal or uniform is drawn in the kernel, all others by their quantile function. */
const plainDraw = 100;
const plainShock = 20;
const draws: Readonly<Partial<Record<Distribution["kind"], number>>> = { beta: 1300, gamma: 900 };
/** Between two ends a quantile is sought in a tail, where a series takes longer. */
const truncatedFactor = 3;
const shocksInKernel: ReadonlySet<Distribution["kind"]> = new Set(["constant", "normal", "uniform", "lognormal"]);

/** Equations that a run costs, about a nanosecond each on one core of the machine that docs/performance.md names. */
export function workOfRun(model: Model): number {
  const { time, shocks, unknowns } = model;
  const steps = Math.max(1, time?.steps ?? 1);
  const stages = time?.method === "rk4" ? 4 : 1;
  const beliefs = model.views.map((v) => v.distributions);
  const unknown = unknowns.reduce(
    (n, u) => n + Math.max(drawOf(u.distribution), ...beliefs.map((of) => drawOf(of[u.name] ?? u.distribution))),
    0,
  );
  const shock = shocks.reduce((n, s) => n + shockOf(s.distribution) / s.everySteps, 0);
  return steps * (stages * stepOf(model) + shock) + unknown;
}

function stepOf(model: Model): number {
  const { stocks, lets, shocks, delays, events, policies, outcomes } = model;
  const declared =
    [stocks, lets, shocks, delays, events, outcomes].reduce((n, list) => n + list.length, 0) +
    policies.reduce((n, p) => n + p.options.length, 0);
  return Math.max(1, declared, operationsIn([stocks, lets, delays, events, policies, outcomes]) / usualOperations);
}

/** Of all expressions in plain data, whatever holds them. */
function operationsIn(data: unknown): number {
  let count = 0;
  const waiting: unknown[] = [data];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    const { op, operator } = value as { readonly op?: unknown; readonly operator?: unknown };
    if (typeof op === "string") count += operations[typeof operator === "string" ? operator : op] ?? 1;
    for (const part of Object.values(value)) waiting.push(part);
  }
  return count;
}

function drawOf(distribution: Distribution): number {
  if (distribution.kind === "truncated")
    return distribution.of.kind in draws ? truncatedFactor * drawOf(distribution.of) : plainDraw;
  return draws[distribution.kind] ?? plainDraw;
}

function shockOf(distribution: Distribution): number {
  return shocksInKernel.has(distribution.kind) ? plainShock : drawOf(distribution);
}
