/** Every chart with sample data: what is drawn, under which words, and its table. */

import { curveChart, curveTable } from "#report/charts/curve-chart.ts";
import { fanChart, fanTable } from "#report/charts/fan-chart.ts";
import type { ChartHead, Picture } from "#report/picture/picture.ts";
import type { DataTable } from "#report/picture/table.ts";
import { contributionBars, contributionTable } from "#report/charts/contribution-bars.ts";
import { equilibriumFan } from "#report/charts/equilibrium-fan.ts";
import { flipStrips, flipTable } from "#report/charts/flip-strips.ts";
import { forecastTable, forecastTimeline } from "#report/charts/forecast-timeline.ts";
import { gameTable, gameTree } from "#report/charts/game-tree.ts";
import { outcomeChart } from "#report/charts/outcome-chart.ts";
import { posteriorChart, posteriorTable } from "#report/charts/posterior-chart.ts";
import { recordChart, recordTable } from "#report/charts/record-chart.ts";
import { scoreChart } from "#report/charts/score-chart.ts";
import { tornado, tornadoTable } from "#report/charts/tornado.ts";
import { mapTable, twoWayMap } from "#report/charts/two-way-map.ts";
import { verdictStrip, verdictTable } from "#report/charts/verdict-strip.ts";
import { waterfall, waterfallTable } from "#report/charts/waterfall.ts";
import {
  contributions,
  crowdedCurves,
  credencesMoved,
  curves,
  equilibria,
  fans,
  flips,
  forecasts,
  game,
  oneFan,
  outcomesByChoice,
  pairs,
  record,
  scored,
  swings,
  thousands,
  unknownsMoved,
  verdictsByView,
} from "./chart-samples.ts";

export interface Chart {
  readonly name: string;
  readonly draw: (head: ChartHead, width: number) => Picture;
  /** Null where the section that shows the picture makes its own. */
  readonly table: DataTable | null;
  readonly title: string;
  readonly subtitle: string;
}

/** One picture, with the words over it. */
function chart(
  name: string,
  title: string,
  subtitle: string,
  draw: Chart["draw"],
  table: DataTable | null = null,
): Chart {
  return { name, draw, table, title, subtitle };
}

export const charts: readonly Chart[] = [
  chart(
    "fanChart",
    "Held support",
    "Per cent of the people, by what the Kremlin does",
    (h, w) => fanChart(fans, h, w),
    fanTable(fans),
  ),
  chart(
    "fanChart-one",
    "Held support after an attack",
    "Per cent of the people",
    (h, w) => fanChart(oneFan, h, w),
    fanTable(oneFan),
  ),
  chart(
    "fanChart-thousands",
    "Russian soldiers dead",
    "After an attack in February 2022",
    (h, w) => fanChart(thousands, h, w),
    fanTable(thousands),
  ),
  chart(
    "curveChart",
    "When the regime falls",
    "Simulated runs of 100 in which it has fallen; bands are two standard errors",
    (h, w) => curveChart(curves, h, w),
    curveTable(curves),
  ),
  chart(
    "verdictStrip",
    "Does it hold?",
    "Conclusions by view",
    (h, w) => verdictStrip(verdictsByView, h, w),
    verdictTable(verdictsByView),
  ),
  chart(
    "outcomeChart",
    "What follows, by what the Kremlin does",
    "The article, as we read it; the West refuses",
    (h, w) => outcomeChart(outcomesByChoice, h, w),
  ),
  chart(
    "contributionBars",
    "What carries it",
    "An attack brings the fall nearer, in points of 100 runs",
    (h, w) => contributionBars(contributions, h, w),
    contributionTable(contributions),
  ),
  chart(
    "waterfall",
    "From the record to the verdict",
    "An attack brings the fall nearer, in points of 100 runs",
    (h, w) => waterfall(contributions, h, w),
    waterfallTable(contributions),
  ),
  chart(
    "flipStrips",
    "What would reverse it",
    "How far each claim would have to be believed, in 100",
    (h, w) => flipStrips(flips, h, w),
    flipTable(flips),
  ),
  chart(
    "tornado",
    "Which unknowns matter",
    "How much sooner the fall comes, in points, at the ends of each range",
    (h, w) => tornado(swings, h, w),
    tornadoTable(swings),
  ),
  chart(
    "recordChart",
    "What the record says",
    "Russia's wars, 1804 to 2024, in 100 cases",
    (h, w) => recordChart(record, h, w),
    recordTable(record),
  ),
  chart(
    "posteriorChart",
    "Reweighed by what happened",
    "How far each claim is believed, in per cent",
    (h, w) => posteriorChart(credencesMoved, h, w),
    posteriorTable(credencesMoved),
  ),
  chart(
    "posteriorChart-unknowns",
    "Unknowns, reweighed by what happened",
    "Per cent",
    (h, w) => posteriorChart(unknownsMoved, h, w),
    posteriorTable(unknownsMoved),
  ),
  chart(
    "forecastTimeline",
    "What it foretold, and what came of it",
    "Dates and chances are our reading of the text",
    (h, w) => forecastTimeline(forecasts, h, w),
    forecastTable(forecasts),
  ),
  chart("scoreChart", "How the forecasts fared", "Resolved forecasts alone", (h, w) => scoreChart(scored, h, w)),
  chart(
    "twoWayMap",
    "Two claims together",
    "How far each is believed, in 100",
    (h, w) => twoWayMap(pairs, h, w),
    mapTable(pairs),
  ),
  chart(
    "equilibriumFan",
    "What the Kremlin does",
    "Chance of each posture, in 100, by how sharply it tells payoffs apart",
    (h, w) => equilibriumFan(equilibria, h, w),
  ),
  chart(
    "gameTree",
    "The game",
    "How often each move is made, and what each end is worth",
    (h, w) => gameTree(game, h, w),
    gameTable(game),
  ),
  chart(
    "curveChart-crowded",
    "When the regime falls",
    "Simulated runs of 100 in which it has fallen",
    (h, w) => curveChart(crowdedCurves(), h, w),
    curveTable(crowdedCurves()),
  ),
];
