/** Draws shares of past cases under several codings, with what the claim says marked. */

import { grouped, ofHundred } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { dot, interval, ring } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { stroke } from "../picture/theme.ts";
import { sizes, writeText, writeMiddle, type TextBlock } from "../picture/write.ts";

export interface RecordData {
  /** What the intervals are: `95 in 100, Jeffreys`. */
  readonly intervalIs: string;
  /** The share that the claim as worded asks for; null where it compares two. */
  readonly claimed: { readonly share: number; readonly words: string } | null;
  readonly rows: readonly {
    readonly label: string;
    /** `first coding`, `disputed codings the other way`. */
    readonly coding: string;
    readonly isFirstCoding: boolean;
    /** Null for a range over codings, which is of no one count. */
    readonly count: { readonly hits: number; readonly cases: number } | null;
    readonly low: number;
    readonly high: number;
  }[];
}

export function recordChart(data: RecordData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function shareOf({ count }: RecordData["rows"][number]): number {
  return count === null || count.cases === 0 ? Number.NaN : count.hits / count.cases;
}

function countText({ count }: RecordData["rows"][number]): string {
  return count === null ? "" : `${grouped(count.hits, 0)} of ${grouped(count.cases, 0)}`;
}

function description(data: RecordData): string {
  const rows = data.rows.map(
    (r) =>
      `${r.label} (${r.coding}): ${r.count === null ? "" : `${countText(r)}, `}${ofHundred(r.low)} to ${ofHundred(r.high)} in 100.`,
  );
  const claimed = data.claimed === null ? [] : [`${data.claimed.words}: ${ofHundred(data.claimed.share)} in 100.`];
  return [...rows, ...claimed].join(" ");
}

function drawing(data: RecordData, x: number, y: number, width: number): TextBlock {
  const texts = data.rows.map(countText);
  const reserve = Math.max(0, ...texts.map((t) => widthAt(sizes.label, t, true))) + 10;
  const top = y + (data.claimed === null ? 4 : 20);
  const rows = rowsIn(
    data.rows.map((r) => ({ label: r.label, note: r.coding })),
    x,
    top,
    width,
    { reserve, least: 18 },
  );
  const axis = valueAxis({
    values: [0, 1],
    unit: { label: "runs", factor: 0.01 },
    from: rows.left,
    to: rows.right,
    ticks: 4,
    ends: { low: 0, high: 1 },
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const marks = data.rows.flatMap((r, i) => {
    const at = rows.middles[i] ?? 0;
    const colour = r.isFirstCoding ? "blue" : "soft";
    const share = shareOf(r);
    return [
      ...interval({ low: axis.place(r.low), high: axis.place(r.high), y: at, colour }),
      ...(Number.isFinite(share) ? [(r.isFirstCoding ? dot : ring)(axis.place(share), at, colour)] : []),
      writeMiddle(x + width, at, texts[i] ?? "", { bold: r.isFirstCoding, anchor: "end" }),
    ];
  });
  return {
    nodes: [...valueColumns(axis, area, rows.bands), ...claimedLine(data, axis.place, area), ...rows.nodes, ...marks],
    height: rows.bottom + 2 + underAxis - y,
  };
}

function claimedLine(
  data: RecordData,
  place: (share: number) => number,
  area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): readonly Element[] {
  if (data.claimed === null) return [];
  const at = place(data.claimed.share);
  const half = widthAt(sizes.small, data.claimed.words) / 2;
  const anchor = at + half > area.right ? "end" : at - half < area.left ? "start" : "middle";
  return [
    element(
      "line",
      joined({ x1: at, x2: at, y1: area.top - 4, y2: area.bottom, "stroke-dasharray": "4 3" }, stroke("orange", 1.75)),
    ),
    writeText(anchor === "end" ? Math.max(at, area.right) : at, area.top - 8, data.claimed.words, {
      size: sizes.small,
      colour: "orange",
      anchor,
    }),
  ];
}

export function recordTable(data: RecordData): DataTable {
  return {
    caption: `What the record says; intervals are ${data.intervalIs}`,
    columns: ["Statement", "Coding", "Cases", "In 100", "Interval"],
    rows: data.rows.map((r) => [
      r.label,
      r.coding,
      countText(r) || "–",
      ofHundred(shareOf(r)),
      `${ofHundred(r.low)} to ${ofHundred(r.high)}`,
    ]),
  };
}
