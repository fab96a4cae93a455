/** Draws what was believed of each claim or unknown before and after the evidence. */

import { inScale, scaleOf, type ShownUnit } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { dot, interval, ring } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { stroke } from "../picture/theme.ts";
import { sizes, writeMiddle, type TextBlock } from "../picture/write.ts";

/** A credence, or the middle of what is believed of a quantity. In base units. */
interface Belief {
  readonly value: number;
  /** Of a quantity, 9 chances in 10; null of a claim. */
  readonly range: readonly [number, number] | null;
}

export interface PosteriorData {
  /** Shared by all rows; credences are shares. */
  readonly unit: ShownUnit;
  readonly rows: readonly { readonly label: string; readonly prior: Belief; readonly posterior: Belief }[];
}

export function posteriorChart(data: PosteriorData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function valuesOf(data: PosteriorData): readonly number[] {
  return data.rows.flatMap((r) => [r.prior, r.posterior].flatMap((b) => [b.value, ...(b.range ?? [])]));
}

function description(data: PosteriorData): string {
  const scale = scaleOf(valuesOf(data), data.unit);
  return `Before and after reweighing by what happened, in ${scale.unit}. ${data.rows.map((r) => `${r.label}: ${inScale(r.prior.value, scale)} to ${inScale(r.posterior.value, scale)}.`).join(" ")}`;
}

function drawing(data: PosteriorData, x: number, y: number, width: number): TextBlock {
  const scale = scaleOf(valuesOf(data), data.unit);
  const key = keyLines(
    [
      { words: "before", wide: 12, draw: (a, b) => [ring(a + 6, b, "soft")] },
      { words: "reweighed by what happened", wide: 12, draw: (a, b) => [dot(a + 6, b, "blue")] },
      ...(data.rows.some((r) => r.prior.range !== null)
        ? [
            {
              words: "9 chances in 10",
              wide: 22,
              draw: (a: number, b: number) => interval({ low: a, high: a + 22, y: b, colour: "blue" }),
            },
          ]
        : []),
    ],
    x,
    y,
    width,
  );
  const texts = data.rows.map((r) => `${inScale(r.prior.value, scale)} → ${inScale(r.posterior.value, scale)}`);
  const reserve = Math.max(0, ...texts.map((t) => widthAt(sizes.label, t, true))) + 10;
  const rows = rowsIn(
    data.rows.map((r) => ({ label: r.label })),
    x,
    y + key.height + 6,
    width,
    { reserve, least: data.rows.some((r) => r.prior.range !== null) ? 24 : 18 },
  );
  const isShare = data.unit.label === "share";
  const axis = valueAxis({
    values: valuesOf(data),
    unit: data.unit,
    from: rows.left,
    to: rows.right,
    ticks: 4,
    ends: isShare ? { low: 0, high: 1 } : {},
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const marks = data.rows.flatMap((r, i) => {
    const at = rows.middles[i] ?? 0;
    return [...way(r, at, axis.place), writeMiddle(x + width, at, texts[i] ?? "", { bold: true, anchor: "end" })];
  });
  return {
    nodes: [...key.nodes, ...valueColumns(axis, area, rows.bands), ...rows.nodes, ...marks],
    height: rows.bottom + 2 + underAxis - y,
  };
}

function way(r: PosteriorData["rows"][number], y: number, place: (value: number) => number): readonly Element[] {
  const { prior, posterior } = r;
  if (prior.range === null || posterior.range === null)
    return [
      element("line", joined({ x1: place(prior.value), x2: place(posterior.value), y1: y, y2: y }, stroke("blue", 2))),
      ring(place(prior.value), y, "soft"),
      dot(place(posterior.value), y, "blue"),
    ];
  return [
    ...interval({ low: place(prior.range[0]), high: place(prior.range[1]), y: y - 5, colour: "soft" }),
    ring(place(prior.value), y - 5, "soft", 4),
    ...interval({ low: place(posterior.range[0]), high: place(posterior.range[1]), y: y + 5, colour: "blue" }),
    dot(place(posterior.value), y + 5, "blue", 4),
  ];
}

export function posteriorTable(data: PosteriorData): DataTable {
  const scale = scaleOf(valuesOf(data), data.unit);
  const words = (b: Belief): string =>
    b.range === null
      ? inScale(b.value, scale)
      : `${inScale(b.value, scale)} (${inScale(b.range[0], scale)} to ${inScale(b.range[1], scale)})`;
  return {
    caption: `Before and after reweighing by what happened${scale.unit === "" ? "" : `, in ${scale.unit}`}`,
    columns: ["What", "Before", "After"],
    rows: data.rows.map((r) => [r.label, words(r.prior), words(r.posterior)]),
  };
}
