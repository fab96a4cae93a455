/** Draws how often each option is chosen as actors tell payoffs apart more sharply. */

import { scaleLog } from "d3-scale";
import { straight } from "../picture/path.ts";
import { ofHundred } from "../words/numbers.ts";
import { gutter, underAxis, valueAxis, valueLines } from "../picture/axis.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { widthAt, wrapped } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { spread } from "../picture/spread.ts";
import { dashes, series, stroke } from "../picture/theme.ts";
import { lineHeight, lines, sizes, writeText, type TextBlock } from "../picture/write.ts";

export interface EquilibriumData {
  /** λ × the range of the payoffs, rising, above 0: 0 is choosing blindly, large is never erring. */
  readonly sharpness: readonly number[];
  readonly options: readonly {
    readonly label: string;
    /** Chance of it at each sharpness. */
    readonly chance: readonly number[];
  }[];
}

export function equilibriumFan(data: EquilibriumData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function description(data: EquilibriumData): string {
  const last = data.sharpness.length - 1;
  return `Chances of each option, from choosing nearly blindly to hardly ever erring. ${data.options.map((o) => `${o.label}: ${ofHundred(o.chance[0] ?? NaN)} to ${ofHundred(o.chance[last] ?? NaN)} in 100.`).join(" ")}`;
}

function look(i: number): { readonly colour: (typeof series)[number]; readonly dash: string } {
  const colour = series[i % series.length] ?? "blue";
  return { colour, dash: dashes[(i + Math.floor(i / series.length)) % dashes.length] ?? "" };
}

function drawing(data: EquilibriumData, x: number, y: number, width: number): TextBlock {
  const last = data.sharpness.length - 1;
  const labels = data.options.map((o) =>
    wrapped(o.label, sizes.label, Math.max(96, Math.min(190, width * 0.28)), true),
  );
  const reserve = Math.max(...labels.map((l) => Math.max(...l.map((t) => widthAt(sizes.label, t, true))))) + 14;
  const tallest = Math.max(...labels.map((l) => l.length)) * lineHeight(sizes.label);
  const height = Math.max(180, Math.min(320, width * 0.42), data.options.length * (tallest + 4));
  const area = { left: x, right: x + width - reserve, top: y + 20, bottom: y + 20 + height };
  const up = valueAxis({
    values: [0, 1],
    unit: { label: "in 100", factor: 0.01 },
    from: area.bottom,
    to: area.top,
    ticks: 4,
    ends: { low: 0, high: 1 },
  });
  const across = scaleLog([data.sharpness[0] ?? 1, data.sharpness[last] ?? 10], [area.left + gutter, area.right]);
  const ends = data.options.map((o) => up.place(o.chance[last] ?? 0));
  const centres = spread(ends, tallest + 4, area.top + tallest / 2 - 10, area.bottom - tallest / 2 + 10);
  const curves: readonly Element[] = data.options.flatMap((o, i) => {
    const { colour, dash } = look(i);
    const path = straight(
      data.sharpness.map((sharpness, k) => ({ x: across(sharpness), y: up.place(o.chance[k] ?? 0) })),
    );
    const words = labels[i] ?? [];
    const [end, centre] = [ends[i] ?? 0, centres[i] ?? 0];
    return [
      element("path", joined({ d: path, "stroke-dasharray": dash === "" ? undefined : dash }, stroke(colour, 2.25))),
      element(
        "path",
        joined({ d: `M${area.right + 1},${end.toFixed(1)}L${area.right + 10},${centre.toFixed(1)}` }, stroke(colour)),
      ),
      ...lines(area.right + 14, centre - (words.length * lineHeight(sizes.label)) / 2, words, { colour, bold: true })
        .nodes,
    ];
  });
  const small = { size: sizes.small, colour: "soft" } as const;
  const isNarrow = area.right - area.left < 260;
  return {
    nodes: [
      ...valueLines(up, area),
      ...curves,
      writeText(area.left + gutter, area.bottom + 16, isNarrow ? "blindly" : "← choosing blindly", small),
      writeText(area.right, area.bottom + 16, isNarrow ? "never erring" : "hardly ever erring →", {
        ...small,
        anchor: "end",
      }),
    ],
    height: 20 + height + underAxis,
  };
}
