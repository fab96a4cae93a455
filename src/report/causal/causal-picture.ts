/** Draws what moves what in a model, as far as it can be read at a width, with the claims that switch each part. */

import type { Model } from "#model/model.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { clipped, widthAt } from "../picture/measure.ts";
import { smooth } from "../picture/path.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { fill, stroke, type Colour } from "../picture/theme.ts";
import { lineHeight, lines, sizes, writeText, writeMiddle, type TextBlock } from "../picture/write.ts";
import { causalGraph, type CausalGraph, type CausalNode } from "./graph.ts";
import { partsOf } from "#analysis/causal/influences.ts";
import { layoutOf, type Layout, type BoxPlace, type Route, type Size } from "./layout.ts";

/** Parts drawn where there is room for them. */
const mostParts = 24;
const fewestParts = 3;
const pad = 8;
const chip = { height: 17, gap: 4 } as const;

/**
 * Draws as many of the weightiest parts as fit side by side. Boxes and arrows bear `data-part`, `data-from`, `data-to` and `data-claims`, so that a
 * page can light what a claim switches, and the claims of what is pointed at. `most` bounds the number of parts.
 */
export function causalPicture(model: Model, head: ChartHead, width: number, most: number = mostParts): Picture {
  return framed(head, width, descriptionOf(model, most), (x, y, inner) => {
    const { graph, boxes, layout } = fitted(model, inner, most);
    const key = keyLine(graph, x, y, inner);
    const top = y + key.height + 6;
    const left = x + Math.max(0, (inner - layout.width) / 2);
    return {
      nodes: [
        ...key.nodes,
        ...layout.routes.map((r) => arrow(r, graph, left, top)),
        ...graph.nodes.flatMap((n) => {
          const place = layout.places.get(n.id);
          const box = boxes.get(n.id);
          return place === undefined || box === undefined ? [] : [boxOf(n, box, place, left, top)];
        }),
        ...signsOf({ graph, boxes, layout }, left, top),
      ],
      height: key.height + 6 + layout.height,
    };
  });
}

function descriptionOf(model: Model, most: number): string {
  const { nodes } = causalGraph(model, most);
  return `What moves what in the model, with the claims that switch each part. In it: ${nodes.map((n) => n.label).join("; ")}. A plus at an arrow's end: more makes for more; a minus: for less; neither: it depends, or is a choice. The same stands in the list beside the picture.`;
}

interface Box extends Size {
  readonly title: readonly string[];
  readonly members: readonly string[];
  readonly chips: readonly (readonly string[])[];
}

interface Fitted {
  readonly graph: CausalGraph;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly layout: Layout;
}

/** Between the fewest parts, in boxes as narrow as it takes, and `most`: as many as stand side by side within `width`, found by halving. */
function fitted(model: Model, width: number, most: number): Fitted {
  const all = partsOf(model);
  const laid = (parts: number, boxWidth: number): Fitted => {
    const graph = causalGraph(model, parts, all);
    const boxes = new Map(graph.nodes.map((n) => [n.id, sized(n, boxWidth)]));
    return { graph, boxes, layout: layoutOf(graph, (id) => boxes.get(id) ?? { width: 0, height: 0 }) };
  };
  const fit = (parts: number): Fitted | undefined => {
    for (const boxWidth of [150, 122]) {
      const found = laid(parts, boxWidth);
      if (found.layout.width <= width) return found;
    }
    return undefined;
  };
  const whole = fit(most);
  if (whole !== undefined) return whole;
  let best: Fitted | undefined;
  for (let [low, high] = [fewestParts, most]; high - low > 1;) {
    const middle = Math.floor((low + high) / 2);
    const found = fit(middle);
    if (found === undefined) high = middle;
    else [best, low] = [found, middle];
  }
  return best ?? laid(fewestParts, Math.min(122, width / 2 - 14));
}

function sized(n: CausalNode, width: number): Box {
  const inner = width - 2 * pad;
  const title = clipped(n.label, sizes.label, inner, 4, true);
  const members = n.members.flatMap((m) => clipped(m, sizes.small, inner, 2));
  const chips = chipRows(n.switchedBy, inner);
  const height =
    2 * pad -
    2 +
    title.length * lineHeight(sizes.label) +
    members.length * lineHeight(sizes.small) +
    (chips.length > 0 ? 4 + chips.length * (chip.height + chip.gap) - chip.gap : 0);
  return { title, members, chips, width, height };
}

