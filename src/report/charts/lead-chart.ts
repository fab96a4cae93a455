/** Draws the figure a page hangs from: the two things compared with the gap between them, over time or as rows of dots. */

import {
  gutter,
  timeAxis,
  timeLine,
  underAxis,
  valueAxis,
  valueColumns,
  valueLines,
  type Area,
} from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { widthAt, wrapped } from "../picture/measure.ts";
import { between, straight, type Point } from "../picture/path.ts";
import { svg, type Picture } from "../picture/picture.ts";
import { spread } from "../picture/spread.ts";
import { listed, type ShownUnit } from "../words/numbers.ts";
import { fill, stroke, washOf, type Colour } from "../picture/theme.ts";
import type { PictureClock } from "../picture/time-axis.ts";
import { writeText, writeMiddle, type TextBlock } from "../picture/write.ts";

/** One of the things compared, as drawn. */
interface LeadCurve {
  readonly label: string;
  /** The figure that is judged, as people read it: `49`, `27 thousand`. */
  readonly value: string;
  /** In base units. */
  readonly level: number;
  readonly middle: readonly number[];
  readonly range: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
  readonly half: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
}

export interface LeadChartData {
  readonly id: string;
  /** The finding in a line, for those who do not see it. */
  readonly title: string;
  readonly description: string;
  /** Null where nothing happens in time: dots. */
  readonly clock: PictureClock | null;
  readonly times: readonly number[];
  /** Whether each side is a chance: then the scale is runs in 100. */
  readonly isChance: boolean;
  readonly unit: ShownUnit;
  readonly sides: readonly LeadCurve[];
  /** The constant that a single figure is held against, with its words. */
  readonly line: { readonly value: number; readonly label: string } | null;
  /** The gap in words, where two figures leave one: `14 in 100`. */
  readonly gap: string | null;
  /** The middle courses of other readings, side by side as here. */
  readonly faint: readonly (readonly (readonly number[])[])[];
  /** Where a reader guessed the first side's figure to be, in base units. */
  readonly guess: number | null;
  /** Hides all but the axes and the guess. */
  readonly isCovered: boolean;
}

interface LeadSize {
  readonly width: number;
  /** Of the plot alone. */
  readonly height: number;
}

/** Colours of the things compared, wherever they stand on a page. */
export const comparedColours: readonly Colour[] = ["orange", "blue", "teal", "purple"];

const type = { tick: 12, label: 13.5, value: 19, gap: 17 } as const;

export function leadChart(data: LeadChartData, size: LeadSize): Picture {
  const drawn = data.clock === null ? dotRows(data, size) : courses(data, data.clock, size);
  const height = Math.ceil(drawn.height);
  return {
    root: svg({
      id: data.id,
      title: data.title,
      description: data.description,
      width: size.width,
      height,
      children: drawn.nodes,
    }),
    width: size.width,
    height,
  };
}

// ---- over time

function courses(data: LeadChartData, clock: PictureClock, { width, height }: LeadSize): TextBlock {
  const isNarrow = width < 460;
  const labels = data.sides.map((s) => wrapped(s.label, type.label, isNarrow ? 84 : 128));
  const widest = Math.max(
    ...labels.flat().map((l) => widthAt(type.label, l)),
    ...data.sides.map((s) => widthAt(type.value, s.value, true)),
  );
  const area: Area = { left: 2, right: width - widest - 20, top: 18, bottom: 18 + height };
  const plot = { ...area, left: area.left + gutter };
  const vertical = valueAxis({
    values: levelsIn(data),
    unit: data.unit,
    from: area.bottom,
    to: area.top,
    ticks: height < 200 ? 3 : 4,
    ends: endsOf(data),
  });
  const horizontal = timeAxis(clock, data.times[0] ?? 0, data.times.at(-1) ?? 1, plot);
  const along = (values: readonly number[]): readonly Point[] =>
    values.map((v, i) => ({ x: horizontal.place(data.times[i] ?? 0), y: vertical.place(v) }));
  const [first, second] = data.sides;
  const shaded = data.gap !== null && first !== undefined && second !== undefined && first.range === null;
  const covered = data.isCovered;
  const nodes: Element[] = [
    ...valueLines(vertical, area),
    ...(covered ? [] : data.faint.flatMap((sides) => faintGap(sides, along))),
    ...(covered ? [] : data.sides.flatMap((s, k) => ranges(s, k, along))),
    ...(shaded && !covered
      ? [
          element(
            "path",
            joined({ d: between(along(first.middle), along(second.middle)), class: "lead-gap" }, fill("orangeWash")),
          ),
        ]
      : []),
    ...(data.line === null ? [] : constantLine(data.line, area, vertical.place)),
    ...(covered
      ? []
      : data.sides.flatMap((s, k) => [
          element(
            "path",
            joined({ d: straight(along(s.middle)), "stroke-linejoin": "round", ...dashOf(k) }, stroke(colourOf(k), 3)),
          ),
        ])),
    ...timeLine(horizontal, plot),
    ...(covered ? [] : endLabels(data, labels, area, vertical.place)),
    ...(shaded && !covered ? gapLabel(data.gap ?? "", [first, second], along, plot) : []),
    ...guessMark(data, area.right, vertical.place),
  ];
  return { nodes, height: 18 + height + underAxis };
}

