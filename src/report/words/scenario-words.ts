/** Says in the case's own words where a conclusion fails, for the terminal, the page and paper alike. */

import type { Discovered } from "#analysis/scenarios/discover.ts";
import type { Box, TreeLeaf, Restriction } from "#analysis/scenarios/prim.ts";
import { quantileOf } from "#analysis/carries/thresholds.ts";
import type { Model } from "#model/model.ts";
import { unitOf } from "./explain-words.ts";
import { grouped, inScale, listed, scaleOf } from "./numbers.ts";
import { printable } from "../render/lines.ts";
import { bare, spaced } from "./words.ts";

/** How many beliefs fail, and how luck was kept out of it. */
export function countedText(d: Discovered): string {
  const { found, explained } = d;
  return `fails in ${grouped(found.failures, 0)} of them.${explained < 1 ? ` Luck was averaged out by a regression, which explains ${percent(explained)} per cent of the spread.` : ""}`;
}

/** Whether some part of the beliefs stands out. */
export function standsOut({ found }: Discovered): boolean {
  return found.failures > 0 && found.failures < found.cases && found.chosen.restrictions.length > 0;
}

export function boxText(b: Box): string {
  return `This covers ${percent(b.coverage)} per cent of the failures. Of the beliefs inside it, ${percent(b.density)} per cent fail. It holds ${percent(b.mass)} per cent of all beliefs.`;
}

export function restrictionText(model: Model, view: string, r: Restriction): string {
  if (r.kind === "truth") return claimText(model, r.feature, r.low === 1);
  const parts = [
    ...(r.low > 0 ? [`above ${valueText(model, view, r.feature, r.low)}`] : []),
    ...(r.high < 1 ? [`below ${valueText(model, view, r.feature, r.high)}`] : []),
  ];
  return `${unknownText(model, r.feature)} is ${listed(parts)}`;
}

/** In how many resamples of the beliefs the box restricts the same. */
export function timesOf(d: Discovered, r: Restriction): number {
  return d.found.reproduced.find((x) => x.feature === r.feature)?.times ?? 0;
}

export function leafText(model: Model, view: string, l: TreeLeaf): string {
  return listed(
    l.conditions.map((c) =>
      c.kind === "truth"
        ? `${printable(c.feature)} is ${c.above ? "true" : "false"}`
        : `${spaced(c.feature)} is ${c.above ? "above" : "below"} ${valueText(model, view, c.feature, c.at)}`,
    ),
  );
}

function claimText(model: Model, name: string, isTrue: boolean): string {
  const label = model.claims.find((c) => c.name === name)?.label ?? name;
  return `${printable(name)} is ${isTrue ? "true" : "false"}: ${bare(label)}`;
}

function unknownText(model: Model, name: string): string {
  return `${bare(model.unknowns.find((u) => u.name === name)?.label ?? name)} (${printable(name)})`;
}

function valueText(model: Model, view: string, name: string, level: number): string {
  const at = quantileOf(model, view, name);
  const unit = model.unknowns.find((u) => u.name === name)?.unit;
  if (at === null || unit === undefined) return `its ${percent(level)} % point`;
  const value = at(level);
  const scale = scaleOf([value], unit);
  return `${inScale(value, scale)}${unitOf(scale)}`;
}

/** Of a share, whole. */
export function percent(share: number): string {
  return grouped(100 * share, 0);
}
