/** Works out what a mind believes after the evidence from weighted rows. Nothing is run. */

import {
  lawChance,
  chanceOfGates,
  chanceOfTruths,
  blocksOf,
  lawOf,
  truthsOf,
  type Beliefs,
} from "#ensemble/table/claim-law.ts";
import { effectiveSize, keptWithin, weightedMean, type WeightedMean } from "#evidence/weights.ts";
import type { EvidenceRows } from "./evidence-rows.ts";
import { unpacked } from "./packed.ts";
import { leastOfClaim, leastWorlds, marginUnder, type FigureRuns } from "./posteriors.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** Rows read once, for any number of minds. */
export interface OpenedRows {
  readonly rows: EvidenceRows;
  readonly gates: ReadonlyMap<string, Float64Array>;
  readonly weights: Float64Array;
  /** By row: which motives are on, in order. */
  readonly strata: readonly string[];
  readonly outcomes: readonly Float64Array[];
  readonly conclusions: readonly (readonly FigureRuns[])[];
}

export interface Reweighed {
  /** (ΣW)² / ΣW² over rows. */
  readonly effective: number;
  /** Share of the prior whose motives no row reconciles with the evidence. */
  readonly lost: number;
  /** Why nothing is told: too few rows are like this mind, and it must be run. */
  readonly refusal: { readonly effective: number; readonly floor: number } | null;
  readonly claims: readonly {
    readonly claim: string;
    readonly prior: number;
    /** A claim that nothing reads stays as it was. */
    readonly posterior: WeightedMean;
    /** Fewer than ten effective rows stand on its rarer side: to be told in words, not digits. */
    readonly isRough: boolean;
    /** A motive, kept at its prior. */
    readonly isHeld: boolean;
  }[];
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly label: string;
    readonly unit: { readonly label: string; readonly factor: number };
    readonly isTruth: boolean;
    readonly posterior: WeightedMean;
  }[];
  readonly conclusions: readonly {
    readonly conclusion: string;
    readonly label: string;
    /** As `threshold`, in base units. */
    readonly margin: number;
    readonly se: number;
    readonly verdict: Verdict;
    readonly threshold: number;
    readonly unit: { readonly label: string; readonly factor: number };
  }[];
}

export function openRows(rows: EvidenceRows): OpenedRows {
  const gates = new Map(
    rows.gates.map((g, i) => [g, unpacked(rows.truths[i] as (typeof rows.truths)[number], rows.rows)]),
  );
  return {
    rows,
    gates,
    weights: Float64Array.from(rows.weights),
    strata: truthsOf(rows.motives.map((m) => gates.get(m) as Float64Array)),
    outcomes: rows.outcomes.map((o) => unpacked(o.values, rows.rows)),
    conclusions: rows.conclusions.map((c) =>
      c.figures.map((f) => ({
        of: unpacked(f.of, rows.rows),
        given: f.given === null ? null : unpacked(f.given, rows.rows),
      })),
    ),
  };
}

/**
 * As `learnFindings`, for a mind that believes of the unknowns as the rows' view does; only its credences are read. Each row counts by the mind's own chance of its claims
 * times what was kept of it: N / D with N = Σ P(g)·L·y and D = Σ P(g)·L over rows. Motives stay at their prior. Throws `Refused` where too many claims hang together.
 */
export function reweigh(opened: OpenedRows, beliefs: Beliefs): Reweighed {
  const { rows, gates: known, weights } = opened;
  const { frame, gates, motives } = rows;
  const pins = rows.course.claims;
  const unread = new Float64Array(rows.rows);
  const claims = frame.claims.map((c) => known.get(c.name) ?? unread);
  const under = chanceOfGates(frame, beliefs, gates, pins)(claims, rows.rows);
  const plain = weights.map((w, i) => w * (under[i] as number));
  const { of, lost } =
    motives.length === 0
      ? { of: plain, lost: 0 }
      : keptWithin(plain, opened.strata, chanceOfTruths(frame, beliefs, motives, pins));
  const effective = effectiveSize(of);
  if (effective < leastWorlds)
    return {
      effective,
      lost,
      refusal: { effective, floor: leastWorlds },
      claims: [],
      outcomes: [],
      conclusions: [],
    };
  return {
    effective,
    lost,
    refusal: null,
    claims: claimsUnder(opened, beliefs, of),
    outcomes: rows.outcomes.map(({ outcome, label, unit, isTruth }, i) => ({
      outcome,
      label,
      unit,
      isTruth,
      posterior: weightedMean(of, opened.outcomes[i] as Float64Array),
    })),
    conclusions: rows.conclusions.map(({ conclusion }, i) => ({
      conclusion: conclusion.name,
      label: conclusion.label,
      ...marginUnder(conclusion.comparison, opened.conclusions[i] ?? [], of),
      threshold: conclusion.comparison.threshold,
      unit: { label: conclusion.comparison.unit.label, factor: conclusion.comparison.unit.factor },
    })),
  };
}

function claimsUnder({ rows, gates }: OpenedRows, beliefs: Beliefs, of: Float64Array): Reweighed["claims"] {
  const { frame, motives } = rows;
  const names = frame.claims.map((c) => c.name);
  const priors = new Map(
    blocksOf(frame, [beliefs], names).flatMap((block) => {
      const law = lawOf(frame, beliefs, block, rows.course.claims);
      return block.gates.map((gate) => [gate, lawChance(block, law, gate)] as const);
    }),
  );
  return names.map((claim) => {
    const prior = priors.get(claim) ?? Number.NaN;
    const truth = gates.get(claim);
    const isHeld = motives.includes(claim);
    if (truth === undefined || prior === 0 || prior === 1)
      return { claim, prior, posterior: { value: prior, se: 0 }, isRough: false, isHeld };
    const on = effectiveSize(of.map((x, i) => x * (truth[i] as number)));
    const off = effectiveSize(of.map((x, i) => x * (1 - (truth[i] as number))));
    return { claim, prior, posterior: weightedMean(of, truth), isRough: Math.min(on, off) < leastOfClaim, isHeld };
  });
}
