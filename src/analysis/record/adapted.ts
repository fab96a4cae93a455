/** Makes a law that draws more worlds where the evidence makes them count. */

import type { Model } from "#model/model.ts";
import { pickColumn } from "#kernel/column.ts";
import { finalOf } from "#ensemble/jobs.ts";
import { ownPart, uniformsUnder, type Proposal, type ProposalPart } from "#ensemble/draws/proposal.ts";
import { weightedMean } from "#evidence/weights.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Draw, Weighed } from "./held-runs.ts";

/** The share of worlds that the view's own law keeps: none can weigh more than five times what it would. */
const ownShare = 0.2;
/** Effective worlds that the prior counts for, so that a few rows do not decide. */
const caution = 10;
/** A move of an unknown's uniform, in standard errors, that is no noise. */
const clear = 2.5;
const steepest = 0.9;
/** A claim that is as good as gone, or was rare from the start and hardly met, is drawn so often all the same, that it can be told how far. */
const rarest = 0.1;

/**
 * Adaptive importance sampling (Oh & Berger 1992): a fifth of the worlds from the view's own law, the rest from one in which each claim on its own is as likely
 * as the rows make it, and each unknown leans to the side they lean to. Rivals and claims that hang on others keep their credences. What is drawn in
 * excess weighs less, so any choice here is right in the mean; a good one leaves more effective worlds.
 */
export function adaptedTo(
  model: Model,
  view: string,
  rows: Weighed,
  draw: Draw,
  rare: readonly string[] = [],
): Proposal {
  return [ownPart(model, view, ownShare), { share: 1 - ownShare, ...leaning(model, view, rows, draw, rare) }];
}

/** `rare`: claims of which too few worlds were met on one side. */
function leaning(
  model: Model,
  view: string,
  rows: Weighed,
  draw: Draw,
  rare: readonly string[],
): Omit<ProposalPart, "share"> {
  const { effective, of, sample } = rows;
  const mind = mindOf(model, view);
  const inGroup = new Set(model.groups.flatMap((g) => g.claims));
  const credences = Object.fromEntries(
    model.claims.map((claim) => {
      const own = mind.credences[claim.name] ?? claim.credences;
      const [only] = own;
      if (own.length !== 1 || only === undefined || only.given !== null || inGroup.has(claim.name))
        return [claim.name, own];
      if (only.credence === 0 || only.credence === 1) return [claim.name, own];
      const seen = weightedMean(of, finalOf(sample, { op: "claim", name: claim.name })).value;
      const credence = (effective * seen + caution * only.credence) / (effective + caution);
      const [least, most] = rare.includes(claim.name)
        ? [rarest, 1 - rarest]
        : [Math.min(rarest, only.credence), Math.max(1 - rarest, only.credence)];
      return [claim.name, [{ ...only, credence: Math.min(most, Math.max(least, credence)) }]];
    }),
  );
  const counting = [...of.keys()].filter((row) => of[row] !== 0);
  const weights = pickColumn(of, counting);
  const worlds = counting.map((row) => draw.worlds[row] as number);
  const uniformsOf = uniformsUnder(draw.proposal, draw.seed, worlds);
  const tilts = Object.fromEntries(
    model.unknowns.flatMap((u): [string, number][] => {
      const off = weightedMean(weights, uniformsOf(u.name)).value - 0.5;
      if (Math.abs(off) * Math.sqrt(12 * effective) < clear) return [];
      // Under density 1 + s(2u − 1) the mean is ½ + s/6.
      const slope = (6 * off * effective) / (effective + caution);
      return [[u.name, Math.max(-steepest, Math.min(steepest, slope))]];
    }),
  );
  return { credences, tilts };
}
