/** What `casus report` found in; the document `casus/report@1` out: what `casus/run@1` tells, with the curves and the sentences. */

import { z } from "zod";
import type { ReportFindings } from "#analysis/report-findings.ts";
import type { Model } from "#model/model.ts";
import { notRunOf } from "#analysis/not-run.ts";
import { choicesShape, figure, finite, written } from "./json.ts";
import type { Provenance } from "./provenance.ts";
import { runDocument, runShape } from "./run-json.ts";
import { sayBox, verdictSentence } from "./sentences.ts";

const curveShape = z.object({
  outcome: z.string().describe("the outcome that it is the happening of"),
  view: z.string(),
  choices: choicesShape,
  runs: z.number().int(),
  time: z.array(z.number()).describe("in the unit of `time`, from its start"),
  chance: z.array(figure).describe("share of simulated runs in which it has happened by then"),
  se: z.array(figure),
});

export const reportShape = runShape.extend({
  schema: z.literal("casus/report@1"),
  curves: z.array(curveShape),
  sentences: z.array(z.object({ conclusion: z.string(), view: z.string(), text: z.string() })),
  say: z.object({ safe: z.array(z.string()), notSupported: z.array(z.string()) }),
});

export type ReportDocumentJson = z.infer<typeof reportShape>;

export function reportJson(model: Model, { run, curves }: ReportFindings, provenance: Provenance): string {
  const origin = model.time?.origin ?? 0;
  const { safe, notSupported } = sayBox(run);
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
    sentences: run.conclusions.map((c) => ({ conclusion: c.name, view: c.view, text: verdictSentence(model, run, c) })),
    say: { safe: [...safe], notSupported: [...notSupported] },
  };
  return written(document);
}
