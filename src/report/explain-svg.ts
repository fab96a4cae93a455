/** What `casus explain` and `casus flip` found in; their pictures, each a file of its own, out: bars, strips, a tornado, a map of two claims. */

import type { ExplainFindings, FlipFindings, TargetHead, ViewFlips } from "#analysis/explain.ts";
import { judge } from "#analysis/verdict.ts";
import type { Model } from "#model/model.ts";
import { contributionBars } from "./charts/contribution-bars.ts";
import { flipStrips } from "./charts/flip-strips.ts";
import { tornado } from "./charts/tornado.ts";
import { twoWayMap } from "./charts/two-way-map.ts";
import { contributionsOf, flipsOf } from "./explain-pictures.ts";
import { viewText } from "./explain-words.ts";
import { inScale, scaleOf } from "./numbers.ts";
import { quantileOf } from "#analysis/thresholds.ts";
import { standalone, type ChartHead } from "./picture/picture.ts";
import { provenanceText, type Provenance } from "./provenance.ts";
import { bare, spaced } from "./words.ts";

/** A picture and what its file is called after: `bars`, `strips`, `tornado`, `map`. */
export interface PictureFile {
  readonly name: string;
  readonly svg: string;
}

const width = 760;

/** For the first view that could be told. */
export function explainPictures(f: ExplainFindings, provenance: Provenance): readonly PictureFile[] {
  const told = f.explained.find((e) => e.found.refusal === null);
  if (told === undefined) return [];
  const head = headOf("bars", "What carries it", f.target, viewText(told.view, told.label), provenance, f);
  const data = contributionsOf(f.target, told);
  if (data === null) return [];
  return [{ name: "bars", svg: standalone(contributionBars(data, head, width)) }];
}

/** For the first view that could be told: strips of credences; a tornado of unknowns where they were asked for; a map of the first pair that turns it. */
export function flipPictures(model: Model, f: FlipFindings, provenance: Provenance): readonly PictureFile[] {
  const told = f.flipped.find((v) => v.found.now.refusal === null);
  if (told === undefined) return [];
  const strips = flipsOf(told);
  const head = (id: string, title: string): ChartHead =>
    headOf(id, title, f.target, viewText(told.view, told.label), provenance, f);
  return [
    ...(strips === null
      ? []
      : [{ name: "strips", svg: standalone(flipStrips(strips, head("strips", "What would reverse it"), width)) }]),
    ...tornadoOf(model, told, f.target, head("tornado", "Unknowns, from their 5 % to their 95 % point")),
    ...mapOf(told, f.target, head("map", "Two claims together")),
  ];
}

function headOf(
  id: string,
  title: string,
  target: TargetHead,
  view: string,
  provenance: Provenance,
  setup: Parameters<typeof provenanceText>[1],
): ChartHead {
  return {
    id,
    title: `${title}: ${bare(target.label)}`,
    subtitle: `Under ${view}`,
    caption: provenanceText(provenance, setup),
  };
}

function tornadoOf(model: Model, v: ViewFlips, target: TargetHead, head: ChartHead): readonly PictureFile[] {
  if (v.unknowns === null || v.unknowns.length === 0) return [];
  const widest = v.unknowns
    .toSorted((a, b) => Math.abs(b.range[1] - b.range[0]) - Math.abs(a.range[1] - a.range[0]))
    .slice(0, 15);
  const quantities = widest.map((u) => {
    const declared = model.unknowns.find((x) => x.name === u.unknown);
    const at = quantileOf(model, v.view, u.unknown);
    const unit = { label: declared?.unit.label ?? "", factor: declared?.unit.factor ?? 1 };
    const words = (level: number): string => {
      const value = at?.(level) ?? Number.NaN;
      const scale = scaleOf([value], unit);
      return `${inScale(value, { ...scale, decimals: scale.decimals + 1 })} ${scale.unit}`.trim();
    };
    return {
      label: bare(declared?.label ?? spaced(u.unknown)),
      lowIs: words(0.05),
      highIs: words(0.95),
      atLow: u.range[0],
      atHigh: u.range[1],
    };
  });
  const data = { unit: target.unit, base: v.found.now.margin, quantities };
  return [{ name: "tornado", svg: standalone(tornado(data, head, width)) }];
}

function mapOf(v: ViewFlips, target: TargetHead, head: ChartHead): readonly PictureFile[] {
  const alone = new Set(v.found.claims.filter((c) => c.points.length > 0).map((c) => c.claim));
  const pair = v.found.pairs.find((p) => !p.claims.some((c) => alone.has(c))) ?? v.found.pairs[0];
  if (pair === undefined) return [];
  const axis = (claim: string): Parameters<typeof twoWayMap>[0]["up"] => ({
    name: claim,
    label: bare(v.claims.find((h) => h.name === claim)?.label ?? claim),
    credence: v.found.claims.find((c) => c.claim === claim)?.credence ?? Number.NaN,
  });
  // Ten fields either way, each judged at its middle with the error of the margin as believed.
  const middle = (i: number, k: number): number => {
    const corner = (a: number, b: number): number => pair.margins[a]?.[b] ?? Number.NaN;
    return (corner(i, k) + corner(i + 1, k) + corner(i, k + 1) + corner(i + 1, k + 1)) / 4;
  };
  const tens = Array.from({ length: 10 }, (_, i) => i);
  const fields = tens.map((up) => tens.map((across) => judge(middle(across, up), target.threshold, v.found.now.se)));
  const data = { across: axis(pair.claims[0]), up: axis(pair.claims[1]), fields };
  return [{ name: "map", svg: standalone(twoWayMap(data, head, width)) }];
}
