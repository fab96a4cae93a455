/** The values of a game's coalitions in; what each player contributes, and each pair beyond its parts, out. */

/** By coalition: bit i set where player i is in. Length 2^players. */
export type CoalitionValues = Float64Array;

/** Harsanyi's dividends (the Möbius transform): what a coalition adds beyond all its parts. */
export function dividends(values: CoalitionValues): Float64Array {
  const out = values.slice();
  for (let size = 1; size < out.length; size *= 2)
    for (let c = 0; c < out.length; c++) if ((c & size) !== 0) out[c] = (out[c] as number) - (out[c ^ size] as number);
  return out;
}

/** φᵢ = Σ dividends of coalitions with i ÷ their sizes (Shapley 1953; Harsanyi 1959). They add up to v(all) − v(none). */
export function shapleyOf(values: CoalitionValues): Float64Array {
  const players = Math.round(Math.log2(values.length));
  const shares = new Float64Array(players);
  dividends(values).forEach((dividend, coalition) => {
    const size = bitsIn(coalition);
    for (let i = 0; i < players; i++) if ((coalition >>> i) & 1) shares[i] = (shares[i] as number) + dividend / size;
  });
  return shares;
}

/** Shapley's interaction index of each pair, i before j: Σ dividends of coalitions with both ÷ (size − 1) (Grabisch & Roubens 1999). */
export function interactionsOf(values: CoalitionValues): Float64Array {
  const players = Math.round(Math.log2(values.length));
  const out = new Float64Array((players * (players - 1)) / 2);
  dividends(values).forEach((dividend, coalition) => {
    const size = bitsIn(coalition);
    if (size < 2) return;
    let at = 0;
    for (let i = 0; i < players; i++)
      for (let j = i + 1; j < players; j++, at++)
        if ((coalition >>> i) & 1 && (coalition >>> j) & 1) out[at] = (out[at] as number) + dividend / (size - 1);
  });
  return out;
}

function bitsIn(coalition: number): number {
  let count = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export interface Sampled {
  readonly shares: Float64Array;
  readonly errors: Float64Array;
  /** Orders gone through, each forward and backward. */
  readonly orders: number;
}

/**
 * Permutation sampling (Castro, Gómez & Tejada 2009) with each order's reverse (Mitchell et al. 2022): the mean over both is exact for any game of single
 * effects and pairs. Stops when every error is at most `error`, or after `most` orders. `draw(order, place)` is a uniform.
 */
export function shapleyBySampling(
  players: number,
  value: (coalition: readonly boolean[]) => number,
  draw: (order: number, place: number) => number,
  stop: { readonly error: number; readonly least: number; readonly most: number },
): Sampled {
  const sums = new Float64Array(players);
  const squares = new Float64Array(players);
  let orders = 0;
  const errors = new Float64Array(players).fill(Number.POSITIVE_INFINITY);
  const none = value(Array.from({ length: players }, () => false));
  while (orders < stop.most && (orders < stop.least || errors.some((e) => !(e <= stop.error)))) {
    const order = shuffled(players, (place) => draw(orders, place));
    const forward = walk(order, value, none);
    const backward = walk(order.toReversed(), value, none);
    orders++;
    for (let i = 0; i < players; i++) {
      const x = ((forward[i] as number) + (backward[i] as number)) / 2;
      sums[i] = (sums[i] as number) + x;
      squares[i] = (squares[i] as number) + x * x;
    }
    if (orders > 1)
      for (let i = 0; i < players; i++) {
        const mean = (sums[i] as number) / orders;
        errors[i] = Math.sqrt(Math.max(0, (squares[i] as number) / orders - mean * mean) / (orders - 1));
      }
  }
  return { shares: sums.map((s) => s / orders), errors, orders };
}

function walk(order: readonly number[], value: (coalition: readonly boolean[]) => number, none: number): Float64Array {
  const coalition = order.map(() => false);
  const out = new Float64Array(order.length);
  let before = none;
  for (const player of order) {
    coalition[player] = true;
    const now = value(coalition);
    out[player] = now - before;
    before = now;
  }
  return out;
}

function shuffled(players: number, uniform: (place: number) => number): readonly number[] {
  const order = Array.from({ length: players }, (_, i) => i);
  for (let i = players - 1; i > 0; i--) {
    const j = Math.floor(uniform(i) * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
