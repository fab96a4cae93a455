/** Draws what each world is like: the claims that are true, the unknowns, and what other minds believe of them. */

import { Refused } from "#text/refused.ts";
import { walk, type Expression } from "#model/expression.ts";
import type { Distribution, Model } from "#model/model.ts";
import { scalarMath, type ColumnMath } from "#kernel/column-math.ts";
import { describeResolved, parameters, resolve, type Resolved } from "#kernel/distribution.ts";
import type { BatchDraws, BatchProgram } from "#kernel/engine.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { curveOf, type LookupCurve } from "#kernel/operators.ts";
import { keyOf } from "#kernel/philox.ts";
import { quantileColumn } from "#kernel/quantile-columns.ts";
import { quantile } from "#kernel/quantiles.ts";
import type { Draws } from "#kernel/reference.ts";
import { claimColumns, claimColumnsByMind } from "./claims.ts";
import type { Job } from "../jobs.ts";
import { mindOf, type Mind } from "./mind.ts";
import { tiltedUniforms, whichPart, type Proposal } from "./proposal.ts";
import { ownUniforms, type Uniforms } from "../table/stratified.ts";

/** By world. */
type WorldDraws = Pick<Draws, "claims" | "unknowns" | "believed">;

/** By name, then by world. */
type DrawnColumns = Pick<BatchDraws, "claims" | "unknowns" | "believed">;

/** Whose worlds they are, and through whose eyes rules see in them. */
type Seeing = Pick<Job, "view" | "situation"> & Partial<Pick<Job, "eyes">>;

/** Draws of jobs that share a view, pinned claims and beliefs, so that they are made once. */
export type Drawn = Map<string, DrawnColumns>;

/**
 * The draws of worlds 0 … `worlds` − 1, or of those listed. Each is a function of (seed, world, name) alone: jobs, options and views meet the same luck.
 * Throws `Refused` for a distribution whose parameters make none.
 */
export function drawsFor(
  model: Model,
  job: Pick<Job, "view" | "situation">,
  program: Pick<BatchProgram, "believed">,
  seed: number,
  worlds: number | readonly number[],
  proposal: Proposal | null = null,
): readonly WorldDraws[] {
  const list = typeof worlds === "number" ? worldsFrom(0, worlds) : Uint32Array.from(worlds);
  const columns = drawColumns(model, job, program, seed, list, scalarMath, proposal);
  const row = (of: readonly Float64Array[], at: number): Float64Array => Float64Array.from(of, (c) => c[at] as number);
  return Array.from(list, (_, at) => ({
    claims: row(columns.claims, at),
    unknowns: row(columns.unknowns, at),
    believed: row(columns.believed, at),
  }));
}

/** Worlds `first` … `first` + `count` − 1. */
export function worldsFrom(first: number, count: number): Uint32Array {
  const worlds = new Uint32Array(count);
  for (let i = 0; i < count; i++) worlds[i] = first + i;
  return worlds;
}

/** The same in columns, whatever the `math`. */
export function drawColumns(
  model: Model,
  job: Seeing,
  program: Pick<BatchProgram, "believed">,
  seed: number,
  worlds: Uint32Array,
  math: ColumnMath,
  proposal: Proposal | null = null,
): DrawnColumns {
  const mind = mindOf(model, job.view);
  const uniforms = proposal === null ? ownUniforms(math) : tiltedUniforms(proposal, math);
  const pinned = job.situation.claims;
  const claims =
    proposal === null
      ? claimColumns(model, mind, pinned, uniforms)(seed, worlds)
      : claimsOfParts(model, mind, pinned, seed, worlds, math, proposal);
  const drawn = unknownColumns(model, mind.distributions, math, uniforms)(seed, worlds, claims);
  const believed = believedColumns(model, program, math, uniforms, job.eyes)(seed, worlds, claims);
  return { claims, unknowns: drawn, believed };
}

/** Each world's claims under the part it is drawn from. */
function claimsOfParts(
  model: Model,
  mind: Mind,
  pinned: Readonly<Record<string, boolean>>,
  seed: number,
  worlds: Uint32Array,
  math: ColumnMath,
  proposal: Proposal,
): readonly Float64Array[] {
  const minds = proposal.map(({ credences }) => ({ ...mind, credences }));
  const draw = claimColumnsByMind(model, minds, pinned, ownUniforms(math));
  return draw(seed, worlds, whichPart(proposal, seed, worlds));
}

/** Draws that tasks share: kept under what they are drawn by. */
export function sharedColumns(
  model: Model,
  job: Seeing,
  program: Pick<BatchProgram, "believed">,
  seed: number,
  worlds: Uint32Array,
  math: ColumnMath,
  kept: Drawn,
  proposal: Proposal | null = null,
): DrawnColumns {
  const pinned = Object.entries(job.situation.claims).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([job.view, pinned, job.eyes, program.believed, seed, worldsKey(worlds), proposal]);
  const known = kept.get(key) ?? drawColumns(model, job, program, seed, worlds, math, proposal);
  kept.set(key, known);
  return known;
}

