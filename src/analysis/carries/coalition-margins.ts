/** Gives the margin of any coalition of claims from a gate table; quickest where claims are taken out one after another. */

import { lawOf, type Beliefs, type Pins } from "#ensemble/table/claim-law.ts";
import type { Game } from "#ensemble/table/removal.ts";
import { figureParts, valuesOf, type FigureParts } from "#ensemble/table/table-figures.ts";
import { roughly, type Table, type Target } from "#ensemble/table/table.ts";
import { weighted, withLaw, type WeightedFigure } from "#ensemble/table/weighted.ts";
import { slopeAt } from "../figures/margin.ts";

/** What a table says of a coalition. */
interface CoalitionMargin {
  readonly value: number;
  /** By unit: what it adds; their mean is what the rows say beyond the fits. */
  readonly units: Float64Array;
}

/** Of a condition that is met more rarely than a quarter of how often it is at either end, the fits are not believed. */
const leastOfEnds = 0.25;

/**
 * By coalition, in order of the players. Hardly any pattern may resemble a coalition, so its figures are not N ÷ D of what rows and fits say together, whose error could be as large as
 * itself: the fits' own figures v = n ÷ d, and a step from there along the margin's slope, Σ slope·(N − v·D) ÷ d. What the rows add is then linear in them and
 * averages out over coalitions, and the fits' error is left in its square alone (a one-step estimate: Le Cam 1956; Bickel 1975). With everybody in and with nobody, where patterns are
 * many, it is the table's own margin. The weights of the last coalition asked for are kept: one that differs from it by a claim or two costs as many passes over the rows.
 */
export function coalitionMargins(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  game: Game,
  players: readonly string[],
): (coalition: readonly boolean[]) => CoalitionMargin {
  const rough = roughly(table);
  const pinsOf = (coalition: readonly boolean[]): Pins =>
    Object.fromEntries(
      players.filter((_, i) => coalition[i] === (game === "assertion")).map((c) => [c, game === "assertion"]),
    );
  const ends = [true, false].map((isIn) =>
    weighted(table, target, beliefs, pinsOf(players.map(() => isIn))).map((f) => valuesOf(table, f)),
  );
  const least = target.figures.map((_, i) => leastOfEnds * Math.min(...ends.map((e) => e[i]?.d ?? 1)));
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
    const parts = figures.map((f) => figureParts(table, f));
    const isEnd = coalition.every((isIn) => isIn === coalition[0]);
    const from = figures.map((f, i) => {
      const own = parts[i] as FigureParts;
      const { n, d } = isEnd ? { n: own.n.value, d: own.d?.value ?? null } : valuesOf(rough, f);
      const below = d === null ? 1 : isEnd ? d : Math.max(d, least[i] as number);
      return { value: n / below, below };
    });
    const { value, by } = slopeAt(
      target.margin,
      from.map((f) => f.value),
    );
    const units = new Float64Array(parts[0]?.n.units.length ?? 0);
    parts.forEach(({ n, d }, i) => {
      const { value: v, below } = from[i] as (typeof from)[number];
      const slope = (by[i] as number) / below;
      if (slope === 0) return;
      for (let u = 0; u < units.length; u++)
        units[u] =
          (units[u] as number) + slope * ((n.units[u] as number) - v * (d === null ? 1 : (d.units[u] as number)));
    });
    return { value: isEnd ? value : value + units.reduce((a, x) => a + x, 0) / units.length, units };
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
