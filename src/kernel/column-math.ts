/** Draws a column at a time: uniforms, and the functions that quantiles are made of. Engines differ in how fast they do it, not in a bit. */

import { makeColumn } from "./column.ts";
import { exp, log1p, logistic } from "./math.ts";
import { normalQuantile } from "./normal.ts";
import { uniform, type Key } from "./philox.ts";

/** `score` is the quantile of the standard normal, for u in (0, 1). */
export type ColumnFunction = "score" | "exp" | "logistic" | "log1p";

export interface ColumnMath {
  /**
   * `uniform(seed, key, worlds[i], indexes[i])` for each i, or of one index for all; `shape` makes in place of them what is wanted, a stretch at a
   * time: it is told the place of the first.
   */
  readonly uniforms: (
    seed: number,
    key: Key,
    worlds: Uint32Array,
    indexes: Uint32Array | number,
    shape?: (u: Float64Array, from: number) => void,
  ) => Float64Array;
  /** In place; quickest on what `shape` is given. */
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
  uniforms: (seed, key, worlds, indexes, shape = () => {}) => {
    const u = makeColumn(worlds.length, (i) =>
      uniform(seed, key, worlds[i] as number, typeof indexes === "number" ? indexes : (indexes[i] as number)),
    );
    shape(u, 0);
    return u;
  },
  apply: (name, x) => {
    const f = functions[name];
    for (let i = 0; i < x.length; i++) x[i] = f(x[i] as number);
  },
};
