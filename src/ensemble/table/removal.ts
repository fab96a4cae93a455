/** The law of a block of claims with any of them removed or asserted, and averaged over which are. */

import { Refused } from "#text/refused.ts";
import { lawOf, type Beliefs, type ClaimBlock, type ClaimFrame, type Pins } from "./claim-law.ts";

/**
 * How a claim that is not in a coalition, or is, is told. Removal: claims in it stand at their credence, those outside are off (what hangs on
 * them is drawn anew). Assertion: claims in it are on, those outside stand at their credence.
 */
export type Game = "removal" | "assertion";

export interface RemovalBlock {
  readonly block: ClaimBlock;
  /** Claims of the block that the figure itself does not switch. */
  readonly players: readonly string[];
  /** By coalition (bit i is `players[i]`): the law of the block's gates. */
  readonly laws: readonly Float64Array[];
}

/** More claims than this in one block are refused: every coalition of them is gone through. */
const coalitionLimit = 8;

export function removalOf(
  frame: ClaimFrame,
  beliefs: Beliefs,
  block: ClaimBlock,
  pins: Pins,
  game: Game,
): RemovalBlock {
  const players = block.claims.filter((c) => !Object.hasOwn(pins, c));
  if (players.length > coalitionLimit)
    throw new Refused(
      `${players.length} claims hang together (${players.join(", ")}); at most ${coalitionLimit} can be removed one by one`,
    );
  const laws = Array.from({ length: 2 ** players.length }, (_, coalition) => {
    const switched = players.filter((_, i) => (Math.floor(coalition / 2 ** i) % 2 === 1) === (game === "assertion"));
    const all = { ...Object.fromEntries(switched.map((c) => [c, game === "assertion"])), ...pins };
    return lawOf(frame, beliefs, block, all);
  });
  return { block, players, laws };
}

/** The law when each player is in with chance `t` on its own. */
export function mixed({ players, laws }: RemovalBlock, t: number): Float64Array {
  return blend(laws, (coalition) => chanceOfCoalition(coalition, players.length, t));
}

/** The law when one player is in, or is out, and each other is in with chance `t`. */
export function split(
  { players, laws }: RemovalBlock,
  player: string,
  t: number,
): { readonly within: Float64Array; readonly without: Float64Array } {
  const at = players.indexOf(player);
  const side = (isIn: number): Float64Array =>
    blend(laws, (coalition) =>
      Math.floor(coalition / 2 ** at) % 2 === isIn
        ? chanceOfCoalition(coalition, players.length, t) / (isIn === 1 ? t : 1 - t)
        : 0,
    );
  return { within: side(1), without: side(0) };
}

function chanceOfCoalition(coalition: number, size: number, t: number): number {
  let chance = 1;
  for (let i = 0; i < size; i++) chance *= Math.floor(coalition / 2 ** i) % 2 === 1 ? t : 1 - t;
  return chance;
}

function blend(laws: readonly Float64Array[], weight: (coalition: number) => number): Float64Array {
  const sum = new Float64Array(laws[0]?.length ?? 0);
  laws.forEach((law, coalition) => {
    const w = weight(coalition);
    if (w === 0) return;
    for (let p = 0; p < sum.length; p++) sum[p] = (sum[p] as number) + w * (law[p] as number);
  });
  return sum;
}

/** Nodes and weights of Gauss and Legendre on 0..1: exact for polynomials of degree 2·`count` − 1 (roots by Newton's method). */
export function quadrature(count: number): readonly { readonly t: number; readonly weight: number }[] {
  return Array.from({ length: count }, (_, i) => {
    // Near each root (Francesco Tricomi's guess); no run's path hangs on it, so the engine's own cosine will do.
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, now] = [1, x];
      for (let k = 2; k <= count; k++) [before, now] = [now, ((2 * k - 1) * x * now - (k - 1) * before) / k];
      if (count === 1) [before, now] = [1, x];
      slope = (count * (before - x * now)) / (1 - x * x);
      const move = now / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    return { t: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}
