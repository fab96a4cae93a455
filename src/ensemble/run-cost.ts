/** Works out what one run of a model costs: the operations of its equations, in every step, and its draws, each by its kind; and the rougher count of equations that the number of runs goes by. */

import type { Distribution, Model } from "#model/model.ts";

/** An equation as cases write them has so many operations (measured on the casebook: 8 to 13). A few long equations count as so many of these. */
const usualOperations = 14;

/** Operations next to an addition, measured in WebAssembly on generated cases (docs/reliability.md). */
const operations: Readonly<Record<string, number>> = {
  exp: 40,
  tanh: 50,
  logistic: 50,
  log: 70,
  arctan: 110,
  sin: 140,
  cos: 140,
  mod: 8,
  pow: 320,
  // Where in the table: a few comparisons, and the line between two points.
  lookup: 50,
};
/** Equations that an event's clock costs in a step, where its rate is short. */
const clock = 3;

/** Equations that one draw costs. A shock that is normal, lognormal or uniform is drawn in the kernel, all others by their quantile function, step by step. */
const plainDraw = 100;
const plainShock = 40;
const stepByStep = 150;
/** The slowest parameters: two or three times as many as the usual ones take. */
const draws: Readonly<Partial<Record<Distribution["kind"], number>>> = { beta: 3000, gamma: 1800 };
/** Between two ends a quantile is sought in a tail, where a series takes longer. */
const truncatedFactor = 3;
const shocksInKernel: ReadonlySet<Distribution["kind"]> = new Set(["constant", "normal", "uniform", "lognormal"]);

/** Equations that one more run costs, whatever the model; that a claim costs in it, which is drawn; and an outcome, which is kept and counted. */
const keeping = { run: 100, claim: 40, outcome: 40 };

/** Equations that a run costs, about a nanosecond each on one core of the machine that docs/performance.md names. */
export function workOfRun(model: Model): number {
  const { time, shocks, unknowns, claims, outcomes } = model;
  const steps = Math.max(1, time?.steps ?? 1);
  const stages = time?.method === "rk4" ? 4 : 1;
  const beliefs = model.views.map((v) => v.distributions);
  const unknown = unknowns.reduce(
    (n, u) => n + Math.max(drawOf(u.distribution), ...beliefs.map((of) => drawOf(of[u.name] ?? u.distribution))),
    0,
  );
  const shock = shocks.reduce((n, s) => n + shockOf(s.distribution) / s.everySteps, 0);
  const kept = keeping.run + keeping.claim * claims.length + keeping.outcome * outcomes.length;
  return steps * (stages * stepOf(model) + shock) + unknown + kept;
}

function stepOf(model: Model): number {
  const { stocks, lets, delays, events, policies, outcomes } = model;
  const weighed = operationsIn([stocks, lets, delays, events, policies, outcomes], (name) => operations[name] ?? 1);
  return Math.max(declared(model) + (clock - 1) * events.length, weighed / usualOperations);
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
  if (distribution.kind === "truncated") return truncatedFactor * drawOf(distribution.of);
  return draws[distribution.kind] ?? plainDraw;
}

function shockOf(distribution: Distribution): number {
  return shocksInKernel.has(distribution.kind) ? plainShock : drawOf(distribution) + stepByStep;
}
