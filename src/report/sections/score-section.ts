/** The section on how forecasts have fared: what was foretold, what came of it, who gave it what chance, and how that scores. */

import type { Setup } from "#analysis/findings/findings.ts";
import {
  fewestForCalibration,
  isForecastSettled,
  type ForecastFinding,
  type ScoreFindings,
} from "#analysis/record/score.ts";
import type { Model, Time } from "#model/model.ts";
import { dateText } from "#model/units/dates.ts";
import { aside, heading, inGroups, say, type Block } from "./blocks.ts";
import { captionOf, pictureBlock } from "./figures.ts";
import { forecastTable, forecastTimeline, type ForecastData } from "../charts/forecast-timeline.ts";
import { scoreChart, type ScoreData } from "../charts/score-chart.ts";
import { grouped, listed, ofHundred, ofHundredWithError, plural, slackText } from "../words/numbers.ts";
import { sourceText, type Provenance } from "../words/provenance.ts";
import { bare, beforeEvidence, capital, spaced } from "../words/words.ts";

/** With its title and where it comes from. */
export function scorePage(model: Model, scores: ScoreFindings, p: Provenance): readonly Block[] {
  if (scores.forecasts.length === 0)
    return [say("The case has no forecast: 'forecast' reads a claim as a dated event.")];
  return inGroups([[heading(p.title)], scoreBlocks(model, scores, p), [aside(scoreSource(scores, p))]]);
}

/** In a report: when each is to come true and what came of it, then the chances given to it and how those scored. */
export function forecastBlocks(
  model: Model,
  scores: ScoreFindings | null,
  setup: Pick<Setup, "request" | "views">,
  p: Provenance,
): readonly Block[] {
  const timeline = timelineBlock(model, setup, p);
  return [...(timeline === null ? [] : [timeline]), ...(scores === null ? [] : scoreBlocks(model, scores, p))];
}

function timelineBlock(model: Model, setup: Pick<Setup, "request" | "views">, p: Provenance): Block | null {
  const { time } = model;
  if (time === null || model.forecasts.length === 0) return null;
  const data = forecastData(model, time, null);
  const head = {
    id: "forecasts-picture",
    title: "What the text foretells, and what came of it",
    subtitle:
      "The dates, and how firmly each is foretold, are our reading; the short stroke is the date by which it was to happen",
    caption: captionOf(p, setup, null),
  };
  return pictureBlock(head, (h, w) => forecastTimeline(data, h, w), forecastTable(data));
}

export function scoreBlocks(model: Model, scores: ScoreFindings, p: Provenance): readonly Block[] {
  const { forecasts, settled } = scores;
  const rest = forecasts.filter((f) => !isForecastSettled(f) && f.state !== "open");
  return inGroups([
    [say(hindsightText(scores, p), { tone: "unsure" })],
    chancesTable(
      model,
      "Settled: how likely each reading made it, in 100, ± two standard errors",
      forecasts.filter(isForecastSettled),
      scores,
    ),
    chancesTable(
      model,
      "Open: how likely each reading makes it, in 100, ± two standard errors",
      forecasts.filter((f) => f.state === "open"),
      scores,
    ),
    rest.length === 0 ? [] : [heading("Not scored, and why"), { kind: "list", items: rest.map(unscoredText) }],
    settled === 0 ? [say("Nothing is settled yet: there is no score.")] : [scoreFigure(scores, p)],
    settled === 0 ? [] : [say(settledText(scores)), say(precisionText(scores)), ...decompositionBlocks(scores)],
  ]);
}

