/** Runs some worlds and keeps only counts: moments by block, buckets for quantiles, breaches. */

import type { Model } from "#model/model.ts";
import type { Sample } from "../jobs.ts";
import { momentsByBlock, type Moments } from "../tally/moments.ts";
import { performRuns, type RunsResult } from "./runs-task.ts";
import type { TallyColumn, Ranked, TallyReading } from "../tally/reading.ts";
import type { Shelf } from "./shelf.ts";
import { sketchOf, type Sketch } from "../tally/sketch.ts";
import { block } from "../statistics.ts";

/** Every job of a reading on the worlds `first` … `first + count − 1`. Where it is cut between blocks changes nothing. */
export interface TallyTask {
  readonly kind: "tally";
  readonly reading: TallyReading;
  readonly seed: number;
  /** A multiple of 256. */
  readonly first: number;
  readonly count: number;
}

export interface TallyResult {
  readonly kind: "tally";
  readonly count: number;
  /** Block by block, in it group by group: the group's sums, then its products. */
  readonly moments: Float64Array;
  /** By ranked column; then by job, series and time. */
  readonly sketches: PackedSketches;
  /** By job. */
  readonly breaches: readonly Sample["breaches"][];
  /** By job. */
  readonly clampedSteps: readonly number[];
}

/** Many sketches end to end, so that posting them costs little. */
interface PackedSketches extends Sketch {
  /** Buckets of each. */
  readonly sizes: Int32Array;
}

/** Throws `StoppedRun`. */
export function performTally(model: Model, task: TallyTask, shelf: Shelf): TallyResult {
  const { reading, seed, first, count } = task;
  const points = (model.time?.steps ?? 0) + 1;
  const series: Sketch[] = [];
  // The paths behind the series go as soon as their job is done.
  const results = reading.jobs.map((job, at): Omit<RunsResult, "series"> => {
    const { series: paths, ...kept } = performRuns(model, { kind: "runs", job, seed, first, count }, shelf);
    paths.forEach((path, i) => {
      const grids = reading.seriesGrids[at]?.[i] ?? [];
      for (let t = 0; t < points; t++)
        series.push(sketchOf(path.subarray(t * count, (t + 1) * count), grids[t] as (typeof grids)[number]));
    });
    return kept;
  });
  const ranked = reading.ranked.map((r, i) =>
    sketchOf(rankedValues(results, r), reading.grids[i] as TallyReading["grids"][number]),
  );
  return {
    kind: "tally",
    count,
    moments: packedMoments(
      reading.groups.map((group) => group.map((c) => columnIn(results, c))),
      count,
    ),
    sketches: packed([...ranked, ...series]),
    breaches: results.map((r) => r.breaches),
    clampedSteps: results.map((r) => r.clampedSteps),
  };
}

type Kept = Pick<RunsResult, "outcomes" | "finals">;

/** The values of a column, by run. `results` by job of the plan. */
function columnIn(results: readonly Kept[], column: TallyColumn): Float64Array {
  const result = results[column.job] as Kept;
  switch (column.kind) {
    case "outcome":
      return result.outcomes[column.outcome] as Float64Array;
    case "is":
      return (result.outcomes[column.outcome] as Float64Array).map((v) => (v === column.word ? 1 : 0));
    case "final":
      return result.finals[column.of] as Float64Array;
    case "product": {
      const given = result.finals[column.given] as Float64Array;
      return (result.finals[column.of] as Float64Array).map((v, w) => v * (given[w] as number));
    }
  }
}

/** The values of a ranked column in the runs that count. */
export function rankedValues(results: readonly Kept[], { column, given }: Ranked): Float64Array {
  const values = columnIn(results, column);
  const counts = given === null ? null : (results[column.job] as Kept).finals[given];
  return counts === null || counts === undefined ? values : values.filter((_, w) => counts[w] !== 0);
}

function packedMoments(groups: readonly (readonly Float64Array[])[], count: number): Float64Array {
  const byGroup = groups.map((columns) => momentsByBlock(columns, count));
  const blocks = Math.ceil(count / block);
  const whole = new Float64Array(
    blocks * byGroup.reduce((n, [m]) => n + (m === undefined ? 0 : m.sums.length + m.products.length), 0),
  );
  let at = 0;
  for (let b = 0; b < blocks; b++) {
    for (const blocksOfGroup of byGroup) {
      const { sums, products } = blocksOfGroup[b] as Moments;
      whole.set(sums, at);
      whole.set(products, at + sums.length);
      at += sums.length + products.length;
    }
  }
  return whole;
}

/** By block and then by group, as they were packed. */
export function unpackedMoments(reading: TallyReading, result: TallyResult): readonly (readonly Moments[])[] {
  const { count, moments } = result;
  let at = 0;
  return Array.from({ length: Math.ceil(count / block) }, (_, b) =>
    reading.groups.map((group) => {
      const k = group.length;
      const sums = moments.subarray(at, at + k);
      const products = moments.subarray(at + k, at + k + (k * (k + 1)) / 2);
      at += k + products.length;
      return { runs: Math.min(block, count - b * block), sums, products };
    }),
  );
}

function packed(sketches: readonly Sketch[]): PackedSketches {
  const sizes = Int32Array.from(sketches, (s) => s.keys.length);
  const room = sizes.reduce((n, size) => n + size, 0);
  const whole = {
    sizes,
    keys: new Int32Array(room),
    counts: new Float64Array(room),
    low: new Float64Array(room),
    high: new Float64Array(room),
  };
  let at = 0;
  for (const sketch of sketches) {
    whole.keys.set(sketch.keys, at);
    whole.counts.set(sketch.counts, at);
    whole.low.set(sketch.low, at);
    whole.high.set(sketch.high, at);
    at += sketch.keys.length;
  }
  return whole;
}

export function unpackedSketches({ sizes, keys, counts, low, high }: PackedSketches): readonly Sketch[] {
  let to = 0;
  return Array.from(sizes, (size) => {
    const from = to;
    to += size;
    return {
      keys: keys.subarray(from, to),
      counts: counts.subarray(from, to),
      low: low.subarray(from, to),
      high: high.subarray(from, to),
    };
  });
}
