/** Draws chances over time: a curve with its error for each choice or view, labelled at its end. */

import { ofHundred, ofHundredWithError } from "../words/numbers.ts";
import { gutter, timeAxis, timeLine, underAxis, valueAxis, valueLines, type Area } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { widthAt, wrapped } from "../picture/measure.ts";
import { between, straight, type Point } from "../picture/path.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { spread } from "../picture/spread.ts";
import type { DataTable } from "../picture/table.ts";
import { dashes, fill, series, stroke, washOf, type Colour } from "../picture/theme.ts";
import { timeLabel, type PictureClock } from "../picture/time-axis.ts";
import { lines, sizes, type TextBlock } from "../picture/write.ts";
import { evenly } from "./fan-chart.ts";

/** Chances over time: a curve for each choice or view. */
export interface CurveData {
  readonly clock: PictureClock;
  readonly times: readonly number[];
  /** Whether a curve tells that it has happened (rising from 0) or that it has not yet (falling from 1). */
  readonly tells: "happened" | "not yet";
  /** Told apart by colour, dash and label; four at most on one picture. */
  readonly curves: readonly Curve[];
}

interface Curve {
  readonly label: string;
  /** At each of `times`, within 0..1. */
  readonly chance: ArrayLike<number>;
  /** Standard error of it. */
  readonly se: ArrayLike<number>;
}

/**
 * Draws chances that rise or fall over time, one curve for each choice or view, with two standard errors around it.
 *
 * @param data - times in the clock's unit from the start; chances from 0 to 1
 * @param head - its name in the page, and the words around it
 * @param width - in pixels, from 320
 * @throws `Error` for more than four curves
 * @example
 * ```ts
 * const data = {
 *   clock: { start: "2024-01-01", origin: 0, unit: "month" },
 *   times: [0, 6, 12],
 *   tells: "happened",
 *   curves: [{ label: "Without a promise", chance: [0, 0.1, 0.18], se: [0, 0.01, 0.01] }],
 * };
 * const picture = curveChart(data, { id: "strike", title: "A strike", subtitle: "", caption: "Not a forecast." }, 640);
 * ```
 */
export function curveChart(data: CurveData, head: ChartHead, width: number): Picture {
  if (data.curves.length > series.length) throw new Error("a picture holds four curves at most");
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function description(data: CurveData): string {
  const last = data.times.length - 1;
  const ends = data.curves.map((c) => `${c.label} ${ofHundredWithError(c.chance[last] ?? NaN, c.se[last] ?? NaN)}`);
  return `Simulated runs of 100 in which it has ${data.tells === "happened" ? "" : "not "}happened, by time. By ${timeLabel(data.clock, data.times[last] ?? 0)}: ${ends.join("; ")}.`;
}

function drawing(data: CurveData, x: number, y: number, width: number): TextBlock {
  const labels = data.curves.map((c) => labelLines(data, c, width));
  const right = Math.max(...labels.map((l) => Math.max(...l.map((t) => widthAt(sizes.label, t, true))))) + 14;
  const stacked = data.curves.length * (Math.max(...labels.map((l) => l.length)) * 16 + 6) - 32;
  const height = Math.round(Math.max(190, stacked, Math.min(340, width * 0.46)));
  const area: Area = { left: x, right: x + width - right, top: y + 20, bottom: y + 20 + height };
  const tops = data.curves.flatMap((c) => Array.from(data.times, (_, i) => (c.chance[i] ?? 0) + 2 * (c.se[i] ?? 0)));
  const highest = Math.max(0.01, ...tops);
  const ends = data.tells === "not yet" || highest > 0.6 ? { low: 0, high: 1 } : { low: 0 };
  const vertical = valueAxis({
    values: tops,
    unit: { label: "runs in 100", factor: 0.01 },
    from: area.bottom,
    to: area.top,
    ticks: 4,
    ends,
  });
  const plot = { ...area, left: area.left + gutter };
  const horizontal = timeAxis(data.clock, data.times[0] ?? 0, data.times.at(-1) ?? 1, plot);
  const points = data.times.map((t, i) => ({ x: horizontal.place(t), i }));
  const along = (value: (i: number) => number): readonly Point[] =>
    points.map((p) => ({ x: p.x, y: vertical.place(value(p.i)) }));
  const bands = data.curves.map((c, k) =>
    element(
      "path",
      joined(
        {
          d: between(
            along((i) => Math.min(1, (c.chance[i] ?? 0) + 2 * (c.se[i] ?? 0))),
            along((i) => Math.max(0, (c.chance[i] ?? 0) - 2 * (c.se[i] ?? 0))),
          ),
          "fill-opacity": 0.6,
        },
        fill(washOf(colourOf(k))),
      ),
    ),
  );
  const paths = data.curves.map((c, k) =>
    element(
      "path",
      joined(
        {
          d: straight(along((i) => c.chance[i] ?? 0)),
          "stroke-dasharray": dashes[k] === "" ? undefined : dashes[k],
        },
        stroke(colourOf(k), 2.25),
      ),
    ),
  );
  return {
    nodes: [
      ...bands,
      ...valueLines(vertical, area),
      ...paths,
      ...endLabels(data, labels, area, vertical.place),
      ...timeLine(horizontal, plot),
    ],
    height: 20 + height + underAxis,
  };
}

function colourOf(k: number): Colour {
  return series[k % series.length] ?? "blue";
}

function labelLines(data: CurveData, curve: Curve, width: number): readonly string[] {
  const last = data.times.length - 1;
  return [
    ...wrapped(curve.label, sizes.label, Math.max(84, Math.min(190, width * 0.26)), true),
    `${ofHundred(curve.chance[last] ?? NaN)} in 100`,
  ];
}

/** Each curve's words beside its end, in its colour, with a thin line to it where they had to move. */
function endLabels(
  data: CurveData,
  labels: readonly (readonly string[])[],
  area: Area,
  place: (chance: number) => number,
): readonly Element[] {
  const last = data.times.length - 1;
  const tallest = Math.max(...labels.map((l) => l.length)) * 16;
  const ends = data.curves.map((c) => place(c.chance[last] ?? 0));
  const centres = spread(ends, tallest + 6, area.top + tallest / 2 - 16, area.bottom - tallest / 2 + 16);
  return data.curves.flatMap((_, k) => {
    const [end, centre, words] = [ends[k] ?? 0, centres[k] ?? 0, labels[k] ?? []];
    const top = centre - (words.length * 16) / 2;
    const colour = colourOf(k);
    return [
      element(
        "path",
        joined({ d: `M${area.right + 1},${round(end)}L${area.right + 10},${round(centre)}` }, stroke(colour, 1)),
      ),
      ...lines(area.right + 14, top, words.slice(0, -1), { colour, bold: true }).nodes,
      ...lines(area.right + 14, top + (words.length - 1) * 16, words.slice(-1), { colour }).nodes,
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function curveTable(data: CurveData, rows = 13): DataTable {
  return {
    caption: `Simulated runs in 100 in which it has ${data.tells === "happened" ? "" : "not "}happened, ± two standard errors`,
    columns: ["By", ...data.curves.map((c) => c.label)],
    rows: evenly(data.times.length, rows).map((i) => [
      timeLabel(data.clock, data.times[i] ?? 0),
      ...data.curves.map((c) => ofHundredWithError(c.chance[i] ?? NaN, c.se[i] ?? NaN)),
    ]),
  };
}