function hindsightText({ hindsight, undated, uncounted }: ScoreFindings, p: Provenance): string {
  const late =
    hindsight.length === 0
      ? "No figure that the forecasts depend on became known after the case's date."
      : `Scored in hindsight: ${listed(hindsight.map(spaced))} ${hindsight.length === 1 ? "was" : "were"} known only after ${p.asOf ?? "the case's date"}.`;
  const open =
    undated === 0
      ? ""
      : ` ${plural(undated, "unknown")} ${undated === 1 ? "has" : "have"} no date by which ${undated === 1 ? "it was" : "they were"} known, so what the chances owe to hindsight cannot be said.`;
  return `${late}${open} The text gives neither dates nor chances; both are the modeller's reading.${beforeEvidence(uncounted)}`;
}

function chancesTable(
  model: Model,
  caption: string,
  forecasts: readonly ForecastFinding[],
  { request }: ScoreFindings,
): readonly Block[] {
  if (forecasts.length === 0) return [];
  const rows = forecasts.map((f) => [
    `${spaced(f.claim)}  ${bare(f.label)}${f.isChanged ? " (its wording changed since it was laid down: a new forecast)" : f.frozen === null ? "" : ` (laid down ${f.frozen.on})`}`,
    dateText(model.time, f.by),
    f.state === "open" ? "open" : f.state === "came true" ? "yes" : "no",
    f.reading === null ? "–" : ofHundred(f.reading),
    // What was laid down is a stated chance, without an error.
    ...f.views.map((v) => (f.frozen === null ? chanceText(v.chance) : ofHundredOrNone(f.frozen.views[v.view]))),
    f.frozen === null ? chanceText(f.base) : ofHundred(f.frozen.base),
  ]);
  const columns = ["Forecast", "By", "Came", "The text, as read", ...request.views.map(spaced), "Every claim off"];
  return [{ kind: "table", table: { caption, columns, rows } }, ...untoldBlocks(forecasts, { request })];
}

function chanceText({ value, se }: ForecastFinding["base"]): string {
  return ofHundredWithError(value, se);
}

function ofHundredOrNone(chance: number | undefined): string {
  return chance === undefined ? "–" : ofHundred(chance);
}

/** Of views that have no chance in what was laid down: why, each reason once. */
function untoldBlocks(
  forecasts: readonly ForecastFinding[],
  { request }: Pick<ScoreFindings, "request">,
): readonly Block[] {
  const reasons = new Map<string, string>();
  for (const { frozen } of forecasts)
    for (const view of frozen === null ? [] : request.views)
      if (frozen?.views[view] === undefined && !reasons.has(view))
        reasons.set(view, frozen?.untold?.[view] ?? "this view was not among those asked for then");
  if (reasons.size === 0) return [];
  const items = [...reasons].map(([view, reason]) => `${capital(spaced(view))}: ${reason}.`);
  return [say("A dash: no chance was laid down under that view. Why:"), { kind: "list", items }];
}

function unscoredText(f: ForecastFinding): string {
  return `${f.claim} ${bare(f.label)}: ${f.state}.${f.reason === null ? "" : ` ${capital(bare(f.reason))}.`}`;
}

