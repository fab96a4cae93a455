/** Finds the value of each unknown at which the expected margin crosses what matters, with an interval. */

import type { Model } from "#model/model.ts";
import { beliefUniform } from "#ensemble/work/pick-task.ts";
import { isSteadyDistribution } from "#ensemble/draws/draws.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { resolve } from "#kernel/distribution.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { curveOf } from "#kernel/operators.ts";
import { quantile } from "#kernel/quantiles.ts";
import { mean, variance } from "#ensemble/statistics.ts";
import { regress } from "../options/regression.ts";
import type { UnknownSample } from "./unknown-sample.ts";
import { sureness } from "../verdicts/verdict.ts";

export interface UnknownThreshold {
  readonly unknown: string;
  /** Values of the unknown in base units at which the expected margin crosses what matters; empty: not within its range. */
  readonly at: readonly {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly quantile: number;
  }[];
  /** The expected margin at its 5 % and its 95 % point. */
  readonly range: readonly [number, number];
  /** Their standard errors. */
  readonly rangeErrors: readonly [number, number];
}

/** How many errors the fit must lie beyond what matters, on either side, before an unknown is said to turn it: so many are looked at, in so many places. */
const clearly = 3.5;

/**
 * E[margin | u] by least squares: a cubic in the unknown's own level, and its value, after the straight effects of all others are taken out. A crossing counts where the
 * fit lies clearly on one side of the threshold before it and clearly on the other after it: a flat fit that wavers about the threshold turns nothing.
 * Where it lies is read from a cubic through the worlds near it alone: one through all of them is off, by more than its error says, where the margin bends sharply or leaps.
 * The interval holds the values around it at which that fit is within two errors of the threshold, and to either side as much again as a fit through half as near puts it elsewhere. Unknowns whose distribution hangs on claims or others are left out.
 */
export function thresholds(
  model: Model,
  view: string,
  seed: number,
  sample: UnknownSample,
  threshold: number,
): readonly UnknownThreshold[] {
  const n = sample.a1.length;
  const names = sample.groups.flat();
  const responses = Float64Array.from({ length: 2 * n }, (_, r) =>
    r < n ? ((sample.a1[r] as number) + (sample.a2[r] as number)) / 2 : (sample.b3[r - n] as number),
  );
  const columns = names.map((name) =>
    Float64Array.from(
      { length: 2 * n },
      (_, r) => 2 * beliefUniform(seed, name, r < n ? r : r - n, r < n ? "A" : "B") - 1,
    ),
  );
  const rows = Array.from(responses, (_, r) => Float64Array.from([1, ...columns.map((c) => c[r] as number)]));
  const straight = regress(rows, responses);
  return names.flatMap((unknown, j): UnknownThreshold[] => {
    const valueAt = quantileOf(model, view, unknown);
    if (valueAt === null) return [];
    const column = columns[j] as Float64Array;
    const partial = responses.map((y, r) =>
      columns.reduce(
        (left, c, k) => (k === j ? left : left - (straight.coefficients[k + 1] as number) * (c[r] as number)),
        y,
      ),
    );
    const terms = termsOf(column, valueAt);
    const fit = regress(
      Array.from(column, (x) => terms(x)),
      partial,
    );
    const fitted = levels.map((u) => ({ u, ...fit.at(terms(2 * u - 1)) }));
    const at = fitted.slice(1).flatMap((p, i) => {
      const before = fitted[i] as (typeof fitted)[number];
      if (!((before.value - threshold) * (p.value - threshold) < 0)) return [];
      const isClear = (side: readonly (typeof fitted)[number][], sign: number): boolean =>
        side.some((q) => sign * (q.value - threshold) > clearly * q.se);
      const rising = p.value > before.value ? 1 : -1;
      if (!isClear(fitted.slice(0, i + 1), -rising) || !isClear(fitted.slice(i + 1), rising)) return [];
      const u = before.u + ((p.u - before.u) * (threshold - before.value)) / (p.value - before.value);
      const read = (from: number, within: number): Crossing =>
        crossingNear({ column, partial, threshold, from, within });
      const { at: level, low, high } = read(read(u, nearby).at, nearby);
      const apart = Math.abs(level - read(level, nearby / 2).at) + gridStep / 2;
      const [least, most] = [Math.max(low - apart, gridStep), Math.min(high + apart, 1 - gridStep)];
      return [{ value: valueAt(level), low: valueAt(least), high: valueAt(most), quantile: level }];
    });
    const low = endOf({ column, partial, fit: (x) => fit.at(terms(x)), x: -0.9 });
    const high = endOf({ column, partial, fit: (x) => fit.at(terms(x)), x: 0.9 });
    return [{ unknown, at, range: [low.value, high.value], rangeErrors: [low.se, high.se] }];
  });
}

/** The part of an unknown's spread that a cubic in its level leaves, below which its value is taken to be such a cubic. */
const leastSpread = 1e-6;

