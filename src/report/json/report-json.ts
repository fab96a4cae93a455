/** Writes what `casus report` found as `casus/report@1`: what `casus/run@1` has, with the curves and the sentences. */

import { z } from "zod";
import type { ReportFindings } from "#analysis/findings/report-findings.ts";
import type { Resting } from "#analysis/findings/resting.ts";
import { dateText } from "#model/units/dates.ts";
import type { Model } from "#model/model.ts";
import { notRunOf } from "#analysis/findings/not-run.ts";
import type { ClaimFlip } from "#analysis/carries/flips.ts";
import { from, inUnitOf, scaled, writeFinding } from "./codec.ts";
import { explainShape, flipShape, marginShape, partsOfExplain, partsOfFlip } from "./explain-json.ts";
import { learnShape, partsOfLearn } from "./learn-json.ts";
import { partsOfPlay, playShape } from "./play-json.ts";
import { partsOfScore, scoreShape } from "./score-json.ts";
import { choicesShape, figure } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";
import { partsOfRun, runShape } from "./run-json.ts";
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

const restsShape = inUnitOf(
  ({ target }: Resting) => target.unit.factor,
  z
    .object({
      conclusion: from(({ target }: Resting) => target.name, z.string()),
      view: z.string(),
      all: from(({ carried }: Resting) => carried.all, marginShape),
      none: from(({ carried }: Resting) => carried.none, marginShape.describe("with every claim off")),
      shares: from(
        ({ carried }: Resting) => carried.shares,
        z
          .array(z.object({ claim: z.string(), share: scaled(figure), se: scaled(figure) }))
          .describe("what each claim contributes, in the unit of the conclusion"),
      ),
      turns: from(
        ({ turned }: Resting) => turned.filter((t) => !t.thin && t.points.length > 0),
        z
          .array(
            z.object({
              claim: z.string(),
              credences: from(({ points }: ClaimFlip) => points.map((p) => p.credence), z.array(z.number())),
            }),
          )
          .describe("claims that turn the verdict alone, and where"),
      ),
    })
    .describe("what a conclusion rests on under a view"),
);

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

export function reportJson(model: Model, { run, curves, further }: ReportFindings, provenance: Provenance): string {
  const origin = model.time?.origin ?? 0;
  const { carries, reverses, game, scores, learnt, scenarios, jitter } = further;
  return writeFinding(reportShape, {
    ...partsOfRun(model, run, provenance, notRunOf(model)),
    curves: curves.flatMap(({ outcome, curves: all }) =>
      all.map((c) => ({ ...c, outcome, time: Array.from(c.times, (t) => origin + t) })),
    ),
    leading: further.leading,
    contributions: carries === null ? null : partsOfExplain(carries, provenance, jitter === null ? null : [jitter]),
    flips: reverses === null ? null : partsOfFlip(reverses, provenance, scenarios === null ? null : [scenarios]),
    rests: further.resting,
    game: game === null ? null : partsOfPlay(game, provenance),
    scores: scores === null ? null : partsOfScore(scores, provenance, (time) => dateText(model.time, time)),
    learnt: learnt === null ? null : partsOfLearn(learnt, provenance),
    leftOut: further.leftOut,
    sentences: run.conclusions.map((c) => ({ conclusion: c.name, view: c.view, text: verdictSentence(model, run, c) })),
    say: sayBox(run),
  });
}
