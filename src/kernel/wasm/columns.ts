/** Where columns of a batch lie in a kernel's memory: what the host lays in, and what it takes out, a value of eight bytes for each run. */

import type { Plan } from "../plan.ts";
import type { KernelLayout } from "./layout.ts";

export interface Columns {
  /** The most runs of a batch; even. */
  readonly capacity: number;
  readonly worlds: number;
  readonly claims: readonly number[];
  readonly unknowns: readonly number[];
  readonly believed: readonly number[];
  readonly outcomes: readonly number[];
  readonly finals: readonly number[];
  /** All bits set where it held. */
  readonly always: readonly number[];
  /** Point by point, each a column. */
  readonly series: readonly number[];
  readonly firstTimes: readonly number[];
  /** As a number. */
  readonly clamped: number;
  /** 0, or not a number where the run must be made otherwise. */
  readonly failed: number;
}

/** Bytes of series that a kernel may hold; a batch is smaller where it would need more. */
const seriesBytes = 1 << 24;

const mostRuns = 512;

export function reserveColumns(layout: KernelLayout, plan: Plan): Columns {
  const points = plan.frame.steps + 1;
  const fitting = Math.floor(seriesBytes / (8 * points * Math.max(1, plan.series.length)));
  const capacity = Math.max(2, Math.min(mostRuns, fitting - (fitting % 2)));
  const column = (): number => layout.reserve(8 * capacity);
  const columns = (of: { readonly length: number }): readonly number[] => Array.from({ length: of.length }, column);
  return {
    capacity,
    worlds: column(),
    claims: columns(plan.claims),
    unknowns: columns(plan.unknowns),
    believed: columns(plan.believed),
    outcomes: columns(plan.outcomes),
    finals: columns(plan.finals),
    always: columns(plan.always),
    series: Array.from(plan.series, () => layout.reserve(8 * capacity * points)),
    firstTimes: columns(plan.events),
    clamped: column(),
    failed: column(),
  };
}
