/** Writes what `casus report` found as `casus/report@1`: what `casus/run@1` has, with the curves and the sentences. */

import { z } from "zod";
import type { ReportFindings } from "#analysis/findings/report-findings.ts";
import type { Resting } from "#analysis/findings/resting.ts";
import { dateText } from "#model/units/dates.ts";
import type { Model } from "#model/model.ts";
import { notRunOf } from "#analysis/findings/not-run.ts";
import { explainDocument, explainShape, flipDocument, flipShape, marginDocument, marginShape } from "./explain-json.ts";
import { learnDocument, learnShape } from "./learn-json.ts";
import { playDocument, playShape } from "./play-json.ts";
import { scoreDocument, scoreShape } from "./score-json.ts";
import { choicesShape, figure, finite, written } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";
import { runDocument, runShape } from "./run-json.ts";
import { sayBox, verdictSentence } from "../words/sentences.ts";

const curveShape = z.object({
  outcome: z.string().describe("the outcome that it is the happening of"),
  view: z.string(),
  choices: choicesShape,
  runs: z.number().int(),
  time: z.array(z.number()).describe("in the unit of `time`, from its start"),
  chance: z.array(figure).describe("share of simulated runs in which it has happened by then"),
  se: z.array(figure),
});

const nothing = z.null();

const restsShape = z
  .object({
    conclusion: z.string(),
    view: z.string(),
    all: marginShape,
    none: marginShape.describe("with every claim off"),
    shares: z
      .array(z.object({ claim: z.string(), share: figure, se: figure }))
      .describe("what each claim contributes, in the unit of the conclusion"),
    turns: z
      .array(z.object({ claim: z.string(), credences: z.array(z.number()) }))
      .describe("claims that turn the verdict alone, and where"),
  })
  .describe("what a conclusion rests on under a view");

export const reportShape = runShape.extend({
  schema: z.literal("casus/report@1"),
  curves: z.array(curveShape),
  leading: z.union([z.string(), nothing]).describe("the conclusion that is gone into"),
  contributions: z.union([explainShape, nothing]).describe("what carries it, as casus explain tells it"),
  flips: z.union([flipShape, nothing]).describe("what would reverse it, as casus flip tells it"),
  rests: z.array(restsShape).describe("the other conclusions that were asked for"),
  game: z.union([playShape, nothing]).describe("the choices solved as a game, as casus play tells it"),
  scores: z.union([scoreShape, nothing]).describe("how the forecasts fared, as casus score tells it"),
  learnt: z.union([learnShape, nothing]).describe("what has been seen since, as casus learn tells it"),
  leftOut: z.array(z.object({ what: z.string(), why: z.string() })).describe("what was not found, and why"),
  sentences: z.array(z.object({ conclusion: z.string(), view: z.string(), text: z.string() })),
  say: z.object({ safe: z.array(z.string()), notSupported: z.array(z.string()) }),
});

export type ReportDocumentJson = z.infer<typeof reportShape>;

export function reportJson(model: Model, { run, curves, further }: ReportFindings, provenance: Provenance): string {
  const origin = model.time?.origin ?? 0;
  const { safe, notSupported } = sayBox(run);
  const { carries, reverses, game, scores, learnt, scenarios, jitter } = further;
  const dateOf = (time: number): string => dateText(model.time, time);
  const document: ReportDocumentJson = {
    ...runDocument(model, run, provenance, notRunOf(model)),
    schema: "casus/report@1",
    curves: curves.flatMap(({ outcome, curves: all }) =>
      all.map((c) => ({
        outcome,
        view: c.view,
        choices: { ...c.choices },
        runs: c.runs,
        time: Array.from(c.times, (t) => origin + t),
        chance: Array.from(c.chance, finite),
        se: Array.from(c.se, finite),
      })),
    ),
    leading: further.leading,
    contributions: carries === null ? null : explainDocument(carries, provenance, jitter === null ? null : [jitter]),
    flips: reverses === null ? null : flipDocument(reverses, provenance, scenarios === null ? null : [scenarios]),
    rests: further.resting.map(restsDocument),
    game: game === null ? null : playDocument(game, provenance),
    scores: scores === null ? null : scoreDocument(scores, provenance, dateOf),
    learnt: learnt === null ? null : learnDocument(learnt, provenance),
    leftOut: further.leftOut.map((l) => ({ ...l })),
    sentences: run.conclusions.map((c) => ({ conclusion: c.name, view: c.view, text: verdictSentence(model, run, c) })),
    say: { safe: [...safe], notSupported: [...notSupported] },
  };
  return written(document);
}

function restsDocument({ target, view, carried, turned }: Resting): z.infer<typeof restsShape> {
  const by = target.unit.factor;
  return {
    conclusion: target.name,
    view,
    all: marginDocument(carried.all, by),
    none: marginDocument(carried.none, by),
    shares: carried.shares.map((s) => ({ claim: s.claim, share: finite(s.share / by), se: finite(s.se / by) })),
    turns: turned
      .filter((t) => !t.thin && t.points.length > 0)
      .map((t) => ({ claim: t.claim, credences: t.points.map((x) => x.credence) })),
  };
}
