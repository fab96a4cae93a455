/** Mean, standard error and quantiles of one value for each run. */

/** The five quantiles reported of everything. */
interface FiveNumbers {
  readonly q05: number;
  readonly q25: number;
  readonly q50: number;
  readonly q75: number;
  readonly q95: number;
}

/** A summary of `runs` values. `se` is the standard error of the mean over runs, NaN for a single run; each quantile has its own. */
export interface Summary extends FiveNumbers {
  readonly runs: number;
  readonly mean: number;
  readonly se: number;
  readonly q05Se: number;
  readonly q25Se: number;
  readonly q50Se: number;
  readonly q75Se: number;
  readonly q95Se: number;
}

/** Worlds are summed in blocks of this many, in world order, so that cutting the work anywhere between blocks cannot change a bit. */
export const block = 256;

export function sum(values: Float64Array): number {
  let total = 0;
  for (let from = 0; from < values.length; from += block) {
    let part = 0;
    const to = Math.min(from + block, values.length);
    for (let i = from; i < to; i++) part += values[i] as number;
    total += part;
  }
  return total;
}

export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

/** Unbiased (n − 1); NaN for a single value. */
export function variance(values: Float64Array): number {
  const m = mean(values);
  let total = 0;
  for (let from = 0; from < values.length; from += block) {
    let part = 0;
    const to = Math.min(from + block, values.length);
    for (let i = from; i < to; i++) {
      const apart = (values[i] as number) - m;
      part += apart * apart;
    }
    total += part;
  }
  return total / (values.length - 1);
}

export function standardError(values: Float64Array): number {
  return Math.sqrt(variance(values) / values.length);
}

/**
 * Quantile of type 7 (Hyndman & Fan 1996): the order statistics joined by lines, at place (n − 1)·level from 0.
 * `sorted` rises; an empty array gives NaN.
 */
export function quantileOfSorted(sorted: Float64Array, level: number): number {
  const place = (sorted.length - 1) * level;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return place === below ? low : low + (place - below) * (high - low);
}

export function summarise(values: Float64Array): Summary {
  return summaryOf(values, values.toSorted());
}

function summaryOf(values: Float64Array, sorted: Float64Array): Summary {
  return {
    runs: values.length,
    mean: mean(values),
    se: standardError(values),
    ...quartet(sorted),
    ...quartetErrors((level) => quantileOfSorted(sorted, level), values.length),
  };
}

/** As `summarise` for values that are all 0 or 1, with the standard error of a chance. */
export function summariseTruth(values: Float64Array): Summary {
  // Counted, which is sorted enough: there are as many ones at the end as there are ones.
  const sorted = new Float64Array(values.length).fill(1, values.length - sum(values));
  return { ...summaryOf(values, sorted), se: chanceError(values) };
}

/**
 * Standard error of a quantile of `runs` runs: half of what lies between the quantiles one error either way of its level, which of a share p of the runs
 * is √(p(1 − p) ÷ runs) (Woodruff 1952). `read` gives the quantile at a level. NaN for a single run.
 */
export function quantileError(read: (level: number) => number, level: number, runs: number): number {
  const slack = Math.sqrt((level * (1 - level)) / runs);
  return runs < 2 ? Number.NaN : (read(Math.min(1, level + slack)) - read(Math.max(0, level - slack))) / 2;
}

/** Of the five quantiles, from what reads one. */
export function quartetErrors(
  read: (level: number) => number,
  runs: number,
): Omit<Summary, keyof FiveNumbers | "runs" | "mean" | "se"> {
  const error = (level: number): number => quantileError(read, level, runs);
  return { q05Se: error(0.05), q25Se: error(0.25), q50Se: error(0.5), q75Se: error(0.75), q95Se: error(0.95) };
}

export function quartet(sorted: Float64Array): FiveNumbers {
  return {
    q05: quantileOfSorted(sorted, 0.05),
    q25: quantileOfSorted(sorted, 0.25),
    q50: quantileOfSorted(sorted, 0.5),
    q75: quantileOfSorted(sorted, 0.75),
    q95: quantileOfSorted(sorted, 0.95),
  };
}

/** Standard error of the share of ones. Where all runs agree it is that of one run more that does not: never 0. */
export function chanceError(values: Float64Array): number {
  const n = values.length;
  const ones = sum(values);
  return ones === 0 || ones === n ? unanimityError(n) : standardError(values);
}

/**
 * What a chance that came out 0 or 1 in all `n` runs is still in doubt by: the standard error of a share of 1 ÷ (n + 1),
 * near 1/n, so that two of them reach the 'rule of three' (Hanley & Lippman-Hand 1983: at most 3/n, 95 %) from below.
 */
export function unanimityError(n: number): number {
  const share = 1 / (n + 1);
  return Math.sqrt((share * (1 - share)) / n);
}
