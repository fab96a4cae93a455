/** Writes how forecasts have fared: what was foretold, what came of it, who gave it what chance, and how that scores. */

import {
  fewestForCalibration,
  isForecastSettled,
  type ForecastFinding,
  type ScoreFindings,
} from "#analysis/record/score.ts";
import { cell, gridLines, printable, wrap } from "../render/lines.ts";
import { grouped, listed, ofHundred, plural } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import type { Provenance } from "../words/provenance.ts";
import { bare, beforeEvidence, spaced } from "../words/words.ts";

export function scoreReport(
  findings: ScoreFindings,
  provenance: Provenance,
  dateOf: (time: number) => string,
  width: number,
  palette: Palette,
): string {
  const { forecasts } = findings;
  if (forecasts.length === 0) return "The case foretells nothing: read a claim as a dated event with 'forecast'.\n";
  const settled = forecasts.filter(isForecastSettled);
  const open = forecasts.filter((f) => f.state === "open");
  const rest = forecasts.filter((f) => !isForecastSettled(f) && f.state !== "open");
  return [
    ...wrap(printable(provenance.title), width).map(palette.strong),
    "",
    ...wrap(hindsightText(findings, provenance), width).map(palette.unsure),
    "",
    ...section("Settled, chances in 100", settled, findings, dateOf, width, palette),
    ...section("Open, chances in 100", open, findings, dateOf, width, palette),
    ...(rest.length === 0
      ? []
      : [
          ...wrap("Not scored, and why", width).map(palette.strong),
          ...rest.flatMap((f) =>
            wrap(
              `${f.claim} ${bare(f.label)}: ${f.state}. ${f.reason === null ? "" : `${capital(bare(f.reason))}.`}`,
              width,
              "  ",
              "    ",
            ),
          ),
          "",
        ]),
    ...scoreLines(findings, width, palette),
    "",
    ...wrap(provenanceLine(findings, provenance), width).map(palette.faint),
    "",
  ].join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function hindsightText({ hindsight, undated, uncounted }: ScoreFindings, p: Provenance): string {
  const late =
    hindsight.length === 0
      ? "Nothing in the runs is marked as known only later."
      : `Scored in hindsight: ${listed(hindsight.map(spaced))} ${hindsight.length === 1 ? "was" : "were"} known only after ${p.asOf ?? "the case's date"}.`;
  return `${late} ${plural(undated, "unknown")} ${undated === 1 ? "bears" : "bear"} no date by which it was known: what such figures owe to hindsight cannot be told. The text gives neither dates nor chances; both are the modeller's reading, stated beside each.${beforeEvidence(uncounted)}`;
}

function section(
  title: string,
  forecasts: readonly ForecastFinding[],
  { request }: ScoreFindings,
  dateOf: (time: number) => string,
  width: number,
  palette: Palette,
): readonly string[] {
  if (forecasts.length === 0) return [];
  return [
    ...wrap(title, width).map(palette.strong),
    ...gridLines(
      {
        heads: ["", "by", "came", "text, as read", ...request.views.map(spaced), "base rate"],
        rows: forecasts.map((f) => ({
          head: `${f.claim} ${bare(f.label)}${f.isChanged ? " (worded otherwise since it was laid down: a new forecast)" : f.frozen === null ? "" : ` (laid down ${f.frozen.on})`}`,
          cells: [
            cell(dateOf(f.by)),
            cell(f.state === "open" ? "open" : f.state === "came true" ? "yes" : "no"),
            cell(f.reading === null ? "–" : ofHundred(f.reading)),
            ...f.views.map((v) => cell(ofHundred(f.frozen?.views[v.view] ?? v.chance.value))),
            cell(ofHundred(f.frozen?.base ?? f.base.value)),
          ],
        })),
        align: "right",
      },
      width,
      palette.faint,
    ),
    "",
  ];
}

function scoreLines(findings: ScoreFindings, width: number, palette: Palette): readonly string[] {
  const { scores, settled, independent } = findings;
  if (settled === 0) return wrap("Nothing is settled yet: there is no score.", width);
  const isEnough = independent >= fewestForCalibration;
  return [
    ...wrap("Scores: lower is better; skill is what is gained on the base rates", width).map(palette.strong),
    ...gridLines(
      {
        heads: ["", "scored", "Brier", "log score", "skill"],
        rows: scores.map((s) => ({
          head: bare(s.label),
          cells: [
            cell(`${s.scored}`),
            cell(grouped(s.brier, 3)),
            cell(Number.isFinite(s.logScore) ? grouped(s.logScore, 2) : "infinite"),
            cell(s.kind === "base" || !Number.isFinite(s.skill) ? "–" : grouped(s.skill, 2)),
          ],
        })),
        align: "right",
      },
      width,
      palette.faint,
    ),
    "",
    ...wrap(
      isEnough
        ? `${settled} forecasts of ${plural(independent, "claim")} are settled.`
        : `${plural(settled, "forecast")} of ${plural(independent, "claim")} ${settled === 1 ? "is" : "are"} settled: too few for a calibration curve or a decomposition (${fewestForCalibration} independent ones), and far too few to rank anybody. Forecasts of one claim are not independent.`,
      width,
    ),
    ...(isEnough
      ? scores.flatMap((s) =>
          s.decomposition === null
            ? []
            : wrap(
                `${bare(s.label)}: reliability ${grouped(s.decomposition.reliability, 3)}, resolution ${grouped(s.decomposition.resolution, 3)}, uncertainty ${grouped(s.decomposition.uncertainty, 3)}. ${(s.calibration ?? []).map((b) => `Of ${b.forecasts} at ${ofHundred(b.meanChance)}, ${b.came} came [${ofHundred(b.interval.low)}, ${ofHundred(b.interval.high)}]`).join("; ")}.`,
                width,
                "  ",
              ),
        )
      : []),
  ];
}

function provenanceLine({ request, runs }: ScoreFindings, p: Provenance): string {
  return [
    `Case ${p.case}${p.version === null ? "" : ` ${p.version}`}`,
    `sha256 ${p.hash.slice(0, 16)}`,
    p.engine,
    `seed ${request.seed}`,
    `${plural(request.worlds, "simulated run")} of each (${plural(runs, "run")} in all)`,
    `${request.views.length === 1 ? "view" : "views"} ${request.views.join(", ")}`,
    ...(p.asOf === null ? [] : [`as of ${p.asOf}`]),
    ...(p.modeller === null ? [] : [`modeller ${p.modeller}`]),
    "not a forecast of its own",
  ].join(" · ");
}
