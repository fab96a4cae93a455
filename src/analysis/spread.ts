/** Two runs of each world, the same beliefs met by two lucks, in; how much of an outcome's spread is luck out. */

import type { Model } from "#model/model.ts";
import type { Sample } from "#ensemble/jobs.ts";
import { mean, sum } from "#ensemble/statistics.ts";

/** The parts of an outcome's variance over runs. They add up to 1. */
export interface Spread {
  readonly outcome: string;
  /** From claims and unknowns: what is not known. */
  readonly unknown: number;
  /** From events, shocks and policies' picks: what could turn out either way all the same. */
  readonly luck: number;
  /** Standard error of either part. */
  readonly se: number;
}

/**
 * By outcome, what is unknown as the correlation of the two runs within worlds, Cov(Y, Y′) / Var(Y) (the intraclass correlation of Fisher 1925, two
 * replicates; law of total variance), cut to 0..1; its error (1 − ρ²)/√(n − 1). Outcomes that never vary are left out.
 */
export function spreads(model: Model, first: Sample, second: Sample): readonly Spread[] {
  return model.outcomes.flatMap((outcome, i) => {
    if (outcome.categories !== null) return [];
    const a = first.outcomes[i] ?? new Float64Array();
    const b = second.outcomes[i] ?? new Float64Array();
    const centre = (mean(a) + mean(b)) / 2;
    const total = sum(a.map((v, w) => (v - centre) ** 2 + ((b[w] ?? 0) - centre) ** 2)) / 2;
    if (!(total > 0)) return [];
    const shared = sum(a.map((v, w) => (v - centre) * ((b[w] ?? 0) - centre)));
    const unknown = Math.min(1, Math.max(0, shared / total));
    return [{ outcome: outcome.name, unknown, luck: 1 - unknown, se: (1 - unknown ** 2) / Math.sqrt(a.length - 1) }];
  });
}
