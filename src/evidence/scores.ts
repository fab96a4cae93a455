/** Scores forecasts against what came, and compares them with another's. */

import ln from "@stdlib/math-base-special-ln";
import { jeffreys, type ShareInterval } from "./proportion.ts";

export interface Scored {
  /** The chance that was given. */
  readonly chance: number;
  /** 1 when it came about, else 0. */
  readonly outcome: 0 | 1;
}

/** Mean of (chance − outcome)², from 0 (best) to 1: half of Brier's own sum over both classes (Brier 1950, eq. 2). */
export function brier(forecasts: readonly Scored[]): number {
  return meanOf(forecasts, ({ chance, outcome }) => (chance - outcome) ** 2);
}

/** Mean of −log(chance of what happened), in natural units; Infinity where what happened was said to be impossible (Good 1952). */
export function logScore(forecasts: readonly Scored[]): number {
  return meanOf(forecasts, ({ chance, outcome }) => {
    const given = outcome === 1 ? chance : 1 - chance;
    return given === 0 ? Infinity : -ln(given);
  });
}

/** 1 − score / score of the reference: 1 is perfect, 0 no better, below 0 worse. NaN where the reference made no error. */
export function skill(score: number, reference: number): number {
  return reference === 0 ? Number.NaN : 1 - score / reference;
}

export interface Decomposition {
  readonly reliability: number;
  readonly resolution: number;
  readonly uncertainty: number;
}

/** Brier = reliability − resolution + uncertainty, exactly, forecasts of the same chance taken together (Murphy 1973, eq. 5). */
export function murphy(forecasts: readonly Scored[]): Decomposition {
  const n = forecasts.length;
  const base = meanOf(forecasts, (f) => f.outcome);
  let reliability = 0;
  let resolution = 0;
  for (const chance of new Set(forecasts.map((f) => f.chance))) {
    const group = forecasts.filter((f) => f.chance === chance);
    const share = meanOf(group, (f) => f.outcome);
    reliability += (group.length / n) * (chance - share) ** 2;
    resolution += (group.length / n) * (share - base) ** 2;
  }
  return { reliability, resolution, uncertainty: base * (1 - base) };
}

export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly forecasts: number;
  readonly came: number;
  readonly meanChance: number;
  readonly share: number;
  /** Jeffreys, 95 %. */
  readonly interval: ShareInterval;
}

/** Fewer independent forecasts than this make no curve and no decomposition: the counts are told instead. */
export const fewestForCalibration = 30;

/** Forecasts in `bins` stretches of equal width, empty ones left out; a chance of 1 is in the last. */
export function calibration(forecasts: readonly Scored[], bins = 10): readonly CalibrationBin[] {
  return Array.from({ length: bins }, (_, k) => k).flatMap((k) => {
    const within = forecasts.filter((f) => Math.min(bins - 1, Math.floor(f.chance * bins)) === k);
    if (within.length === 0) return [];
    const came = within.filter((f) => f.outcome === 1).length;
    return [
      {
        low: k / bins,
        high: (k + 1) / bins,
        forecasts: within.length,
        came,
        meanChance: meanOf(within, (f) => f.chance),
        share: came / within.length,
        interval: jeffreys(came, within.length),
      },
    ];
  });
}

function meanOf<T>(items: readonly T[], of: (item: T) => number): number {
  if (items.length === 0) return Number.NaN;
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}