/** Worlds that follow one another by their first and number, others one by one. */
function worldsKey(worlds: Uint32Array): readonly number[] {
  const first = worlds[0] ?? 0;
  return worlds.every((w, i) => w === first + i) ? [first, worlds.length] : [...worlds, -1];
}

/** Draws unknowns: by name and then by world. `claims` by claim. */
type DrawUnknowns = (seed: number, worlds: Uint32Array, claims: readonly Float64Array[]) => readonly Float64Array[];

/** What the views that a program sees through believe: by pair of its `believed`. */
export function believedColumns(
  model: Model,
  program: Pick<BatchProgram, "believed">,
  math: ColumnMath,
  uniforms: Uniforms,
  eyes: Job["eyes"] = {},
): DrawUnknowns {
  const views = [...new Set(program.believed.map((b) => b.view))];
  const drawers = views.map((view) => {
    const wanted = program.believed.filter((b) => b.view === view).map((b) => b.unknown);
    return unknownColumns(model, mindOf(model, eyes[view] ?? view).distributions, math, uniforms, wanted);
  });
  const places = program.believed.map((b) => ({
    view: views.indexOf(b.view),
    unknown: model.unknowns.findIndex((u) => u.name === b.unknown),
  }));
  return (seed, worlds, claims) => {
    const seen = drawers.map((draw) => draw(seed, worlds, claims));
    return places.map(({ view, unknown }) => seen[view]?.[unknown] ?? new Float64Array(worlds.length).fill(NaN));
  };
}

/**
 * Unknowns under some distributions: the uniforms of `unknown NAME` through each, parameters first. Those `wanted` and what their distributions
 * read, all unless said; the others are NaN.
 */
export function unknownColumns(
  model: Model,
  distributions: Readonly<Record<string, Distribution>>,
  math: ColumnMath,
  uniforms: Uniforms,
  wanted: readonly string[] = model.unknowns.map((u) => u.name),
): DrawUnknowns {
  const keys = model.unknowns.map((u) => keyOf(`unknown ${u.name}`));
  const curves = new Map(model.tables.map((t) => [t.name, curveOf(t)]));
  const claimAt = new Map(model.claims.map((c, i) => [c.name, i]));
  const unknownAt = new Map(model.unknowns.map((u, i) => [u.name, i]));
  const distributionOf = model.unknowns.map((u) => distributions[u.name] ?? u.distribution);
  const drawnAt = neededFor(wanted, distributionOf, unknownAt);
  const isSteady = distributionOf.map(isSteadyDistribution);
  return (seed, worlds, claims) => {
    const values: Float64Array[] = [];
    let at = 0;
    const value = (e: Expression): number => evaluate(e, leaf, (table) => curveNamed(curves, table));
    const leaf = (e: Expression): number => {
      if (e.op === "claim") return claims[claimAt.get(e.name) ?? -1]?.[at] ?? NaN;
      if (e.op === "unknown") return values[unknownAt.get(e.name) ?? -1]?.[at] ?? NaN;
      throw new Error(`a distribution reads a '${e.op}'`);
    };
    const byWorld =
      (d: Distribution): Shape =>
      (u, from) => {
        for (let k = 0; k < u.length; k++) {
          at = from + k;
          u[k] = quantile(resolve(d, value), u[k] as number);
        }
      };
    for (const i of drawnAt) {
      const d = distributionOf[i] as Distribution;
      const shape = isSteady[i] === true ? steadily(resolve(d, value), math) : byWorld(d);
      const x = uniforms(seed, keys[i] as (typeof keys)[number], worlds, shape);
      const none = placeOfNone(x);
      if (none >= 0) {
        at = none;
        throw new Refused(
          `'${model.unknowns[i]?.name}' has no value in world ${worlds[none]}: nothing can be drawn from ${describeResolved(resolve(d, value))}, whose parameters or range are impossible there, or whose values are beyond all numbers`,
          model.unknowns[i]?.span ?? null,
        );
      }
      values[i] = x;
    }
    return model.unknowns.map((_, i) => values[i] ?? new Float64Array(worlds.length).fill(NaN));
  };
}

type Shape = (u: Float64Array, from: number) => void;

function steadily(d: Resolved, math: ColumnMath): Shape {
  return (u) => void quantileColumn(d, u, math);
}

/** The first place of what is no finite number; −1 where there is none. */
function placeOfNone(x: Float64Array): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i])) return i;
  return -1;
}

function curveNamed(curves: ReadonlyMap<string, LookupCurve>, table: string): LookupCurve {
  const curve = curves.get(table);
  if (curve === undefined) throw new Error(`there is no table '${table}'`);
  return curve;
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

/** Whether a distribution is the same in every world: its parameters read neither claims nor unknowns. */
export function isSteadyDistribution(d: Distribution): boolean {
  let is = true;
  for (const e of parameters(d))
    walk(e, (part) => {
      if (part.op === "claim" || part.op === "unknown") is = false;
    });
  return is;
}
