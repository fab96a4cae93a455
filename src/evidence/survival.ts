/** Survival from times that may be cut short, with Greenwood's error, and the log-rank test between groups. */

import exp from "@stdlib/math-base-special-exp";
import gammainc from "@stdlib/math-base-special-gammainc";
import ln from "@stdlib/math-base-special-ln";
import { Refused } from "#text/refused.ts";
import { twoSided, type ShareInterval } from "./proportion.ts";

/** One case: watched for `time`, which the event ended (`cause` 1, or 2, 3 … for competing ones) or not (0). `weight` cases like it. */
export interface WatchedCase {
  readonly time: number;
  readonly cause: number;
  readonly weight: number;
}

/** At one time at which something happened: who was at risk just before, how many events of each cause. */
interface Moment {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** By cause, from 1. */
  readonly byCause: readonly number[];
}

interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly survival: number;
  readonly se: number;
}

export interface SurvivalEstimate {
  readonly value: number;
  readonly se: number;
  readonly interval: ShareInterval;
  /** Cases watched beyond the time asked for. */
  readonly atRisk: number;
}

/** The times at which an event of any cause happened, rising. Cut off at such a time still counts as at risk there. */
export function moments(cases: readonly WatchedCase[]): readonly Moment[] {
  const causes = Math.max(1, ...cases.map((c) => c.cause));
  const times = [...new Set(cases.filter((c) => c.cause > 0).map((c) => c.time))].toSorted((a, b) => a - b);
  return times.map((time) => {
    const byCause = Array.from({ length: causes }, (_, k) =>
      total(cases.filter((c) => c.time === time && c.cause === k + 1)),
    );
    return {
      time,
      atRisk: total(cases.filter((c) => c.time >= time)),
      events: byCause.reduce((a, b) => a + b, 0),
      byCause,
    };
  });
}

function total(cases: readonly WatchedCase[]): number {
  return cases.reduce((sum, c) => sum + c.weight, 0);
}

/** Kaplan & Meier 1958, with Greenwood's standard error: S·√Σ d / (n (n − d)). */
export function kaplanMeier(cases: readonly WatchedCase[]): readonly SurvivalStep[] {
  let survival = 1;
  let sum = 0;
  return moments(cases).map(({ time, atRisk, events }) => {
    survival *= 1 - events / atRisk;
    sum += events / (atRisk * (atRisk - events));
    return { time, atRisk, events, survival, se: survival === 0 ? 0 : survival * Math.sqrt(sum) };
  });
}

/** Survival at a time, with the log(−log) interval (Kalbfleisch & Prentice 1980), which stays within 0 and 1. */
export function survivalAt(cases: readonly WatchedCase[], time: number, level = 0.95): SurvivalEstimate {
  const step = kaplanMeier(cases).findLast((s) => s.time <= time);
  const atRisk = total(cases.filter((c) => c.time > time));
  if (step === undefined) {
    // Nothing happened: the exact interval of no event among those watched that long.
    const watched = total(cases.filter((c) => c.time >= time));
    return {
      value: 1,
      se: 0,
      interval: { low: watched === 0 ? 0 : exp(ln((1 - level) / 2) / watched), high: 1 },
      atRisk,
    };
  }
  return { value: step.survival, se: step.se, interval: logLog(step.survival, step.se, level), atRisk };
}

/** The longest anyone was watched, where some were still without an event then: nothing is known of later times. Infinity where all had theirs. */
export function knownUntil(cases: readonly WatchedCase[]): number {
  const last = Math.max(...cases.map((c) => c.time));
  return cases.some((c) => c.time === last && c.cause === 0) ? last : Infinity;
}

/** S^exp(±z·se/(S·log S)); open where nothing, or everything, has happened. */
export function logLog(survival: number, se: number, level: number): ShareInterval {
  if (!(survival > 0 && survival < 1)) return { low: 0, high: 1 };
  const width = (twoSided(level) * se) / Math.abs(survival * ln(survival));
  return { low: exp(ln(survival) * exp(width)), high: exp(ln(survival) * exp(-width)) };
}

export interface LogRank {
  readonly chiSquared: number;
  readonly p: number;
  readonly groups: readonly { readonly observed: number; readonly expected: number }[];
}

/**
 * Log-rank test (Mantel 1966; Peto & Peto 1972) of two groups, events of any cause alike: (O − E)²/V with the hypergeometric variance.
 * Throws `Refused` where nothing ever happened, since then there is nothing to compare.
 */
export function logRank(first: readonly WatchedCase[], second: readonly WatchedCase[]): LogRank {
  let observed = 0;
  let expected = 0;
  let variance = 0;
  let events = 0;
  for (const { time, atRisk: n, events: d } of moments([...first, ...second])) {
    const n1 = total(first.filter((c) => c.time >= time));
    observed += total(first.filter((c) => c.time === time && c.cause > 0));
    events += d;
    expected += (d * n1) / n;
    if (n > 1) variance += (d * (n1 / n) * (1 - n1 / n) * (n - d)) / (n - 1);
  }
  if (!(variance > 0)) throw new Refused("a log-rank test needs an event while both groups are watched");
  const chiSquared = (observed - expected) ** 2 / variance;
  return {
    chiSquared,
    p: gammainc(chiSquared / 2, 0.5, true, true),
    groups: [
      { observed, expected },
      { observed: events - observed, expected: events - expected },
    ],
  };
}
