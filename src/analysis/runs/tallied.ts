/** Plans what to count of runs that are not kept, and reads the same figures from the counts. */

import type { Comparison, Figure, Model, Outcome } from "#model/model.ts";
import { unseenError, type Estimated } from "../figures/estimate.ts";
import {
  errorsByResampling,
  hasQuantile,
  observe,
  resampled,
  rounding,
  sizeOfMargin,
  type Joint,
} from "../figures/joint.ts";
import { job, type Job } from "#ensemble/jobs.ts";
import { covarianceOf, meanOf, varianceOfSum, type Moments } from "#ensemble/tally/moments.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { placeOf, planOf, type TallyColumn, type TallyPlan, type Ranked } from "#ensemble/tally/reading.ts";
import { situationOf } from "#ensemble/situation.ts";
import { quantilesOfSketch } from "#ensemble/tally/sketch.ts";
import { quartetErrors, unanimityError, type Summary } from "#ensemble/statistics.ts";
import { pilotRuns } from "#ensemble/tally/tally-settings.ts";
import { momentsIn, sketchIn, type TalliedJob, type Tallies } from "#ensemble/tally/tallies.ts";

/** A comparison to be told under a view. `stand` says what choices stand at where a figure names none. */
interface Asked {
  readonly comparison: Comparison;
  readonly view: string;
  readonly stand: Profile;
}

/** What of the jobs is told: every outcome of each (of second luck only beside the first), and the comparisons. `pairs`: a first and a second luck. */
export function planFor(
  model: Model,
  jobs: readonly Job[],
  asked: readonly Asked[],
  pairs: readonly (readonly [Job, Job])[],
): TallyPlan {
  const told = jobs.flatMap((j, place) => (j.luck === "first" ? [place] : []));
  const outcomes = told.flatMap((place) => model.outcomes.map((_, i): TallyColumn => outcomeColumn(place, i)));
  const words = told.flatMap((place) =>
    model.outcomes.flatMap((o, i) => (o.categories ?? []).map((_, word) => wordColumn(place, i, word))),
  );
  const spreads = pairs.flatMap(([a, b]) =>
    model.outcomes.map((_, i) => pairColumns(placeOf({ jobs }, a), placeOf({ jobs }, b), i)),
  );
  const figures = asked.map((a) => a.comparison.figures.map((f) => figureColumns(model, { jobs }, f, a)));
  return planOf(
    jobs,
    [...[...outcomes, ...words].map((c) => [c]), ...spreads, ...figures.map((all) => all.flatMap((f) => f.columns))],
    [...outcomes.map((column) => ({ column, given: null })), ...figures.flat().flatMap((f) => f.ranked ?? [])],
  );
}

function outcomeColumn(place: number, outcome: number): TallyColumn {
  return { kind: "outcome", job: place, outcome };
}

function wordColumn(place: number, outcome: number, word: number): TallyColumn {
  return { kind: "is", job: place, outcome, word };
}

function pairColumns(first: number, second: number, outcome: number): readonly [TallyColumn, TallyColumn] {
  return [outcomeColumn(first, outcome), outcomeColumn(second, outcome)];
}

// ---- comparisons

interface FigureColumns {
  /** What it divides, and what by; the latter is left out where every run counts. A quantile has only the latter. */
  readonly columns: readonly TallyColumn[];
  readonly above: TallyColumn | null;
  readonly below: TallyColumn | null;
  readonly ranked: Ranked | null;
}

function figureColumns(
  model: Model,
  plan: Pick<TallyPlan, "jobs">,
  f: Figure,
  { view, stand }: Omit<Asked, "comparison">,
): FigureColumns {
  const place = placeOf(plan, job(view, situationOf(model, f.intervention, stand)));
  const finals = plan.jobs[place]?.finals ?? [];
  const at = (e: Figure["of"]): number => finals.findIndex((x) => JSON.stringify(x) === JSON.stringify(e));
  const of = at(f.of);
  const given = f.given === null ? null : at(f.given);
  const below: TallyColumn | null = given === null ? null : { kind: "final", job: place, of: given };
  const isRanked = f.statistic === "quantile";
  const value: TallyColumn =
    given === null ? { kind: "final", job: place, of } : { kind: "product", job: place, of, given };
  const above = isRanked ? null : value;
  return {
    columns: [above, below].filter((c) => c !== null),
    above,
    below,
    ranked: isRanked ? { column: { kind: "final", job: place, of }, given } : null,
  };
}

interface JointOfTalliesInput {
  readonly model: Model;
  readonly c: Comparison;
  readonly view: string;
  readonly stand: Profile;
  readonly tallies: Tallies;
  readonly seed: number;
}

/**
 * A ratio N/D of sums has the influence (n/D)·(given·of − N/D·given), which is linear in what was summed: so the error of any margin over such
 * figures comes from the moments (the delta method, as from the runs). Where a quantile is among them, the error is a bootstrap over
 * the pilot's worlds, made smaller by √(pilot ÷ runs).
 */
