/** Writes what `casus run` found as `casus/run@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { ConclusionFinding } from "#analysis/verdicts/conclusions.ts";
import type { ProfileFinding, RunFindings } from "#analysis/findings/findings.ts";
import type { OutcomeFinding, OutcomeHead } from "#analysis/outcomes/outcomes.ts";
import type { NotRun } from "#analysis/findings/not-run.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { bits, exactRuns } from "#ensemble/tally/tally-settings.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import type { Model, Unit } from "#model/model.ts";
import { builtInDocument, builtInShape, comparisonDocument, comparisonShape } from "./comparison-json.ts";
import {
  choicesShape,
  figure,
  finite,
  provenanceDocument,
  provenanceShape,
  summaryShape,
  unitName,
  written,
} from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const outcomeShape = summaryShape.extend({
  kind: z.enum(["truth", "category", "quantity"]).describe("a truth's mean is its chance; a category has shares"),
  label: z.string(),
  shares: z
    .record(z.string(), z.object({ chance: figure, se: figure }))
    .describe("of a category: the chance of each word")
    .optional(),
});

const seriesShape = z
  .object({
    unit: z.string(),
    time: z.array(z.number()).describe("in the unit of `time`, from its start"),
    q05: z.array(figure),
    q25: z.array(figure),
    q50: z.array(figure),
    q75: z.array(figure),
    q95: z.array(figure),
  })
  .describe("quantiles over simulated runs at each time");

const profileShape = z.object({
  view: z.string(),
  choices: choicesShape,
  outcomes: z.record(z.string(), outcomeShape),
  series: z.record(z.string(), seriesShape).describe("the stocks and lets asked for with --series"),
  clamped: z.number().describe("share of run-steps in which a stock was held at an end of its range"),
});

const conclusionShape = comparisonShape.extend({
  name: z.string(),
  text: z.string().describe("what is concluded, in words"),
  of: z.array(z.string()).describe("claims it is a conclusion of"),
  mark: z.union([z.enum(["text", "inferred", "ours", "wiring"]), z.null()]).describe("whose conclusion it is"),
  view: z.string(),
  verdict: z.enum(verdicts),
  builtIn: builtInShape,
  held: z.array(z.object({ choice: z.string(), option: z.string(), because: z.string() })),
  beside: z
    .array(z.object({ situation: z.string(), outcomes: z.record(z.string(), outcomeShape) }))
    .describe("what stands beside the verdict in each situation it compares"),
});

export const runShape = z.object({
  schema: z.literal("casus/run@1"),
  provenance: provenanceShape,
  time: z
    .union([z.object({ unit: z.string(), start: z.union([z.string(), z.null()]), step: z.number() }), z.null()])
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
        outcomes: z.record(z.string(), z.object({ unknown: figure, luck: figure, se: figure })),
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
  return written(runDocument(model, findings, provenance, notRun));
}

export function runDocument(model: Model, findings: RunFindings, provenance: Provenance, notRun: NotRun): RunDocument {
  const { time } = model;
  return {
    schema: "casus/run@1",
    provenance: provenanceDocument(provenance, findings),
    time: time === null ? null : { unit: time.unit, start: time.start, step: time.dt },
    quantiles: findings.quantiles,
    profiles: findings.profiles.map((p) => profileDocument(model, findings.outcomes, p)),
    conclusions: findings.conclusions.map((c) => conclusionDocument(findings.outcomes, c)),
    spread: findings.spread.map(({ view, outcomes }) => ({
      view,
      outcomes: Object.fromEntries(
        outcomes.map((s) => [s.outcome, { unknown: finite(s.unknown), luck: finite(s.luck), se: finite(s.se) }]),
      ),
    })),
    notRun: { ...notRun },
  };
}

function profileDocument(
  model: Model,
  heads: readonly OutcomeHead[],
  { view, choices, outcomes, bands, clamped }: ProfileFinding,
): RunDocument["profiles"][number] {
  const series = bands.map((b) => {
    const unit = unitOf(model, b.name);
    const shown = (values: Float64Array): (number | null)[] => Array.from(values, (v) => finite(v / unit.factor));
    const told = {
      unit: unitName(unit.label),
      time: Array.from(b.q50, (_, n) => (model.time?.origin ?? 0) + n * (model.time?.dt ?? 0)),
      q05: shown(b.q05),
      q25: shown(b.q25),
      q50: shown(b.q50),
      q75: shown(b.q75),
      q95: shown(b.q95),
    };
    return [b.name, told] as const;
  });
  return {
    view,
    choices: { ...choices },
    outcomes: outcomesDocument(heads, outcomes),
    series: Object.fromEntries(series),
    clamped,
  };
}

function unitOf(model: Model, name: string): Pick<Unit, "label" | "factor"> {
  const found = [...model.stocks, ...model.lets].find((t) => t.name === name);
  return found?.unit ?? { label: "", factor: 1 };
}

function outcomesDocument(
  heads: readonly OutcomeHead[],
  found: readonly OutcomeFinding[],
): RunDocument["profiles"][number]["outcomes"] {
  return Object.fromEntries(
    found.flatMap((o) => {
      const head = heads.find((h) => h.name === o.name);
      return head === undefined ? [] : [[o.name, outcomeDocument(head, o)]];
    }),
  );
}

/** In the outcome's own unit. The places of a category's words mean nothing, so it has shares alone. */
function outcomeDocument(
  head: OutcomeHead,
  { summary, shares }: OutcomeFinding,
): RunDocument["profiles"][number]["outcomes"][string] {
  const { kind, label, unit } = head;
  if (kind === "category") {
    const none = { mean: null, se: null, q05: null, q25: null, q50: null, q75: null, q95: null };
    const told = shares.map((s) => [s.word, { chance: finite(s.chance), se: finite(s.se) }] as const);
    return { kind, label, unit: "word", ...none, shares: Object.fromEntries(told) };
  }
  const shown = (value: number): number | null => finite(value / unit.factor);
  const { mean, se, q05, q25, q50, q75, q95 } = summary;
  return {
    kind,
    label,
    unit: kind === "truth" ? "share" : unitName(unit.label),
    mean: shown(mean),
    se: shown(se),
    q05: shown(q05),
    q25: shown(q25),
    q50: shown(q50),
    q75: shown(q75),
    q95: shown(q95),
  };
}

function conclusionDocument(heads: readonly OutcomeHead[], c: ConclusionFinding): RunDocument["conclusions"][number] {
  return {
    name: c.name,
    text: c.label,
    verdict: c.verdict,
    builtIn: builtInDocument(c.builtIn),
    ...comparisonDocument(c.comparison),
    of: [...c.of],
    mark: c.mark,
    view: c.view,
    held: c.held.map((h) => ({ choice: h.choice, option: h.option, because: h.because })),
    beside: c.beside.map((b) => ({
      situation: wholeSituation(b.situation),
      outcomes: outcomesDocument(heads, b.outcomes),
    })),
  };
}
