/** Draws the few steps from what is compared to what is counted: boxes with a number under each option, arrows as thick as what their claims carry. */

import { element, joined, type Element } from "../picture/element.ts";
import { clipped, widthAt, wrapped } from "../picture/measure.ts";
import { svg, type Picture } from "../picture/picture.ts";
import { fill, stroke } from "../picture/theme.ts";
import { writeText, writeMiddle, type TextStyle } from "../picture/write.ts";
import { layChain, type ChainPlace, type ChainWay } from "./chain-layout.ts";
import { comparedColours } from "./lead-chart.ts";

export interface ChainChartData {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: number;
  readonly nodes: readonly ChainBox[];
  readonly arrows: readonly ChainLine[];
}

interface ChainBox {
  readonly id: string;
  readonly label: string;
  /** What is compared, where the box is a choice between two: each in its colour. */
  readonly options: readonly [string, string] | null;
  readonly column: number;
  readonly row: number;
  /** By side, as people read it; null where it has none. */
  readonly values: readonly (string | null)[];
}

interface ChainLine {
  readonly from: string;
  readonly to: string;
  readonly sign: 1 | -1 | null;
  /** From 0 to 1: what its claims carry, against the weightiest arrow. */
  readonly weight: number;
  /** What they carry in words: `+5`; empty for nothing. */
  readonly words: string;
  readonly claims: readonly string[];
  readonly isLit: boolean;
}

/** Narrower than this the steps are told as a list. */
export const narrowestChain = 620;

const box = { height: 74, gap: 14, line: 15, size: 12.5, value: 15 } as const;
/** Room over the uppermost box and under the lowest, for the signs next to arrowheads. */
const edge = 10;
/** Room for a number on an arrow, so that no box moves while the number does. */
const usualWords = "0.0";
const sign = { size: 14, width: 12, height: 13 } as const;

export function chainChart(data: ChainChartData, width: number): Picture {
  const words = Math.max(...[usualWords, ...data.arrows.map((a) => a.words)].map(wordsWidth));
  // A number stands between two boxes and over neither, the arrowhead next to it.
  const room = Math.max(words + 12, Math.min(64, width / (data.columns * 2.6)));
  const across = Math.min(width / (data.columns * 1.6), room);
  const wide = (width - 4 - across * (data.columns - 1)) / data.columns;
  const size = wordsSize(data.nodes, wide);
  const plan = layChain(data.nodes, data.arrows, {
    columns: data.columns,
    width: wide,
    height: box.height,
    across,
    down: box.gap,
    left: 2,
    top: edge,
  });
  const ways = data.arrows.map((arrow, k) => drawnWay(arrow, plan.ways[k] as ChainWay));
  const taken: Rect[] = [
    ...[...plan.boxes.values()].map(({ x, y }) => ({ x, y, width: wide, height: box.height })),
    ...ways.map((w) => w.head),
  ];
  const height = plan.height + 2 * edge;
  const free = freePlaces(taken, { x: 0, y: 0, width, height });
  const nodes = [
    ...ways.map(arrowOf),
    ...data.nodes.map((n) => boxOf(n, plan.boxes.get(n.id) ?? { x: 0, y: 0 }, { wide, size })),
    ...ways.map((w) => wordsOf(w, free)),
  ];
  return {
    root: svg({ id: data.id, title: data.title, description: data.description, width, height, children: nodes }),
    width,
    height,
  };
}

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface DrawnWay {
  readonly arrow: ChainLine;
  readonly path: string;
  readonly thick: number;
  /** Around its arrowhead. */
  readonly head: Rect;
  /** On its line, the best first: where its number may stand. */
  readonly places: readonly ChainPlace[];
}

function thicknessOf(weight: number): number {
  return 1.5 + 11 * weight;
}

function tipOf(thick: number): number {
  return 7 + thick * 0.6;
}

function wordsWidth(words: string): number {
  return widthAt(box.size, words, true) + 6;
}