function levelsIn(data: LeadChartData): readonly number[] {
  const all = data.sides.flatMap((s) => [...s.middle, s.level, ...(s.range?.high ?? []), ...(s.range?.low ?? [])]);
  const faint = data.faint.flatMap((sides) => sides.flat());
  return [
    ...all,
    ...faint,
    ...(data.line === null ? [] : [data.line.value]),
    ...(data.guess === null ? [] : [data.guess]),
  ];
}

function endsOf(data: LeadChartData): { readonly low?: number; readonly high?: number } {
  if (!data.isChance) return {};
  const highest = Math.max(0, ...levelsIn(data));
  return highest > 0.66 ? { low: 0, high: 1 } : { low: 0 };
}

function colourOf(side: number): Colour {
  return comparedColours[side % comparedColours.length] ?? "ink";
}

/** Told apart without colour too. */
function dashOf(side: number): { readonly "stroke-dasharray"?: string } {
  return side % 2 === 0 ? {} : { "stroke-dasharray": "9 3" };
}

function faintGap(
  sides: readonly (readonly number[])[],
  along: (values: readonly number[]) => readonly Point[],
): readonly Element[] {
  const [a, b] = sides;
  const lines = sides.map((s) =>
    element("path", joined({ d: straight(along(s)), "stroke-opacity": 0.45 }, stroke("rule", 1))),
  );
  if (a === undefined || b === undefined) return lines;
  return [element("path", joined({ d: between(along(a), along(b)), "fill-opacity": 0.75 }, fill("grid"))), ...lines];
}

function ranges(
  { range, half }: LeadCurve,
  side: number,
  along: (values: readonly number[]) => readonly Point[],
): readonly Element[] {
  const band = (b: LeadCurve["range"], opacity: number): readonly Element[] =>
    b === null
      ? []
      : [
          element(
            "path",
            joined({ d: between(along(b.high), along(b.low)), "fill-opacity": opacity }, fill(washOf(colourOf(side)))),
          ),
        ];
  return [...band(range, 0.45), ...band(half, 0.8)];
}

function constantLine(
  line: NonNullable<LeadChartData["line"]>,
  area: Area,
  place: (value: number) => number,
): readonly Element[] {
  const y = place(line.value);
  return [
    element(
      "line",
      joined({ x1: area.left, x2: area.right, y1: y, y2: y, "stroke-dasharray": "2 4" }, stroke("ink", 1.5)),
    ),
    writeText(area.left + gutter + 6, y - 6, line.label, { size: type.label }),
  ];
}

/** The figure in large, and what it is of, beside the end of each course. */
function endLabels(
  data: LeadChartData,
  labels: readonly (readonly string[])[],
  area: Area,
  place: (value: number) => number,
): readonly Element[] {
  const tall = labels.map((l) => 20 + l.length * 16);
  const tallest = Math.max(...tall);
  const ends = data.sides.map((s) => place(s.range === null ? (s.middle.at(-1) ?? s.level) : s.level));
  const centres = spread(ends, tallest + 2, area.top + tallest / 2 - 12, area.bottom - tallest / 2 + 20);
  return data.sides.flatMap((s, k) => {
    const [end, centre, words] = [ends[k] ?? 0, centres[k] ?? 0, labels[k] ?? []];
    const top = centre - (tall[k] ?? 0) / 2;
    const x = area.right + 14;
    return [
      element(
        "path",
        joined(
          { d: `M${area.right + 2},${tenth(end)}L${area.right + 11},${tenth(top + 13)}` },
          stroke(colourOf(k), 1.25),
        ),
      ),
      writeText(x, top + 18, s.value, { size: type.value, bold: true, colour: colourOf(k) }),
      ...words.map((w, i) => writeText(x, top + 34 + i * 16, w, { size: type.label, colour: colourOf(k) })),
    ];
  });
}

