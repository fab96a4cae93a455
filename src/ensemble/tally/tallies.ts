/** Counts what is wanted of many runs in memory that does not grow with their number. */

import type { Model } from "#model/model.ts";
import { equationsOf } from "../run-cost.ts";
import { sampleOf, type Band, type Job, type Sample, type Samples } from "../jobs.ts";
import type { Lab } from "../work/lab.ts";
import { joinMoments, noMoments, type Moments } from "./moments.ts";
import { placeOf, type TallyColumn, type TallyPlan, type Ranked, type TallyReading } from "./reading.ts";
import { runJobs } from "../runs.ts";
import type { Situation } from "../situation.ts";
import { emptySketch, gridFor, mergedSketch, quantilesOfSketch, type SketchGrid, type Sketch } from "./sketch.ts";
import { block, quartet } from "../statistics.ts";
import { bits, pilotRuns } from "./tally-settings.ts";
import {
  rankedValues,
  unpackedMoments,
  unpackedSketches,
  type TallyResult,
  type TallyTask,
} from "../work/tally-task.ts";

/** What is kept of the runs of a plan. */
export interface Tallies {
  readonly kind: "tallies";
  readonly reading: TallyReading;
  readonly runs: number;
  /** By group of the plan. */
  readonly moments: readonly Moments[];
  /** By ranked column of the plan. */
  readonly sketches: readonly Sketch[];
  /** By job. */
  readonly jobs: readonly TalliedJob[];
  /** The first worlds by value, outcomes and finals. */
  readonly pilot: Samples;
  /** Places of groups and of ranked columns, by what they are. */
  readonly places: { readonly groups: ReadonlyMap<string, number>; readonly ranked: ReadonlyMap<string, number> };
}

/** What is kept of one job beside columns. */
export interface TalliedJob extends Pick<Sample, "job" | "runs" | "breaches" | "bands" | "clampedSteps"> {
  readonly kind: "tallied";
  /** In the plan. */
  readonly place: number;
}

/** Runs kept by value, or tallied. */
export type Ensemble = Samples | Tallies;

export function isTallied(ensemble: Ensemble): ensemble is Tallies {
  return "kind" in ensemble;
}

/** One job of an ensemble. Throws when it was not run. */
export function partOf(
  ensemble: Ensemble,
  view: string,
  situation: Situation,
  luck: Job["luck"] = "first",
): Sample | TalliedJob {
  return isTallied(ensemble) ? talliedJob(ensemble, view, situation, luck) : sampleOf(ensemble, view, situation, luck);
}

/** Throws when it was not run. */
export function talliedJob(t: Tallies, view: string, situation: Situation, luck: Job["luck"] = "first"): TalliedJob {
  return t.jobs[placeOf(t.reading, { view, situation, luck })] as TalliedJob;
}

/** Throws when the plan had no such group. */
export function momentsIn(tallies: Tallies, columns: readonly TallyColumn[]): Moments {
  return foundBy(tallies.places.groups, tallies.moments, columns);
}

/** Throws when the plan did not rank it. */
export function sketchIn(tallies: Tallies, ranked: Ranked): Sketch {
  return foundBy(tallies.places.ranked, tallies.sketches, ranked);
}

function foundBy<V>(places: ReadonlyMap<string, number>, values: readonly V[], key: unknown): V {
  const text = JSON.stringify(key);
  const found = values[places.get(text) ?? -1];
  if (found === undefined) throw new Error(`not tallied: ${text}`);
  return found;
}

function placesOf(keys: readonly unknown[]): ReadonlyMap<string, number> {
  return new Map(keys.map((key, place) => [JSON.stringify(key), place]));
}

/**
 * Runs every job of the plan over the worlds 0 … worlds − 1, of which there are more than `pilotRuns`. What is left depends on plan, seed and
 * worlds alone, to the last bit: moments are joined block by block in world order, counts add up in any. Rejects as `runJobs` does.
 */
export async function tallyJobs(
  model: Model,
  plan: TallyPlan,
  seed: number,
  worlds: number,
  lab: Lab,
): Promise<Tallies> {
  const pilot = await runJobs(model, plan.jobs, seed, pilotRuns, lab);
  const reading = readingOf(model, plan, pilot);
  const reduction = emptyReduction(model, reading);
  const size = shardOf(model, plan);
  const tasks = Array.from({ length: Math.ceil(worlds / size) }, (_, i): TallyTask => ({
    kind: "tally",
    reading,
    seed,
    first: i * size,
    count: Math.min(size, worlds - i * size),
  }));
  await lab.each(model, tasks, (result) => reduction.add(result));
  return reduction.tallies(withoutBands(pilot), worlds);
}

/** Equations evaluated in a task: a tenth of a second of the fast engine and some seconds of the slow one. */
const workInTask = 1e8;
/** Bytes of values that a task holds while it runs. */
const bytesInTask = 3.2e7;
const mostBlocks = 16;

