/** Draws quantiles of one quantity over time as fans side by side on one scale, one for each choice. */

import { inScale, scaleOf, type ShownUnit } from "../words/numbers.ts";
import { gutter, timeAxis, timeLine, underAxis, valueAxis, valueLines, type Area } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, stroke } from "../picture/theme.ts";
import { between, straight, type Point } from "../picture/path.ts";
import { timeLabel, type PictureClock } from "../picture/time-axis.ts";
import { clipped, widthAt } from "../picture/measure.ts";
import { lines, sizes, writeMiddle, type TextBlock } from "../picture/write.ts";

/** A quantity over time: for each choice or view its middle and the ranges of 50 and 90 runs in 100. */
export interface FanData {
  readonly clock: PictureClock;
  /** From the start, in the clock's unit, rising. */
  readonly times: readonly number[];
  readonly unit: ShownUnit;
  /** One for each choice or view; values in base units at each of `times`. */
  readonly fans: readonly Fan[];
  /** What has been seen since, drawn as dots over every fan. */
  readonly observed: readonly { readonly time: number; readonly value: number }[];
}

interface Fan {
  readonly label: string;
  readonly q05: ArrayLike<number>;
  readonly q25: ArrayLike<number>;
  readonly q50: ArrayLike<number>;
  readonly q75: ArrayLike<number>;
  readonly q95: ArrayLike<number>;
}

const levels = ["q05", "q25", "q50", "q75", "q95"] as const;
const gap = 28;

/**
 * Draws a quantity over time: its middle run, and the ranges of 50 and of 90 runs in 100.
 *
 * @param data - times in the clock's unit from the start; values in base units
 * @param head - its name in the page, and the words around it
 * @param width - in pixels, from 320
 * @example
 * ```ts
 * const data = {
 *   clock: { start: "2024-01-01", origin: 0, unit: "month" },
 *   times: [0, 12],
 *   unit: { label: "share", factor: 1 },
 *   fans: [{ label: "Support", q05: [0.6, 0.3], q25: [0.6, 0.4], q50: [0.6, 0.5], q75: [0.6, 0.55], q95: [0.6, 0.7] }],
 *   observed: [],
 * };
 * const picture = fanChart(data, { id: "support", title: "Support", subtitle: "", caption: "Not a forecast." }, 640);
 * ```
 */
