/** Draws a column at a time: uniforms, and the functions that quantiles are made of. Engines differ in how fast they do it, not in a bit. */

import { exp, log1p, logistic } from "./math.ts";
import { normalQuantile } from "./normal.ts";
import { uniform, type Key } from "./philox.ts";

/** `score` is the quantile of the standard normal, for u in (0, 1). */
export type ColumnFunction = "score" | "exp" | "logistic" | "log1p";

export interface ColumnMath {
  /** `uniform(seed, key, worlds[i], indexes[i])` for each i. */
  readonly uniforms: (seed: number, key: Key, worlds: Uint32Array, indexes: Uint32Array) => Float64Array;
  /** In place. */
  readonly apply: (f: ColumnFunction, x: Float64Array) => void;
}

const functions: Readonly<Record<ColumnFunction, (x: number) => number>> = {
  score: normalQuantile,
  exp,
  logistic,
  log1p,
};

/** One value after the other: the oracle of any other. */
export const scalarMath: ColumnMath = {
  uniforms: (seed, key, worlds, indexes) =>
    Float64Array.from(worlds, (world, i) => uniform(seed, key, world, indexes[i] as number)),
  apply: (name, x) => {
    const f = functions[name];
    for (let i = 0; i < x.length; i++) x[i] = f(x[i] as number);
  },
};
