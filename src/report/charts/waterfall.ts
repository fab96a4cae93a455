/** Draws the steps from a figure with every claim off to the figure as believed, a claim at a time. */

import { grouped, inScale, scaleOf, signed, slackText } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, stroke } from "../picture/theme.ts";
import { sizes, writeMiddle, type TextBlock } from "../picture/write.ts";
import type { ContributionData } from "./contribution-bars.ts";

/** Contributions beyond the `most` largest stand together in one step. */
export function waterfall(data: ContributionData, head: ChartHead, width: number, most = 10): Picture {
  const told = gathered(data, most);
  return framed(head, width, description(told), (x, y, inner) => drawing(told, x, y, inner));
}

/** The largest contributions, largest first, and the sum of the rest. */
function gathered(data: ContributionData, most: number): ContributionData {
  const sorted = data.claims.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const rest = sorted.slice(most);
  if (rest.length < 2) return { ...data, claims: sorted };
  const value = rest.reduce((sum, c) => sum + c.value, 0);
  const se = rest.reduce((sum, c) => sum + c.se, 0);
  return {
    ...data,
    claims: [...sorted.slice(0, most), { name: "", label: `${rest.length} other claims together`, value, se }],
  };
}

function scaleFor(data: ContributionData): ReturnType<typeof scaleOf> {
  return scaleOf([data.baseline, data.total, ...data.claims.map((c) => c.value)], data.unit);
}

function description(data: ContributionData): string {
  const scale = scaleFor(data);
  return `From ${inScale(data.baseline, scale)} with every claim off to ${inScale(data.total, scale)} as believed: ${data.claims.map((c) => `${`${c.name} ${c.label}`.trim()} ${signed(c.value / scale.by, Math.max(1, scale.decimals))}`).join("; ")}.`;
}

function drawing(data: ContributionData, x: number, y: number, width: number): TextBlock {
  const scale = scaleFor(data);
  const decimals = Math.max(1, scale.decimals);
  const steps = [
    {
      label: "With every claim off",
      bold: true,
      from: data.baseline,
      to: data.baseline,
      text: inScale(data.baseline, scale),
    },
    ...data.claims.map((c, i) => {
      const from = data.claims.slice(0, i).reduce((sum, d) => sum + d.value, data.baseline);
      return {
        label: `${c.name}  ${c.label}`.trim(),
        bold: false,
        from,
        to: from + c.value,
        text: signed(c.value / scale.by, decimals),
      };
    }),
    { label: "As believed", bold: true, from: data.total, to: data.total, text: inScale(data.total, scale) },
  ];
  const reserve = Math.max(...steps.map((s) => widthAt(sizes.label, s.text, true))) + 10;
  const rows = rowsIn(steps, x, y, width, { reserve, least: 18 });
  const axis = valueAxis({
    values: [0, ...steps.flatMap((s) => [s.from, s.to])],
    unit: data.unit,
    from: rows.left,
    to: rows.right,
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const bars = steps.flatMap((s, i): readonly Element[] => {
    const at = rows.middles[i] ?? 0;
    const next = rows.middles[i + 1];
    const [from, to] = s.bold ? [axis.place(0), axis.place(s.to)] : [axis.place(s.from), axis.place(s.to)];
    const colour = s.bold ? "blue" : s.to < s.from ? "orange" : "teal";
    return [
      element(
        "rect",
        joined({ x: Math.min(from, to), y: at - 7, width: Math.max(1, Math.abs(to - from)), height: 14 }, fill(colour)),
      ),
      ...(next === undefined
        ? []
        : [
            element(
              "line",
              joined(
                {
                  x1: to,
                  x2: to,
                  y1: at + 7,
                  y2: Math.min(next - 7, rows.bands.length > 1 ? at + 11 : next - 7),
                  "stroke-dasharray": "2 2",
                },
                stroke("rule"),
              ),
            ),
          ]),
      writeMiddle(x + width, at, s.text, { bold: true, anchor: "end", colour: s.bold ? "ink" : colour }),
    ];
  });
  return {
    nodes: [...valueColumns(axis, area, rows.bands), ...rows.nodes, ...bars],
    height: rows.bottom + 2 + underAxis - y,
  };
}

/** Step by step: what each adds, and how far that comes. */
export function waterfallTable(data: ContributionData, most = 10): DataTable {
  const told = gathered(data, most);
  const scale = scaleFor(told);
  const decimals = Math.max(1, scale.decimals);
  const figure = (value: number): string => grouped(value / scale.by, decimals);
  const withError = (value: number, text: string, se: number | null): string =>
    se === null ? text : `${text} ${slackText({ value, se }, { ...scale, decimals })}`;
  return {
    caption: `From every claim off to as believed${scale.unit === "" ? "" : `, in ${scale.unit}`}, ± two standard errors; where each step comes to is what stands above, added up`,
    columns: ["Step", "Adds", "Comes to"],
    rows: [
      ["With every claim off", "–", withError(told.baseline, figure(told.baseline), told.baselineError)],
      ...told.claims.map((c, i) => [
        `${c.name}  ${c.label}`.trim(),
        withError(c.value, signed(c.value / scale.by, decimals), c.se),
        figure(told.claims.slice(0, i + 1).reduce((sum, d) => sum + d.value, told.baseline)),
      ]),
      ["As believed", "–", withError(told.total, figure(told.total), told.totalError)],
    ],
  };
}
