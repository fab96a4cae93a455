/** Draws the figure at the low and the high end of each quantity, the widest bar on top. */

import { inScale, scaleOf, slackText, type ShownUnit } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { element, joined } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, stroke } from "../picture/theme.ts";
import type { TextBlock } from "../picture/write.ts";

export interface TornadoData {
  readonly unit: ShownUnit;
  /** The figure with everything as believed. */
  readonly base: number;
  readonly quantities: readonly {
    readonly label: string;
    /** The quantity's own ends, in words: `2 per cent`. */
    readonly lowIs: string;
    readonly highIs: string;
    /** The figure at either end, in base units. */
    readonly atLow: number;
    readonly atHigh: number;
    /** Their standard errors. */
    readonly lowError: number;
    readonly highError: number;
  }[];
}

export function tornado(data: TornadoData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function widestFirst(data: TornadoData): TornadoData["quantities"] {
  return data.quantities.toSorted((a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow));
}

function scaleFor(data: TornadoData): ReturnType<typeof scaleOf> {
  return scaleOf([data.base, ...data.quantities.flatMap((q) => [q.atLow, q.atHigh])], data.unit);
}

function description(data: TornadoData): string {
  const scale = scaleFor(data);
  return `${inScale(data.base, scale)} ${scale.unit} with everything as believed. ${widestFirst(data)
    .map((q) => `${q.label} from ${q.lowIs} to ${q.highIs}: ${inScale(q.atLow, scale)} to ${inScale(q.atHigh, scale)}.`)
    .join(" ")}`;
}

function drawing(data: TornadoData, x: number, y: number, width: number): TextBlock {
  const key = keyLines(
    (["low", "high"] as const).map((end) => ({
      words: `at its ${end} end`,
      wide: 18,
      draw: (a, b) => [
        element("rect", joined({ x: a, y: b - 5, width: 18, height: 10 }, fill(end === "low" ? "orange" : "blue"))),
      ],
    })),
    x,
    y,
    width,
  );
  const sorted = widestFirst(data);
  const rows = rowsIn(
    sorted.map((q) => ({ label: q.label, note: `${q.lowIs} to ${q.highIs}` })),
    x,
    y + key.height + 6,
    width,
    { least: 18 },
  );
  const all = [data.base, ...sorted.flatMap((q) => [q.atLow, q.atHigh])];
  const slack = 0.04 * (Math.max(...all) - Math.min(...all));
  const axis = valueAxis({
    values: [...all, Math.min(...all) - slack, Math.max(...all) + slack],
    unit: data.unit,
    from: rows.left,
    to: rows.right,
  });
  const middle = axis.place(data.base);
  const bar = (to: number, at: number, colour: "orange" | "blue"): ReturnType<typeof element> =>
    element(
      "rect",
      joined(
        { x: Math.min(middle, axis.place(to)), y: at, width: Math.abs(axis.place(to) - middle), height: 6 },
        fill(colour),
      ),
    );
  const bars = sorted.flatMap((q, i) => {
    const at = rows.middles[i] ?? 0;
    return [bar(q.atLow, at - 6.5, "orange"), bar(q.atHigh, at + 0.5, "blue")];
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const base = rows.bands.map((b) =>
    element("line", joined({ x1: middle, x2: middle, y1: b.top, y2: b.bottom }, stroke("ink", 1.25))),
  );
  return {
    nodes: [...key.nodes, ...valueColumns(axis, area, rows.bands), ...rows.nodes, ...bars, ...base],
    height: rows.bottom + 2 + underAxis - y,
  };
}

export function tornadoTable(data: TornadoData): DataTable {
  const scale = scaleFor(data);
  const figure = (value: number, se: number): string => `${inScale(value, scale)} ${slackText({ value, se }, scale)}`;
  const inUnit = scale.unit === "" ? "" : `, ${scale.unit}`;
  return {
    caption:
      `With everything as believed ${inScale(data.base, scale)} ${scale.unit}`.trim() + "; ± two standard errors",
    columns: ["Quantity", "Low end", `There${inUnit}`, "High end", `There${inUnit}`],
    rows: widestFirst(data).map((q) => [
      q.label,
      q.lowIs,
      figure(q.atLow, q.lowError),
      q.highIs,
      figure(q.atHigh, q.highError),
    ]),
  };
}