function scoreFigure({ scores, setup }: ScoreFindings, p: Provenance): Block {
  const first = scores.find((s) => s.calibration !== null);
  const data: ScoreData = {
    bins: (first?.calibration ?? []).map((b) => ({
      stated: b.meanChance,
      cameTrue: b.came / b.forecasts,
      forecasts: b.forecasts,
    })),
    scores: scores.map((s) => ({
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
    subtitle: `The mean squared miss: 0 is perfect; even odds on everything get 0.25${first === undefined ? "" : `. Above, the chances of “${bare(first.label)}”`}`,
    caption: captionOf(p, setup, null),
  };
  return pictureBlock(head, (h, w) => scoreChart(data, h, w), {
    caption:
      "Scores, ± two standard errors where their chances come from runs: the lower, the better; skill is the part gained over the base rates, which have every claim off",
    columns: ["Whose chances", "Scored", "Brier", "Log score", "Skill"],
    rows: scores.map((s) => [
      bare(s.label),
      `${s.scored}`,
      measured(s.brier, s.brierError, 3),
      Number.isFinite(s.logScore) ? measured(s.logScore, s.logScoreError, 2) : "infinite",
      s.kind === "base" || !Number.isFinite(s.skill) ? "–" : measured(s.skill, s.skillError, 2),
    ]),
  });
}

/** A score, with its error where its chances are had from runs. */
function measured(value: number, se: number, decimals: number): string {
  const text = grouped(value, decimals);
  return se === 0 ? text : `${text} ${slackText({ value, se }, { by: 1, decimals })}`;
}

function settledText({ settled, independent }: ScoreFindings): string {
  const head = `${plural(settled, "forecast")} of ${plural(independent, "claim")} ${settled === 1 ? "is" : "are"} settled`;
  return independent >= fewestForCalibration
    ? `${head}.`
    : `${head}: too few for a calibration curve or a decomposition, which take ${fewestForCalibration} independent ones, and far too few to rank anybody. Forecasts of one claim are not independent.`;
}

/** How far runs leave the scores open, against what one forecast more can do: a squared miss lies between 0 and 1. */
function precisionText({ scores, request }: ScoreFindings): string {
  const most = Math.max(...scores.map((s) => 2 * s.brierError));
  const fewest = Math.min(...scores.filter((s) => s.scored > 0).map((s) => 1 / (s.scored + 1)));
  if (!(most > 0)) return "No scored chance comes from these simulated runs, so the scores have no sampling error.";
  const error = `Each chance rests on ${plural(request.worlds, "simulated run")}, so a Brier score may be off by up to ${grouped(most, 3)} (two standard errors).`;
  const forecast = `One more forecast can move it by ${grouped(fewest, 3)}`;
  return most < fewest
    ? `${error} ${forecast}, so more runs would not help.`
    : `${error} ${forecast}, so more --worlds would make it surer.`;
}

function decompositionBlocks({ scores, independent }: ScoreFindings): readonly Block[] {
  if (independent < fewestForCalibration) return [];
  return scores.flatMap(({ label, decomposition, calibration }) => {
    if (decomposition === null) return [];
    const { reliability, resolution, uncertainty } = decomposition;
    const bins = (calibration ?? []).map(
      (b) =>
        `Of ${b.forecasts} at ${ofHundred(b.meanChance)}, ${b.came} came [${ofHundred(b.interval.low)}, ${ofHundred(b.interval.high)}]`,
    );
    return [
      say(
        `${bare(label)}: reliability ${grouped(reliability, 3)}, resolution ${grouped(resolution, 3)}, uncertainty ${grouped(uncertainty, 3)}. ${bins.join("; ")}.`,
        { indent: 2 },
      ),
    ];
  });
}

function scoreSource({ request, runs }: ScoreFindings, p: Provenance): string {
  return sourceText(p, {
    seed: request.seed,
    runs: `${plural(request.worlds, "simulated run")} of each (${plural(runs, "run")} in all)`,
    more: [`${request.views.length === 1 ? "view" : "views"} ${request.views.join(", ")}`],
    end: "not a forecast of its own",
  });
}

/** What a case foretells and what it has observed, on its time; `today` is from the start, null where the picture is not drawn for a day. */
export function forecastData(model: Model, clock: Time, today: number | null): ForecastData {
  return {
    clock,
    horizon: clock.steps * clock.dt,
    forecasts: model.forecasts.map((f) => ({
      label: bare(f.label),
      of: f.of,
      by: f.by,
      state: f.state,
      resolvedOn: f.resolvedOn,
      reason: f.reason,
    })),
    seen: seenSince(model),
    today,
  };
}

/** What a case has observed, each at its date from the start; of a series the last of its values. */
function seenSince(model: Model): readonly { readonly label: string; readonly at: number }[] {
  return model.evidence
    .map(({ label, observation: o }) => ({
      label: bare(label),
      at: o.kind === "observed" ? o.time : (o.times.at(-1) ?? 0),
    }))
    .toSorted((a, b) => a.at - b.at);
}