/** In the gap where there is room, else over it with a line down to it. */
function gapLabel(
  words: string,
  sides: readonly [LeadCurve, LeadCurve],
  along: (values: readonly number[]) => readonly Point[],
  plot: Area,
): readonly Element[] {
  const [a, b] = [along(sides[0].middle), along(sides[1].middle)];
  const wide = widthAt(type.gap, words, true) + 10;
  const at = (x: number): { readonly top: number; readonly bottom: number } => {
    const i = Math.max(
      0,
      a.findIndex((p) => p.x >= x),
    );
    const [p, q] = [a[i]?.y ?? 0, b[i]?.y ?? 0];
    return { top: Math.min(p, q), bottom: Math.max(p, q) };
  };
  const style = {
    size: type.gap,
    bold: true,
    anchor: "middle",
    attributes: { class: "lead-gap-words fill-ink", "paint-order": "stroke", "stroke-linejoin": "round" },
  } as const;
  for (const share of [0.9, 0.8]) {
    const right = plot.left + share * (plot.right - plot.left);
    const [from, to] = [at(right - wide), at(right)];
    const [top, bottom] = [Math.max(from.top, to.top), Math.min(from.bottom, to.bottom)];
    if (bottom - top >= 21) return [writeMiddle(right - wide / 2, (top + bottom) / 2, words, style)];
  }
  const x = plot.left + 0.72 * (plot.right - plot.left);
  const { top, bottom } = at(x);
  const y = Math.max(plot.top + 12, at(x + wide / 2).top - 34);
  return [
    element("path", joined({ d: `M${tenth(x)},${tenth(y + 9)}V${tenth((top + bottom) / 2)}` }, stroke("ink", 1))),
    writeMiddle(x, y, words, style),
  ];
}

