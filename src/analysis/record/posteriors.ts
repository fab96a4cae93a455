/** Compares what is believed before and after the evidence: claims, unknowns, outcomes and conclusions. */

import type { Comparison, Figure, Model } from "#model/model.ts";
import { makeColumn } from "#kernel/column.ts";
import { finalOf, sampleOf, type Sample, type Samples } from "#ensemble/jobs.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { standing } from "#ensemble/profiles.ts";
import { situationOf } from "#ensemble/situation.ts";
import { quantileError } from "#ensemble/statistics.ts";
import { effectiveSize, weightedMean, weightedQuantileOf, weightedQuantiles } from "#evidence/weights.ts";
import type { ClaimPrior, Weighed } from "./held-runs.ts";
import { slopeAt } from "../figures/margin.ts";
import { outcomeFinding } from "../outcomes/outcomes.ts";
import { builtInto, type BuiltIn } from "../answers/built-in.ts";
import { countingWeights, estimateWeighed, unseenError } from "../figures/estimate.ts";
import { boundMargin, judgeBounded, judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import { deltaError, hasQuantile, tailOfInfluences } from "../figures/joint.ts";
import { wrongAtMost, type Verdict } from "../verdicts/verdict.ts";

/** A posterior on fewer effective worlds than this is refused. */
export const leastWorlds = 100;
/** A condition on fewer is left out; one side of a claim on fewer is drawn more often. */
export const leastOfClaim = 10;

export interface ToldPosterior {
  readonly value: number;
  readonly se: number;
}

export interface ClaimPosterior {
  readonly claim: string;
  readonly label: string;
  readonly prior: number;
  /** However rare: its error counts how few worlds stand on the rarer side. */
  readonly posterior: ToldPosterior;
  /** The smaller of the effective worlds on either side. */
  readonly effective: number;
  /** A motive kept at its prior. */
  readonly isHeld: boolean;
  /** By observation, in order: the posterior with all of them less that without this one; NaN where that is not known. */
  readonly moved: readonly number[];
}

export interface UnknownPosterior {
  readonly unknown: string;
  readonly label: string;
  readonly unit: { readonly label: string; readonly factor: number };
  /** 5 %, 50 % and 95 % points, in base units. */
  readonly prior: readonly number[];
  readonly posterior: readonly number[];
  /** The standard errors of these points. */
  readonly priorError: readonly number[];
  readonly posteriorError: readonly number[];
  /** The median's move in standard deviations of the prior. */
  readonly shift: number;
}

export interface OutcomePosterior {
  readonly outcome: string;
  readonly label: string;
  readonly unit: { readonly label: string; readonly factor: number };
  readonly isTruth: boolean;
  readonly prior: ToldPosterior;
  readonly posterior: ToldPosterior;
}

/** In base units. The margin is NaN where there is none. */
export interface MarginBelieved extends Pick<ComparisonFinding, "margin" | "se" | "low" | "high"> {
  readonly verdict: Verdict;
  /** Runs of each situation that is compared. */
  readonly worlds: number;
  /** Equally weighted runs that would be as good: of the figure with the fewest. */
  readonly effective: number;
}

export interface ConclusionPosterior {
  readonly conclusion: string;
  readonly label: string;
  /** As every question is answered that counts no evidence. */
  readonly prior: MarginBelieved;
  readonly posterior: MarginBelieved;
  /** Where the direction follows from the wiring, before and after alike. */
  readonly builtIn: BuiltIn | null;
  readonly threshold: number;
  readonly unit: { readonly label: string; readonly factor: number };
}

export function claimPosteriors(
  model: Model,
  prior: ClaimPrior,
  full: Weighed,
  without: readonly Weighed[],
  motives: readonly string[],
): readonly ClaimPosterior[] {
  const { sample, of } = full;
  return model.claims.map((c, k) => {
    const truth = finalOf(sample, { op: "claim", name: c.name });
    const before = prior.chances[k] ?? Number.NaN;
    const effective = rarerSide(of, truth);
    const seen = weightedMean(of, truth);
    const isSettled = before === 0 || before === 1 || effective >= leastOfClaim;
    const posterior = isSettled
      ? seen
      : { value: seen.value, se: Math.max(seen.se, fewError(seen.value, full.effective)) };
    return {
      claim: c.name,
      label: c.label,
      prior: before,
      posterior,
      effective,
      isHeld: motives.includes(c.name),
      moved: without.map((x) =>
        x.effective < leastWorlds ? Number.NaN : posterior.value - weightedMean(x.of, truth).value,
      ),
    };
  });
}

/** The smaller of the effective worlds in which a claim is true and in which it is false. */
function rarerSide(of: Float64Array, truth: Float64Array): number {
  const onSide = (side: 0 | 1): number =>
    effectiveSize(makeColumn(of.length, (i) => (truth[i] === side ? (of[i] as number) : 0)));
  return Math.min(onSide(0), onSide(1));
}

/** The error of a share of n worlds that are nearly all on one side, where what is seen says too little of it (Agresti & Coull 1998). */
function fewError(share: number, n: number): number {
  const moved = (share * n + 2) / (n + 4);
  return Math.sqrt((moved * (1 - moved)) / (n + 4));
}

/** Runs on a side of a claim that, when hardly any of them counts, show that the side is as good as gone. */
const plenty = 200;

/** Claims, neither sure nor out of the question beforehand, of whose rarer side too few worlds were drawn to say how rare it is. */
export function rarelySeen(model: Model, prior: ClaimPrior, { sample, of }: Weighed): readonly string[] {
  return model.claims
    .filter((c, k) => {
      const before = prior.chances[k] ?? Number.NaN;
      if (before === 0 || before === 1) return false;
      const truth = finalOf(sample, { op: "claim", name: c.name });
      const on = truth.reduce((n, t) => n + t, 0);
      return rarerSide(of, truth) < leastOfClaim && Math.min(on, truth.length - on) < plenty;
    })
    .map((c) => c.name);
}

const levels = [0.05, 0.5, 0.95];

/** Runs held to what was seen that went to the end, and the weight of each. */
export type RowsRunOn = Pick<Weighed, "sample" | "of">;

/** The prior from runs as they would be, the posterior from those held to what was seen. */
export function unknownPosteriors(model: Model, before: Sample, after: RowsRunOn): readonly UnknownPosterior[] {
  const flat = new Float64Array(before.runs).fill(1);
  return model.unknowns.map((u) => {
    const values = finalOf(before, { op: "unknown", name: u.name });
    const [prior, priorError] = pointsOf(flat, values);
    const [posterior, posteriorError] = pointsOf(after.of, finalOf(after.sample, { op: "unknown", name: u.name }));
    const spread = weightedMean(flat, values).se * Math.sqrt(before.runs);
    return {
      unknown: u.name,
      label: u.label,
      unit: { label: u.unit.label, factor: u.unit.factor },
      prior,
      posterior,
      priorError,
      posteriorError,
      shift: spread > 0 ? ((posterior[1] ?? 0) - (prior[1] ?? 0)) / spread : 0,
    };
  });
}

/** The points at the three levels, and their standard errors among as many runs as these are worth. */
function pointsOf(weights: Float64Array, values: Float64Array): readonly [readonly number[], readonly number[]] {
  const read = weightedQuantileOf(weights, values);
  const worth = effectiveSize(weights);
  return [levels.map(read), levels.map((level) => quantileError(read, level, worth))];
}

/** A chance over weighed runs. Where all that count agree, its error is that of one run more that does not, of as many as they are worth. */
export function chanceWeighed(weights: Float64Array, truth: Float64Array): ToldPosterior {
  const { value, se } = weightedMean(weights, truth);
  return { value, se: Math.hypot(se, unseenError("chance", value, effectiveSize(weights))) };
}

/** `prior` by outcome and then by run; `after` is null where nothing has been seen, and the posterior is the prior. */
export function outcomePosteriors(
  model: Model,
  prior: readonly Float64Array[],
  after: RowsRunOn | null,
): readonly OutcomePosterior[] {
  return model.outcomes.flatMap((o, i): OutcomePosterior[] => {
    const values = prior[i];
    if (o.categories !== null || values === undefined) return [];
    const { summary } = outcomeFinding(o, values);
    const before = { value: summary.mean, se: summary.se };
    return [
      {
        outcome: o.name,
        label: o.label,
        unit: { label: o.unit.label, factor: o.unit.factor },
        isTruth: o.isTruth,
        prior: before,
        posterior:
          after === null
            ? before
            : (o.isTruth ? chanceWeighed : weightedMean)(after.of, after.sample.outcomes[i] as Float64Array),
      },
    ];
  });
}

/** Blocks of worlds left out in turn for the error of a margin that holds a quantile. */
const blocks = 20;
/** Half the width, in such errors, of an interval that misses what is true in 1 case of 100: Student's t with 19 degrees of freedom at 99.5 % (tables). */
const widthOfBlocks = 2.861;

/** Runs of what conclusions compare, and the weight of each. */
export interface WeighedRuns {
  readonly samples: Samples;
  readonly of: Float64Array;
}

/** Whether a conclusion has another verdict after what was seen than before. */
export function isVerdictChanged({ prior, posterior }: ConclusionPosterior): boolean {
  return prior.verdict !== posterior.verdict;
}

interface ConclusionPosteriorsInput {
  readonly model: Model;
  readonly view: string;
  readonly set: Profile;
  readonly conclusions: Model["conclusions"];
  readonly before: readonly ComparisonFinding[];
  readonly after: WeighedRuns;
}

export function conclusionPosteriors({
  model,
  view,
  set,
  conclusions,
  before,
  after,
}: ConclusionPosteriorsInput): readonly ConclusionPosterior[] {
  const stand = standing(model, set);
  return conclusions.map((c, i) => {
    const { figures } = c.comparison;
    const believedFrom = ({ samples, of }: WeighedRuns): MarginBelieved =>
      marginUnder(
        c.comparison,
        figures.map((f) => {
          const sample = sampleOf(samples, view, situationOf(model, f.intervention, stand));
          return { of: finalOf(sample, f.of), given: f.given === null ? null : finalOf(sample, f.given) };
        }),
        of,
      );
    return { ...conclusionBefore(model, c, set, before[i] as ComparisonFinding), posterior: believedFrom(after) };
  });
}

/** A conclusion before anything was seen. */
export function conclusionBefore(
  model: Model,
  { name, label, comparison }: Model["conclusions"][number],
  set: Profile,
  found: ComparisonFinding,
): Omit<ConclusionPosterior, "posterior"> {
  const { margin, se, low, high, worlds } = found;
  const { threshold, unit } = comparison;
  return {
    conclusion: name,
    label,
    prior: { margin, se, low, high, verdict: judgeComparison(found), worlds, effective: worlds },
    builtIn: builtInto(model, comparison, standing(model, set), found),
    threshold,
    unit: { label: unit.label, factor: unit.factor },
  };
}

/** A figure by run: what it is of, and whether its condition held. */
export interface FigureRuns {
  readonly of: Float64Array;
  readonly given: Float64Array | null;
}

/**
 * A comparison's margin over weighed runs, its figures in order, with the error and the interval that it has over runs which all weigh the same; see `figures.ts`. With a quantile among
 * the figures the error is a delete-a-group jackknife over 20 blocks of runs, and the interval has their 19 degrees of freedom. NaN where too few runs count for a figure.
 */
export function marginUnder(
  comparison: Comparison,
  seen: readonly FigureRuns[],
  weights: Float64Array,
): MarginBelieved {
  const { figures } = comparison;
  const effective = Math.min(...figures.map((_, i) => effectiveSize(countingWeights(seen[i]?.given ?? null, weights))));
  const { isEven, ...lies } =
    effective < leastOfClaim
      ? { margin: Number.NaN, se: Number.NaN, low: Number.NaN, high: Number.NaN, isEven: false }
      : hasQuantile(comparison)
        ? marginByBlocks(comparison, seen, weights)
        : marginByRuns(comparison, seen, weights);
  const verdict = judgeBounded({ ...comparison, ...lies, isEven, worlds: effective });
  return { ...lies, verdict, worlds: weights.length, effective };
}

type Bounded = Pick<ComparisonFinding, "margin" | "se" | "low" | "high" | "isEven">;

function marginByRuns({ figures, margin }: Comparison, seen: readonly FigureRuns[], weights: Float64Array): Bounded {
  const estimates = figures.map((f, i) =>
    estimateWeighed(f.statistic === "chance" ? "chance" : "mean", seen[i] as FigureRuns, weights),
  );
  const areChances = figures.map((f) => f.statistic === "chance");
  const joint = {
    estimates,
    tailOf: (slopes: readonly number[]) => tailOfInfluences(estimates, areChances, slopes),
    errorOfMargin: (slopes: readonly number[]) => deltaError(estimates, slopes),
  };
  const { value, by } = slopeAt(
    margin,
    estimates.map((e) => e.value),
  );
  return boundMargin(value, joint, by, weights.length, wrongAtMost);
}

function marginByBlocks({ figures, margin }: Comparison, seen: readonly FigureRuns[], weights: Float64Array): Bounded {
  const under = figures.map((f, i) => figureUnder(f, seen[i], weights));
  const value = (block: number | null): number =>
    slopeAt(
      margin,
      under.map((f) => f(block)),
    ).value;
  const whole = value(null);
  const se = jackknife(value);
  const half = widthOfBlocks * se;
  return { margin: whole, se, low: whole - half, high: whole + half, isEven: false };
}

/** A figure over all weighed runs, and over all but those of one block. */
function figureUnder(
  f: Figure,
  seen: FigureRuns | undefined,
  weights: Float64Array,
): (without: number | null) => number {
  if (seen === undefined) return () => Number.NaN;
  const { of } = seen;
  const w = countingWeights(seen.given, weights);
  const blockOf = (i: number): number => Math.floor((i * blocks) / w.length);
  if (f.statistic === "quantile")
    return (without) =>
      weightedQuantiles(without === null ? w : w.map((x, i) => (blockOf(i) === without ? 0 : x)), of, [
        f.level ?? 0.5,
      ])[0] ?? Number.NaN;
  const sums = Array.from({ length: blocks }, () => ({ n: 0, d: 0 }));
  w.forEach((x, i) => {
    if (x === 0) return;
    const sum = sums[blockOf(i)] as (typeof sums)[number];
    sum.n += x * (of[i] as number);
    sum.d += x;
  });
  return (without) => {
    let [n, d] = [0, 0];
    sums.forEach((s, b) => {
      if (b === without) return;
      n += s.n;
      d += s.d;
    });
    return n / d;
  };
}

/** Delete-a-group jackknife (Kott 2001): √((B − 1)/B · Σ (without one block − their mean)²). */
function jackknife(value: (without: number) => number): number {
  const parts = Array.from({ length: blocks }, (_, b) => value(b));
  const mean = parts.reduce((a, x) => a + x, 0) / blocks;
  return Math.sqrt(((blocks - 1) / blocks) * parts.reduce((s, x) => s + (x - mean) ** 2, 0));
}
