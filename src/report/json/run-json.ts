/** Writes what `casus run` found as `casus/run@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import type { RunFindings } from "#analysis/findings/findings.ts";
import type { OutcomeFinding, OutcomeHead } from "#analysis/outcomes/outcomes.ts";
import type { NotRun } from "#analysis/findings/not-run.ts";
import { wholeSituation, type Situation } from "#ensemble/situation.ts";
import { bits, exactRuns } from "#ensemble/tally/tally-settings.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import type { Model, Unit } from "#model/model.ts";
import { encodeFinding, from, scaled, writeFinding } from "./codec.ts";
import { builtInShape, comparisonFields, turningFields } from "./comparison-json.ts";
import { choicesShape, figure, heldShape, inOwnUnit, provenanceShape, summaryShape, unitShape } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const outcomeShape = inOwnUnit(
  summaryShape.extend({
    kind: z.enum(["truth", "category", "quantity"]).describe("a truth's mean is its chance; a category has shares"),
    label: z.string(),
    shares: z
      .record(z.string(), z.object({ chance: figure, se: figure }))
      .describe("of a category: the chance of each word")
      .optional(),
  }),
);

const scaledFigures = scaled(z.array(figure));

const seriesShape = inOwnUnit(
  z
    .object({
      unit: unitShape,
      time: z.array(z.number()).describe("in the unit of `time`, from its start"),
      q05: scaledFigures,
      q25: scaledFigures,
      q50: scaledFigures,
      q75: scaledFigures,
      q95: scaledFigures,
    })
    .describe("quantiles over simulated runs at each time"),
);

const profileShape = z.object({
  view: z.string(),
  choices: choicesShape,
  outcomes: z.record(z.string(), outcomeShape),
  series: z.record(z.string(), seriesShape).describe("the stocks and lets asked for with --series"),
  clamped: z.number().describe("share of run-steps in which a stock was held at an end of its range"),
});

const conclusionShape = inOwnUnit(
  comparisonFields.extend({
    name: z.string(),
    text: from((c: ConclusionFinding) => c.label, z.string().describe("what is concluded, in words")),
    of: z.array(z.string()).describe("claims it is a conclusion of"),
    mark: z.union([z.enum(["text", "inferred", "ours", "wiring"]), z.null()]).describe("whose conclusion it is"),
    view: z.string(),
    verdict: z.enum(verdicts),
    builtIn: builtInShape,
    ...turningFields,
    held: z.array(heldShape),
    beside: z
      .array(
        z.object({
          situation: from((b: { readonly situation: Situation }) => wholeSituation(b.situation), z.string()),
          outcomes: z.record(z.string(), outcomeShape),
        }),
      )
      .describe("outcomes that are always shown with the verdict, in each situation it compares"),
  }),
);

export const runShape = z.object({
  schema: z.literal("casus/run@1"),
  provenance: provenanceShape,
  time: z
    .union([
      z.object({
        unit: z.string(),
        start: z.union([z.string(), z.null()]),
        step: from((t: NonNullable<Model["time"]>) => t.dt, z.number()),
      }),
      z.null(),
    ])
    .describe("the case's clock: start is an ISO date, or null without a calendar; null for a case without time"),
  quantiles: z
    .enum(["exact", "counted"])
    .describe(
      `counted (above ${exactRuns} worlds): from counts in buckets of 1/${2 ** bits.ranked} of the middle 90 % of runs, or of a value's distance from their middle; at each time of a series 1/${2 ** bits.series}`,
    ),
  profiles: z.array(profileShape),
  conclusions: z.array(conclusionShape),
  spread: z
    .array(
      z.object({
        view: z.string(),
        outcomes: from(
          ({ outcomes }: RunFindings["spread"][number]) => Object.fromEntries(outcomes.map((s) => [s.outcome, s])),
          z.record(z.string(), z.object({ unknown: figure, luck: figure, se: figure })),
        ),
      }),
    )
    .describe("in the first profile: the parts of each outcome's variance that are not known, and that are luck"),
  notRun: z
    .object({
      records: z.number().int(),
      tests: z.number().int(),
      evidence: z.number().int(),
      forecasts: z.number().int(),
      players: z.number().int(),
    })
    .describe("what the case declares and this verb does not use, counted"),
});

export type RunDocument = z.infer<typeof runShape>;

export function runJson(model: Model, findings: RunFindings, provenance: Provenance, notRun: NotRun): string {
  return writeFinding(runShape, partsOfRun(model, findings, provenance, notRun));
}

export function runDocument(model: Model, findings: RunFindings, provenance: Provenance, notRun: NotRun): RunDocument {
  return encodeFinding(runShape, partsOfRun(model, findings, provenance, notRun));
}

/** What the document is written from: outcomes and series joined with their heads and units. */
export function partsOfRun(model: Model, findings: RunFindings, provenance: Provenance, notRun: NotRun): object {
  const { time } = model;
  const series = [...model.stocks, ...model.lets];
  const unitOf = (name: string): Pick<Unit, "label" | "factor"> =>
    series.find((t) => t.name === name)?.unit ?? { label: "", factor: 1 };
  return {
    ...findings,
    provenance: { ...provenance, ...findings },
    time,
    profiles: findings.profiles.map((p) => ({
      ...p,
      outcomes: withHeads(findings.outcomes, p.outcomes),
      series: Object.fromEntries(
        p.bands.map((b) => {
          const times = Array.from(b.q50, (_, n) => (time?.origin ?? 0) + n * (time?.dt ?? 0));
          return [b.name, { ...b, unit: unitOf(b.name), time: times }];
        }),
      ),
    })),
    conclusions: findings.conclusions.map((c) => ({
      ...c.comparison,
      ...c,
      beside: c.beside.map((b) => ({ ...b, outcomes: withHeads(findings.outcomes, b.outcomes) })),
    })),
    notRun,
  };
}

/** The places of a category's words mean nothing: it has shares alone. */
const noSummary = {
  mean: Number.NaN,
  se: Number.NaN,
  q05: Number.NaN,
  q25: Number.NaN,
  q50: Number.NaN,
  q75: Number.NaN,
  q95: Number.NaN,
  q05Se: Number.NaN,
  q25Se: Number.NaN,
  q50Se: Number.NaN,
  q75Se: Number.NaN,
  q95Se: Number.NaN,
};

/** By name. */
function withHeads(heads: readonly OutcomeHead[], found: readonly OutcomeFinding[]): Readonly<Record<string, object>> {
  return Object.fromEntries(
    found.flatMap(({ name, summary, shares }): (readonly [string, object])[] => {
      const head = heads.find((h) => h.name === name);
      if (head === undefined) return [];
      if (head.kind === "category") {
        const byWord = Object.fromEntries(shares.map((s) => [s.word, s]));
        return [[name, { ...head, ...noSummary, unit: { label: "word", factor: 1 }, shares: byWord }]];
      }
      const unit = head.kind === "truth" ? { ...head.unit, label: "share" } : head.unit;
      return [[name, { ...head, ...summary, unit }]];
    }),
  );
}