function drawnWay(arrow: ChainLine, { start, end, lanes }: ChainWay): DrawnWay {
  const thick = thicknessOf(arrow.weight);
  const tip = tipOf(thick);
  const wings = 4 + thick * 0.75;
  const stops = [
    { left: start.x, right: start.x, y: start.y },
    ...lanes,
    { left: end.x - tip, right: end.x - tip, y: end.y },
  ];
  const parts = [`M${one(start.x)},${one(start.y)}`];
  const bends: ChainPlace[] = [];
  stops.slice(1).forEach((to, i) => {
    const from = stops[i] ?? to;
    const half = (from.right + to.left) / 2;
    parts.push(
      `C${one(half)},${one(from.y)} ${one(half)},${one(to.y)} ${one(to.left)},${one(to.y)}`,
      ...(to.right > to.left ? [`H${one(to.right)}`] : []),
    );
    bends.push({ x: half, y: (from.y + to.y) / 2 });
  });
  return {
    arrow,
    path: parts.join(""),
    thick,
    head: { x: end.x - tip, y: end.y - wings, width: tip, height: 2 * wings },
    places: [...lanes.map((l) => ({ x: (l.left + l.right) / 2, y: l.y })), ...bends],
  };
}

function arrowOf({ arrow, path, thick, head }: DrawnWay): Element {
  const colour = arrow.weight > 0 ? "soft" : "rule";
  const [right, middle] = [head.x + head.width - 1, head.y + head.height / 2];
  return element(
    "g",
    {
      class: arrow.isLit ? "chain-arrow lit" : "chain-arrow",
      "data-arrow": `${arrow.from} ${arrow.to}`,
    },
    element("path", joined({ d: path, "stroke-opacity": arrow.isLit ? 1 : 0.75 }, stroke(colour, thick))),
    element(
      "path",
      joined(
        { d: `M${one(right)},${one(middle)}l${one(-head.width)},${one(-head.height / 2)}v${one(head.height)}Z` },
        fill(colour),
      ),
    ),
    // As much as a finger needs.
    element("path", { d: path, stroke: "transparent", "stroke-width": 24, fill: "none" }),
  );
}

/** Its number on its line, and its sign next to its head. */
function wordsOf({ arrow, head, places }: DrawnWay, free: FreePlaces): Element {
  const wide = wordsWidth(arrow.words);
  const number = free(
    arrow.words === ""
      ? []
      : [0, -8, 8, -15, 15, -22, 22, -30, 30].flatMap((dy) => places.map((p) => ({ x: p.x, y: p.y + dy }))),
    { width: wide, height: box.line },
  );
  const tip = { x: head.x + head.width / 2, y: head.y + head.height / 2 };
  const apart = head.height / 2 + sign.height / 2 + 1;
  const mark = free(
    arrow.sign === null
      ? []
      : [
          { x: tip.x, y: tip.y + apart },
          { x: tip.x, y: tip.y - apart },
          { x: head.x - sign.width, y: tip.y + apart - 4 },
          { x: head.x - sign.width, y: tip.y - apart + 4 },
          { x: head.x - sign.width / 2 - 1, y: tip.y },
          // Back along the line, where other heads are no longer near.
          ...[2, 3, 4, 5].flatMap((back) =>
            [apart - 4, 4 - apart].map((dy) => ({ x: head.x - back * sign.width, y: tip.y + dy })),
          ),
        ],
    sign,
  );
  return element(
    "g",
    { class: "chain-words" },
    ...(number === null
      ? []
      : [
          element(
            "rect",
            joined(
              {
                x: one(number.x - wide / 2),
                y: one(number.y - box.line / 2),
                width: one(wide),
                height: box.line,
                rx: 4,
                class: "chain-box",
              },
              fill("paper"),
            ),
          ),
          writeMiddle(one(number.x), one(number.y), arrow.words, {
            size: box.size,
            bold: true,
            anchor: "middle",
            attributes: { class: "chain-number fill-ink" },
          }),
        ]),
    ...(mark === null
      ? []
      : [
          haloed(
            writeMiddle(one(mark.x), one(mark.y), arrow.sign === 1 ? "+" : "−", {
              size: sign.size,
              bold: true,
              anchor: "middle",
              colour: "soft",
            }),
          ),
        ]),
  );
}

/** The first of the places where a thing of that size is over nothing else, which it then takes. Null where there is none: the list under the picture has it. */
type FreePlaces = (
  places: readonly ChainPlace[],
  size: { readonly width: number; readonly height: number },
) => ChainPlace | null;

