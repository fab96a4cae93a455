/** Draws each outcome on a scale of its own: a dot and an interval for every option. */

import { inScale, ofHundred, scaleOf, type ShownUnit } from "../words/numbers.ts";
import { underAxis, valueAxis, valueColumns } from "../picture/axis.ts";
import { dot, interval } from "../picture/marks.ts";
import { widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import { paragraph, sizes, writeMiddle, type TextBlock } from "../picture/write.ts";

/** Outcomes side by side: for each a dot and an interval by option. */
export interface OutcomeData {
  readonly outcomes: readonly {
    readonly label: string;
    /** For a chance `{ label: "runs in 100", factor: 0.01 }`. */
    readonly unit: ShownUnit;
    /** What the interval is: `two standard errors`, `9 runs in 10`. */
    readonly intervalIs: string;
    /** In base units. */
    readonly options: readonly {
      readonly label: string;
      readonly value: number;
      readonly low: number;
      readonly high: number;
    }[];
  }[];
}

type OneOutcome = OutcomeData["outcomes"][number];

/**
 * Draws outcomes side by side: a dot for each option, and the interval around it.
 *
 * @param data - values in base units
 * @param head - its name in the page, and the words around it
 * @param width - in pixels, from 320
 * @example
 * ```ts
 * const option = { label: "Buys it", value: 5, low: -20, high: 30 };
 * const gain = { label: "Gain", unit: { label: "number", factor: 1 }, intervalIs: "9 runs in 10", options: [option] };
 * const picture = outcomeChart({ outcomes: [gain] }, { id: "gain", title: "Gain", subtitle: "", caption: "Not a forecast." }, 640);
 * ```
 */
export function outcomeChart(data: OutcomeData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => {
    let top = y;
    const nodes = data.outcomes.flatMap((o, i) => {
      const made = panel(o, x, top + (i === 0 ? 0 : 18), inner);
      top += made.height + (i === 0 ? 0 : 18);
      return made.nodes;
    });
    return { nodes, height: top - y };
  });
}

function description(data: OutcomeData): string {
  return data.outcomes
    .map((o) => `${o.label}: ${o.options.map((p) => `${p.label} ${words(o, p)}`).join("; ")}.`)
    .join(" ");
}

function scaleFor(o: OneOutcome): ReturnType<typeof scaleOf> {
  return scaleOf(
    o.options.flatMap((p) => [p.value, p.low, p.high]),
    o.unit,
  );
}

/** Chances as people read them, quantities in the panel's scale. */
function shown(o: OneOutcome, value: number): string {
  return o.unit.label === "runs in 100" ? ofHundred(value) : inScale(value, scaleFor(o));
}

/** `42 (38 to 46) runs in 100`. */
function words(o: OneOutcome, p: OneOutcome["options"][number]): string {
  const scale = scaleFor(o);
  const range = p.low === p.high ? "" : ` (${shown(o, p.low)} to ${shown(o, p.high)})`;
  return `${shown(o, p.value)}${range} ${scale.unit}`.trim();
}

function panel(o: OneOutcome, x: number, y: number, width: number): TextBlock {
  const scale = scaleFor(o);
  const unit = scale.unit === "" ? "" : `${scale.unit}; `;
  const title = paragraph(x, y, width, o.label, { bold: true });
  const under = paragraph(x, y + title.height, width, `${unit}the line is ${o.intervalIs}`, {
    size: sizes.small,
    colour: "soft",
  });
  const reserve = Math.max(...o.options.map((p) => widthAt(sizes.label, shown(o, p.value), true))) + 8;
  const rows = rowsIn(
    o.options.map((p) => ({ label: p.label })),
    x,
    y + title.height + under.height + 4,
    width,
    { reserve, least: 16 },
  );
  const values = o.options.flatMap((p) => [p.value, p.low, p.high]);
  const axis = valueAxis({
    values,
    unit: o.unit,
    from: rows.left,
    to: rows.right,
    ticks: 4,
    ends: values.every((v) => v >= 0) ? { low: 0 } : {},
  });
  const area = { left: rows.left, right: rows.right, top: rows.top, bottom: rows.bottom + 2 };
  const marks = o.options.flatMap((p, i) => {
    const at = rows.middles[i] ?? 0;
    return [
      ...interval({ low: axis.place(p.low), high: axis.place(p.high), y: at, colour: "blue", width: 2, ends: false }),
      dot(axis.place(p.value), at, "blue"),
      writeMiddle(x + width, at, shown(o, p.value), { bold: true, anchor: "end" }),
    ];
  });
  return {
    nodes: [...title.nodes, ...under.nodes, ...valueColumns(axis, area, rows.bands), ...rows.nodes, ...marks],
    height: rows.bottom + 2 + underAxis - y,
  };
}
