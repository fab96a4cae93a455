/** The section on how a case's forecasts have fared, for the report and the page. */

import { fewestForCalibration, isForecastSettled, type ScoreFindings } from "#analysis/record/score.ts";
import type { Setup } from "#analysis/findings/findings.ts";
import type { Model } from "#model/model.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { forecastTable, forecastTimeline } from "../charts/forecast-timeline.ts";
import { scoreChart, scoreTable, type ScoreData } from "../charts/score-chart.ts";
import type { Block } from "./blocks.ts";
import { grouped, listed, ofHundred, plural } from "../words/numbers.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, beforeEvidence, spaced } from "../words/words.ts";

/** When each is to come true and what came of it, then the chances given to it and how those scored. */
export function forecastBlocks(
  model: Model,
  scores: ScoreFindings | null,
  setup: Pick<Setup, "request" | "views">,
  p: Provenance,
): readonly Block[] {
  const timeline = timelineBlock(model, setup, p);
  return [...(timeline === null ? [] : [timeline]), ...(scores === null ? [] : scoredBlocks(scores, p))];
}

function timelineBlock(model: Model, setup: Pick<Setup, "request" | "views">, p: Provenance): Block | null {
  const { time } = model;
  if (time === null || model.forecasts.length === 0) return null;
  const data = {
    clock: time,
    horizon: time.steps * time.dt,
    forecasts: model.forecasts.map((f) => ({
      label: bare(f.label),
      of: f.of,
      by: f.by,
      state: f.state,
      resolvedOn: f.resolvedOn,
      reason: f.reason,
    })),
  };
  const head = {
    id: "forecasts-picture",
    title: "What the text foretells, and what came of it",
    subtitle: "Dates, and how firmly, are our reading: the short stroke is the date by which it was to be so",
    caption: captionOf(p, setup, null),
  };
  return pictureBlock(head, (h, w) => forecastTimeline(data, h, w), forecastTable(data));
}

export function scoredBlocks(scores: ScoreFindings, p: Provenance): readonly Block[] {
  const { forecasts, settled, independent, request } = scores;
  const told = forecasts.filter((f) => isForecastSettled(f) || f.state === "open");
  const isEnough = independent >= fewestForCalibration;
  return [
    ...(told.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            table: {
              caption: "How likely each reading made it, in 100; the base rate is the model with every claim off",
              columns: ["Forecast", "Came", "The text, as read", ...request.views.map(spaced), "Base rate"],
              rows: told.map((f) => [
                `${spaced(f.claim)}  ${bare(f.label)}${f.frozen === null ? "" : ` (laid down ${f.frozen.on})`}`,
                f.state === "open" ? "open" : f.state === "came true" ? "yes" : "no",
                f.reading === null ? "–" : ofHundred(f.reading),
                ...f.views.map((v) => ofHundred(f.frozen?.views[v.view] ?? v.chance.value)),
                ofHundred(f.frozen?.base ?? f.base.value),
              ]),
            },
          },
        ]),
    ...(settled === 0
      ? [{ kind: "paragraph" as const, text: "Nothing is settled yet: there is no score." }]
      : [scoreBlock(scores, p)]),
    {
      kind: "paragraph",
      text: isEnough
        ? `${plural(settled, "forecast")} of ${plural(independent, "claim")} are settled.`
        : `${plural(settled, "forecast")} of ${plural(independent, "claim")} ${settled === 1 ? "is" : "are"} settled. That is far too few to say how well anybody's chances are set, which takes ${fewestForCalibration} that do not hang together; those of one claim do. Nobody can be ranked by this.`,
    },
    { kind: "paragraph", text: hindsightText(scores, p) },
  ];
}

function scoreBlock(scores: ScoreFindings, p: Provenance): Block {
  const first = scores.scores.find((s) => s.calibration !== null);
  const data: ScoreData = {
    bins: (first?.calibration ?? []).map((b) => ({
      stated: b.meanChance,
      cameTrue: b.came / b.forecasts,
      forecasts: b.forecasts,
    })),
    scores: scores.scores.map((s) => ({
      label: bare(s.label),
      forecasts: s.scored,
      brier: s.brier,
      se: null,
      isYardstick: s.kind === "base",
    })),
  };
  const head = {
    id: "scores-picture",
    title: "How the chances given have scored",
    subtitle: `The mean squared miss: 0 is perfect, 0.25 is what even odds on everything get${first === undefined ? "" : `. Above, the chances of “${bare(first.label)}”`}`,
    caption: captionOf(p, scores.setup, null),
  };
  return pictureBlock(head, (h, w) => scoreChart(data, h, w), scoreTable(data));
}

function hindsightText({ hindsight, undated, uncounted }: ScoreFindings, p: Provenance): string {
  const late =
    hindsight.length === 0
      ? "No figure the forecasts hang on is dated after what the case knew."
      : `In hindsight: ${listed(hindsight.map(spaced))} ${hindsight.length === 1 ? "was" : "were"} known only after ${p.asOf ?? "the case's date"}.`;
  return `${late} ${grouped(undated, 0)} ${undated === 1 ? "bears" : "bear"} no date at which ${undated === 1 ? "it was" : "they were"} known: what the chances owe to hindsight cannot be told. The text gives neither dates nor chances; both are the modeller's reading.${beforeEvidence(uncounted)}`;
}
