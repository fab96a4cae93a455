/** The chance of each of several events by a time, with the others in its way. */

import { moments, type SurvivalEstimate, type WatchedCase } from "./survival.ts";
import { logLog } from "./survival.ts";

/**
 * Cumulative incidence of `cause` by `time` (Aalen & Johansen 1978): Σ S(t−)·d/n. Its standard error by the delta method (Marubini &
 * Valsecchi 1995, eq. 10.12; Greenwood's where nothing competes), its interval on the log(−log) scale of 1 − incidence.
 */
export function incidenceAt(
  cases: readonly WatchedCase[],
  cause: number,
  time: number,
  level = 0.95,
): SurvivalEstimate {
  const atRisk = cases.filter((c) => c.time > time).reduce((sum, c) => sum + c.weight, 0);
  const steps: {
    readonly n: number;
    readonly d: number;
    readonly own: number;
    readonly before: number;
    readonly reached: number;
  }[] = [];
  let survival = 1;
  let incidence = 0;
  for (const { time: t, atRisk: n, events: d, byCause } of moments(cases)) {
    if (t > time) break;
    const own = byCause[cause - 1] ?? 0;
    incidence += (survival * own) / n;
    steps.push({ n, d, own, before: survival, reached: incidence });
    survival *= 1 - d / n;
  }
  let variance = 0;
  for (const { n, d, own, before, reached } of steps) {
    const left = incidence - reached;
    if (n > d) variance += (left * left * d) / (n * (n - d));
    variance += (before * before * own * (n - own)) / (n * n * n) - (2 * left * before * own) / (n * n);
  }
  const se = Math.sqrt(Math.max(0, variance));
  const mirrored = logLog(1 - incidence, se, level);
  return { value: incidence, se, interval: { low: 1 - mirrored.high, high: 1 - mirrored.low }, atRisk };
}
