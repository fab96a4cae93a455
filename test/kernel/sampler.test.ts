/** A sampler gives the bits of `quantile`, whatever it works out beforehand. */

import { expect, test } from "vitest";
import type { Resolved } from "#kernel/distribution.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { quantile, sampler } from "#kernel/quantiles.ts";

const all: readonly Resolved[] = [
  { kind: "normal", mean: 3, sd: 2 },
  { kind: "lognormal", median: 90, sigma: 0.2 },
  { kind: "logitnormal", median: 0.3, sigma: 1.1 },
  { kind: "logitnormal", median: 1.3, sigma: 1.1 },
  { kind: "interval", family: "normal", low: -1, high: 4 },
  { kind: "interval", family: "lognormal", low: 0.2, high: 5 },
  { kind: "interval", family: "logitnormal", low: 0.05, high: 0.4 },
  {
    kind: "truncated",
    of: { kind: "interval", family: "logitnormal", low: 0.05, high: 0.4 },
    low: 0.1,
    high: 0.9,
  },
  { kind: "truncated", of: { kind: "normal", mean: 0, sd: 1 }, low: 0, high: Infinity },
  { kind: "beta", a: 2, b: 5 },
  { kind: "triangular", low: 0, mode: 0.2, high: 1 },
  { kind: "discrete", values: [1, 2], chances: [0.2, 0.8] },
];

test.each(all.map((d) => [JSON.stringify(d), d] as const))("%s", (_, d) => {
  const draw = sampler(d);
  const key = keyOf("unknown x");
  const us = [2 ** -53, 1 - 2 ** -53, 0.5, ...Array.from({ length: 200 }, (__, i) => uniform(1, key, i, 0))];
  expect(us.map(draw)).toEqual(us.map((u) => quantile(d, u)));
});
