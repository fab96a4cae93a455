/** Draws what each claim contributes to a figure: bars for and against, over the figure with every claim off. */

import { inScale, scaleOf, signed, slackText, type ShownUnit } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { element, joined } from "../picture/element.ts";
import { interval } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { fill } from "../picture/theme.ts";
import { paragraph, writeMiddle, type TextBlock } from "../picture/write.ts";

export interface ContributionData {
  readonly unit: ShownUnit;
  /** The figure with every claim off, and as it is believed; in base units. */
  readonly baseline: number;
  readonly total: number;
  /** Their standard errors; null where they have none by what they are, as parts of a whole. */
  readonly baselineError: number | null;
  readonly totalError: number | null;
  /** In the order they are to stand. The contributions add up to total − baseline. */
  readonly claims: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: number;
    /** Of several claims together: at most so much. */
    readonly se: number;
  }[];
}

export function contributionBars(data: ContributionData, head: ChartHead, width: number): Picture {
  return framed(head, width, sentence(data), (x, y, inner) => drawing(data, x, y, inner));
}

function scaleFor(data: ContributionData): ReturnType<typeof scaleOf> {
  return scaleOf([data.baseline, data.total, ...data.claims.map((c) => c.value)], data.unit);
}

function sentence(data: ContributionData): string {
  const scale = scaleFor(data);
  return `With every claim off ${inScale(data.baseline, scale)}, as believed ${inScale(data.total, scale)}${scale.unit === "" ? "" : ` ${scale.unit}`}. The bars are what each claim contributes in this model; the thin lines are two standard errors.`;
}

function drawing(data: ContributionData, x: number, y: number, width: number): TextBlock {
  const scale = scaleFor(data);
  const intro = paragraph(x, y, width, sentence(data), { colour: "soft" });
  const texts = data.claims.map((c) => signed(c.value / scale.by, Math.max(1, scale.decimals)));
  const reserve = Math.max(0, ...texts.map((t) => widthAt(12, t, true))) + 8;
  const rows = rowsIn(
    data.claims.map((c) => ({ label: `${c.name}  ${c.label}` })),
    x,
    y + intro.height + 8,
    width,
    { reserve, least: 16 },
  );
  const ends = data.claims.flatMap((c) => [c.value - 2 * c.se, c.value + 2 * c.se]);
  const axis = valueAxis({ values: [...ends, 0], unit: data.unit, from: rows.left, to: rows.right });
  const zero = axis.place(0);
  const bars = data.claims.flatMap((c, i) => {
    const at = rows.middles[i] ?? 0;
    const end = axis.place(c.value);
    return [
      element(
        "rect",
        joined(
          { x: Math.min(zero, end), y: at - 6, width: Math.abs(end - zero), height: 12 },
          fill(c.value < 0 ? "orange" : "teal"),
        ),
      ),
      ...interval({
        low: axis.place(c.value - 2 * c.se),
        high: axis.place(c.value + 2 * c.se),
        y: at,
        colour: "ink",
        width: 1,
      }),
      writeMiddle(x + width, at, texts[i] ?? "", {
        bold: true,
        anchor: "end",
        colour: c.value < 0 ? "orange" : "teal",
      }),
    ];
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  return {
    nodes: [...intro.nodes, ...valueColumns(axis, area, rows.bands), ...rows.nodes, ...bars],
    height: rows.bottom + 2 + underAxis - y,
  };
}

export function contributionTable(data: ContributionData): DataTable {
  const scale = scaleFor(data);
  const decimals = Math.max(1, scale.decimals);
  const withError = (value: number, text: string, se: number | null): string =>
    se === null ? text : `${text} ${slackText({ value, se }, { ...scale, decimals })}`;
  return {
    caption: `What each claim contributes in this model${scale.unit === "" ? "" : `, in ${scale.unit}`}, ± two standard errors`,
    columns: ["Claim", "In words", "Contributes"],
    rows: [
      ["–", "every claim off", withError(data.baseline, inScale(data.baseline, scale), data.baselineError)],
      ...data.claims.map((c) => [c.name, c.label, withError(c.value, signed(c.value / scale.by, decimals), c.se)]),
      ["–", "as believed", withError(data.total, inScale(data.total, scale), data.totalError)],
    ],
  };
}
