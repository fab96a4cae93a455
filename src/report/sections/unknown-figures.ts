/** Makes the data of the picture of how far each unknown moves a margin. Apart from the claims' pictures, since a page does without quantiles. */

import type { ExplainFindings, ViewFlips } from "#analysis/carries/explain.ts";
import { quantileOf } from "#analysis/carries/thresholds.ts";
import type { Model } from "#model/model.ts";
import type { TornadoData } from "../charts/tornado.ts";
import { shownUnit } from "./explain-figures.ts";
import { inScale, scaleOf } from "../words/numbers.ts";
import { bare, spaced } from "../words/words.ts";

/** The margin with each unknown at its 5 % and its 95 % point, the `most` that move it most. Null where they were left out. */
export function unknownsOf(
  model: Model,
  v: ViewFlips,
  target: ExplainFindings["target"],
  most = 15,
): TornadoData | null {
  if (v.unknowns === null || v.unknowns.length === 0) return null;
  const widest = v.unknowns
    .toSorted((a, b) => Math.abs(b.range[1] - b.range[0]) - Math.abs(a.range[1] - a.range[0]))
    .slice(0, most);
  const quantities = widest.map((u) => {
    const declared = model.unknowns.find((x) => x.name === u.unknown);
    const at = quantileOf(model, v.view, u.unknown);
    const unit = declared?.unit ?? { label: "", factor: 1 };
    const words = (level: number): string => {
      const value = at?.(level) ?? Number.NaN;
      const scale = scaleOf([value], unit);
      return `${inScale(value, scale)} ${scale.unit}`.trim();
    };
    return {
      label: bare(declared?.label ?? spaced(u.unknown)),
      lowIs: words(0.05),
      highIs: words(0.95),
      atLow: u.range[0],
      atHigh: u.range[1],
      lowError: u.rangeErrors[0],
      highError: u.rangeErrors[1],
    };
  });
  return { unit: shownUnit(target), base: v.found.now.margin, quantities };
}
