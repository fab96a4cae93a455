/** Writes where a conclusion fails, as boxes and as a tree. */

import type { Discovered } from "#analysis/scenarios/discover.ts";
import type { Model } from "#model/model.ts";
import { wrap } from "../render/lines.ts";
import { grouped } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import {
  boxText,
  countedText,
  leafText,
  percent,
  restrictionText,
  standsOut,
  timesOf,
} from "../words/scenario-words.ts";
import { spaced } from "../words/words.ts";

export function scenariosReport(model: Model, found: readonly Discovered[], width: number, palette: Palette): string {
  const lines = found.flatMap((d) => [...oneView(model, d, width, palette), ""]);
  return `${lines.join("\n")}\n`;
}

function oneView(model: Model, d: Discovered, width: number, palette: Palette): readonly string[] {
  const { found, view } = d;
  const head = palette.strong(`Where it fails (${spaced(view)})`);
  const counted = countedText(d);
  if (!standsOut(d)) return [head, ...wrap(`${counted} No part of the beliefs stands out.`, width, "  ")];
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
