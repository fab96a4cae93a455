/** When runs are looked at to see whether a verdict is settled, and what each look may cost in certainty. */

import type { Comparison, Model } from "#model/model.ts";
import { equationsOf } from "#ensemble/run-cost.ts";
import { normalBelow } from "#kernel/normal.ts";
import { isComparisonSettled, type ComparisonFinding } from "../figures/figures.ts";
import { distanceFromLine, widthFor, wrongAtMost, type Verdict } from "../verdicts/verdict.ts";

/** Runs of each situation at the first look, and those that outcomes are shown on. Eight blocks. */
export const firstRuns = 2048;

/** Where no number of runs was asked for: as many as show the outcomes, and then until the verdicts are settled. */
export function worldsOf(asked: number | undefined): { readonly worlds: number; readonly untilSettled: boolean } {
  return asked === undefined ? { worlds: firstRuns, untilSettled: true } : { worlds: asked, untilSettled: false };
}

/** No more worlds than this are run to settle a verdict. */
export const mostWorlds = 65_536;

/** Nor more work, in steps × runs × equations: some seconds of one core for each conclusion. */
export const mostWork = 1.2e9;

/** One look at the runs. */
export interface Look {
  /** Worlds run by then, from the first on. */
  readonly worlds: number;
  /** How often the interval at this look may miss what is true. */
  readonly missed: number;
}

/**
 * Looks at twice as many worlds each time, up to a cap that depends on the case and the comparisons alone, which are looked at together: never on what else is asked. The share of misses
 * allowed in all is spent in proportion to the worlds run (Lan & DeMets 1983, the linear spending function); the looks' shares are added up (Bonferroni), which is stricter than needed, and
 * right whichever look is the last.
 */
export function looksFor(model: Model, comparisons: readonly Comparison[], first: number): readonly Look[] {
  const most = Math.min(...comparisons.map((c) => mostFor(model, c, first)));
  const looks: Look[] = [];
  let before = 0;
  for (let worlds = first; worlds <= most; worlds *= 2) {
    looks.push({ worlds, missed: (wrongAtMost * (worlds - before)) / most });
    before = worlds;
  }
  return looks;
}

/** `first` doubled as often as worlds and work allow. */
function mostFor(model: Model, comparison: Comparison, first: number): number {
  const steps = Math.max(1, model.time?.steps ?? 1);
  const perWorld = Math.max(1, comparison.figures.length) * steps * equationsOf(model);
  const allowed = Math.min(mostWorlds, mostWork / perWorld);
  let most = first;
  while (2 * most <= allowed) most *= 2;
  return most;
}

/** Where the chance that more runs settle a verdict is below this, no more are made. */
export const slightChance = 0.05;

/**
 * The chance that a margin which is open at one look is settled at the last, from what is known at the first: the predictive chance under a flat prior (Spiegelhalter, Freedman &
 * Blackburn 1986, Controlled Clinical Trials 7). With n of N runs made, the margin at N is normal about that at n, with variance s²·(1 − n/N), and its interval is z·s·√(n/N) to either
 * side; it is settled where that lies clear of the line. 1 where there is no error to go by.
 */
export function chanceToSettle(
  found: Pick<ComparisonFinding, "margin" | "se" | "threshold" | "allowsEqual">,
  now: Look,
  last: Look,
): number {
  const { margin, se } = found;
  if (!(se > 0) || !Number.isFinite(margin)) return 1;
  const share = now.worlds / last.worlds;
  const away = distanceFromLine(margin, found) / se;
  const half = widthFor(last.missed) * Math.sqrt(share);
  const spread = Math.sqrt(1 - share);
  return normalBelow((away - half) / spread) + normalBelow((-away - half) / spread);
}

/**
 * The chance that one which is open at one look is settled at the last as another verdict than a given one, worked out as in `chanceToSettle`, with the error that its interval shows: that of few
 * events is wider than the standard error. 1 where there is no error to go by.
 */
export function chanceToTurn(
  found: Pick<ComparisonFinding, "margin" | "low" | "high" | "threshold">,
  verdict: Verdict,
  now: Look,
  last: Look,
): number {
  const { margin, low, high, threshold } = found;
  const se = (high - low) / 2 / widthFor(now.missed);
  if (!(se > 0) || !Number.isFinite(margin)) return 1;
  const share = now.worlds / last.worlds;
  const half = widthFor(last.missed) * se * Math.sqrt(share);
  const spread = se * Math.sqrt(1 - share);
  const isAbove = (line: number): number => normalBelow((margin - half - line) / spread);
  const isBelow = (line: number): number => normalBelow((line - half - margin) / spread);
  const chances: Partial<Record<Verdict, number>> = {
    holds: isAbove(threshold),
    fails: isBelow(-threshold),
    "no material difference": Math.max(0, isAbove(-threshold) + isBelow(threshold) - 1),
  };
  return Object.entries(chances).reduce((sum, [other, chance]) => (other === verdict ? sum : sum + chance), 0);
}

/** Whether a comparison is looked at again after one look: not where it is settled, nor after the last look, nor where more runs would hardly settle it. */
export function needsAnotherLook(found: ComparisonFinding, now: Look, last: Look): boolean {
  return now !== last && !isComparisonSettled(found) && chanceToSettle(found, now, last) >= slightChance;
}

/** A number of worlds that was asked for: one look, which has all the misses to itself. */
export function onlyLook(worlds: number): Look {
  return { worlds, missed: wrongAtMost };
}
