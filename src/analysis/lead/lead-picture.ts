/** Runs what a conclusion compares and gathers what its picture and its chain show, under one view. */

import { checkBudget } from "#ensemble/cost.ts";
import { finalOf, job, merged, sampleOf, type Job, type Sample } from "#ensemble/jobs.ts";
import { runFinals } from "#ensemble/runs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { SideValues } from "../answers/sides.ts";
import type { Chain } from "./chain.ts";
import type { LeadPlan, LeadSide } from "./lead-plan.ts";
import { firstTimeOf, timedTruth } from "./truth.ts";

/** All in base units; times from the start of the case. */
export interface LeadPicture {
  readonly view: string;
  readonly runs: number;
  /** Step times of a curve or band; empty for dots. */
  readonly times: readonly number[];
  readonly sides: readonly SidePicture[];
  /** By node of the chain, by side: its chance or its average; null where it has none. */
  readonly nodes: readonly (readonly (number | null)[])[];
}

export interface SidePicture {
  /** Runs that count: fewer than all where the figure has a condition. */
  readonly runs: number;
  /** At each time: the share of runs in which it holds, or the middle run. Of dots: a hundred runs in order of size. */
  readonly middle: readonly number[];
  /** At each time, the range of 90 and of 50 runs in 100; null for chances and dots. */
  readonly range: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
  readonly half: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
}

/** Points of a curve at most: an eye sees no more. */
const mostPoints = 60;

/** Step times to draw at, the last included. */
export function leadTimes(model: Model, plan: LeadPlan): readonly number[] {
  const { time } = model;
  if (time === null || plan.shape.kind === "dots") return [];
  const end = plan.shape.kind === "curves" ? plan.shape.end : time.steps * time.dt;
  const last = Math.max(1, Math.round(end / time.dt));
  const stride = Math.max(1, Math.ceil(last / mostPoints));
  const steps: number[] = [];
  for (let k = last; k >= 0; k -= stride) steps.unshift(k);
  if (steps[0] !== 0) steps.unshift(0);
  return steps.map((k) => k * time.dt);
}

/** One set of runs for each situation that the figures tell apart. */
function leadJobs(model: Model, plan: LeadPlan, chain: Chain | null, view: string): readonly Job[] {
  const nodes = (chain?.nodes ?? []).flatMap((n) => (n.reads === null ? [] : [n.reads.of]));
  return plan.sides.map(({ figure, situation }) => {
    const given = figure.given === null ? [] : [figure.given];
    const { shape } = plan;
    const events = shape.kind === "curves" ? (timedTruth(model, figure.of)?.events ?? []) : [];
    const own = shape.kind === "dots" ? [figure.of] : [];
    return job(view, situation, {
      finals: [...events.map(firstTimeOf), ...given, ...own, ...nodes],
      series: shape.kind === "bands" ? [shape.series] : [],
    });
  });
}

interface LeadPictureInput {
  readonly model: Model;
  readonly plan: LeadPlan;
  readonly chain: Chain | null;
  readonly view: string;
  readonly sampleFor: (side: LeadSide) => Sample;
  readonly shown: Shown;
}

function leadPictureOf({ model, plan, chain, view, sampleFor, shown }: LeadPictureInput): LeadPicture {
  const times = leadTimes(model, plan);
  const samples = plan.sides.map(sampleFor);
  return {
    view,
    runs: samples[0]?.runs ?? 0,
    times,
    sides: plan.sides.map((side, i) => sideOf(model, plan, side, times, samples[i] as Sample)),
    nodes: (chain?.nodes ?? []).map(({ reads }) =>
      samples.map((sample, i) => {
        if (reads === null) return null;
        const { of } = reads;
        const { situation } = plan.sides[i] as LeadSide;
        const side = of.op === "outcome" ? shown.values(view, { situation, outcome: of.name }) : null;
        return meanOf(side ?? finalOf(sample, of).subarray(0, shown.worlds));
      }),
    ),
  };
}

