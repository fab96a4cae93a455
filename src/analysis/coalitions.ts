/** An exact gate table, a target and a mind in; the target's margin for every coalition of claims, with any one unit left out, out. */

import { blocksOf, type Beliefs } from "#ensemble/claim-law.ts";
import { removalOf, type Game, type RemovalBlock } from "#ensemble/removal.ts";
import { bitOf, unitsOf, type Reading, type Table, type Target } from "#ensemble/table.ts";
import { slopeAt } from "./margin.ts";
import { readingOf } from "./table-margin.ts";

export interface CoalitionParts {
  /** By coalition of the players; without the unit named, or with all. */
  readonly margins: (without: number | null) => Float64Array;
}

/**
 * For each figure and unit, N and D by coalition: along each block of claims the table's axis of patterns is turned into an axis of coalitions
 * by the law each coalition gives it (for a claim on its own: (off, on) → (off, (1 − c)·off + c·on)). 2^gates · gates steps in all.
 */
export function coalitionParts(
  table: Table,
  target: Target,
  beliefs: Beliefs,
  game: Game,
  players: readonly string[],
): CoalitionParts {
  const units = unitsOf(table);
  const figures = target.figures.map((f) => {
    const reading = readingOf(table, f);
    const removals = blocksOf(table.frame, [beliefs], reading.gates).map((b) =>
      removalOf(table.frame, beliefs, b, f.pins, game),
    );
    const own = removals.flatMap((r) => r.players);
    const along = (values: Float64Array): readonly Float64Array[] =>
      Array.from({ length: units }, (_, u) => turned(reading, removals, slice(values, u, units)));
    // The place of each coalition of all players in this figure's own.
    const place = Int32Array.from({ length: 2 ** players.length }, (_, c) =>
      own.reduce((sum, p, i) => sum + (players.includes(p) ? bitOf(c, players.indexOf(p)) : 1) * 2 ** i, 0),
    );
    return { n: along(reading.n), d: reading.d === null ? null : along(reading.d), place };
  });
  const totals = figures.map((f) => ({ n: summed(f.n), d: f.d === null ? null : summed(f.d) }));
  return {
    margins: (without) => {
      const count = units - (without === null ? 0 : 1);
      return Float64Array.from({ length: 2 ** players.length }, (_, c) => {
        const values = figures.map((f, i) => {
          const at = f.place[c] as number;
          const total = totals[i] as (typeof totals)[number];
          const left = (whole: Float64Array, of: readonly Float64Array[]): number =>
            ((whole[at] as number) - (without === null ? 0 : ((of[without] as Float64Array)[at] as number))) / count;
          const n = left(total.n, f.n);
          return f.d === null || total.d === null ? n : n / left(total.d, f.d);
        });
        return slopeAt(target.margin, values).value;
      });
    },
  };
}

function slice(values: Float64Array, unit: number, units: number): Float64Array {
  const size = values.length / units;
  return values.subarray(unit * size, (unit + 1) * size);
}

function summed(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0]?.length ?? 0);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
  return sum;
}

/** By pattern of a reading's gates to by coalition of the blocks' players, block after block. */
function turned({ gates }: Reading, removals: readonly RemovalBlock[], values: Float64Array): Float64Array {
  // Axes first in order of the blocks, so that each is a run of bits.
  const order = removals.flatMap((r) => r.block.gates);
  const places = order.map((g) => gates.indexOf(g));
  let now = Float64Array.from(values, (_, p) => {
    const from = places.reduce((sum, place, i) => sum + bitOf(p, i) * 2 ** place, 0);
    return values[from] as number;
  });
  let inner = 1;
  for (const { block, players, laws } of removals) {
    const patterns = 2 ** block.gates.length;
    const coalitions = 2 ** players.length;
    const outer = now.length / inner / patterns;
    const next = new Float64Array(inner * coalitions * outer);
    for (let o = 0; o < outer; o++)
      for (let c = 0; c < coalitions; c++) {
        const law = laws[c] as Float64Array;
        for (let p = 0; p < patterns; p++) {
          const w = law[p] as number;
          if (w === 0) continue;
          const from = (o * patterns + p) * inner;
          const to = (o * coalitions + c) * inner;
          for (let i = 0; i < inner; i++) next[to + i] = (next[to + i] as number) + w * (now[from + i] as number);
        }
      }
    now = next;
    inner *= coalitions;
  }
  return now;
}
