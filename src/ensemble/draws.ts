/** A job's view and a seed in; what each world is like out: the claims that are true, the unknowns, and what other minds believe of them. */

import { walk, type Expression } from "#model/expression.ts";
import type { Distribution, Model } from "#model/model.ts";
import { parameters, resolve } from "#kernel/distribution.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { curveOf, type Curve } from "#kernel/operators.ts";
import { keyOf, uniform, type Key } from "#kernel/philox.ts";
import { quantile, sampler } from "#kernel/quantiles.ts";
import type { Draws, Program } from "#kernel/reference.ts";
import { claimDrawer } from "./claims.ts";
import type { Job } from "./jobs.ts";
import { mindOf } from "./mind.ts";

export type WorldDraws = Pick<Draws, "claims" | "unknowns" | "believed">;

/** Draws of jobs that share a view, pinned claims and beliefs, so that they are made once. */
export type Drawn = Map<string, readonly WorldDraws[]>;

/**
 * The draws of worlds 0 … `worlds` − 1, or of those listed. Each is a function of (seed, world, name) alone: jobs, options and views meet the same luck.
 * Throws a RangeError for a distribution whose parameters make none.
 */
export function drawsFor(
  model: Model,
  job: Pick<Job, "view" | "situation">,
  program: Pick<Program, "believed">,
  seed: number,
  worlds: number | readonly number[],
  drawn: Drawn = new Map(),
): readonly WorldDraws[] {
  const key = JSON.stringify([
    job.view,
    Object.entries(job.situation.claims).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    program.believed,
    seed,
    worlds,
  ]);
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const mind = mindOf(model, job.view);
  const drawClaims = claimDrawer(model, mind, job.situation.claims);
  const drawUnknowns = unknownDrawer(model, mind.distributions);
  const views = [...new Set(program.believed.map((b) => b.view))];
  const drawers = new Map(
    views.map((view) => {
      const wanted = program.believed.filter((b) => b.view === view).map((b) => b.unknown);
      return [view, unknownDrawer(model, mindOf(model, view).distributions, uniform, wanted)];
    }),
  );
  const index = new Map(model.unknowns.map((u, i) => [u.name, i]));
  const list = typeof worlds === "number" ? Array.from({ length: worlds }, (_, w) => w) : worlds;
  const draws = list.map((world): WorldDraws => {
    const claims = drawClaims(seed, world);
    const seen = new Map([...drawers].map(([view, draw]) => [view, draw(seed, world, claims)]));
    const believed = Float64Array.from(program.believed, (b) => seen.get(b.view)?.[index.get(b.unknown) ?? -1] ?? NaN);
    return { claims, unknowns: drawUnknowns(seed, world, claims), believed };
  });
  drawn.set(key, draws);
  return draws;
}

/**
 * The unknowns of a world under some distributions: the uniform of `unknown NAME` through each, parameters first. Those `wanted` and what
 * their distributions read, all unless said; the others are NaN.
 */
export function unknownDrawer(
  model: Model,
  distributions: Readonly<Record<string, Distribution>>,
  drawn: (seed: number, key: Key, world: number, index: number) => number = uniform,
  wanted: readonly string[] = model.unknowns.map((u) => u.name),
): (seed: number, world: number, claims: Float64Array) => Float64Array {
  const keys = model.unknowns.map((u) => keyOf(`unknown ${u.name}`));
  const curves = new Map(model.tables.map((t) => [t.name, curveOf(t)]));
  const claimAt = new Map(model.claims.map((c, i) => [c.name, i]));
  const unknownAt = new Map(model.unknowns.map((u, i) => [u.name, i]));
  const distributionOf = model.unknowns.map((u) => distributions[u.name] ?? u.distribution);
  const steady = distributionOf.map((d) => steadyOf(d, curves));
  const drawnAt = neededFor(wanted, distributionOf, unknownAt);
  return (seed, world, claims) => {
    const values = new Float64Array(model.unknowns.length).fill(drawnAt.length < model.unknowns.length ? NaN : 0);
    const value = (e: Expression): number =>
      evaluate(
        e,
        (leaf) => {
          if (leaf.op === "claim") return claims[claimAt.get(leaf.name) ?? -1] ?? NaN;
          if (leaf.op === "unknown") return values[unknownAt.get(leaf.name) ?? -1] ?? NaN;
          throw new RangeError(`a distribution reads a '${leaf.op}'`);
        },
        (table) => {
          const curve = curves.get(table);
          if (curve === undefined) throw new RangeError(`there is no table '${table}'`);
          return curve;
        },
      );
    for (const i of drawnAt) {
      const u = drawn(seed, keys[i] as Key, world, 0);
      const x = steady[i]?.(u) ?? quantile(resolve(distributionOf[i] as Distribution, value), u);
      if (x !== x)
        throw new RangeError(
          `the distribution of '${model.unknowns[i]?.name}' has parameters that make none in world ${world}`,
        );
      values[i] = x;
    }
    return values;
  };
}

/** Places of unknowns and of those their distributions read, in order of the model. */
function neededFor(
  wanted: readonly string[],
  distributionOf: readonly Distribution[],
  unknownAt: ReadonlyMap<string, number>,
): readonly number[] {
  const found = new Set<number>();
  const add = (name: string): void => {
    const i = unknownAt.get(name);
    if (i === undefined || found.has(i)) return;
    found.add(i);
    for (const e of parameters(distributionOf[i] as Distribution))
      walk(e, (part) => {
        if (part.op === "unknown") add(part.name);
      });
  };
  wanted.forEach(add);
  return [...found].toSorted((a, b) => a - b);
}

/** Samples a distribution that is the same in every world; null for one whose parameters read claims or unknowns. */
function steadyOf(d: Distribution, curves: ReadonlyMap<string, Curve>): ((u: number) => number) | null {
  let isSteady = true;
  for (const e of parameters(d))
    walk(e, (part) => {
      if (!["const", "unary", "binary", "if", "lookup"].includes(part.op)) isSteady = false;
    });
  if (!isSteady) return null;
  const value = (e: Expression): number =>
    evaluate(
      e,
      () => NaN,
      (table) => curves.get(table) as Curve,
    );
  return sampler(resolve(d, value));
}
