/** Writes what records say of claims, as part of `casus/test@1`. */

import { z } from "zod";
import { recordVerdicts, type RecordFigureFinding, type RecordTestFinding } from "#analysis/record/record-tests.ts";
import { from } from "./codec.ts";
import { figure } from "./json.ts";
import { recordSentences, recordVerdictSentence } from "../words/record-words.ts";

const intervalShape = z.object({ low: figure, high: figure });

const turnedShape = z.object({
  text: z.string(),
  count: z.number(),
  of: z.number(),
  share: figure,
  exact: intervalShape,
});

type Told = RecordFigureFinding;
type TwoGroups = NonNullable<RecordTestFinding["groups"]>;

const figureShape = z.object({
  text: z.string().describe("as written in the case"),
  statistic: z.enum(["share", "rate", "survival", "incidence"]),
  value: figure.describe("in base units"),
  events: from((f: Told) => f.tally.events, z.number()),
  of: from((f: Told) => f.tally.of, z.number().describe("cases, or for a rate the time watched")),
  missing: from((f: Told) => f.tally.missing, z.number().int().describe("rows left out: blank where it reads")),
  unfit: from(
    (f: Told) => f.tally.unfit,
    z.number().int().describe("rows left out: watched for a time below zero, or too large to be counted"),
  ),
  watchedUntil: z
    .union([z.number(), z.null()])
    .describe("the longest watch, where the figure is asked of a later time and not known"),
  effective: from(
    ({ clustering, tally }: Told) => (clustering === null ? null : clustering.factor * tally.cases),
    z.union([z.number(), z.null()]).describe("what the cases are worth on their own; null where none come in clusters"),
  ),
  interval: intervalShape.describe("95 %: exact for shares and rates, log(-log) for survival and incidence"),
  wilson: from((f: Told) => f.share?.wilson ?? null, z.union([intervalShape, z.null()])),
  jeffreys: z.union([intervalShape, z.null()]),
  se: figure,
  codings: from(
    (f: Told) => f.range,
    z
      .union([z.object({ low: figure, high: figure, codings: z.number(), disputed: z.number().int() }), z.null()])
      .describe("range over every coding of the disputed cases; null where none is disputed, or it is not told"),
  ),
  turned: from(
    ({ turned }: Told) => (turned === null ? null : { ...turned.share, text: turned.text }),
    z.union([turnedShape, z.null()]).describe("the other conditional"),
  ),
  clusters: from(
    ({ bootstrap }: Told) => (bootstrap === null ? null : { ...bootstrap.interval, clusters: bootstrap.clusters }),
    z.union([intervalShape.extend({ clusters: z.number().int() }), z.null()]).describe("bootstrap over clusters"),
  ),
});

export const recordTestShape = z.object({
  name: z.string(),
  claim: from((t: RecordTestFinding) => t.of, z.string()),
  record: z.string(),
  sources: from((t: RecordTestFinding) => t.citations, z.array(z.string())),
  text: from((t: RecordTestFinding) => t.label, z.string().describe("what is asked, in words")),
  statement: from((t: RecordTestFinding) => t.text, z.string().describe("as written in the case")),
  verdict: z.enum(recordVerdicts),
  sentences: from(
    (t: RecordTestFinding) => [recordVerdictSentence(t), ...recordSentences(t)],
    z.array(z.string()).describe("the verdict and its grounds, as printed"),
  ),
  notes: z.array(z.string()),
  margin: figure.describe("positive where it supports the statement, in base units"),
  threshold: z.number(),
  figures: z.array(figureShape),
  groups: z.union([
    z.object({
      difference: figure,
      interval: from((g: TwoGroups) => g.differenceInterval, intervalShape),
      ratio: figure,
      ratioInterval: intervalShape,
      fisher: from((g: TwoGroups) => g.p, z.number()),
    }),
    z.null(),
  ]),
  logRank: z.union([z.object({ chiSquared: z.number(), p: z.number() }), z.null()]),
  asserted: z.union([
    z.object({
      direction: z.enum(["at least", "at most"]),
      figure: z.number(),
      bayesFactor: figure,
      chance: figure.describe("posterior chance that it holds, from a flat prior"),
      withheld: z.union([z.string(), z.null()]),
    }),
    z.null(),
  ]),
});
