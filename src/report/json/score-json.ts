/** Scored forecasts as `casus/score@1`: one definition, from which both its JSON Schema and its documents are made. */

import { z } from "zod";
import type { ForecastFinding, ScoreFindings } from "#analysis/record/score.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { from, writeFinding } from "./codec.ts";
import { figure, provenanceShape } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const states = ["open", "came true", "came false", "condition not met", "not asserted", "not scorable"] as const;
const chanceShape = z.object({ value: figure, se: figure });
const intervalShape = z.object({ low: figure, high: figure });

/** A forecast laid down: what `casus score --freeze` writes into the case's folder. */
const frozenShape = z.object({
  name: z.string(),
  fingerprint: z.string(),
  caseHash: z.string(),
  on: z.string().describe("ISO date"),
  reading: z.union([z.number(), z.null()]),
  base: z.number(),
  views: z
    .record(z.string(), z.number())
    .describe("after what the view counts as seen by then, where it counts anything"),
  untold: z.record(z.string(), z.string()).optional().describe("by view that has no chance here: why"),
  evidence: z.array(z.string()).optional().describe("observations that were counted"),
});

export const frozenFileShape = z.object({ schema: z.literal("casus/frozen@1"), forecasts: z.array(frozenShape) });

export const scoreShape = z.object({
  schema: z.literal("casus/score@1"),
  provenance: provenanceShape,
  settled: z.number().int(),
  independent: z.number().int().describe("claims among the settled forecasts: those of one claim are not independent"),
  hindsight: z.array(z.string()).describe("unknowns known only after the case's own date"),
  undated: z.number().int().describe("unknowns without a date by which they were known"),
  uncounted: z
    .array(z.string())
    .describe("observations that a view counts: the chances here are those before them, but for what was laid down"),
  forecasts: z.array(
    z.object({
      name: z.string(),
      claim: z.string(),
      text: from((f: ForecastFinding) => f.label, z.string()),
      statement: from((f: ForecastFinding) => f.text, z.string().describe("as written in the case")),
      by: z.string(),
      situation: from((f: ForecastFinding) => wholeSituation(f.situation), z.string().describe("what was fixed")),
      state: z.enum(states),
      resolvedOn: z.union([z.string(), z.null()]),
      reason: z.union([z.string(), z.null()]),
      reading: figure.describe("the modeller's reading of the text"),
      base: chanceShape.describe("with every claim off"),
      views: from(
        (f: ForecastFinding) => Object.fromEntries(f.views.map((v) => [v.view, v.chance])),
        z.record(z.string(), chanceShape),
      ),
      frozen: z.union([frozenShape, z.null()]),
      changed: from(
        (f: ForecastFinding) => f.isChanged,
        z.boolean().describe("worded otherwise since it was laid down: a new forecast"),
      ),
    }),
  ),
  scores: z.array(
    z.object({
      source: z.string(),
      label: z.string(),
      kind: z.enum(["reading", "view", "base"]),
      scored: z.number().int(),
      brier: figure,
      brierError: figure.describe("one standard error of the Brier score, since chances are had from runs"),
      logScoreError: figure,
      logScore: figure.describe("null where something said to be impossible happened"),
      skill: figure.describe("1 - Brier / Brier of the base rates"),
      skillError: figure.describe("one standard error of the skill, from those of both scores"),
      decomposition: z.union([
        z.object({ reliability: z.number(), resolution: z.number(), uncertainty: z.number() }),
        z.null(),
      ]),
      calibration: z.union([
        z.array(
          z.object({
            low: z.number(),
            high: z.number(),
            forecasts: z.number().int(),
            came: z.number().int(),
            meanChance: z.number(),
            share: z.number(),
            interval: intervalShape,
          }),
        ),
        z.null(),
      ]),
    }),
  ),
});

export function scoreJson(findings: ScoreFindings, provenance: Provenance, dateOf: (time: number) => string): string {
  return writeFinding(scoreShape, partsOfScore(findings, provenance, dateOf));
}

/** What the document is written from. */
export function partsOfScore(
  findings: ScoreFindings,
  provenance: Provenance,
  dateOf: (time: number) => string,
): object {
  return {
    ...findings,
    provenance: { ...provenance, ...findings.setup },
    forecasts: findings.forecasts.map((f) => ({ ...f, by: dateOf(f.by) })),
  };
}
