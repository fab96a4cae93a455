/** Works out what each player of a game contributes, and each pair beyond its parts, from the values of all coalitions. */

/** By coalition: bit i set where player i is in. Length 2^players. */
type CoalitionValues = Float64Array;

/** Harsanyi's dividends (the Möbius transform): what a coalition adds beyond all its parts. */
function dividends(values: CoalitionValues): Float64Array {
  const out = values.slice();
  for (let size = 1; size < out.length; size *= 2)
    for (let base = 0; base < out.length; base += 2 * size)
      for (let c = base; c < base + size; c++) out[c + size] = (out[c + size] as number) - (out[c] as number);
  return out;
}

/** By coalition, the sum over all coalitions that contain it (the zeta transform upward); in place. */
function summedUp(values: Float64Array): void {
  for (let size = 1; size < values.length; size *= 2)
    for (let base = 0; base < values.length; base += 2 * size)
      for (let c = base; c < base + size; c++) values[c] = (values[c] as number) + (values[c + size] as number);
}

export interface GameValues {
  /** By player. */
  readonly shares: Float64Array;
  /** By pair, i before j. */
  readonly pairs: Float64Array;
}

/**
 * Shares: φᵢ = Σ dividends of coalitions with i ÷ their sizes (Shapley 1953; Harsanyi 1959); they add up to v(all) − v(none). Pairs: Shapley's interaction
 * index, Σ dividends of coalitions with both ÷ (size − 1) (Grabisch & Roubens 1999).
 */
export function gameValues(values: CoalitionValues): GameValues {
  const players = Math.round(Math.log2(values.length));
  const parts = dividends(values);
  const sizes = new Uint8Array(parts.length);
  for (let c = 1; c < sizes.length; c++) sizes[c] = (sizes[c >>> 1] as number) + (c & 1);
  const single = new Float64Array(parts.length);
  const paired = new Float64Array(parts.length);
  for (let c = 1; c < parts.length; c++) {
    const size = sizes[c] as number;
    single[c] = (parts[c] as number) / size;
    if (size > 1) paired[c] = (parts[c] as number) / (size - 1);
  }
  summedUp(single);
  summedUp(paired);
  const pairs = new Float64Array((players * (players - 1)) / 2);
  let at = 0;
  for (let i = 0; i < players; i++)
    for (let j = i + 1; j < players; j++) pairs[at++] = paired[(1 << i) | (1 << j)] as number;
  return { shares: Float64Array.from({ length: players }, (_, i) => single[1 << i] as number), pairs };
}

export function shapleyOf(values: CoalitionValues): Float64Array {
  return gameValues(values).shares;
}

interface Sampled {
  readonly shares: Float64Array;
  readonly errors: Float64Array;
  /** By player: the shares of what else a coalition's worth was told with, in its order. */
  readonly beside: readonly Float64Array[];
  /** Orders gone through, each forward and backward. */
  readonly orders: number;
}

/**
 * Permutation sampling (Castro, Gómez & Tejada 2009) with each order's reverse (Mitchell et al. 2022): the mean over both is exact for any game of single
 * effects and pairs. Stops when every error is at most `error`, or after `most` orders. `worth` gives a coalition's value, and after it whatever is to be
 * shared out alike; `draw(order, place)` is a uniform.
 */
export function shapleyBySampling(
  players: number,
  worth: (coalition: readonly boolean[]) => Float64Array,
  draw: (order: number, place: number) => number,
  stop: { readonly error: number; readonly least: number; readonly most: number },
): Sampled {
  const all = worth(Array.from({ length: players }, () => true));
  const sums = Array.from({ length: players }, () => new Float64Array(all.length));
  const squares = new Float64Array(players);
  let orders = 0;
  const errors = new Float64Array(players).fill(Number.POSITIVE_INFINITY);
  while (orders < stop.most && (orders < stop.least || errors.some((e) => !(e <= stop.error)))) {
    const order = shuffled(players, (place) => draw(orders, place));
    const forward = walk(order, worth, all);
    const backward = walk(order.toReversed(), worth, all);
    orders++;
    sums.forEach((sum, i) => {
      const [there, back] = [forward[i] as Float64Array, backward[i] as Float64Array];
      for (let k = 0; k < sum.length; k++)
        sum[k] = (sum[k] as number) + ((there[k] as number) + (back[k] as number)) / 2;
      squares[i] = (squares[i] as number) + (((there[0] as number) + (back[0] as number)) / 2) ** 2;
    });
    if (orders > 1)
      sums.forEach((sum, i) => {
        const mean = (sum[0] as number) / orders;
        errors[i] = Math.sqrt(Math.max(0, (squares[i] as number) / orders - mean * mean) / (orders - 1));
      });
  }
  return {
    shares: Float64Array.from(sums, (sum) => (sum[0] as number) / orders),
    errors,
    beside: sums.map((sum) => sum.subarray(1).map((x) => x / orders)),
    orders,
  };
}

/** From everybody down: the last of the order leaves first. */
function walk(
  order: readonly number[],
  worth: (coalition: readonly boolean[]) => Float64Array,
  all: Float64Array,
): readonly Float64Array[] {
  const coalition = order.map(() => true);
  const out: Float64Array[] = [];
  let after = all;
  for (const player of order.toReversed()) {
    coalition[player] = false;
    const now = worth(coalition);
    out[player] = after.map((x, k) => x - (now[k] as number));
    after = now;
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
