/** Draws a column at a time, compiled or not, are the draws one at a time, to the last bit. */

import { describe, expect, it, test } from "vitest";
import { scalarMath, type ColumnFunction, type ColumnMath } from "#kernel/column-math.ts";
import type { Resolved } from "#kernel/distribution.ts";
import { exp, log1p, logistic } from "#kernel/math.ts";
import { normalQuantile } from "#kernel/normal.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { quantileColumn } from "#kernel/quantile-columns.ts";
import { quantile } from "#kernel/quantiles.ts";
import { wasmMath } from "#kernel/wasm/draws.ts";
import { wasmHostOf, type WasmHost } from "#kernel/wasm/host.ts";

const compiled = wasmMath(wasmHostOf(globalThis) as WasmHost);
const both: readonly (readonly [string, ColumnMath])[] = [
  ["one after the other", scalarMath],
  ["compiled", compiled],
];

/** Bits of each, every NaN as one. */
function bitsOf(values: Float64Array): readonly string[] {
  return Array.from(values, (x) => (x !== x ? "NaN" : new BigUint64Array(Float64Array.of(x).buffer).join()));
}

const us = (count: number): Float64Array => {
  const key = keyOf("unknown x");
  const edges = [2 ** -53, 1 - 2 ** -53, 1e-12, 1e-11, 1 - 1e-12, 0.075, 0.925, 0.5, 0.4999999, 0.0749999];
  return Float64Array.from({ length: count }, (_, i) => edges[i] ?? uniform(1, key, i, 0));
};

const functions: Readonly<Record<ColumnFunction, (x: number) => number>> = {
  score: normalQuantile,
  exp,
  logistic,
  log1p,
};

/** Every function over its whole range, edges and odd lengths included. */
function argumentsOf(name: ColumnFunction): Float64Array {
  if (name === "score") return us(30_001);
  const edges = [0, -0, 1, -1, NaN, Infinity, -Infinity, 709.9, -745.2, 750, -800, 2 ** -1074, -(2 ** -53), 5e-324, -2];
  const spread = name === "log1p" ? 1 : 40;
  return Float64Array.from({ length: 30_001 }, (_, i) => edges[i] ?? spread * (((i * 0.6180339887) % 2) - 1));
}

describe.each(both)("%s", (_, math) => {
  it("uniforms are Philox's, for any worlds and indexes", () => {
    const key = keyOf("claim a");
    for (const [seed, count] of [
      [1, 1],
      [4_294_967_295, 7],
      [123, 2500],
    ] as const) {
      const worlds = Uint32Array.from({ length: count }, (__, i) => (i * 2_654_435_761) >>> 0);
      const indexes = Uint32Array.from({ length: count }, (__, i) => i % 5);
      const wanted = Float64Array.from(worlds, (w, i) => uniform(seed, key, w, indexes[i] as number));
      expect(bitsOf(math.uniforms(seed, key, worlds, indexes))).toEqual(bitsOf(wanted));
      expect(bitsOf(math.uniforms(seed, key, worlds, 3))).toEqual(
        bitsOf(Float64Array.from(worlds, (w) => uniform(seed, key, w, 3))),
      );
    }
  });

  it.each(["score", "exp", "logistic", "log1p"] as const)("%s is the function of one number", (name) => {
    const x = argumentsOf(name);
    const wanted = x.map(functions[name]);
    math.apply(name, x);
    expect(bitsOf(x)).toEqual(bitsOf(wanted));
  });
});

const interval = { kind: "interval", low: 0.05, high: 0.4 } as const;
const distributions: readonly Resolved[] = [
  { kind: "constant", value: 4 },
  { kind: "normal", mean: 3, sd: 2 },
  { kind: "normal", mean: 3, sd: -1 },
  { kind: "lognormal", median: 90, sigma: 0.2 },
  { kind: "lognormal", median: -1, sigma: 0.2 },
  { kind: "logitnormal", median: 0.3, sigma: 1.1 },
  { kind: "logitnormal", median: 1.3, sigma: 1.1 },
  { ...interval, family: "normal" },
  { ...interval, family: "lognormal" },
  { ...interval, family: "logitnormal" },
  { kind: "truncated", of: { ...interval, family: "logitnormal" }, low: 0.1, high: 0.9 },
  { kind: "truncated", of: { kind: "normal", mean: 0, sd: 1 }, low: 0.5, high: Infinity },
  { kind: "truncated", of: { kind: "normal", mean: 0, sd: 1 }, low: -Infinity, high: -3 },
  { kind: "truncated", of: { kind: "normal", mean: 0, sd: 1 }, low: 2, high: 1 },
  { kind: "truncated", of: { kind: "lognormal", median: 2, sigma: 0.5 }, low: 1, high: 3 },
  { kind: "truncated", of: { kind: "beta", a: 2, b: 5 }, low: 0.1, high: 0.5 },
  { kind: "truncated", of: { kind: "exponential", mean: 2 }, low: 1, high: 5 },
  { kind: "beta", a: 2, b: 5 },
  { kind: "gamma", shape: 2, scale: 3 },
  { kind: "uniform", low: -1, high: 5 },
  { kind: "triangular", low: 0, mode: 0.2, high: 1 },
  { kind: "exponential", mean: 3 },
  { kind: "exponential", mean: -3 },
  { kind: "bernoulli", chance: 0.3 },
  { kind: "discrete", values: [1, 2], chances: [0.2, 0.8] },
];

describe.each(both)("quantiles, %s", (_, math) => {
  test.each(distributions.map((d) => [JSON.stringify(d), d] as const))("%s", (__, d) => {
    const u = us(1501);
    const wanted = u.map((x) => quantile(d, x));
    expect(bitsOf(quantileColumn(d, u, math))).toEqual(bitsOf(wanted));
  });
});
