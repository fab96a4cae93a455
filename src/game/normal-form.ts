/** Games in normal form: players, their strategies, a payoff for each player in each cell. */

import { type Field, compareNumbers } from "./field.ts";

export interface NormalPlayer {
  readonly name: string;
  readonly strategies: readonly string[];
}

export interface NormalForm<T> {
  readonly title: string;
  readonly comment: string;
  readonly players: readonly NormalPlayer[];
  /** By player, then by cell; the first player's strategy turns fastest, as in Gambit's `.nfg`. */
  readonly payoffs: readonly (readonly T[])[];
}

/** By player, by strategy: a probability. */
export type Mixed<T> = readonly (readonly T[])[];

export function shapeOf(game: Pick<NormalForm<unknown>, "players">): readonly number[] {
  return game.players.map((p) => p.strategies.length);
}

export function cellsIn(shape: readonly number[]): number {
  return shape.reduce((n, s) => n * s, 1);
}

/** Steps between cells that differ by one strategy of each player. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  let stride = 1;
  return shape.map((size) => {
    const own = stride;
    stride *= size;
    return own;
  });
}

/** The strategy of each player in a cell. */
export function strategiesAt(shape: readonly number[], cell: number): readonly number[] {
  let rest = cell;
  return shape.map((size) => {
    const s = rest % size;
    rest = (rest - s) / size;
    return s;
  });
}

export function payoffAt<T>(game: NormalForm<T>, player: number, cell: number): T {
  const value = game.payoffs[player]?.[cell];
  if (value === undefined) throw new Error(`no payoff for player ${player} in cell ${cell}`);
  return value;
}

/** The player's payoff for each of its strategies against the others' mixtures. */
export function payoffsAgainst<T>(
  field: Field<T>,
  game: NormalForm<T>,
  player: number,
  profile: Mixed<T>,
): readonly T[] {
  const shape = shapeOf(game);
  const own = shape[player] as number;
  const totals: T[] = Array.from({ length: own }, () => field.zero);
  for (let cell = 0; cell < cellsIn(shape); cell++) {
    const at = strategiesAt(shape, cell);
    let weight = field.one;
    for (let p = 0; p < at.length && field.sign(weight) !== 0; p++)
      if (p !== player) weight = field.mul(weight, profile[p]?.[at[p] as number] as T);
    if (field.sign(weight) === 0) continue;
    const s = at[player] as number;
    totals[s] = field.add(totals[s] as T, field.mul(weight, payoffAt(game, player, cell)));
  }
  return totals;
}

/** Largest less smallest payoff of each player. */
export function rangesOf<T>(field: Field<T>, payoffs: readonly (readonly T[])[]): readonly T[] {
  return payoffs.map((values) => {
    const [first] = values;
    if (first === undefined) return field.zero;
    let low: T = first;
    let high: T = first;
    for (const v of values) {
      if (compareNumbers(field, v, low) < 0) low = v;
      if (compareNumbers(field, v, high) > 0) high = v;
    }
    return field.sub(high, low);
  });
}

/** The same game with other numbers. */
export function mapPayoffs<A, B>(game: NormalForm<A>, to: (a: A, player: number) => B): NormalForm<B> {
  return { ...game, payoffs: game.payoffs.map((values, p) => values.map((v) => to(v, p))) };
}

/** The probability vector of a single strategy. */
export function pure<T>(field: Field<T>, strategies: number, chosen: number): readonly T[] {
  return Array.from({ length: strategies }, (_, s) => (s === chosen ? field.one : field.zero));
}
