/** Works out, along each block of claims, what is known of a figure for every part of the block that may be known, and its square for each coalition. */

import type { ClaimBlock, Pins } from "#ensemble/table/claim-law.ts";
import { bitOf } from "#ensemble/table/table.ts";

/** Sets of a block's gates as bits. */
interface BlockRow {
  /** Σ weight·E[figure | the gates in `known` are as in `is`]. */
  readonly terms: readonly { readonly known: number; readonly is: number; readonly weight: number }[];
  /** Its square counts where just these are known. */
  readonly countsIn: readonly number[];
}

export interface BlockAxis {
  readonly rows: readonly BlockRow[];
}

/**
 * Rows whose squares add up to E[E[figure | known]²]. A claim on its own needs two: its mean, and √(c(1 − c)) times its effect. Others one for each part of the block
 * that may be known and each way it may be, √(its chance)·E[figure | that].
 */
export function blockRows(law: Float64Array): BlockAxis {
  if (law.length === 2) {
    const weight = Math.sqrt(Math.max(0, (law[0] as number) * (law[1] as number)));
    return {
      rows: [
        { terms: [{ known: 0, is: 0, weight: 1 }], countsIn: [0, 1] },
        {
          terms: [
            { known: 1, is: 1, weight },
            { known: 1, is: 0, weight: -weight },
          ],
          countsIn: [1],
        },
      ],
    };
  }
  const rows: BlockRow[] = [];
  for (let known = 0; known < law.length; known++)
    for (let is = 0; is < law.length; is++) {
      if ((is & known) !== is) continue;
      let chance = 0;
      for (let p = 0; p < law.length; p++) if ((p & known) === is) chance += law[p] as number;
      if (chance > 0) rows.push({ terms: [{ known, is, weight: Math.sqrt(chance) }], countsIn: [known] });
    }
  return { rows };
}

/**
 * `values` by pattern of `gates` turned, block after block, into the rows of the axes, the first block's innermost. `laws` are the figure's own; claims it pins
 * are not known to it.
 */
export function applied(
  values: Float64Array,
  gates: readonly string[],
  blocks: readonly ClaimBlock[],
  axes: readonly BlockAxis[],
  laws: readonly Float64Array[],
  pins: Pins,
): Float64Array {
  const order = blocks.map((b) => b.gates.filter((g) => gates.includes(g)));
  const places = order.flat().map((g) => gates.indexOf(g));
  let now = Float64Array.from(
    values,
    (_, p) => values[places.reduce((sum, place, i) => sum + bitOf(p, i) * 2 ** place, 0)] as number,
  );
  let inner = 1;
  blocks.forEach((block, b) => {
    const told = order[b] ?? [];
    const matrix = matrixOf(block, told, axes[b] as BlockAxis, laws[b] as Float64Array, pins);
    const before = 2 ** told.length;
    const after = matrix.length;
    const outer = now.length / inner / before;
    const next = new Float64Array(inner * after * outer);
    for (let o = 0; o < outer; o++)
      matrix.forEach((row, r) => {
        for (let p = 0; p < before; p++) {
          const w = row[p] as number;
          if (w === 0) continue;
          const from = (o * before + p) * inner;
          const to = (o * after + r) * inner;
          for (let i = 0; i < inner; i++) next[to + i] = (next[to + i] as number) + w * (now[from + i] as number);
        }
      });
    now = next;
    inner *= after;
  });
  return now;
}

/** By row and then by pattern of the gates a reading tells of: Σ weight·P(pattern | what is known). */
function matrixOf(
  block: ClaimBlock,
  told: readonly string[],
  { rows }: BlockAxis,
  law: Float64Array,
  pins: Pins,
): readonly Float64Array[] {
  const unpinned = block.gates.reduce((m, g, i) => m + (Object.hasOwn(pins, g) ? 0 : 2 ** i), 0);
  const at = told.map((g) => block.gates.indexOf(g));
  const to = Array.from(law, (_, p) => at.reduce((sum, bit, i) => sum + ((p >>> bit) & 1) * 2 ** i, 0));
  return rows.map(({ terms }) => {
    const out = new Float64Array(2 ** told.length);
    for (const { known, is, weight } of terms) {
      const seen = known & unpinned;
      const matches = Array.from(law, (chance, p) => ((p & seen) === (is & seen) ? chance : 0));
      const total = matches.reduce((a, b) => a + b, 0);
      if (total === 0 || weight === 0) continue;
      matches.forEach((chance, p) => {
        out[to[p] as number] = (out[to[p] as number] as number) + (weight * chance) / total;
      });
    }
    return out;
  });
}

/** By block: the players that are its gates, as bits among all players. */
export function coalitionsOf(
  blocks: readonly ClaimBlock[],
  players: readonly string[],
): readonly (readonly number[])[] {
  return blocks.map((b) => b.gates.map((g) => players.indexOf(g)));
}

/**
 * By coalition of the players: Σ over the rows known to it of the square of a mean over batches, each square as the mean product of different batches,
 * (Σ²−Σ of squares) ÷ B(B − 1); without one batch, or with all.
 */
export function squared(
  sums: Float64Array,
  squares: Float64Array,
  without: Float64Array | null,
  batches: number,
  axes: readonly BlockAxis[],
  order: readonly (readonly number[])[],
  players: number,
): Float64Array {
  const count = batches - (without === null ? 0 : 1);
  let now = sums.map((s, r) => {
    const x = without?.[r] ?? 0;
    return ((s - x) ** 2 - ((squares[r] as number) - x * x)) / (count * (count - 1));
  });
  let inner = 1;
  axes.forEach(({ rows }, b) => {
    const sets = 2 ** (order[b]?.length ?? 0);
    const outer = now.length / inner / rows.length;
    const next = new Float64Array(inner * sets * outer);
    for (let o = 0; o < outer; o++)
      rows.forEach(({ countsIn }, r) => {
        const from = (o * rows.length + r) * inner;
        for (const set of countsIn) {
          const to = (o * sets + set) * inner;
          for (let i = 0; i < inner; i++) next[to + i] = (next[to + i] as number) + (now[from + i] as number);
        }
      });
    now = next;
    inner *= sets;
  });
  // From bits in order of the blocks to bits in order of the players; who is no player is never known.
  const bits = order.flat();
  return Float64Array.from(
    { length: 2 ** players },
    (_, c) => now[bits.reduce((sum, player, i) => sum + (player >= 0 ? bitOf(c, player) * 2 ** i : 0), 0)] as number,
  );
}