/** What the steps of a chain are shown on: as outcomes are wherever they are. */
interface Shown {
  readonly worlds: number;
  readonly values: SideValues;
}

/** Under each of `views`, on as many worlds as `runs` says of it; steps of the chain on `worlds` of them, as every outcome. Rejects as `runFinals` does. */
export async function leadPictures(
  model: Model,
  plan: LeadPlan,
  chain: Chain | null,
  request: {
    readonly views: readonly { readonly view: string; readonly runs: number }[];
    readonly seed: number;
    readonly budget: number;
    readonly shown: Shown;
  },
  lab: Lab,
): Promise<readonly LeadPicture[]> {
  const { views, seed, budget, shown } = request;
  const pictures = new Map<string, LeadPicture>();
  for (const worlds of new Set(views.map((v) => v.runs))) {
    const alike = views.filter((v) => v.runs === worlds);
    const jobs = merged(alike.flatMap(({ view }) => leadJobs(model, plan, chain, view)));
    checkBudget({ model, jobs, worlds, budget, held: "values" });
    const samples = await runFinals({ model, jobs, seed, worlds, lab });
    for (const { view } of alike) {
      const sampleFor = (side: LeadSide): Sample => sampleOf(samples, view, side.situation);
      pictures.set(view, leadPictureOf({ model, plan, chain, view, sampleFor, shown }));
    }
  }
  return views.map(({ view }) => pictures.get(view) as LeadPicture);
}

function sideOf(
  model: Model,
  plan: LeadPlan,
  { figure }: LeadSide,
  times: readonly number[],
  sample: Sample,
): SidePicture {
  const counts = countedRuns(sample, figure.given);
  const runs = counts.length;
  if (plan.shape.kind === "bands") {
    const { series } = plan.shape;
    const band = sample.bands.find((b) => b.name === series);
    if (band === undefined) throw new RangeError(`the course of '${series}' was not kept`);
    const dt = model.time?.dt ?? 1;
    const at = (values: Float64Array): readonly number[] => times.map((t) => values[Math.round(t / dt)] ?? Number.NaN);
    return {
      runs,
      middle: at(band.q50),
      range: { low: at(band.q05), high: at(band.q95) },
      half: { low: at(band.q25), high: at(band.q75) },
    };
  }
  if (plan.shape.kind === "dots") {
    const values = finalOf(sample, figure.of);
    const sorted = Float64Array.from(counts, (run) => values[run] as number).toSorted();
    return {
      runs,
      middle: Array.from({ length: dots }, (_, i) => quantileOf(sorted, (i + 0.5) / dots)),
      range: null,
      half: null,
    };
  }
  const truth = timedTruth(model, figure.of);
  if (truth === null) throw new RangeError("only what happens has a curve");
  const firsts = new Map(truth.events.map((e) => [e, finalOf(sample, firstTimeOf(e))]));
  // A step time reached by repeated addition may lie a rounding below k · dt.
  const slack = 1e-9 * (times.at(-1) ?? 0);
  const middle = times.map((t) => {
    let held = 0;
    for (const run of counts) {
      const first = (event: string): number => (firsts.get(event) as Float64Array)[run] as number;
      if (truth.holds(first, t + slack)) held++;
    }
    return held / Math.max(1, runs);
  });
  return { runs, middle, range: null, half: null };
}

/** Dots in a row: one for each run in 100. */
const dots = 100;

function countedRuns(sample: Sample, given: Expression | null): readonly number[] {
  const all = Array.from({ length: sample.runs }, (_, i) => i);
  if (given === null) return all;
  const meets = finalOf(sample, given);
  return all.filter((run) => meets[run] === 1);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
}

/** Of values in order; linear between neighbours. */
function quantileOf(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const [a, b] = [sorted[low] ?? Number.NaN, sorted[Math.min(sorted.length - 1, low + 1)] ?? Number.NaN];
  return a + (b - a) * (at - low);
}