/** Worlds in a task: whole blocks, as many as work and memory allow. */
function shardOf(model: Model, plan: TallyPlan): number {
  const steps = Math.max(1, model.time?.steps ?? 1);
  const work = block * plan.jobs.length * steps * equationsOf(model);
  const kept = plan.jobs.reduce((n, j) => n + model.outcomes.length + j.finals.length, 0);
  const paths = Math.max(0, ...plan.jobs.map((j) => j.series.length * (steps + 1)));
  const blocks = Math.min(workInTask / work, bytesInTask / (8 * block * (kept + paths)), mostBlocks);
  return block * Math.max(1, Math.floor(blocks));
}

function readingOf(model: Model, plan: TallyPlan, pilot: Samples): TallyReading {
  const samples = plan.jobs.map((j) => sampleOf(pilot, j.view, j.situation, j.luck));
  const points = (model.time?.steps ?? 0) + 1;
  return {
    ...plan,
    grids: plan.ranked.map((r) => {
      const values = rankedValues(samples, r);
      const five = quartet(values.toSorted());
      const farthest = values.reduce((far, x) => Math.max(far, Math.abs(x - five.q50)), 0);
      return gridFor(five, farthest, bits.ranked);
    }),
    seriesGrids: samples.map((s) =>
      s.bands.map((band) => Array.from({ length: points }, (_, t) => seriesGrid(band, t))),
    ),
  };
}

function seriesGrid(band: Band, t: number): SketchGrid {
  const [q05, q50, q95] = [band.q05[t] as number, band.q50[t] as number, band.q95[t] as number];
  return gridFor({ q05, q50, q95 }, Math.max(q95 - q50, q50 - q05), bits.series);
}

/** The bands of the pilot are of too few runs to be told. */
function withoutBands(pilot: Samples): Samples {
  return new Map([...pilot].map(([key, sample]) => [key, { ...sample, bands: [] }]));
}

interface TallyReduction {
  /** The results of tasks, in world order. */
  add(result: TallyResult): void;
  /** Bytes held in arrays. */
  bytes(): number;
  tallies(pilot: Samples, runs: number): Tallies;
}

export function emptyReduction(model: Model, reading: TallyReading): TallyReduction {
  const points = (model.time?.steps ?? 0) + 1;
  const { jobs, groups, ranked } = reading;
  const perTime = jobs.reduce((n, j) => n + j.series.length, 0) * points;
  const moments: Moments[] = groups.map((g) => noMoments(g.length));
  const sketches: Sketch[] = Array.from({ length: ranked.length + perTime }, () => emptySketch);
  const breaches = jobs.map((j) => j.always.map(() => ({ runs: 0, first: null as number | null })));
  const clampedSteps = jobs.map(() => 0);
  return {
    add: (result) => {
      for (const ofBlock of unpackedMoments(reading, result))
        ofBlock.forEach((m, i) => (moments[i] = joinMoments(moments[i] as Moments, m)));
      unpackedSketches(result.sketches).forEach((s, i) => (sketches[i] = mergedSketch(sketches[i] as Sketch, s)));
      result.breaches.forEach((ofJob, j) =>
        ofJob.forEach((found, i) => {
          const breach = breaches[j]?.[i];
          if (breach === undefined) return;
          breach.runs += found.runs;
          breach.first ??= found.first;
        }),
      );
      result.clampedSteps.forEach((n, j) => (clampedSteps[j] = (clampedSteps[j] as number) + n));
    },
    bytes: () =>
      moments.reduce((n, m) => n + m.sums.byteLength + m.products.byteLength, 0) +
      sketches.reduce((n, s) => n + 28 * s.keys.length, 0),
    tallies: (pilot, runs) => {
      let next = ranked.length;
      return {
        kind: "tallies",
        reading,
        runs,
        moments,
        sketches: sketches.slice(0, ranked.length),
        jobs: jobs.map((job, j) => ({
          kind: "tallied",
          place: j,
          job,
          runs,
          breaches: breaches[j] ?? [],
          bands: job.series.map((name) => bandOf(name, sketches.slice(next, (next += points)))),
          clampedSteps: clampedSteps[j] ?? 0,
        })),
        pilot,
        places: { groups: placesOf(groups), ranked: placesOf(ranked) },
      };
    },
  };
}

function bandOf(name: string, byTime: readonly Sketch[]): Band {
  const at = byTime.map((s) => quantilesOfSketch(s, [0.05, 0.25, 0.5, 0.75, 0.95]));
  const pick = (level: number): Float64Array => Float64Array.from(at, (q) => q[level] as number);
  return { name, q05: pick(0), q25: pick(1), q50: pick(2), q75: pick(3), q95: pick(4) };
}