function chipRows(claims: readonly string[], width: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let used = Infinity;
  for (const claim of claims) {
    const wide = chipWidth(claim);
    if (used + chip.gap + wide > width) {
      rows.push([]);
      used = -chip.gap;
    }
    rows.at(-1)?.push(claim);
    used += chip.gap + wide;
  }
  return rows;
}

function chipWidth(claim: string): number {
  return widthAt(sizes.small, claim) + 9;
}

const looks: Readonly<
  Record<CausalNode["kind"], { readonly line: Colour; readonly ground: Colour; readonly word: string }>
> = {
  choice: { line: "purple", ground: "purpleWash", word: "a choice" },
  event: { line: "orange", ground: "paper", word: "something that happens" },
  stock: { line: "blue", ground: "paper", word: "something that builds up" },
  let: { line: "rule", ground: "paper", word: "something worked out" },
  outcome: { line: "teal", ground: "paper", word: "what is told at the end" },
};

/** Shapes besides colours: choices cut-cornered, events round, stocks square with a heavy left edge, the rest plain. */
function outline(n: CausalNode, x: number, y: number, { width: w, height: h }: Size): readonly Element[] {
  const { line: colour, ground } = looks[n.kind];
  const paint = joined(stroke(colour, n.kind === "let" ? 1 : 1.5), fill(ground));
  const round = n.kind === "event" ? Math.min(14, h / 2) : 2;
  const body =
    n.kind === "choice"
      ? element("path", joined({ d: cutCorners(x, y, w, h) }, paint))
      : element(
          "rect",
          joined(
            { x, y, width: w, height: h, rx: round, "stroke-dasharray": n.kind === "let" ? "3 2" : undefined },
            paint,
          ),
        );
  if (n.kind === "stock") return [body, element("rect", joined({ x, y, width: 5, height: h }, fill(colour)))];
  if (n.kind !== "outcome") return [body];
  return [body, element("rect", joined({ x: x + 3, y: y + 3, width: w - 6, height: h - 6 }, stroke(colour)))];
}

function cutCorners(x: number, y: number, w: number, h: number): string {
  const c = 7;
  return `M${x + c},${y}H${x + w - c}L${x + w},${y + c}V${y + h - c}L${x + w - c},${y + h}H${x + c}L${x},${y + h - c}V${y + c}Z`;
}

function boxOf(n: CausalNode, box: Box, place: BoxPlace, left: number, top: number): Element {
  const x = round(left + place.x);
  const y = round(top + place.y);
  const titleHeight = box.title.length * lineHeight(sizes.label);
  const chipsTop = y + pad - 1 + titleHeight + box.members.length * lineHeight(sizes.small) + 4;
  return element(
    "g",
    { class: "part", "data-part": n.id, "data-claims": n.switchedBy.join(" ") },
    ...outline(n, x, y, box),
    ...lines(x + pad, y + pad - 2, box.title, { bold: true }).nodes,
    ...lines(x + pad, y + pad - 2 + titleHeight, box.members, { size: sizes.small, colour: "soft" }).nodes,
    ...box.chips.flatMap((row, r) => chipsOf(row, x + pad, chipsTop + r * (chip.height + chip.gap))),
  );
}

function chipsOf(row: readonly string[], x: number, y: number): readonly Element[] {
  let left = x;
  return row.map((claim) => {
    const wide = chipWidth(claim);
    const made = element(
      "g",
      { class: "claim", "data-claim": claim },
      element(
        "rect",
        joined({ x: round(left), y, width: round(wide), height: chip.height, rx: 8 }, fill("wash"), { class: "chip" }),
      ),
      writeText(round(left + wide / 2), y + 12.5, claim, { size: sizes.small, anchor: "middle" }),
    );
    left += wide + chip.gap;
    return made;
  });
}

