/** Works out how much of an outcome's spread is luck, from runs of the same beliefs with two lucks. */

import type { Model } from "#model/model.ts";
import { sampleOf } from "#ensemble/jobs.ts";
import { covarianceOf, meanOf, type Moments } from "#ensemble/tally/moments.ts";
import type { Situation } from "#ensemble/situation.ts";
import { mean, sum } from "#ensemble/statistics.ts";
import { isTallied, talliedJob, type Ensemble } from "#ensemble/tally/tallies.ts";
import { momentsOfPair } from "../runs/tallied.ts";

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
export function spreads(model: Model, ensemble: Ensemble, view: string, situation: Situation): readonly Spread[] {
  return model.outcomes.flatMap((outcome, i) => {
    if (outcome.categories !== null) return [];
    const { total, shared, runs } = isTallied(ensemble)
      ? fromMoments(
          momentsOfPair(
            ensemble,
            talliedJob(ensemble, view, situation),
            talliedJob(ensemble, view, situation, "second"),
            i,
          ),
        )
      : fromRuns(
          sampleOf(ensemble, view, situation).outcomes[i] ?? new Float64Array(),
          sampleOf(ensemble, view, situation, "second").outcomes[i] ?? new Float64Array(),
        );
    if (!(total > 0)) return [];
    const unknown = Math.min(1, Math.max(0, shared / total));
    return [{ outcome: outcome.name, unknown, luck: 1 - unknown, se: (1 - unknown ** 2) / Math.sqrt(runs - 1) }];
  });
}

/** Squares and products about the centre of both lucks, over runs. */
interface Products {
  readonly total: number;
  readonly shared: number;
  readonly runs: number;
}

function fromRuns(a: Float64Array, b: Float64Array): Products {
  const centre = (mean(a) + mean(b)) / 2;
  return {
    total: sum(a.map((v, w) => (v - centre) ** 2 + ((b[w] as number) - centre) ** 2)) / 2,
    shared: sum(a.map((v, w) => (v - centre) * ((b[w] as number) - centre))),
    runs: a.length,
  };
}

function fromMoments(m: Moments): Products {
  const half = (meanOf(m, 0) - meanOf(m, 1)) / 2;
  const about = (i: number, j: number, away: number): number => covarianceOf(m, i, j) * (m.runs - 1) + m.runs * away;
  return {
    total: (about(0, 0, half * half) + about(1, 1, half * half)) / 2,
    shared: about(0, 1, -half * half),
    runs: m.runs,
  };
}
