/** Works out what one run of a model costs: the operations of its equations, in every step, and its draws, each by its kind; and the rougher count of equations that the number of runs goes by. */

import type { Distribution, Model } from "#model/model.ts";

/** An equation as cases write them has so many operations (measured on the casebook: 8 to 13). A few long equations count as so many of these. */
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
  const { stocks, lets, delays, events, policies, outcomes } = model;
  const weighed = operationsIn([stocks, lets, delays, events, policies, outcomes], (name) => operations[name] ?? 1);
  return Math.max(declared(model), weighed / usualOperations);
}

/** Of a logarithm, a power and their like, next to an addition, in the rough count. */
const costlyOperation = 8;
const costly: ReadonlySet<string> = new Set(["exp", "log", "logistic", "logit", "sqrt", "sin", "cos", "tan", "pow"]);

/**
 * Evaluated in each step, near enough to say how many runs a verdict may take: so many equations, or the size of their expressions where these are long.
 * Verdicts rest on as many runs as this allows, so that it stays as it is while `workOfRun` follows what machines do.
 */
export function equationsOf(model: Model): number {
  const { stocks, lets, shocks, delays, events, policies, outcomes } = model;
  const weighed = operationsIn([stocks, lets, shocks, delays, events, policies, outcomes], (name) =>
    costly.has(name) ? costlyOperation : 1,
  );
  return Math.max(declared(model), Math.ceil(weighed / usualOperations));
}

/** What is worked out in a step, at least one. */
function declared({ stocks, lets, shocks, delays, events, policies, outcomes }: Model): number {
  const lists = [stocks, lets, shocks, delays, events, outcomes, ...policies.map((p) => p.options)];
  return Math.max(
    1,
    lists.reduce((n, list) => n + list.length, 0),
  );
}

/** Of all expressions in plain data, whatever holds them, each by its weight. */
function operationsIn(data: unknown, weightOf: (name: string) => number): number {
  let count = 0;
  const waiting: unknown[] = [data];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null) continue;
    const { op, operator } = value as { readonly op?: unknown; readonly operator?: unknown };
    if (typeof op === "string") count += weightOf(typeof operator === "string" ? operator : op);
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
