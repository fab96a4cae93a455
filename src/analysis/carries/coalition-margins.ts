/** Gives the margin of any coalition of claims from a gate table; quickest where claims are taken out one after another. */

import { lawOf, type Beliefs, type Pins } from "#ensemble/table/claim-law.ts";
import type { Game } from "#ensemble/table/removal.ts";
import { valuesOf } from "#ensemble/table/table-figures.ts";
import { roughly, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted, withLaw, type WeightedFigure } from "#ensemble/table/weighted.ts";
import { marginValue } from "../figures/margin.ts";
import { fewestPatterns } from "./table-margin.ts";

/**
 * By coalition, in order of the players. The weights of the last coalition asked for are kept: one that differs from it by a claim or two costs as many passes over the
 * rows, not one for each claim. What hardly any pattern resembles is told by the fits alone. NaN where the arithmetic has no value.
 */
export function coalitionMargins(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  game: Game,
  players: readonly string[],
): (coalition: readonly boolean[]) => number {
  const rough = roughly(table);
  const pinsOf = (coalition: readonly boolean[]): Pins =>
    Object.fromEntries(
      players.filter((_, i) => coalition[i] === (game === "assertion")).map((c) => [c, game === "assertion"]),
    );
  let last = players.map(() => game === "removal");
  let figures = weighted(table, target, beliefs);
  return (coalition) => {
    const changed = players.filter((_, i) => coalition[i] !== last[i]);
    const pins = pinsOf(coalition);
    figures =
      changed.length > few
        ? weighted(table, target, beliefs, pins)
        : changed.reduce((now, claim) => moved(table, beliefs, now, claim, pins), figures);
    last = [...coalition];
    const values = figures.map((f) => {
      const told = valuesOf(table, f);
      const { n, d } = told.effective < fewestPatterns ? valuesOf(rough, f) : told;
      return d === null ? n : n / d;
    });
    return marginValue(target.margin, values);
  };
}

/** Claims moved at once for which one pass each is still less than beginning anew. */
const few = 6;

/** Figures with the block of `claim` as `pins` have it. Those that shared their weights still do. */
function moved(
  table: Table,
  beliefs: Beliefs,
  figures: readonly WeightedFigure[],
  claim: string,
  pins: Pins,
): readonly WeightedFigure[] {
  const made = new Map<Float64Array, WeightedFigure>();
  return figures.map((f) => {
    const at = f.blocks.findIndex((b) => b.gates.includes(claim));
    const block = f.blocks[at];
    if (block === undefined) return f;
    const found = made.get(f.weights) ?? withLaw(f, at, lawOf(table.frame, beliefs, block, { ...pins, ...f.pins }));
    made.set(f.weights, found);
    return { ...found, reading: f.reading };
  });
}
