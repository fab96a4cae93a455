/** What `casus learn` found as `casus/learn@1`: one definition, from which both its JSON Schema and its documents are made. */

import { z } from "zod";
import type { LearnFindings, Learnt } from "#analysis/record/learn.ts";
import { isVerdictChanged, leastOfClaim, leastWorlds } from "#analysis/record/posteriors.ts";
import type { Check } from "#analysis/record/predictive.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { from, scaled, writeFinding } from "./codec.ts";
import { builtInShape } from "./comparison-json.ts";
import { choicesShape, figure, inOwnUnit, provenanceShape, unitShape } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const scaledFigure = scaled(figure);

const toldShape = z.object({ value: figure, se: figure });
const toldInUnitShape = z.object({ value: scaledFigure, se: scaledFigure });
const marginShape = z.object({
  margin: scaledFigure,
  se: scaledFigure,
  low: scaled(figure.describe("where the margin lies, for all that the verdict rests on")),
  high: scaledFigure,
  verdict: z.enum(verdicts),
  worlds: z.number().int().describe("runs of each situation that is compared"),
  effective: z.number().describe("equally weighted runs that would be as good, of the figure with the fewest"),
});
/** By claim: the credence of each of its rows. */
function credencesOf({
  credences,
}: NonNullable<Learnt["proposal"]>[number]): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(Object.entries(credences).map(([claim, rows]) => [claim, rows.map((r) => r.credence)]));
}

/** Each claim with what each observation moved it by, under the observation's name. */
function claimsOf(v: Learnt): readonly object[] {
  return v.claims.map((c) => ({
    ...c,
    movedBy: Object.fromEntries(v.evidence.map((e, i) => [e.name, c.moved[i] ?? Number.NaN])),
  }));
}

const predictedShape = z.object({
  below: figure.describe("of a truth its chance by its date, of a point what is predicted below it"),
  belowSe: from(({ error }: Check["prior"]) => error, figure.describe("its standard error")),
  range: z.union([z.array(figure), z.null()]).describe("central 90 % of what is predicted, errors included"),
});

const viewShape = z.object({
  view: z.string(),
  label: z.string(),
  evidence: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      statement: from((e: Learnt["evidence"][number]) => e.text, z.string().describe("as written in the case")),
      effectiveWithout: figure.describe("effective worlds if all but this one counted"),
      logPredictive: figure.describe("log of its chance, or density, given the others"),
    }),
  ),
  course: from((v: Learnt) => v.course.choices, choicesShape),
  worlds: z.number().int().describe("simulated runs behind the posterior"),
  drawnFrom: from(
    (v: Learnt) => v.proposal,
    z
      .union([
        z.array(
          z.object({
            share: z.number(),
            credences: from(
              credencesOf,
              z.record(z.string(), z.array(z.number())).describe("by claim: of each of its rows"),
            ),
            tilts: z
              .record(z.string(), z.number())
              .describe("by unknown: s where its uniform has density 1 + s(2u - 1)"),
          }),
        ),
        z.null(),
      ])
      .describe("the mixture of laws the runs are drawn from and weighed against; null for the view's own law"),
  ),
  effective: z.number().describe("effective worlds: (sum of weights)^2 / sum of squared weights"),
  logEvidence: figure.describe("log of the mean likelihood of all of it"),
  lost: z.number().describe("share of the prior whose motives no run reconciles with the evidence"),
  refusal: z.union([
    z.object({
      floor: z.number(),
      worldsNeeded: z.union([z.number().int(), z.null()]),
      hardest: z.union([z.string(), z.null()]),
    }),
    z.null(),
  ]),
  hindsight: z.array(z.string()).describe("unknowns known only later than the evidence counted"),
  claims: from(
    claimsOf,
    z.array(
      z.object({
        claim: z.string(),
        prior: figure,
        posterior: toldShape.describe("its error counts how few effective worlds stand on the rarer side"),
        effective: z.number().describe("effective worlds on the claim's rarer side"),
        held: from((c: Learnt["claims"][number]) => c.isHeld, z.boolean().describe("a motive, kept at its prior")),
        movedBy: z.record(z.string(), figure).describe("by observation: with all less without this one"),
      }),
    ),
  ),
  unknowns: z.array(
    inOwnUnit(
      z.object({
        unknown: z.string(),
        unit: unitShape,
        prior: scaled(z.array(figure).describe("5, 50 and 95 % points, in `unit`")),
        posterior: scaled(z.array(figure)),
        priorSe: from(
          (u: Learnt["unknowns"][number]) => u.priorError,
          scaled(z.array(figure).describe("standard errors of these points over the runs")),
        ),
        posteriorSe: from((u: Learnt["unknowns"][number]) => u.posteriorError, scaled(z.array(figure))),
        shift: figure.describe("the median's move in standard deviations of the prior"),
      }),
    ),
  ),
  outcomes: z.array(
    inOwnUnit(
      z.object({
        outcome: z.string(),
        unit: unitShape,
        truth: from((o: Learnt["outcomes"][number]) => o.isTruth, z.boolean()),
        prior: toldInUnitShape,
        posterior: toldInUnitShape.describe("on runs held to what was observed"),
      }),
    ),
  ),
  conclusions: z.array(
    inOwnUnit(
      z.object({
        conclusion: z.string(),
        unit: unitShape,
        threshold: scaled(z.number()),
        prior: marginShape.describe("as casus run has it"),
        posterior: marginShape,
        changed: from(isVerdictChanged, z.boolean().describe("whether the verdict is another after than before")),
        builtIn: builtInShape,
      }),
    ),
  ),
  checks: z.array(
    z.object({
      evidence: z.string(),
      time: figure.describe("from the start, in the case's unit; null for a truth"),
      observed: figure,
      prior: predictedShape,
      posterior: z.union([predictedShape, z.null()]),
    }),
  ),
});

export const learnShape = z.object({
  schema: z.literal("casus/learn@1"),
  provenance: provenanceShape,
  until: z.union([z.string(), z.null()]).describe("ISO date: nothing seen later counts"),
  motives: z.boolean().describe("whether motives were updated too"),
  floors: z.object({ worlds: z.number(), claim: z.number() }),
  note: z.string(),
  views: z.array(viewShape),
});

export function learnJson(findings: LearnFindings, provenance: Provenance): string {
  return writeFinding(learnShape, partsOfLearn(findings, provenance));
}

/** What the document is written from. */
export function partsOfLearn(findings: LearnFindings, provenance: Provenance): object {
  return {
    provenance: { ...provenance, ...findings.setup },
    until: findings.request.untilDate,
    motives: findings.request.motives,
    floors: { worlds: leastWorlds, claim: leastOfClaim },
    note: "one course of events, inside this model",
    views: findings.views,
  };
}
