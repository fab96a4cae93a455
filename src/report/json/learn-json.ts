/** Writes what `casus learn` found as `casus/learn@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { LearnFindings, Learnt } from "#analysis/record/learn.ts";
import { leastOfClaim, leastWorlds } from "#analysis/record/posteriors.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { choicesShape, figure, finite, provenanceDocument, provenanceShape, unitName, written } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const toldShape = z.object({ value: figure, se: figure });
const marginShape = z.object({ margin: figure, se: figure, verdict: z.enum(verdicts) });
const predictedShape = z.object({
  below: figure.describe("of a truth its chance, of a point what is predicted below it"),
  range: z.union([z.array(figure), z.null()]).describe("central 90 % of what is predicted, errors included"),
});

const viewShape = z.object({
  view: z.string(),
  label: z.string(),
  evidence: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      statement: z.string().describe("as written in the case"),
      effectiveWithout: figure.describe("effective worlds if all but this one counted"),
      logPredictive: figure.describe("log of its chance, or density, given the others"),
    }),
  ),
  course: choicesShape,
  worlds: z.number().int().describe("simulated runs behind the posterior"),
  drawnFrom: z
    .union([
      z.array(
        z.object({
          share: z.number(),
          credences: z.record(z.string(), z.array(z.number())).describe("by claim: of each of its rows"),
          tilts: z.record(z.string(), z.number()).describe("by unknown: s where its uniform has density 1 + s(2u - 1)"),
        }),
      ),
      z.null(),
    ])
    .describe("the mixture of laws the runs are drawn from and weighed against; null for the view's own law"),
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
  claims: z.array(
    z.object({
      claim: z.string(),
      prior: figure,
      posterior: toldShape.describe("its error counts how few effective worlds stand on the rarer side"),
      effective: z.number().describe("effective worlds on the claim's rarer side"),
      held: z.boolean().describe("a motive, kept at its prior"),
      movedBy: z.record(z.string(), figure).describe("by observation: with all less without this one"),
    }),
  ),
  unknowns: z.array(
    z.object({
      unknown: z.string(),
      unit: z.string(),
      prior: z.array(figure).describe("5, 50 and 95 % points, in `unit`"),
      posterior: z.array(figure),
      shift: figure.describe("the median's move in standard deviations of the prior"),
    }),
  ),
  outcomes: z.array(
    z.object({
      outcome: z.string(),
      unit: z.string(),
      truth: z.boolean(),
      prior: toldShape,
      posterior: toldShape.describe("on runs held to what was observed"),
    }),
  ),
  conclusions: z.array(
    z.object({
      conclusion: z.string(),
      unit: z.string(),
      threshold: z.number(),
      prior: marginShape.extend({
        low: figure.describe("where the margin lies, as casus run has it"),
        high: figure,
        worlds: z.number().int().describe("worlds run in each situation that is compared"),
      }),
      posterior: marginShape,
    }),
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

type ViewDocument = z.infer<typeof viewShape>;

export function learnJson(findings: LearnFindings, provenance: Provenance): string {
  return written(learnDocument(findings, provenance));
}

export function learnDocument(findings: LearnFindings, provenance: Provenance): z.infer<typeof learnShape> {
  return {
    schema: "casus/learn@1",
    provenance: provenanceDocument(provenance, findings.setup),
    until: findings.request.untilDate,
    motives: findings.request.motives,
    floors: { worlds: leastWorlds, claim: leastOfClaim },
    note: "one war, inside this model",
    views: findings.views.map(viewDocument),
  };
}

const told = ({ value, se }: { readonly value: number; readonly se: number }): z.infer<typeof toldShape> => ({
  value: finite(value),
  se: finite(se),
});

function viewDocument(v: Learnt): ViewDocument {
  return {
    view: v.view,
    label: v.label,
    evidence: v.evidence.map((e) => ({
      name: e.name,
      label: e.label,
      statement: e.text,
      effectiveWithout: finite(e.effectiveWithout),
      logPredictive: finite(e.logPredictive),
    })),
    course: { ...v.course.choices },
    worlds: v.worlds,
    drawnFrom:
      v.proposal === null
        ? null
        : v.proposal.map((part) => ({
            share: part.share,
            credences: Object.fromEntries(
              Object.entries(part.credences).map(([claim, rows]) => [claim, rows.map((row) => row.credence)]),
            ),
            tilts: { ...part.tilts },
          })),
    effective: v.effective,
    logEvidence: finite(v.logEvidence),
    lost: v.lost,
    refusal:
      v.refusal === null
        ? null
        : { floor: v.refusal.floor, worldsNeeded: v.refusal.worldsNeeded, hardest: v.refusal.hardest },
    hindsight: [...v.hindsight],
    claims: v.claims.map((c) => ({
      claim: c.claim,
      prior: finite(c.prior),
      posterior: told(c.posterior),
      effective: c.effective,
      held: c.isHeld,
      movedBy: Object.fromEntries(v.evidence.map((e, i) => [e.name, finite(c.moved[i] ?? Number.NaN)])),
    })),
    unknowns: v.unknowns.map((u) => ({
      unknown: u.unknown,
      unit: unitName(u.unit.label),
      prior: u.prior.map((x) => finite(x / u.unit.factor)),
      posterior: u.posterior.map((x) => finite(x / u.unit.factor)),
      shift: finite(u.shift),
    })),
    outcomes: v.outcomes.map((o) => {
      const inUnit = (x: typeof o.prior): typeof o.prior => ({
        value: x.value / o.unit.factor,
        se: x.se / o.unit.factor,
      });
      return {
        outcome: o.outcome,
        unit: unitName(o.unit.label),
        truth: o.isTruth,
        prior: told(inUnit(o.prior)),
        posterior: told(inUnit(o.posterior)),
      };
    }),
    conclusions: v.conclusions.map((c) => {
      const by = c.unit.factor;
      const inUnit = (x: typeof c.posterior): z.infer<typeof marginShape> => ({
        margin: finite(x.margin / by),
        se: finite(x.se / by),
        verdict: x.verdict,
      });
      return {
        conclusion: c.conclusion,
        unit: unitName(c.unit.label),
        threshold: c.threshold / c.unit.factor,
        prior: {
          ...inUnit(c.prior),
          low: finite(c.prior.low / by),
          high: finite(c.prior.high / by),
          worlds: c.prior.worlds,
        },
        posterior: inUnit(c.posterior),
      };
    }),
    checks: v.checks.map((c) => {
      const predicted = (p: typeof c.prior): z.infer<typeof predictedShape> => ({
        below: finite(p.below),
        range: p.range === null ? null : p.range.map(finite),
      });
      return {
        evidence: c.evidence,
        time: c.time,
        observed: finite(c.observed),
        prior: predicted(c.prior),
        posterior: c.posterior === null ? null : predicted(c.posterior),
      };
    }),
  };
}
