/** Writes a comparison of figures: margin, threshold and error in one unit, and each figure with its runs. */

import { z } from "zod";
import type { ComparisonFinding } from "#analysis/figures/figures.ts";
import type { BuiltIn } from "#analysis/answers/built-in.ts";
import type { TurningOption } from "#analysis/answers/turning-options.ts";
import { distanceFromLine, verdicts } from "#analysis/verdicts/verdict.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { figure, finite, unitName } from "./json.ts";
import { refusalText } from "../words/words.ts";

const figureShape = z.object({
  text: z.string().describe("as written in the case"),
  statistic: z.enum(["chance", "mean", "median", "quantile"]),
  unit: z.string(),
  value: figure.describe("in `unit`"),
  se: figure.describe("standard error, in `unit`"),
  runs: z.number().int().describe("runs that count"),
  outOf: z.number().int().describe("runs in all"),
  situation: z.string().describe("what was fixed"),
  conditionedInside: z
    .boolean()
    .describe("conditions on what happens inside the model: not what bringing it about would do"),
});

export const comparisonShape = z.object({
  statement: z.string().describe("as written in the case"),
  margin: figure.describe("positive where it supports the statement, in `unit`"),
  threshold: figure.describe("the margin that matters, in `unit`"),
  se: figure.describe("standard error of the margin over simulated runs, in `unit`"),
  low: figure.describe("where the margin lies for all that the verdict rests on, in `unit`: the lower end"),
  high: figure.describe("the upper end"),
  slack: figure.describe("how much worse it may be and still hold, in `unit`; 0 where a difference is claimed"),
  worlds: z.number().int().describe("runs of each situation that the margin rests on"),
  identical: z.boolean().describe("both sides came out the same in every run"),
  opposite: z
    .union([z.number().int(), z.null()])
    .describe("runs in which one side less the other goes against the margin; null where it is no such comparison"),
  distance: figure.describe("from the margin to the nearest border between verdicts, in `unit`"),
  unit: z.string(),
  error: z.enum(["delta", "bootstrap"]).describe("how the error was had"),
  refusal: z.union([z.string(), z.null()]).describe("why there is no margin"),
  figures: z.array(figureShape),
});

export function comparisonDocument(c: ComparisonFinding): z.infer<typeof comparisonShape> {
  const shown = (value: number): number | null => finite(value / c.unit.factor);
  return {
    statement: c.text,
    margin: shown(c.margin),
    threshold: shown(c.threshold),
    se: shown(c.se),
    low: shown(c.low),
    high: shown(c.high),
    slack: shown(c.slack),
    worlds: c.worlds,
    identical: c.isEven,
    opposite: c.opposite,
    distance: shown(distanceFromLine(c.margin, c)),
    unit: unitName(c.unit.label),
    error: c.error,
    refusal: c.refusal === null ? null : refusalText(c.refusal),
    figures: c.figures.map((f) => ({
      text: f.text,
      statistic: f.statistic,
      unit: f.unit.label === "%" ? "share" : unitName(f.unit.label),
      value: finite(f.unit.label === "%" ? f.value : f.value / f.unit.factor),
      se: finite(f.unit.label === "%" ? f.se : f.se / f.unit.factor),
      runs: f.runs,
      outOf: f.outOf,
      situation: wholeSituation(f.situation),
      conditionedInside: f.givenIsInside,
    })),
  };
}

export const builtInShape = z
  .union([
    z.object({
      claims: z.array(z.string()).describe("that the two sides have otherwise"),
      runs: z.number().int().describe("of which none goes the other way"),
      bySigns: z.boolean().describe("whether the signs of the equations say so too"),
    }),
    z.null(),
  ])
  .describe("where the direction follows from the wiring, so that only its size is a finding");

export function builtInDocument(b: BuiltIn | null): z.infer<typeof builtInShape> {
  return b === null ? null : { claims: [...b.claims], runs: b.runs, bySigns: b.isBySigns };
}

export const turningShape = z
  .array(
    z.object({
      choice: z.string(),
      option: z.string().describe("where it stands"),
      instead: z.string().describe("where it would have to stand"),
      verdict: z.enum(verdicts),
      comparison: comparisonShape,
    }),
  )
  .describe("options of choices held fixed that turn the verdict");

export function turningDocument(turning: readonly TurningOption[]): z.infer<typeof turningShape> {
  return turning.map(({ choice, option, instead, verdict, comparison }) => ({
    choice,
    option,
    instead,
    verdict,
    comparison: comparisonDocument(comparison),
  }));
}