function freePlaces(taken: readonly Rect[], around: Rect): FreePlaces {
  const all = [...taken];
  const isFree = (r: Rect): boolean =>
    r.x >= around.x &&
    r.y >= around.y &&
    r.x + r.width <= around.x + around.width &&
    r.y + r.height <= around.y + around.height &&
    all.every((o) => r.x + r.width <= o.x || o.x + o.width <= r.x || r.y + r.height <= o.y || o.y + o.height <= r.y);
  return (places, { width, height }) => {
    const rect = (p: ChainPlace): Rect => ({ x: p.x - width / 2, y: p.y - height / 2, width, height });
    const found = places.find((p) => isFree(rect(p)));
    if (found === undefined) return null;
    all.push(rect(found));
    return found;
  };
}

function haloed(text: Element): Element {
  return {
    ...text,
    attributes: joined(text.attributes, {
      class: "haloed",
      "paint-order": "stroke",
      "stroke-linejoin": "round",
    }) as Element["attributes"],
  };
}

interface BoxLook {
  readonly wide: number;
  /** Of its words. */
  readonly size: number;
}

/** Room for words in a box. */
function wordsRoom(wide: number): number {
  return wide - 10;
}

/** The largest size at which no word is cut, if there is one. */
function wordsSize(nodes: readonly ChainBox[], wide: number): number {
  const words = nodes.flatMap((n) => (n.options ?? [n.label]).flatMap((label) => label.split(/\s+/)));
  const longest = Math.max(...words.map((w) => widthAt(1, w, true)));
  return [box.size, 12, 11.5].find((size) => size * longest <= wordsRoom(wide)) ?? 11;
}

function boxOf(n: ChainBox, { x, y }: ChainPlace, look: BoxLook): Element {
  const { wide } = look;
  const values = n.values.filter((v) => v !== null);
  const label =
    n.options === null ? labelLines(n.label, look, values.length === 0 ? 4 : 3) : optionLines(n.options, look);
  const text = label.length * box.line + (values.length === 0 ? 0 : 20);
  const top = y + (box.height - text) / 2;
  const figures = n.values.flatMap((v, k) =>
    v === null ? [] : [{ text: v, colour: comparedColours[k % comparedColours.length] ?? "ink" }],
  );
  const gap = 8;
  const total = figures.reduce((sum, f) => sum + widthAt(box.value, f.text, true), 0) + gap * (figures.length - 1);
  const size = Math.max(11, Math.min(box.value, (box.value * (wide - 10)) / total));
  let left = x + wide / 2 - (Math.min(1, size / box.value) * total) / 2;
  return element(
    "g",
    { "data-node": n.id },
    element(
      "rect",
      joined(
        { x, y, width: wide, height: box.height, rx: 7, class: "chain-box" },
        fill("paper"),
        stroke("rule", 1.25),
        { fill: undefined },
      ),
    ),
    ...label.map(({ words, style }, i) =>
      writeText(x + wide / 2, top + 12 + i * box.line, words, { ...style, size: look.size, anchor: "middle" }),
    ),
    ...figures.map((f) => {
      const made = writeMiddle(left, top + label.length * box.line + 12, f.text, {
        size,
        bold: true,
        colour: f.colour,
      });
      left += (widthAt(box.value, f.text, true) + gap) * (size / box.value);
      return made;
    }),
  );
}

interface BoxLine {
  readonly words: string;
  readonly style: TextStyle;
}

/** What follows a colon explains: it is left out where there is no room, for the list under the picture has it. */
function labelLines(label: string, { wide, size }: BoxLook, most: number): readonly BoxLine[] {
  const isRoomy = wrapped(label, size, wordsRoom(wide)).length <= most;
  const [head = ""] = label.split(": ");
  return clipped(isRoomy ? label : head, size, wordsRoom(wide), most).map((words) => ({ words, style: {} }));
}

/** Two lines for each at most. */
function optionLines(options: readonly string[], { wide, size }: BoxLook): readonly BoxLine[] {
  return options.flatMap((option, k) =>
    clipped(option, size, wordsRoom(wide), 2, true).map((words) => ({
      words,
      style: { bold: true, colour: comparedColours[k % comparedColours.length] ?? "ink" },
    })),
  );
}

function one(value: number): number {
  return Math.round(value * 10) / 10;
}
