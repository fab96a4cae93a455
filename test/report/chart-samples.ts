/** Made-up data for every chart, the same each time: what the snapshots are drawn from. */

import type { ContributionData } from "#report/charts/contribution-bars.ts";
import type { CurveData } from "#report/charts/curve-chart.ts";
import type { EquilibriumData } from "#report/charts/equilibrium-fan.ts";
import type { FanData } from "#report/charts/fan-chart.ts";
import type { FlipData } from "#report/charts/flip-strips.ts";
import type { ForecastData } from "#report/charts/forecast-timeline.ts";
import type { GameData, GameNode } from "#report/charts/game-tree.ts";
import type { OutcomeData } from "#report/charts/outcome-chart.ts";
import type { PosteriorData } from "#report/charts/posterior-chart.ts";
import type { RecordData } from "#report/charts/record-chart.ts";
import type { ScoreData } from "#report/charts/score-chart.ts";
import type { TornadoData } from "#report/charts/tornado.ts";
import type { MapData } from "#report/charts/two-way-map.ts";
import type { VerdictData } from "#report/charts/verdict-strip.ts";
import type { ChartHead } from "#report/picture/picture.ts";
import type { PictureClock } from "#report/picture/time-axis.ts";

const clock: PictureClock = { start: "2022-01-01", origin: 0, unit: "month" };
const times = Array.from({ length: 121 }, (_, t) => t);

export function head(id: string, title: string, subtitle: string): ChartHead {
  return {
    id,
    title,
    subtitle,
    caption:
      "As of Jan 2022. Modeller: the Casus project. View: the article, as we read it. Version 1.0, seed 1, 400 simulated runs. Not a forecast.",
  };
}

function fan(label: string, drop: number): FanData["fans"][number] {
  const middle = (t: number): number => 0.58 - drop * (1 - Math.exp(-t / 30)) - 0.0004 * t;
  const at = (spread: number) => times.map((t) => middle(t) + spread * Math.sqrt(t / 120));
  return { label, q05: at(-0.2), q25: at(-0.08), q50: at(0), q75: at(0.08), q95: at(0.18) };
}

export const fans: FanData = {
  clock,
  times,
  unit: { label: "share", factor: 1 },
  fans: [
    fan("Step back now, stay free later", 0),
    fan("Press on, with troops at the border", 0.05),
    fan("Attack in February 2022", 0.16),
  ],
  observed: [],
};

export const oneFan: FanData = {
  ...fans,
  fans: fans.fans.slice(2),
  observed: [
    { time: 2, value: 0.55 },
    { time: 18, value: 0.49 },
    { time: 30, value: 0.46 },
  ],
};

export const thousands: FanData = {
  clock,
  times,
  unit: { label: "people", factor: 1 },
  fans: [
    {
      label: "Russian soldiers dead",
      q05: times.map((t) => 500 * Math.min(t, 12)),
      q25: times.map((t) => 1500 * Math.min(t, 24)),
      q50: times.map((t) => 3000 * Math.min(t, 36)),
      q75: times.map((t) => 5000 * Math.min(t, 48)),
      q95: times.map((t) => 9000 * Math.min(t, 60)),
    },
  ],
  observed: [],
};

/** Four curves that end together, with labels that wrap. */
export const crowdedCurves = (): CurveData => ({
  ...curves,
  curves: [
    curve("Never attack", 0.03),
    curve("Step back now, stay free later", 0.03),
    curve("Press on, with troops at the border", 0.0301),
    curve("Attack in February 2022, whatever comes of it", 0.0302),
  ],
});

function curve(label: string, rate: number): CurveData["curves"][number] {
  const chance = times.map((t) => 1 - Math.exp((-rate * t) / 12));
  return { label, chance, se: chance.map((p) => Math.sqrt((p * (1 - p)) / 400)) };
}

export const curves: CurveData = {
  clock,
  times,
  tells: "happened",
  curves: [
    curve("Never attack", 0.026),
    curve("Step back now, stay free later", 0.027),
    curve("Attack in February 2022", 0.053),
  ],
};

export const verdictsByView: VerdictData = {
  views: ["the article", "the realist case", "the imperial case", "the record alone"],
  conclusions: [
    {
      label: "An attack brings the fall nearer: by 2032",
      of: ["A4"],
      verdicts: ["holds", "too close to call", "no material difference", "fails"],
    },
    {
      label: "Refusing, arming and announcing sanctions makes an attack less likely than giving way",
      of: ["A8", "A10", "A11", "A12"],
      verdicts: ["holds", "fails", "too close to call", null],
    },
    { label: "A lost war costs office in nine cases of ten", of: [], verdicts: ["fails", "fails", "fails", "fails"] },
  ],
};

