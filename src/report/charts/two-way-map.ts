/** Draws the verdict for every pair of credences of two claims, with where you stand. */

import { verdicts, type Verdict } from "#analysis/verdicts/verdict.ts";
import { ofHundred } from "../words/numbers.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { ring, verdictMark } from "../picture/marks.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, stroke, type Colour } from "../picture/theme.ts";
import { clipped } from "../picture/measure.ts";
import { lines, sizes, writeText, type TextBlock } from "../picture/write.ts";

export interface MapData {
  readonly across: MapAxis;
  readonly up: MapAxis;
  /** By row from the bottom (`up`), then from the left (`across`): the verdict in each of n × m equal fields. */
  readonly fields: readonly (readonly Verdict[])[];
}

interface MapAxis {
  readonly name: string;
  readonly label: string;
  /** How far it is believed now, within 0..1. */
  readonly credence: number;
}

const grounds: Readonly<Record<Verdict, Colour>> = {
  holds: "tealWash",
  fails: "orangeWash",
  "no material difference": "grid",
  "does not hold": "grid",
  "too close to call": "wash",
  "not told": "wash",
};

export function twoWayMap(data: MapData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function here(data: MapData): Verdict {
  const rows = data.fields.length;
  const row = data.fields[Math.min(rows - 1, Math.floor(data.up.credence * rows))] ?? [];
  return row[Math.min(row.length - 1, Math.floor(data.across.credence * row.length))] ?? "not told";
}

function description(data: MapData): string {
  const all = data.fields.flat();
  const parts = verdicts
    .filter((v) => all.includes(v))
    .map((v) => `${v} in ${Math.round((100 * all.filter((a) => a === v).length) / all.length)} of 100 fields`);
  return `The verdict by how far ${data.across.name} and ${data.up.name} are believed: ${parts.join(", ")}. Now, at ${ofHundred(data.across.credence)} and ${ofHundred(data.up.credence)} in 100: ${here(data)}.`;
}

function drawing(data: MapData, x: number, y: number, width: number): TextBlock {
  const used = verdicts.filter((v) => data.fields.flat().includes(v));
  const key = keyLines(
    [
      ...used.map((v) => ({
        words: v,
        wide: 20,
        draw: (a: number, b: number) => [swatch(a, b, v), ...verdictMark(v, a + 10, b, 6)],
      })),
      { words: "where it stands now", wide: 12, draw: (a: number, b: number) => [ring(a + 6, b, "ink", 5)] },
    ],
    x,
    y,
    width,
  );
  const side = Math.min(width - 40, 420);
  const title = clipped(`${data.up.name}  ${data.up.label}`, sizes.label, width, 3, true);
  const top = y + key.height + 10 + title.length * 16 + 8;
  const area = { left: x + 34, right: x + 34 + side, top, bottom: top + side };
  const under = clipped(`${data.across.name}  ${data.across.label}`, sizes.label, width - 34, 3, true);
  const at = { x: area.left + data.across.credence * side, y: area.bottom - data.up.credence * side };
  return {
    nodes: [
      ...key.nodes,
      ...lines(x, top - 8 - title.length * 16, title, { bold: true }).nodes,
      ...fieldNodes(data, area),
      ...regionMarks(data, area),
      element("rect", joined({ x: area.left, y: area.top, width: side, height: side }, stroke("rule"))),
      ...[0, 0.5, 1].flatMap((c) => [
        writeText(area.left - 6, area.bottom - c * side + (c === 1 ? 9 : c === 0 ? 0 : 4), String(c * 100), {
          size: sizes.small,
          colour: "soft",
          anchor: "end",
        }),
        writeText(area.left + c * side, area.bottom + 15, String(c * 100), {
          size: sizes.small,
          colour: "soft",
          anchor: c === 0 ? "start" : c === 1 ? "end" : "middle",
        }),
      ]),
      element(
        "line",
        joined({ x1: at.x, x2: at.x, y1: area.top, y2: area.bottom, "stroke-dasharray": "2 3" }, stroke("rule")),
      ),
      element(
        "line",
        joined({ x1: area.left, x2: area.right, y1: at.y, y2: at.y, "stroke-dasharray": "2 3" }, stroke("rule")),
      ),
      ring(at.x, at.y, "ink", 6),
      ...lines(area.left, area.bottom + 22, under, { bold: true }).nodes,
    ],
    height: area.bottom + 22 + under.length * 16 - y,
  };
}

interface Square {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function swatch(x: number, y: number, verdict: Verdict): Element {
  return element("rect", joined({ x, y: y - 8, width: 20, height: 16 }, fill(grounds[verdict])));
}

/** Runs of one verdict in a row are one rectangle; borders between verdicts are drawn. */
function fieldNodes(data: MapData, area: Square): readonly Element[] {
  const rows = data.fields.length;
  const height = (area.bottom - area.top) / rows;
  return data.fields.flatMap((row, r) => {
    const wide = (area.right - area.left) / row.length;
    const nodes: Element[] = [];
    const y = area.bottom - (r + 1) * height;
    for (let from = 0, c = 1; c <= row.length; c++) {
      if (c < row.length && row[c] === row[from]) continue;
      const [x1, x2] = [area.left + from * wide, area.left + c * wide];
      nodes.push(
        element(
          "rect",
          joined({ x: x1, y, width: x2 - x1 + 0.3, height: height + 0.3 }, fill(grounds[row[from] ?? "not told"])),
        ),
      );
      if (c < row.length) nodes.push(element("line", joined({ x1: x2, x2, y1: y, y2: y + height }, stroke("rule"))));
      from = c;
    }
    const above = data.fields[r + 1];
    row.forEach((v, c) => {
      if (above !== undefined && above[c] !== v)
        nodes.push(
          element(
            "line",
            joined({ x1: area.left + c * wide, x2: area.left + (c + 1) * wide, y1: y, y2: y }, stroke("rule")),
          ),
        );
    });
    return nodes;
  });
}

/** Each verdict's sign, in the field of its region that lies nearest to the region's centre. */
function regionMarks(data: MapData, area: Square): readonly Element[] {
  const rows = data.fields.length;
  return verdicts.flatMap((v) => {
    const own = data.fields.flatMap((row, r) =>
      row.flatMap((w, c) => (w === v ? [{ x: (c + 0.5) / row.length, y: (r + 0.5) / rows }] : [])),
    );
    if (own.length < 0.02 * data.fields.flat().length) return [];
    const mean = (pick: (p: (typeof own)[number]) => number): number =>
      own.reduce((s, p) => s + pick(p), 0) / own.length;
    const [cx, cy] = [mean((p) => p.x), mean((p) => p.y)];
    const far = (p: (typeof own)[number]): number => Math.hypot(p.x - cx, p.y - cy);
    const best = own.toSorted((a, b) => far(a) - far(b))[0];
    if (best === undefined) return [];
    const side = area.right - area.left;
    return verdictMark(v, Math.round(area.left + best.x * side), Math.round(area.bottom - best.y * side));
  });
}

/** Eleven by eleven at most: the verdict at each. */
export function mapTable(data: MapData): DataTable {
  const pick = (n: number): readonly number[] =>
    n <= 11
      ? Array.from({ length: n }, (_, i) => i)
      : Array.from({ length: 11 }, (_, i) => Math.round((i * (n - 1)) / 10));
  const columns = pick(data.fields[0]?.length ?? 0);
  const wide = data.fields[0]?.length ?? 1;
  return {
    caption: `The verdict by how far ${data.across.name} (across) and ${data.up.name} (down) are believed, in 100`,
    columns: [`${data.up.name} \\ ${data.across.name}`, ...columns.map((c) => ofHundred((c + 0.5) / wide))],
    rows: pick(data.fields.length)
      .toReversed()
      .map((r) => [ofHundred((r + 0.5) / data.fields.length), ...columns.map((c) => data.fields[r]?.[c] ?? "–")]),
  };
}
