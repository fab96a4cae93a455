/** Made-up data for every chart, the same each time: what the snapshots are drawn from. */

import type { CurveData } from "#report/charts/curve-chart.ts";
import type { FanData } from "#report/charts/fan-chart.ts";
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
