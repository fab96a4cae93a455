/** How much less the cases of clusters tell than as many cases on their own: the factor by which counts shrink before they are judged. */

import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

/** What a row adds to a ratio, above and below its line, the cases it stands for and the cluster they belong to. */
export interface ClusteredCase {
  readonly cluster: string;
  readonly cases: number;
  readonly above: number;
  readonly below: number;
}

export interface ClusterEffect {
  readonly clusters: number;
  /** Effective cases ÷ cases, at most 1. */
  readonly factor: number;
  /** Clusters ÷ cases, at most 1: what `factor` is where each cluster is one case. */
  readonly alone: number;
}

/**
 * Korn & Graubard 1998 (Survey Methodology 24, 193–201): effective cases are the variance that a simple sample of one case would have, over the variance
 * of the ratio by its clusters' totals (Cochran 1977, §9.5), times (t of the cases' freedom ÷ t of the clusters')². Where all is on one side each
 * cluster is one case. `unitVariance` is that of one unit below the line: p(1 − p) of a share, the rate itself of a rate.
 */
export function clusterEffect(rows: readonly ClusteredCase[], unitVariance: (ratio: number) => number): ClusterEffect {
  const totals = new Map<string, { above: number; below: number }>();
  for (const { cluster, above, below } of rows) {
    const sum = totals.get(cluster) ?? { above: 0, below: 0 };
    totals.set(cluster, { above: sum.above + above, below: sum.below + below });
  }
  const all = [...totals.values()].filter((c) => c.below > 0);
  const [above, below] = [all.reduce((n, c) => n + c.above, 0), all.reduce((n, c) => n + c.below, 0)];
  const clusters = all.length;
  const cases = rows.reduce((n, row) => n + row.cases, 0);
  if (clusters === 0 || cases <= clusters) return { clusters, factor: 1, alone: 1 };
  const alone = clusters / cases;
  if (clusters === 1) return { clusters, factor: alone, alone };
  const ratio = above / below;
  const squares = all.reduce((sum, c) => sum + (c.above - ratio * c.below) ** 2, 0);
  const variance = (squares * clusters) / (clusters - 1) / below ** 2;
  if (!(variance > 0 && unitVariance(ratio) > 0)) return { clusters, factor: alone, alone };
  const effective = unitVariance(ratio) / variance / below;
  const freedom = (studentT(cases - 1) / studentT(clusters - 1)) ** 2;
  return { clusters, factor: Math.min(1, effective * freedom), alone };
}

/** The 97.5 % point of Student's t, by the beta distribution (Abramowitz & Stegun 26.7.1). */
export function studentT(freedom: number): number {
  const x = betaQuantile(0.05, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
