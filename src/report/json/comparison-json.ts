/** Writes a comparison of figures: margin, threshold and error in one unit, and each figure with its runs. */

import { z } from "zod";
import type { ComparisonFinding, FigureFinding } from "#analysis/figures/figures.ts";
import type { BuiltIn } from "#analysis/answers/built-in.ts";
import { distanceFromLine, verdicts } from "#analysis/verdicts/verdict.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { from, inUnitOf, scaled } from "./codec.ts";
import { figure, inOwnUnit, unitName, unitShape } from "./json.ts";
import { refusalText } from "../words/words.ts";

/** A share is written as a fraction of 1, whatever the case shows it in. */
const isPercent = ({ unit }: FigureFinding): boolean => unit.label === "%";

const figureShape = inUnitOf(
  (f: FigureFinding) => (isPercent(f) ? 1 : f.unit.factor),
  z.object({
    text: z.string().describe("as written in the case"),
    statistic: z.enum(["chance", "mean", "median", "quantile"]),
    unit: from((f: FigureFinding) => (isPercent(f) ? "share" : unitName(f.unit.label)), z.string()),
    value: scaled(figure.describe("in `unit`")),
    se: scaled(figure.describe("standard error, in `unit`")),
    runs: z.number().int().describe("runs that count"),
    outOf: z.number().int().describe("runs in all"),
    situation: from((f: FigureFinding) => wholeSituation(f.situation), z.string().describe("what was fixed")),
    conditionedInside: from(
      (f: FigureFinding) => f.givenIsInside,
      z.boolean().describe("conditions on what happens inside the model: not what bringing it about would do"),
    ),
  }),
);

/** Fields of a comparison, for the documents that have one among other fields; what they are in needs `inOwnUnit` around the whole. */
export const comparisonFields = z.object({
  statement: from((c: ComparisonFinding) => c.text, z.string().describe("as written in the case")),
  margin: scaled(figure.describe("positive where it supports the statement, in `unit`")),
  threshold: scaled(figure.describe("the margin that matters, in `unit`")),
  se: scaled(figure.describe("standard error of the margin over simulated runs, in `unit`")),
  low: scaled(figure.describe("where the margin lies for all that the verdict rests on, in `unit`: the lower end")),
  high: scaled(figure.describe("the upper end")),
  slack: scaled(figure.describe("how much worse it may be and still hold, in `unit`; 0 where a difference is claimed")),
  worlds: z.number().int().describe("runs of each situation that the margin rests on"),
  identical: from(
    (c: ComparisonFinding) => c.isEven,
    z.boolean().describe("both sides came out the same in every run"),
  ),
  opposite: z
    .union([z.number().int(), z.null()])
    .describe("runs in which one side less the other goes against the margin; null where it is no such comparison"),
  distance: from(
    (c: ComparisonFinding) => distanceFromLine(c.margin, c),
    scaled(figure.describe("from the margin to the nearest border between verdicts, in `unit`")),
  ),
  unit: unitShape,
  error: z.enum(["delta", "bootstrap"]).describe("how the error was had"),
  refusal: from(
    (c: ComparisonFinding) => (c.refusal === null ? null : refusalText(c.refusal)),
    z.union([z.string(), z.null()]).describe("why there is no margin"),
  ),
  figures: z.array(figureShape),
});

export const builtInShape = z
  .union([
    z.object({
      claims: z.array(z.string()).describe("that the two sides have otherwise"),
      runs: z.number().int().describe("of which none goes the other way"),
      bySigns: from((b: BuiltIn) => b.isBySigns, z.boolean().describe("whether the signs of the equations say so too")),
    }),
    z.null(),
  ])
  .describe("where the direction follows from the wiring, so that only its size is a finding");

/** What a verdict depends on that nobody named. */
export const turningFields = {
  turning: z
    .array(
      z.object({
        choice: z.string(),
        option: z.string().describe("the option it is held at"),
        instead: z.string().describe("where it would have to stand"),
        verdict: z.enum(verdicts),
        comparison: inOwnUnit(comparisonFields),
      }),
    )
    .describe("options of choices held fixed that turn the verdict"),
  tried: z.number().int().describe("options of choices held fixed that were tried"),
  withoutClaims: z
    .union([
      inOwnUnit(comparisonFields.pick({ margin: true, se: true, low: true, high: true, worlds: true, unit: true })),
      z.null(),
    ])
    .describe(
      "where it holds with every claim off as well, so that it does not rest on the argument: what is found then",
    ),
};