function arrow(route: Route, graph: CausalGraph, left: number, top: number): Element {
  const points = route.points.map((p) => ({ x: p.x + left, y: p.y + top }));
  const path = smooth(points);
  const claims = graph.nodes.find((n) => n.id === route.to)?.switchedBy ?? [];
  return element(
    "g",
    { class: "influence", "data-from": route.from, "data-to": route.to, "data-claims": claims.join(" ") },
    element("path", joined({ d: path }, stroke("rule", 1.2))),
    element("path", joined({ d: headOf(points) }, fill("rule"))),
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Pixels about a sign that nothing else may stand in. */
const clear = 6;

/** A plus or a minus beside the end of each arrow that has one, where there is room beside it; the list tells them all. */
function signsOf({ graph, boxes, layout }: Fitted, left: number, top: number): readonly Element[] {
  const taken: Spot[] = [];
  const ends = layout.routes.flatMap((r) => r.points.slice(-1).map((p) => ({ x: p.x + left, y: p.y + top })));
  const isFree = ({ x, y }: Spot): boolean =>
    ends.every((e) => Math.hypot(e.x - x, e.y - y) > clear + 5) &&
    taken.every((t) => Math.abs(t.x - x) > 2 * clear || Math.abs(t.y - y) > 2 * clear) &&
    graph.nodes.every((n) => {
      const [place, box] = [layout.places.get(n.id), boxes.get(n.id)];
      if (place === undefined || box === undefined) return true;
      const [dx, dy] = [x - left - place.x, y - top - place.y];
      return dx < -clear || dx > box.width + clear || dy < -clear || dy > box.height + clear;
    });
  return layout.routes.flatMap((route) => {
    const sign = graph.edges.find((e) => e.from === route.from && e.to === route.to)?.sign ?? null;
    if (sign === null) return [];
    const spot = besideEnd(route.points.map((p) => ({ x: p.x + left, y: p.y + top }))).find(isFree);
    if (spot === undefined) return [];
    taken.push(spot);
    const word = sign === 1 ? "+" : "−";
    return [
      element(
        "g",
        { class: "sign", "data-from": route.from, "data-to": route.to, "data-sign": word },
        element("circle", joined({ cx: round(spot.x), cy: round(spot.y), r: clear - 1 }, fill("paper"))),
        writeMiddle(round(spot.x), round(spot.y), word, { size: sizes.small, bold: true, anchor: "middle" }),
      ),
    ];
  });
}

/** Places to either side of an arrow's last stretch, the nearest to its point first. */
function besideEnd(points: readonly Spot[]): readonly Spot[] {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end === undefined || before === undefined) return [];
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  return [11, 17, 23, 30]
    .filter((back) => back < length + 8)
    .flatMap((back) => [8, -8].map((side) => ({ x: end.x - back * dx - side * dy, y: end.y - back * dy + side * dx })));
}

/** A small triangle whose point is the arrow's end. */
function headOf(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (end === undefined || before === undefined) return "";
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const back = { x: end.x - 7 * dx, y: end.y - 7 * dy };
  return `M${round(end.x)},${round(end.y)}L${round(back.x - 3.5 * dy)},${round(back.y + 3.5 * dx)}L${round(back.x + 3.5 * dy)},${round(back.y - 3.5 * dx)}Z`;
}

const signKey: readonly (readonly [string, string])[] = [
  ["+", "more makes for more"],
  ["−", "more makes for less"],
];

function keyLine(graph: CausalGraph, x: number, y: number, width: number): TextBlock {
  const kinds = (["choice", "event", "stock", "let", "outcome"] as const).filter((k) =>
    graph.nodes.some((n) => n.kind === k),
  );
  let [left, top] = [x, y + 9];
  const place = (wide: number): void => {
    if (left + wide > x + width) [left, top] = [x, top + 20];
  };
  const nodes = kinds.flatMap((kind) => {
    const wide = 30 + widthAt(sizes.small, looks[kind].word);
    place(wide);
    const sample: CausalNode = {
      id: kind,
      kind,
      name: "",
      label: "",
      reads: [],
      claims: [],
      outcomes: [],
      members: [],
      switchedBy: [],
      through: [],
    };
    const made = [
      ...outline(sample, left, top - 7, { width: 22, height: 14 }),
      writeMiddle(left + 28, top, looks[kind].word, { size: sizes.small, colour: "soft" }),
    ];
    left += wide + 14;
    return made;
  });
  const words = "a claim that switches part of it";
  place(34 + widthAt(sizes.small, words));
  const sampleChip = graph.nodes.some((n) => n.switchedBy.length > 0)
    ? [
        element("rect", joined({ x: left, y: top - 8, width: 24, height: 16, rx: 8 }, fill("wash"))),
        writeText(left + 12, top + 4, "A1", { size: sizes.small, anchor: "middle" }),
        writeMiddle(left + 30, top, words, { size: sizes.small, colour: "soft" }),
      ]
    : [];
  left += 34 + widthAt(sizes.small, words) + 14;
  const signs = graph.edges.some((e) => e.sign !== null) ? signKey : [];
  const signNodes = signs.flatMap(([sign, text]) => {
    const wide = 14 + widthAt(sizes.small, text);
    place(wide);
    const made = [
      writeMiddle(left, top, sign, { size: sizes.small, bold: true }),
      writeMiddle(left + 12, top, text, { size: sizes.small, colour: "soft" }),
    ];
    left += wide + 14;
    return made;
  });
  return { nodes: [...nodes, ...sampleChip, ...signNodes], height: top - y + 18 };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