export const outcomesByChoice: OutcomeData = {
  outcomes: [
    {
      label: "The regime falls by 2032",
      unit: { label: "runs in 100", factor: 0.01 },
      intervalIs: "two standard errors",
      options: [
        { label: "Never attack", value: 0.3, low: 0.26, high: 0.34 },
        { label: "Step back now, stay free later", value: 0.32, low: 0.28, high: 0.36 },
        { label: "Attack in February 2022", value: 0.41, low: 0.37, high: 0.45 },
      ],
    },
    {
      label: "Russian soldiers dead",
      unit: { label: "people", factor: 1 },
      intervalIs: "9 runs in 10",
      options: [
        { label: "Never attack", value: 0, low: 0, high: 0 },
        { label: "Step back now, stay free later", value: 12_000, low: 0, high: 240_000 },
        { label: "Attack in February 2022", value: 81_000, low: 9_000, high: 410_000 },
      ],
    },
  ],
};

export const contributions: ContributionData = {
  unit: { label: "points", factor: 0.01 },
  baseline: 0.01,
  baselineError: 0.004,
  total: 0.11,
  totalError: 0.006,
  claims: [
    {
      name: "A18",
      label: "In Russia a regime that loses a war, or cannot win one, falls every time",
      value: 0.06,
      se: 0.008,
    },
    { name: "A16", label: "Losing while the economy shrinks brings the crisis sooner", value: 0.041, se: 0.006 },
    { name: "A17", label: "A war that drags on may be more than Russia can keep up", value: 0.02, se: 0.009 },
    { name: "A14", label: "Survival hangs on being aggressive abroad", value: -0.015, se: 0.005 },
    { name: "R9", label: "Rulers like this one survive defeat better than most", value: -0.004, se: 0.004 },
    { name: "A3", label: "What it dreads is the comparison", value: -0.002, se: 0.003 },
  ],
};

export const flips: FlipData = {
  verdict: "holds",
  claims: [
    {
      name: "A18",
      label: "In Russia a regime that loses a war falls every time",
      credence: 0.95,
      turns: [{ at: 0.42, to: "no material difference" }],
    },
    {
      name: "R9",
      label: "Rulers like this one survive defeat better than most",
      credence: 0.05,
      turns: [{ at: 0.71, to: "no material difference" }],
    },
    { name: "A17", label: "A war that drags on may be more than Russia can keep up", credence: 0.75, turns: [] },
    {
      name: "A14",
      label: "Survival hangs on aggression abroad",
      credence: 0.5,
      turns: [
        { at: 0.1, to: "fails" },
        { at: 0.9, to: "too close to call" },
      ],
    },
  ],
};

export const swings: TornadoData = {
  unit: { label: "points", factor: 0.01 },
  base: 0.11,
  quantities: [
    {
      label: "Ukraine's chances with the arms of January 2022",
      lowIs: "30 per cent",
      highIs: "85 per cent",
      atLow: 0.02,
      atHigh: 0.19,
      lowError: 0.005,
      highError: 0.007,
    },
    {
      label: "How long such a war lasts, on average",
      lowIs: "3 months",
      highIs: "60 months",
      atLow: 0.13,
      atHigh: 0.08,
      lowError: 0.005,
      highError: 0.007,
    },
    {
      label: "Part of the decline put at the Kremlin's door",
      lowIs: "20 per cent",
      highIs: "80 per cent",
      atLow: 0.09,
      atHigh: 0.12,
      lowError: 0.005,
      highError: 0.007,
    },
  ],
};

export const record: RecordData = {
  intervalIs: "95 in 100, Jeffreys",
  claimed: { share: 0.9, words: "as worded: 'every time'" },
  rows: [
    {
      label: "Collapse after a lost war",
      coding: "first coding",
      isFirstCoding: true,
      count: { hits: 2, cases: 9 },
      low: 0.05,
      high: 0.53,
    },
    {
      label: "Collapse after a lost war",
      coding: "over all codings",
      isFirstCoding: false,
      count: { hits: 2, cases: 11 },
      low: 0.04,
      high: 0.46,
    },
    {
      label: "Collapse after a won war",
      coding: "first coding",
      isFirstCoding: true,
      count: { hits: 0, cases: 34 },
      low: 0,
      high: 0.07,
    },
  ],
};

export const credencesMoved: PosteriorData = {
  unit: { label: "share", factor: 1 },
  rows: [
    {
      label: "A15 Putin may think himself stronger than he is",
      prior: { value: 0.75, range: null },
      posterior: { value: 0.91, range: null },
    },
    { label: "R8 The aim is empire", prior: { value: 0.2, range: null }, posterior: { value: 0.26, range: null } },
    {
      label: "A18 A regime that loses a war falls",
      prior: { value: 0.95, range: null },
      posterior: { value: 0.9, range: null },
    },
  ],
};

