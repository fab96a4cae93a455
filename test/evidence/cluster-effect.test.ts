/** What cases in clusters are worth: by hand, and by how often the interval that they leave covers the truth. */

import { expect, it } from "vitest";
import { clusterEffect, studentT, type ClusteredCase } from "#evidence/cluster-effect.ts";
import { clopperPearson } from "#evidence/proportion.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { quantile } from "#kernel/quantiles.ts";

const binomial = (p: number): number => p * (1 - p);

function cases(sizes: readonly number[], events: readonly number[]): readonly ClusteredCase[] {
  return sizes.flatMap((size, c) =>
    Array.from({ length: size }, (_, i) => ({
      cluster: `c${c}`,
      cases: 1,
      above: i < (events[c] ?? 0) ? 1 : 0,
      below: 1,
    })),
  );
}

it("has Student's t as the tables do", () => {
  // Abramowitz & Stegun 1964, table 26.10: 97.5 %.
  expect(studentT(1)).toBeCloseTo(12.706, 3);
  expect(studentT(7)).toBeCloseTo(2.365, 3);
  expect(studentT(120)).toBeCloseTo(1.98, 3);
});

it("of eight clusters of ten alike, six with the event: 7 cases by their variance, times (1.990 / 2.365)²", () => {
  const tens = Array.from({ length: 8 }, () => 10);
  const { clusters, factor } = clusterEffect(cases(tens, [10, 10, 10, 10, 10, 10, 0, 0]), binomial);
  expect(clusters).toBe(8);
  // Σ(10·(x − .75))² = 150; × 8/7 ÷ 80² = .02679; .1875 ÷ .02679 = 7.
  expect(80 * factor).toBeCloseTo(7 * (1.99045 / 2.364624) ** 2, 4);
});

it("each cluster counts once where all is on one side, and all cases where none share a cluster", () => {
  expect(clusterEffect(cases([5, 5, 5, 5], [5, 5, 5, 5]), binomial).factor).toBe(4 / 20);
  expect(clusterEffect(cases([6], [3]), binomial).factor).toBe(1 / 6);
  expect(clusterEffect(cases([1, 1, 1], [1, 0, 1]), binomial).factor).toBe(1);
  expect(clusterEffect([], binomial).factor).toBe(1);
});

it("leaves intervals that cover: clusters with shares of their own, beta(3, 2), twelve of eight", () => {
  const key = keyOf("coverage");
  let covered = 0;
  const samples = 600;
  for (let b = 0; b < samples; b++) {
    const events = Array.from({ length: 12 }, (_, c) => {
      const share = quantile({ kind: "beta", a: 3, b: 2 }, uniform(b, key, c, 0));
      return Array.from({ length: 8 }, (__, i) => uniform(b, key, c, i + 1)).filter((u) => u < share).length;
    });
    const sizes = events.map(() => 8);
    const { factor } = clusterEffect(cases(sizes, events), binomial);
    const sum = events.reduce((n, x) => n + x, 0);
    const { low, high } = clopperPearson(factor * sum, factor * 96);
    if (low <= 0.6 && 0.6 <= high) covered++;
  }
  // 95 % and no less, by two errors of 600 tries; exact intervals cover a little more.
  expect(covered / samples).toBeGreaterThan(0.93);
});
