/** Draws the few steps from what is compared to what is counted: boxes with a number under each option, arrows as thick as what their claims carry. */

import { element, joined, type Element } from "../picture/element.ts";
import { clipped, widthAt, wrapped } from "../picture/measure.ts";
import { svg, type Picture } from "../picture/picture.ts";
import { fill, stroke } from "../picture/theme.ts";
import { writeText, writeMiddle } from "../picture/write.ts";
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
/** Room for the words over the uppermost arrows. */
const head = 16;

export function chainChart(data: ChainChartData, width: number): Picture {
  const rows = Math.max(1, ...data.nodes.map((n) => n.row + 1));
  const height = head + rows * box.height + (rows - 1) * box.gap + 4;
  // As wide as the widest words over an arrow, so that they stand over no box.
  const words = Math.max(0, ...data.arrows.map((a) => widthAt(box.size, a.words, true) + 10));
  const between = Math.min(width / (data.columns * 2), Math.max(34, words, Math.min(64, width / (data.columns * 3.2))));
  const wide = (width - 4 - between * (data.columns - 1)) / data.columns;
  const places = new Map(
    data.nodes.map((n) => {
      const own = data.nodes.filter((o) => o.column === n.column).length;
      const block = own * box.height + (own - 1) * box.gap;
      const top = head + (height - 4 - head - block) / 2 + n.row * (box.height + box.gap);
      return [n.id, { x: 2 + n.column * (wide + between), y: top }];
    }),
  );
  // All words over all arrows: none is crossed out.
  const drawn = data.arrows.map((a) => arrowOf(a, data, places, wide));
  const nodes = [
    ...drawn.map((d) => d.arrow),
    ...drawn.flatMap((d) => d.words),
    ...data.nodes.map((n) => boxOf(n, places.get(n.id) ?? { x: 0, y: 0 }, wide)),
  ];
  return {
    root: svg({ id: data.id, title: data.title, description: data.description, width, height, children: nodes }),
    width,
    height,
  };
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

interface DrawnArrow {
  readonly arrow: Element;
  readonly words: readonly Element[];
}

function arrowOf(a: ChainLine, data: ChainChartData, places: Places, wide: number): DrawnArrow {
  const from = places.get(a.from) ?? { x: 0, y: 0 };
  const to = places.get(a.to) ?? { x: 0, y: 0 };
  const out = data.arrows.filter((o) => o.from === a.from);
  const into = data.arrows.filter((o) => o.to === a.to);
  const slot = (all: readonly ChainLine[], key: "from" | "to"): number => {
    const other = key === "from" ? "to" : "from";
    const order = all.toSorted((p, q) => (places.get(p[other])?.y ?? 0) - (places.get(q[other])?.y ?? 0));
    return ((order.indexOf(a) + 1) / (order.length + 1)) * box.height;
  };
  const thick = 1.5 + 11 * a.weight;
  const tip = 7 + thick * 0.6;
  const [x1, y1] = [from.x + wide, from.y + slot(out, "from")];
  const [x2, y2] = [to.x, to.y + slot(into, "to")];
  const path = pathPast(passedBoxes(a, data, places, wide), { x1, y1, x2: x2 - tip, y2, clear: thick / 2 + 3 });
  const colour = a.weight > 0 ? "soft" : "rule";
  // Near where it leaves, so that the numbers of arrows that cross stand apart.
  const near = Math.min(x2 - x1, gapBetween(data, wide, places));
  const named = { x: x1 + near * 0.36, y: y1 + (x2 - x1 > near ? 0 : (y2 - y1) * 0.23) };
  const sign = a.sign === null ? "" : a.sign === 1 ? "+" : "−";
  const arrowHead = 4 + thick * 0.75;
  const arrow = element(
    "g",
    {
      class: a.isLit ? "chain-arrow lit" : "chain-arrow",
      "data-arrow": `${a.from} ${a.to}`,
    },
    element("path", joined({ d: path, "stroke-opacity": a.isLit ? 1 : 0.75 }, stroke(colour, thick))),
    element(
      "path",
      joined({ d: `M${one(x2 - 1)},${one(y2)}l${one(-tip)},${one(-arrowHead)}v${one(2 * arrowHead)}Z` }, fill(colour)),
    ),
    // As much as a finger needs.
    element("path", { d: path, stroke: "transparent", "stroke-width": 24, fill: "none" }),
  );
  const words = [
    { text: a.words, x: named.x, y: named.y - thick / 2 - 3, size: box.size },
    { text: sign, x: x2 - tip - 2, y: y2 + arrowHead + 11, size: 14, colour: "soft" as const },
  ]
    .filter((w) => w.text !== "")
    .map(({ text, x, y, ...look }) => haloed(writeText(x, y, text, { ...look, bold: true, anchor: "middle" })));
  return { arrow, words };
}

/** From a column to the next. */
function gapBetween(data: ChainChartData, wide: number, places: Places): number {
  const [first = 0, second = Infinity] = [...new Set(data.nodes.map((n) => places.get(n.id)?.x ?? 0))].toSorted(
    (p, q) => p - q,
  );
  return second - first - wide;
}

/** The boxes in the columns between, by their edges. */
function passedBoxes(a: ChainLine, data: ChainChartData, places: Places, wide: number): readonly Passed[] {
  const column = (id: string): number => data.nodes.find((n) => n.id === id)?.column ?? 0;
  return data.nodes
    .filter((n) => n.column > column(a.from) && n.column < column(a.to))
    .map((n) => {
      const { x, y } = places.get(n.id) ?? { x: 0, y: 0 };
      return { left: x, right: x + wide, top: y, bottom: y + box.height };
    });
}

interface Passed {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Ends {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Room that half its thickness takes. */
  readonly clear: number;
}

/** One curve from box to box; past others level, at either end's height or above them all. */
function pathPast(passed: readonly Passed[], { x1, y1, x2, y2, clear }: Ends): string {
  const curve = (fromX: number, fromY: number, toX: number, toY: number): string => {
    const half = (toX - fromX) / 2;
    return `C${one(fromX + half)},${one(fromY)} ${one(toX - half)},${one(toY)} ${one(toX)},${one(toY)}`;
  };
  const start = `M${one(x1)},${one(y1)}`;
  if (passed.length === 0) return start + curve(x1, y1, x2, y2);
  const left = Math.min(...passed.map((p) => p.left));
  const right = Math.max(...passed.map((p) => p.right));
  const isFree = (y: number): boolean => passed.every((p) => y + clear <= p.top || y - clear >= p.bottom);
  const level = [y1, y2].find(isFree) ?? Math.max(clear, Math.min(...passed.map((p) => p.top)) - clear);
  return `${start}${curve(x1, y1, left, level)}H${one(right)}${curve(right, level, x2, y2)}`;
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

function boxOf(n: ChainBox, { x, y }: { readonly x: number; readonly y: number }, wide: number): Element {
  const values = n.values.filter((v) => v !== null);
  const most = values.length === 0 ? 4 : 3;
  const fits = (words: string): boolean => wrapped(words, box.size, wide - 14).length <= most;
  // What follows a colon explains; the list under the picture has it.
  const [head = ""] = n.label.split(": ");
  const label = clipped(fits(n.label) ? n.label : head, box.size, wide - 14, most);
  const text = label.length * box.line + (values.length === 0 ? 0 : 20);
  const top = y + (box.height - text) / 2;
  const figures = n.values.flatMap((v, k) =>
    v === null ? [] : [{ text: v, colour: comparedColours[k % comparedColours.length] ?? "ink" }],
  );
  const gap = 12;
  const total = figures.reduce((sum, f) => sum + widthAt(box.value, f.text, true), 0) + gap * (figures.length - 1);
  const size = total > wide - 10 ? (box.value * (wide - 10)) / total : box.value;
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
    ...label.map((l, i) => writeText(x + wide / 2, top + 12 + i * box.line, l, { size: box.size, anchor: "middle" })),
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

function one(value: number): number {
  return Math.round(value * 10) / 10;
}