export const unknownsMoved: PosteriorData = {
  unit: { label: "share", factor: 1 },
  rows: [
    {
      label: "Ukraine's chances with the arms of January 2022",
      prior: { value: 0.58, range: [0.3, 0.85] },
      posterior: { value: 0.69, range: [0.49, 0.88] },
    },
    {
      label: "Part of what is announced that allies carry out",
      prior: { value: 0.58, range: [0.3, 0.85] },
      posterior: { value: 0.6, range: [0.35, 0.84] },
    },
  ],
};

export const forecasts: ForecastData = {
  clock,
  horizon: 120,
  seen: [{ label: "A partial mobilisation", at: 8 }],
  today: 58,
  forecasts: [
    { label: "Another attack comes", of: "A5", by: 12, state: "came true", resolvedOn: "2022-02-24", reason: null },
    {
      label: "Most Russians blame the Kremlin",
      of: "A16",
      by: 31,
      state: "came false",
      resolvedOn: "2024-08-31",
      reason: "in stated opinion",
    },
    { label: "The regime falls", of: "A4", by: 120, state: "open", resolvedOn: null, reason: null },
    {
      label: "Giving way draws more demands",
      of: "A9",
      by: 24,
      state: "condition not met",
      resolvedOn: null,
      reason: "it was not tried",
    },
    {
      label: "A power struggle breaks out",
      of: "A19",
      by: 23,
      state: "not scorable",
      resolvedOn: null,
      reason: "no figure settles it",
    },
  ],
};

export const scored: ScoreData = {
  bins: [
    { stated: 0.1, cameTrue: 0.05, forecasts: 20 },
    { stated: 0.5, cameTrue: 0.4, forecasts: 10 },
    { stated: 0.75, cameTrue: 0.9, forecasts: 8 },
    { stated: 0.95, cameTrue: 1, forecasts: 4 },
  ],
  scores: [
    { label: "The article, as we read it", forecasts: 4, brier: 0.28, se: 0.15, isYardstick: false },
    { label: "The record alone", forecasts: 4, brier: 0.22, se: 0.08, isYardstick: false },
    { label: "Even odds on everything", forecasts: 4, brier: 0.25, se: null, isYardstick: true },
  ],
};

export const pairs: MapData = {
  across: { name: "A18", label: "In Russia a regime that loses a war falls every time", credence: 0.95 },
  up: { name: "R9", label: "Rulers like this one survive defeat better than most", credence: 0.05 },
  fields: Array.from({ length: 20 }, (_, r) =>
    Array.from({ length: 20 }, (__, c) => {
      const margin = 0.12 * (c / 19) - 0.1 * (r / 19);
      return margin > 0.05
        ? "holds"
        : margin < -0.03
          ? "fails"
          : margin > 0.03
            ? "too close to call"
            : "no material difference";
    }),
  ),
};

const sharpness = Array.from({ length: 41 }, (_, i) => 0.1 * 10 ** (i / 13.33));

function logit(payoffs: readonly number[]): EquilibriumData["options"][number]["chance"][] {
  const all = sharpness.map((s) => {
    const e = payoffs.map((p) => Math.exp(s * p));
    const total = e.reduce((a, b) => a + b, 0);
    return e.map((v) => v / total);
  });
  return payoffs.map((_, k) => all.map((row) => row[k] ?? 0));
}

const [never = [], hold = [], coerce = [], attackNow = []] = logit([0.1, 0.18, 0.25, 0.05]);

export const equilibria: EquilibriumData = {
  sharpness,
  options: [
    { label: "Never attack", chance: never },
    { label: "Step back now, stay free later", chance: hold },
    { label: "Press on, with troops at the border", chance: coerce },
    { label: "Attack in February 2022", chance: attackNow },
  ],
};

function end(...payoffs: readonly (readonly [number, number])[]): GameNode {
  return { kind: "end", payoffs: payoffs.map(([expected, comes]) => ({ expected, comes })) };
}

function reply(a: number, b: number): GameNode {
  return {
    kind: "move",
    actor: 1,
    question: "posture",
    options: [
      { label: "Never attack", chance: a, next: end([3.1, 3.2], [-4.2, -4.4]) },
      { label: "Press on, with troops at the border", chance: 1 - a - b, next: end([1.2, 0.9], [-3.1, -5]) },
      { label: "Attack in February 2022", chance: b, next: end([-8.4, -9.2], [1.3, -7.7]) },
    ],
  };
}

export const game: GameData = {
  actors: ["Washington with its allies", "The Kremlin"],
  root: {
    kind: "move",
    actor: 0,
    question: "the standing answer to each demand",
    options: [
      { label: "Give way, part by part, up to a ceiling", chance: 0.1, next: reply(0.3, 0.2) },
      { label: "Refuse, make demands, arm Ukraine, announce sanctions", chance: 0.9, next: reply(0.5, 0.1) },
    ],
  },
};
