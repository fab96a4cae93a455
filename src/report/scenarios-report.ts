/** Where a conclusion fails in, as boxes and as a tree; sentences in the case's own words out. */

import type { Discovered } from "#analysis/discover.ts";
import type { Box, Leaf, Restriction } from "#analysis/prim.ts";
import { quantileOf } from "#analysis/thresholds.ts";
import type { Model } from "#model/model.ts";
import { unitOf } from "./explain-words.ts";
import { printable, wrap } from "./layout.ts";
import { grouped, inScale, listed, plural, scaleOf } from "./numbers.ts";
import type { Palette } from "./palette.ts";
import { bare, spaced } from "./words.ts";

export function scenariosReport(model: Model, found: readonly Discovered[], width: number, palette: Palette): string {
  const lines = found.flatMap((d) => [...oneView(model, d, width, palette), ""]);
  return `${lines.join("\n")}\n`;
}

function oneView(model: Model, d: Discovered, width: number, palette: Palette): readonly string[] {
  const { found, view } = d;
  const head = palette.strong(`Where it fails (${spaced(view)})`);
  const counted = `${plural(found.failures, "belief")} of ${found.cases} fail it${d.explained < 1 ? `, luck averaged out by a regression that takes up ${grouped(100 * d.explained, 0)} per cent of the spread` : ""}.`;
  if (found.failures === 0 || found.failures === found.cases || found.chosen.restrictions.length === 0)
    return [head, ...wrap(`${counted} No part of the beliefs stands out.`, width, "  ")];
  const { chosen } = found;
  return [
    head,
    ...wrap(counted, width, "  "),
    ...wrap(`It fails when:`, width, "  "),
    ...chosen.restrictions.flatMap((r) =>
      wrap(
        `${restrictionText(model, view, r)} (quasi-p ${r.quasiP < 0.001 ? "below 0.001" : grouped(r.quasiP, 3)}; restricted in ${timesOf(d, r)} of ${found.resamples} resamples)`,
        width,
        "    – ",
        "      ",
      ),
    ),
    ...wrap(boxText(chosen), width, "  "),
    ...wrap(
      `The boxes on the way, restrictions: coverage, density: ${found.trajectory.map((b) => `${b.restrictions.length}: ${percent(b.coverage)}, ${percent(b.density)}`).join("; ")}.`,
      width,
      "  ",
    ).map(palette.faint),
    ...(found.tree.length === 0
      ? wrap("A tree of three splits finds no leaf in which more than half fail.", width, "  ")
      : found.tree.flatMap((l) =>
          wrap(
            `A tree says: ${leafText(model, view, l)}: ${percent(l.coverage)} per cent of the failures, ${percent(l.density)} per cent of these fail.`,
            width,
            "  ",
            "    ",
          ),
        )),
  ];
}

function timesOf(d: Discovered, r: Restriction): number {
  return d.found.reproduced.find((x) => x.feature === r.feature)?.times ?? 0;
}

function boxText(b: Box): string {
  return `That covers ${percent(b.coverage)} per cent of the failures; ${percent(b.density)} per cent of what is in it fails; it is ${percent(b.mass)} per cent of all beliefs.`;
}

function restrictionText(model: Model, view: string, r: Restriction): string {
  if (r.kind === "truth") return claimText(model, r.feature, r.low === 1);
  const parts = [
    ...(r.low > 0 ? [`above ${valueText(model, view, r.feature, r.low)}`] : []),
    ...(r.high < 1 ? [`below ${valueText(model, view, r.feature, r.high)}`] : []),
  ];
  return `${unknownText(model, r.feature)} is ${listed(parts)}`;
}

function leafText(model: Model, view: string, l: Leaf): string {
  return listed(
    l.conditions.map((c) =>
      c.kind === "truth"
        ? `${printable(c.feature)} ${c.above ? "true" : "false"}`
        : `${spaced(c.feature)} ${c.above ? "above" : "below"} ${valueText(model, view, c.feature, c.at)}`,
    ),
  );
}

function claimText(model: Model, name: string, isTrue: boolean): string {
  const label = model.claims.find((c) => c.name === name)?.label ?? name;
  return `it is ${isTrue ? "true" : "false"} that (${printable(name)}) ${bare(label)}`;
}

function unknownText(model: Model, name: string): string {
  return `${bare(model.unknowns.find((u) => u.name === name)?.label ?? name)} (${printable(name)})`;
}

function valueText(model: Model, view: string, name: string, level: number): string {
  const at = quantileOf(model, view, name);
  const unit = model.unknowns.find((u) => u.name === name)?.unit;
  if (at === null || unit === undefined) return `its ${percent(level)} % point`;
  const value = at(level);
  const scale = scaleOf([value], { label: unit.label, factor: unit.factor });
  const fine = { ...scale, decimals: scale.decimals + 1 };
  return `${inScale(value, fine)}${unitOf(fine)}`;
}

function percent(share: number): string {
  return grouped(100 * share, 0);
}