function guessMark(data: LeadChartData, x: number, place: (value: number) => number): readonly Element[] {
  if (data.guess === null) return [];
  const y = place(data.guess);
  return [
    element("line", joined({ x1: x - 46, x2: x, y1: y, y2: y, "stroke-dasharray": "4 3" }, stroke("ink", 2))),
    writeText(x - 50, y + 4, "your guess", { size: type.tick, anchor: "end" }),
  ];
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

// ---- rows of a hundred dots

/** Dots that are counted. */
const perRow = 20;
/** Pixels from a line of words over the dots to the next. */
const dotLine = 18;

function dotRows(data: LeadChartData, { width, height }: LeadSize): TextBlock {
  const nodes: Element[] = [];
  const counted = data.isChance;
  const labels = data.sides.map((s) => {
    const claimed = data.line === null ? "" : ` (${data.line.label}${counted ? "" : ", dotted"})`;
    const found = data.isCovered ? "" : `${s.value}${counted ? " of 100" : ""} · `;
    return wrapped(`${found}${s.label}${claimed}`, 15, width - 16, true).slice(0, 3);
  });
  /** Over the dots of each side, its words. */
  const over = 12 + dotLine * Math.max(1, ...labels.map((l) => l.length));
  const share = Math.floor(height / Math.max(1, data.sides.length));
  // Dots that are counted are as large as the width lets them be, and take no more room than that.
  const step = Math.min((width - 16) / perRow, Math.max(12, (share - over - 8) / 5));
  const each = counted ? Math.ceil(over + 5 * step + 8) : Math.max(66 + over, share);
  const area: Area = { left: 8, right: width - 8, top: 0, bottom: each * data.sides.length + 6 };
  const axis = valueAxis({
    values: data.sides.flatMap((s) => [...s.middle, s.level]),
    unit: data.unit,
    from: area.left,
    to: area.right,
    ticks: 5,
  });
  const line = data.line === null ? null : data.line;
  if (!counted) nodes.push(...valueColumns(axis, area));
  data.sides.forEach((s, k) => {
    const top = k * each;
    const colour = colourOf(k);
    const words = labels[k] ?? [];
    nodes.push(
      ...words.map((w, i) => writeText(area.left, top + dotLine * (i + 1), w, { size: 15, bold: true, colour })),
    );
    if (data.isCovered) return;
    nodes.push(
      ...(counted
        ? countedDots(s, colour, { x: area.left, y: top + over }, step)
        : placedDots(s, colour, axis.place, { ...area, top: top + over - 4, bottom: top + each })),
    );
  });
  if (line !== null && !counted) {
    const x = axis.place(line.value);
    nodes.push(
      element(
        "line",
        joined({ x1: x, x2: x, y1: over - 4, y2: area.bottom, "stroke-dasharray": "2 4" }, stroke("ink", 1.5)),
      ),
    );
  }
  const unit =
    counted || axis.unit === ""
      ? []
      : [writeText(area.right, area.bottom + 32, axis.unit, { size: type.tick, colour: "soft", anchor: "end" })];
  return { nodes: [...nodes, ...unit], height: area.bottom + (counted ? 4 : underAxis + 18) };
}

/** Those in which it holds are full. */
function countedDots(s: LeadCurve, colour: Colour, at: Point, step: number): readonly Element[] {
  const held = Math.round(100 * s.level);
  return Array.from({ length: 100 }, (_, i) => {
    const place = {
      cx: tenth(at.x + (i % perRow) * step + step / 2),
      cy: tenth(at.y + Math.floor(i / perRow) * step + step / 2),
      r: tenth(step * 0.36),
    };
    return element("circle", i < held ? joined(place, fill(colour)) : joined(place, stroke("rule", 1)));
  });
}

/** Each of a hundred runs where its figure lies, those that lie together on top of one another (Kay et al. 2016). */
function placedDots(s: LeadCurve, colour: Colour, place: (value: number) => number, area: Area): readonly Element[] {
  const xs = s.middle.map(place);
  // One stack may be far taller than the others, as where many runs come to nothing: its dots overlap, and over them stands how many they are.
  const tallest = (r: number): number => [...stacks(xs, r).values()].toSorted((a, b) => b - a)[1] ?? 1;
  const whole = area.bottom - area.top;
  const radius = (room: number): number => {
    let r = 5;
    while (r > 2.6 && tallest(r) * 2 * r > room) r -= 0.2;
    return r;
  };
  const isCrowded = Math.max(...stacks(xs, radius(whole)).values()) * 2 * radius(whole) > whole;
  const room = isCrowded ? whole - dotLine : whole;
  const r = radius(room);
  const all = stacks(xs, r);
  const heights = new Map<number, number>();
  const crowded = [...all].filter(([, n]) => n * 2 * r > room).toSorted(([a], [b]) => a - b);
  const counts = neighbours(crowded, (bin) => bin * 2 * r).map((group) => {
    const [[first] = [0], last] = [group[0], group.at(-1)?.[0] ?? 0];
    const text = `${listed(group.map(([, n]) => String(n)))} runs`;
    const isAtEnd = first * 2 * r + widthAt(type.tick, text) > area.right;
    const x = isAtEnd ? last * 2 * r + r : first * 2 * r - r;
    const anchor = isAtEnd ? "end" : "start";
    return writeText(tenth(x), area.top + 12, text, { size: type.tick, colour, anchor });
  });
  const made = xs.map((x) => {
    const bin = Math.round(x / (2 * r));
    const lift = Math.min(2 * r, (room - 2 * r) / Math.max(1, (all.get(bin) ?? 1) - 1));
    const level = heights.get(bin) ?? 0;
    heights.set(bin, level + 1);
    const cy = area.bottom - r - level * lift;
    return element("circle", joined({ cx: tenth(bin * 2 * r), cy: tenth(cy), r: tenth(r * 0.9) }, fill(colour)));
  });
  return [...made, ...counts];
}

/** Stacks in order of place, those together that are too near one another for a count over each. */
function neighbours(
  crowded: readonly (readonly [bin: number, runs: number])[],
  placeOf: (bin: number) => number,
): readonly (readonly (readonly [bin: number, runs: number])[])[] {
  const groups: (readonly [number, number])[][] = [];
  for (const stack of crowded) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && placeOf(stack[0]) - placeOf(last[0]) < widthAt(type.tick, "100 runs "))
      groups.at(-1)?.push(stack);
    else groups.push([stack]);
  }
  return groups;
}

/** Dots of radius `r` by the place they stand at. */
function stacks(xs: readonly number[], r: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const x of xs) {
    const bin = Math.round(x / (2 * r));
    found.set(bin, (found.get(bin) ?? 0) + 1);
  }
  return found;
}
