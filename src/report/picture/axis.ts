/** Makes the scales of a chart, and the lines and ticks that show them. */

import { nice, ticks as ticksIn } from "d3-array";
import { grouped, scaleOf, type ShownUnit } from "../words/numbers.ts";
import { element, joined, type Element } from "./element.ts";
import { widthAt } from "./measure.ts";
import { stroke } from "./theme.ts";
import { timeTicks, type PictureClock, type Tick } from "./time-axis.ts";
import { sizes, writeText } from "./write.ts";

/** Where a plot's own marks may stand. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Axis {
  /** From a figure, in base units, to its place. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** What the ticks count; empty for plain numbers. */
  readonly unit: string;
}

interface ValueAxisInput {
  readonly values: readonly number[];
  readonly unit: ShownUnit;
  readonly from: number;
  readonly to: number;
  readonly ticks?: number | undefined;
  readonly ends?: { readonly low?: number; readonly high?: number } | undefined;
}

/**
 * A scale over round figures that holds all `values`; from 0 where that costs less than half the height. `from` is the place of the least, `to`
 * that of the greatest.
 */
export function valueAxis({ values, unit, from, to, ticks = 4, ends = {} }: ValueAxisInput): Axis {
  const finite = values.filter((v) => Number.isFinite(v));
  const scale = scaleOf(finite, unit);
  const least = ends.low ?? Math.min(...finite, finite.length === 0 ? 0 : Infinity);
  const most = ends.high ?? Math.max(...finite, finite.length === 0 ? 1 : -Infinity);
  const low = ends.low === undefined && least >= 0 && least < 0.5 * most ? 0 : least;
  const high = most > low ? most : low + scale.by;
  const isFree = ends.low === undefined || ends.high === undefined;
  const [first, last] = isFree ? nice(low / scale.by, high / scale.by, ticks) : [low / scale.by, high / scale.by];
  return {
    place: (value) => placed(value / scale.by, first, last, from, to),
    ticks: tickLabels(ticksIn(first, last, ticks)).map((t) => ({ at: t.at * scale.by, label: t.label })),
    unit: scale.unit,
  };
}

/** Where `value`, which lies between `low` and `high`, stands between `from` and `to`; in the middle where there is no room between them. */
function placed(value: number, low: number, high: number, from: number, to: number): number {
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return from * (1 - share) + to * share;
}

/** As many decimals as the step between them needs. */
function tickLabels(values: readonly number[]): readonly Tick[] {
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0));
  const decimals = step >= 1 || step === 0 ? 0 : Math.ceil(-Math.log10(step) - 1e-9);
  return values.map((at) => ({ at, label: grouped(at, decimals) }));
}

/** Hair lines across, each with its figure on it at the left; the topmost names the unit. */
export function valueLines(axis: Axis, area: Area): readonly Element[] {
  const top = axis.ticks.at(-1);
  return axis.ticks.flatMap((t) => {
    const y = axis.place(t.at);
    const text = t === top && axis.unit !== "" ? `${t.label} ${axis.unit}` : t.label;
    return [
      element("line", joined({ x1: area.left, x2: area.right, y1: y, y2: y }, stroke(t.at === 0 ? "rule" : "grid"))),
      writeText(area.left, y - 4, text, { size: sizes.small, colour: "soft" }),
    ];
  });
}

/** Hair lines down through `bands`, each with its figure under the area. */
export function valueColumns(
  axis: Axis,
  area: Area,
  bands: readonly Pick<Area, "top" | "bottom">[] = [area],
): readonly Element[] {
  const kept = thinned(axis.ticks, axis.place, sizes.small);
  return axis.ticks.flatMap((t) => {
    const x = axis.place(t.at);
    return [
      ...bands.map((b) =>
        element("line", joined({ x1: x, x2: x, y1: b.top, y2: b.bottom }, stroke(t.at === 0 ? "rule" : "grid"))),
      ),
      ...(kept.includes(t)
        ? [
            writeText(x, area.bottom + 15, t.label, {
              size: sizes.small,
              colour: "soft",
              anchor: anchorIn(x, t.label, area),
            }),
          ]
        : []),
    ];
  });
}

interface TimeAxis {
  readonly place: (time: number) => number;
  readonly ticks: readonly Tick[];
}

export function timeAxis(clock: PictureClock, low: number, high: number, area: Area): TimeAxis {
  const place = (time: number): number => placed(time, low, high, area.left, area.right);
  const most = Math.max(2, Math.floor((area.right - area.left) / 52));
  return { place, ticks: thinned(timeTicks(clock, low, high, most), place, sizes.small) };
}

/** The base line with a short stroke and a label at each tick. Its labels end 18 below `area.bottom`. */
export function timeLine(axis: TimeAxis, area: Area): readonly Element[] {
  return [
    element("line", joined({ x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom }, stroke("rule"))),
    ...axis.ticks.flatMap(({ at, label }) => {
      const x = axis.place(at);
      return [
        element("line", joined({ x1: x, x2: x, y1: area.bottom, y2: area.bottom + 4 }, stroke("rule"))),
        writeText(x, area.bottom + 16, label, { size: sizes.small, colour: "soft", anchor: anchorIn(x, label, area) }),
      ];
    }),
  ];
}

/** Room at the left of a plot for the figures of `valueLines`. */
export const gutter = 30;

/** How far labels under an axis reach. */
export const underAxis = 20;

/** A label is centred unless that would take it past an end of the plot. */
function anchorIn(x: number, label: string, area: Area): "start" | "middle" | "end" {
  const half = widthAt(sizes.small, label) / 2;
  if (x - half < area.left) return "start";
  return x + half > area.right ? "end" : "middle";
}

/** Leaves out ticks whose labels would meet, and keeps the first. */
function thinned(ticks: readonly Tick[], place: (at: number) => number, size: number): readonly Tick[] {
  const kept: Tick[] = [];
  let reach = -Infinity;
  ticks.forEach((t, i) => {
    const width = widthAt(size, t.label);
    const x = place(t.at);
    // The first and last may be pushed inward by `anchorIn`, by up to half their width.
    const from = i === ticks.length - 1 ? x - width : i === 0 ? x - width / 2 : x - width / 2;
    if (from < reach + 8) return;
    kept.push(t);
    reach = i === 0 ? x + width : x + width / 2;
  });
  return kept;
}