/**
 * A cubic in twice the level less 1, and what it leaves of the unknown's own value, cut at its 0.5 % and 99.5 % points: most margins bend with the value, and a cubic alone is off at the ends of
 * a distribution with tails, and where an unknown has but a few values.
 */
function termsOf(column: Float64Array, valueAt: (level: number) => number): (x: number) => Float64Array {
  const value = (x: number): number => valueAt(Math.max(0.005, Math.min(0.995, (x + 1) / 2)));
  const values = column.map(value);
  const { coefficients } = regress(
    Array.from(column, (x) => cubic(x)),
    values,
  );
  const left = (x: number): number => value(x) - cubic(x).reduce((s, t, i) => s + t * (coefficients[i] as number), 0);
  const size = Math.sqrt(mean(column.map((x) => left(x) ** 2)));
  if (!(size > leastSpread * Math.sqrt(variance(values)))) return cubic;
  return (x) => Float64Array.of(...cubic(x), left(x) / size);
}

interface EndOfInput {
  readonly column: Float64Array;
  readonly partial: Float64Array;
  readonly fit: (x: number) => { readonly value: number; readonly se: number };
  readonly x: number;
}

/** A fit at the end of a range. Its error counts what the fit leaves, on average, of the worlds around it: a tenth of them. */
function endOf({ column, partial, fit, x }: EndOfInput): { readonly value: number; readonly se: number } {
  const around = [...column.keys()].filter((r) => Math.abs((column[r] as number) - x) <= 0.1);
  const left = Float64Array.from(around, (r) => (partial[r] as number) - fit(column[r] as number).value);
  const { value, se } = fit(x);
  return { value, se: left.length === 0 ? se : Math.hypot(se, mean(left)) };
}

/** Levels of an unknown at which a fit is looked at; the interval counts what lies between two of them. */
const gridStep = 1 / 200;
const levels = Array.from({ length: 199 }, (_, i) => (i + 1) * gridStep);

/** A crossing's level and the levels around it that it may be at. */
interface Crossing {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Levels to either side that a crossing is read from. */
const nearby = 0.2;

interface CrossingNearInput {
  /** By world: twice the unknown's level less 1, and the margin without what the other unknowns do. */
  readonly column: Float64Array;
  readonly partial: Float64Array;
  readonly threshold: number;
  /** The level that it is looked for around, and how far to either side. */
  readonly from: number;
  readonly within: number;
}

/** The crossing nearest to a level, read from the worlds around it; that level where a fit through these crosses nowhere. */
function crossingNear({ column, partial, threshold, from, within }: CrossingNearInput): Crossing {
  const levelOf = (r: number): number => ((column[r] as number) + 1) / 2;
  const term = (u: number): Float64Array => cubic((u - from) / within);
  const worlds = [...column.keys()].filter((r) => Math.abs(levelOf(r) - from) <= within);
  const fit = regress(
    worlds.map((r) => term(levelOf(r))),
    Float64Array.from(worlds, (r) => partial[r] as number),
  );
  const fitted = levels.filter((u) => Math.abs(u - from) <= within).map((u) => ({ u, ...fit.at(term(u)) }));
  const close = fitted.filter((p) => Math.abs(p.value - threshold) <= sureness * p.se).map((p) => p.u);
  const crossed = fitted.slice(1).flatMap((p, i) => {
    const before = fitted[i] as (typeof fitted)[number];
    if (!((before.value - threshold) * (p.value - threshold) < 0)) return [];
    return [before.u + ((p.u - before.u) * (threshold - before.value)) / (p.value - before.value)];
  });
  const [at = from] = crossed.toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from));
  const [low, high] = around(close, at);
  return { at, low, high };
}

function cubic(x: number): Float64Array {
  return Float64Array.of(1, x, (3 * x * x - 1) / 2, (5 * x * x * x - 3 * x) / 2);
}

/** The unbroken run of points around `u`. */
function around(points: readonly number[], u: number): readonly [number, number] {
  let [low, high] = [u, u];
  for (const p of points.filter((x) => x <= u).toReversed()) {
    if (low - p > 0.0051) break;
    low = p;
  }
  for (const p of points.filter((x) => x > u)) {
    if (p - high > 0.0051) break;
    high = p;
  }
  return [low, high];
}

/** Its value at a level, in base units; null where its distribution hangs on something drawn. */
export function quantileOf(model: Model, view: string, unknown: string): ((level: number) => number) | null {
  const found = mindOf(model, view).distributions[unknown];
  if (found === undefined || !isSteadyDistribution(found)) return null;
  const fixed = resolve(found, (e) =>
    evaluate(
      e,
      (leaf) => {
        throw new Error(`a constant distribution reads a '${leaf.op}'`);
      },
      (name) => {
        const table = model.tables.find((t) => t.name === name);
        if (table === undefined) throw new Error(`there is no table '${name}'`);
        return curveOf(table);
      },
    ),
  );
  return (level) => quantile(fixed, level);
}
