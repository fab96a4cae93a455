/** Writes what records say of claims, as part of `casus/test@1`. */

import { z } from "zod";
import { recordVerdicts, type RecordFigureFinding, type RecordTestFinding } from "#analysis/record/record-tests.ts";
import { figure, finite } from "./json.ts";
import { recordSentences, recordVerdictSentence } from "../words/record-words.ts";

const intervalShape = z.object({ low: figure, high: figure });

const turnedShape = z.object({
  text: z.string(),
  count: z.number(),
  of: z.number(),
  share: figure,
  exact: intervalShape,
});

const figureShape = z.object({
  text: z.string().describe("as written in the case"),
  statistic: z.enum(["share", "rate", "survival", "incidence"]),
  value: figure.describe("in base units"),
  events: z.number(),
  of: z.number().describe("cases, or for a rate the time watched"),
  missing: z.number().int().describe("rows left out: blank where it reads"),
  unfit: z.number().int().describe("rows left out: watched for a time below zero"),
  watchedUntil: z
    .union([z.number(), z.null()])
    .describe("the longest watch, where the figure is asked of a later time and not known"),
  effective: z
    .union([z.number(), z.null()])
    .describe("what the cases are worth on their own; null where none come in clusters"),
  interval: intervalShape.describe("95 %: exact for shares and rates, log(-log) for survival and incidence"),
  wilson: z.union([intervalShape, z.null()]),
  jeffreys: z.union([intervalShape, z.null()]),
  se: figure,
  codings: z
    .union([z.object({ low: figure, high: figure, codings: z.number(), disputed: z.number().int() }), z.null()])
    .describe("range over every coding of the disputed cases; null where none is disputed, or it is not told"),
  turned: z.union([turnedShape, z.null()]).describe("the other conditional"),
  clusters: z
    .union([intervalShape.extend({ clusters: z.number().int() }), z.null()])
    .describe("bootstrap over clusters"),
});

export const recordTestShape = z.object({
  name: z.string(),
  claim: z.string(),
  record: z.string(),
  sources: z.array(z.string()),
  text: z.string().describe("what is asked, in words"),
  statement: z.string().describe("as written in the case"),
  verdict: z.enum(recordVerdicts),
  sentences: z.array(z.string()).describe("the verdict and its grounds, as printed"),
  notes: z.array(z.string()),
  margin: figure.describe("positive where it supports the statement, in base units"),
  threshold: z.number(),
  figures: z.array(figureShape),
  groups: z.union([
    z.object({
      difference: figure,
      interval: intervalShape,
      ratio: figure,
      ratioInterval: intervalShape,
      fisher: z.number(),
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

export type RecordTestDocument = z.infer<typeof recordTestShape>;

export function recordTestDocument(test: RecordTestFinding): RecordTestDocument {
  const { groups, logRank, asserted } = test;
  return {
    name: test.name,
    claim: test.of,
    record: test.record,
    sources: [...test.citations],
    text: test.label,
    statement: test.text,
    verdict: test.verdict,
    sentences: [recordVerdictSentence(test), ...recordSentences(test)],
    notes: [...test.notes],
    margin: finite(test.margin),
    threshold: test.threshold,
    figures: test.figures.map(figureDocument),
    groups:
      groups === null
        ? null
        : {
            difference: groups.difference,
            interval: interval(groups.differenceInterval),
            ratio: finite(groups.ratio),
            ratioInterval: interval(groups.ratioInterval),
            fisher: groups.p,
          },
    logRank: logRank === null ? null : { chiSquared: logRank.chiSquared, p: logRank.p },
    asserted:
      asserted === null
        ? null
        : {
            direction: asserted.direction,
            figure: asserted.figure,
            bayesFactor: asserted.bayesFactor === null ? null : finite(asserted.bayesFactor),
            chance: asserted.chance,
            withheld: asserted.withheld,
          },
  };
}

function figureDocument(f: RecordFigureFinding): RecordTestDocument["figures"][number] {
  const { tally, range, turned, bootstrap } = f;
  return {
    text: f.text,
    statistic: f.statistic,
    value: finite(f.value),
    events: tally.events,
    of: tally.of,
    missing: tally.missing,
    unfit: tally.unfit,
    watchedUntil: f.watchedUntil,
    effective: f.clustering === null ? null : f.clustering.factor * tally.cases,
    interval: interval(f.interval),
    wilson: f.share === null ? null : interval(f.share.wilson),
    jeffreys: f.jeffreys === null ? null : interval(f.jeffreys),
    se: f.se,
    codings:
      range === null ? null : { low: range.low, high: range.high, codings: range.codings, disputed: range.disputed },
    turned:
      turned === null
        ? null
        : {
            text: turned.text,
            count: turned.share.count,
            of: turned.share.of,
            share: finite(turned.share.share),
            exact: interval(turned.share.exact),
          },
    clusters: bootstrap === null ? null : { ...interval(bootstrap.interval), clusters: bootstrap.clusters },
  };
}

function interval({ low, high }: RecordFigureFinding["interval"]): { low: number | null; high: number | null } {
  return { low: finite(low), high: finite(high) };
}