export function fanChart(data: FanData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function description(data: FanData): string {
  const scale = scaleOf(valuesOf(data), data.unit);
  const last = data.times.length - 1;
  const ends = data.fans.map(
    (f) =>
      `${f.label}: ${inScale(f.q50[last] ?? NaN, scale)} ${scale.unit} in the middle run, ${inScale(f.q05[last] ?? NaN, scale)} to ${inScale(f.q95[last] ?? NaN, scale)} in 9 runs of 10`,
  );
  return `Ranges over simulated runs from ${timeLabel(data.clock, data.times[0] ?? 0)} to ${timeLabel(data.clock, data.times[last] ?? 0)}. At the end: ${ends.join("; ")}.`;
}

function valuesOf(data: FanData): readonly number[] {
  return [
    ...data.fans.flatMap((f) => levels.flatMap((level) => Array.from(f[level]))),
    ...data.observed.map((o) => o.value),
  ];
}

function drawing(data: FanData, x: number, y: number, width: number): TextBlock {
  const columns = Math.max(1, Math.min(data.fans.length, Math.floor((width + gap) / (230 + gap))));
  const panel = (width - (columns - 1) * gap) / columns;
  const key = keyLine(data, x, y, width);
  const titles = data.fans.map((f) => clipped(f.label, sizes.label, panel, 3, true));
  const titleLines = data.fans.length > 1 ? Math.max(...titles.map((t) => t.length)) : 0;
  const height = Math.round(Math.max(150, Math.min(300, panel * 0.5)));
  const cell = titleLines * 16 + 22 + height + underAxis + 14;
  const nodes = data.fans.flatMap((fan, i) => {
    const left = x + (i % columns) * (panel + gap);
    const top = y + key.height + Math.floor(i / columns) * cell;
    const title = titleLines > 0 ? lines(left, top, titles[i] ?? [], { bold: true }).nodes : [];
    const bottom = top + titleLines * 16 + 22 + height;
    return [...title, ...onePanel(data, fan, { left, right: left + panel, top: bottom - height, bottom })];
  });
  const rows = Math.ceil(data.fans.length / columns);
  return { nodes: [...key.nodes, ...nodes], height: key.height + rows * cell - 10 };
}

function onePanel(data: FanData, fan: Fan, area: Area): readonly Element[] {
  const vertical = valueAxis({ values: valuesOf(data), unit: data.unit, from: area.bottom, to: area.top });
  const plot = { ...area, left: area.left + gutter };
  const horizontal = timeAxis(data.clock, data.times[0] ?? 0, data.times.at(-1) ?? 1, plot);
  const at = data.times.map((t, i) => ({ x: horizontal.place(t), i }));
  const along = (values: ArrayLike<number>): readonly Point[] =>
    at.map((p) => ({ x: p.x, y: vertical.place(values[p.i] ?? 0) }));
  const band = (low: ArrayLike<number>, high: ArrayLike<number>): string => between(along(high), along(low));
  const middle = straight(along(fan.q50));
  return [
    element("path", joined({ d: band(fan.q05, fan.q95) }, fill("blueWash"))),
    element("path", joined({ d: band(fan.q25, fan.q75) }, fill("blueTint"))),
    ...valueLines(vertical, area),
    element("path", joined({ d: middle ?? "" }, stroke("blue", 2))),
    ...data.observed.map((o) =>
      element("circle", joined({ cx: horizontal.place(o.time), cy: vertical.place(o.value), r: 3.5 }, fill("orange"))),
    ),
    ...timeLine(horizontal, plot),
  ];
}

/** What line and bands are: a swatch before each word, in rows where the width asks for it. */
function keyLine(data: FanData, x: number, y: number, width: number): TextBlock {
  const items: readonly (readonly [string, (x: number, y: number) => Element])[] = [
    ["middle run", (a, b) => element("line", joined({ x1: a, x2: a + 18, y1: b, y2: b }, stroke("blue", 2)))],
    ["5 runs in 10", (a, b) => swatch(a, b, "blueTint")],
    ["9 runs in 10", (a, b) => swatch(a, b, "blueWash")],
    ...(data.observed.length === 0
      ? []
      : [
          [
            "seen since",
            (a: number, b: number) => element("circle", joined({ cx: a + 9, cy: b, r: 3.5 }, fill("orange"))),
          ] as const,
        ]),
  ];
  let [left, top] = [x, y + 8];
  const nodes = items.flatMap(([text, draw]) => {
    const wide = 24 + widthAt(sizes.small, text);
    if (left + wide > x + width) [left, top] = [x, top + 18];
    const made = [draw(left, top), writeMiddle(left + 24, top, text, { size: sizes.small, colour: "soft" })];
    left += wide + 18;
    return made;
  });
  return { nodes, height: top - y + 16 };
}

function swatch(x: number, y: number, colour: "blueTint" | "blueWash"): Element {
  return element("rect", joined({ x, y: y - 5, width: 18, height: 10 }, fill(colour)));
}

/** At most `rows` times, evenly picked, the first and the last among them. */
export function fanTable(data: FanData, rows = 13): DataTable {
  const scale = scaleOf(valuesOf(data), data.unit);
  const several = data.fans.length > 1;
  const picked = evenly(data.times.length, rows);
  return {
    caption: `Over simulated runs${scale.unit === "" ? "" : `, in ${scale.unit}`}`,
    columns: [
      "Time",
      ...data.fans.flatMap((f) =>
        ["middle run", "9 runs in 10"].map((what) => (several ? `${f.label}: ${what}` : what)),
      ),
    ],
    rows: picked.map((i) => [
      timeLabel(data.clock, data.times[i] ?? 0),
      ...data.fans.flatMap((f) => [
        inScale(f.q50[i] ?? NaN, scale),
        `${inScale(f.q05[i] ?? NaN, scale)} to ${inScale(f.q95[i] ?? NaN, scale)}`,
      ]),
    ]),
  };
}

/** `rows` of the numbers 0 … n − 1, the ends among them. */
export function evenly(n: number, rows: number): readonly number[] {
  if (n <= rows) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: rows }, (_, i) => Math.round((i * (n - 1)) / (rows - 1)));
}
