/** A comparison of figures in; its part of a document out: margin, threshold and error in one unit, and each figure with what it was had from. */

import { z } from "zod";
import type { ComparisonFinding } from "#analysis/figures/figures.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { figure, finite, unitName } from "./json.ts";
import { refusalText } from "../words.ts";

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