export function jointOfTallies({ model, c, view, stand, tallies, seed }: JointOfTalliesInput): Joint {
  const all = c.figures.map((f) => figureColumns(model, tallies.reading, f, { view, stand }));
  const columns = all.flatMap((f) => f.columns);
  const moments = momentsIn(tallies, columns);
  const starts = all.map((_, i) => all.slice(0, i).reduce((n, f) => n + f.columns.length, 0));
  const estimates = c.figures.map((f, i) => estimated(f, all[i] as FigureColumns, starts[i] ?? 0, moments, tallies));
  /** What each column weighs in the influence of Σ slope·figure. */
  const weights = (slopes: readonly number[]): number[] =>
    all.flatMap((f, i) => {
      const { value, runs, outOf } = estimates[i] as Estimated;
      const slope = ((slopes[i] ?? 0) * outOf) / runs;
      if (f.above === null) return f.columns.map(() => 0);
      return f.below === null ? [slope] : [slope, slope === 0 ? 0 : -slope * value];
    });
  const delta = (slopes: readonly number[]): number => {
    const unseen = estimates.reduce((sum, e, i) => sum + ((slopes[i] ?? 0) * e.unseen) ** 2, 0);
    return Math.sqrt(varianceOfSum(moments, weights(slopes)) / tallies.runs + unseen);
  };
  const errors = errorsByResampling(
    c,
    () => c.figures.map((f) => resampled(f, observe(model, f, view, stand, tallies.pilot))),
    seed,
  );
  const fromPilot = (error: number): number => error * Math.sqrt(pilotRuns / tallies.runs);
  return {
    estimates,
    error: hasQuantile(c) ? "bootstrap" : "delta",
    errorOf: (i) =>
      c.figures[i]?.statistic === "quantile"
        ? fromPilot(errors().figures[i] as number)
        : delta(c.figures.map((_, j) => (i === j ? 1 : 0))),
    errorOfMargin: (slopes) => (hasQuantile(c) ? fromPilot(errors().margin) : delta(slopes)),
    opposite: () => null,
    tailOf: (slopes) => {
      if (hasQuantile(c)) return { reach: 0, isEven: false };
      // Single runs are gone: of a mean, a few standard deviations, which is little among so many.
      const spread = 2 * Math.sqrt(varianceOfSum(moments, weights(slopes)));
      const chances = c.figures.map((f, i) => {
        const { runs, outOf } = estimates[i] as Estimated;
        return f.statistic === "chance" ? (Math.abs(slopes[i] ?? 0) * outOf) / runs : 0;
      });
      return { reach: Math.max(spread, ...chances), isEven: spread <= 2 * rounding * sizeOfMargin(estimates, slopes) };
    },
  };
}

function estimated(f: Figure, columns: FigureColumns, start: number, m: Moments, tallies: Tallies): Estimated {
  const outOf = tallies.runs;
  const sumAt = (at: number): number => m.sums[at] ?? Number.NaN;
  if (columns.ranked !== null) {
    const [value = Number.NaN] = quantilesOfSketch(sketchIn(tallies, columns.ranked), [f.level ?? 0.5]);
    return { value, runs: columns.below === null ? outOf : sumAt(start), outOf, unseen: 0 };
  }
  const runs = columns.below === null ? outOf : sumAt(start + 1);
  const value = sumAt(start) / runs;
  return { value, runs, outOf, unseen: unseenError(f.statistic, value, runs) };
}

// ---- outcomes

/** As `summarise`, or `summariseTruth`, of the runs. */
export function summaryOf(tallies: Tallies, part: TalliedJob, outcome: Outcome, place: number): Summary {
  const column = outcomeColumn(part.place, place);
  const moments = momentsIn(tallies, [column]);
  const sketch = sketchIn(tallies, { column, given: null });
  const [q05, q25, q50, q75, q95] = quantilesOfSketch(sketch, [0.05, 0.25, 0.5, 0.75, 0.95]) as FiveNumbers;
  const se = outcome.isTruth ? chanceErrorOf(moments) : Math.sqrt(covarianceOf(moments, 0, 0) / moments.runs);
  const errors = quartetErrors((level) => quantilesOfSketch(sketch, [level])[0] ?? Number.NaN, moments.runs);
  return { runs: moments.runs, mean: meanOf(moments, 0), se, q05, q25, q50, q75, q95, ...errors };
}

type FiveNumbers = readonly [number, number, number, number, number];

/** Of the word at that place of a category. */
export function chanceOf(
  tallies: Tallies,
  part: TalliedJob,
  outcome: number,
  word: number,
): { readonly chance: number; readonly se: number } {
  const moments = momentsIn(tallies, [wordColumn(part.place, outcome, word)]);
  return { chance: meanOf(moments, 0), se: chanceErrorOf(moments) };
}

/** As `chanceError`, from the moments of a column of 0 and 1. */
function chanceErrorOf(m: Moments): number {
  const ones = m.sums[0] ?? Number.NaN;
  return ones === 0 || ones === m.runs ? unanimityError(m.runs) : Math.sqrt(covarianceOf(m, 0, 0) / m.runs);
}

/** Of one outcome under the first luck and the second, in the same worlds. */
export function momentsOfPair(tallies: Tallies, first: TalliedJob, second: TalliedJob, outcome: number): Moments {
  return momentsIn(tallies, pairColumns(first.place, second.place, outcome));
}
