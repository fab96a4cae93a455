/** A game in; the same game with each player's payoffs brought to 0 … 1 out: its equilibria are the same, and no solver meets a scale or an offset. */

import { endPayoffs, type ExtensiveForm, type TreeNode } from "./extensive.ts";
import { approximate, type Field } from "./field.ts";
import { mapPayoffs, type NormalForm } from "./normal-form.ts";

/** By player: what is taken off, and what is divided by. Halves, so that the largest doubles have a range too. */
interface Unit<T> {
  readonly halfLow: T;
  /** Zero for a player to whom all is the same. */
  readonly halfRange: T;
}

function unitsOf<T>(field: Field<T>, payoffs: readonly (readonly T[])[]): readonly Unit<T>[] {
  const half = field.of(0.5);
  return payoffs.map((values) => {
    const [first = field.zero] = values;
    let [low, high] = [first, first];
    for (const v of values) {
      if (field.less(v, low)) low = v;
      if (field.less(high, v)) high = v;
    }
    const halfLow = field.mul(low, half);
    return { halfLow, halfRange: field.sub(field.mul(high, half), halfLow) };
  });
}

function inUnit<T>(field: Field<T>, { halfLow, halfRange }: Unit<T>, value: T): T {
  if (!field.less(field.zero, halfRange)) return field.zero;
  return field.div(field.sub(field.mul(value, field.of(0.5)), halfLow), halfRange);
}

export function normalInUnits<T>(field: Field<T>, game: NormalForm<T>): NormalForm<T> {
  const units = unitsOf(field, game.payoffs);
  return mapPayoffs(game, (value, player) => inUnit(field, units[player] as Unit<T>, value));
}

/** All that is gained on the way to an end stands at that end. */
export function treeInUnits<T>(field: Field<T>, game: ExtensiveForm<T>): ExtensiveForm<T> {
  const units = unitsOf(field, endPayoffs(field, game));
  const visit = (node: TreeNode<T>, before: readonly T[]): TreeNode<T> => {
    const own = node.payoffs;
    const here = own === null ? before : before.map((v, p) => field.add(v, own[p] as T));
    switch (node.kind) {
      case "terminal":
        return { ...node, payoffs: here.map((v, p) => inUnit(field, units[p] as Unit<T>, v)) };
      case "chance":
        return { ...node, payoffs: null, moves: node.moves.map((m) => ({ ...m, next: visit(m.next, here) })) };
      case "decision":
        return { ...node, payoffs: null, next: node.next.map((n) => visit(n, here)) };
    }
  };
  return {
    ...game,
    root: visit(
      game.root,
      game.players.map(() => field.zero),
    ),
  };
}

/**
 * Doubles whose tolerance fits payoffs once they are in units. Payoffs that differ by little next to their size keep few digits of the difference: what is
 * lost to rounding counts as equal.
 */
export function fieldInUnits(payoffs: readonly (readonly number[])[]): Field<number> {
  const lost = payoffs.map((values) => {
    const low = values.reduce((a, b) => Math.min(a, b), Infinity);
    const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const range = high / 2 - low / 2;
    return range > 0 ? (8 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))) / (2 * range) : 0;
  });
  return approximate(Math.max(1e-10, ...lost));
}
