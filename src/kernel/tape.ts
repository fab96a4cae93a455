/**
 * A tape: straight-line arithmetic over a run's memory, with forward jumps for `if`. Expressions enter as calls to
 * `Tape`'s methods, an Int32Array of instructions leaves, and `execute` runs it.
 *
 * An instruction is five integers: operation, target slot, and up to three operands (slots, a jump's target, a table).
 * Slots are written once on a tape, so equal instructions share one slot.
 */

import type { BinaryOperator, UnaryOperator } from "#model/expression.ts";
import type { RunMemory } from "./memory.ts";
import { arctan, cos, exp, log, logistic, mod, pow, round, sin, tanh } from "./math.ts";
import { applyBinary, lookup, applyUnary, type LookupCurve } from "./operators.ts";

export const WIDTH = 5;
const MOVE = 0,
  SELECT = 1,
  JUMP = 2,
  JUMP_UNLESS = 3,
  LOOKUP = 4;
/** The operations that are neither unary nor binary; a tape's other readers go by these numbers too. */
export const OTHER = { MOVE, SELECT, JUMP, JUMP_UNLESS, LOOKUP } as const;
export const UNARY: Readonly<Record<UnaryOperator, number>> = {
  neg: 5,
  not: 6,
  abs: 7,
  exp: 8,
  log: 9,
  sqrt: 10,
  sin: 11,
  cos: 12,
  tanh: 13,
  logistic: 14,
  floor: 15,
  round: 16,
  // After the binary ones, so that these keep their numbers.
  arctan: 33,
};
export const BINARY: Readonly<Record<BinaryOperator, number>> = {
  add: 17,
  sub: 18,
  mul: 19,
  div: 20,
  pow: 21,
  mod: 22,
  min: 23,
  max: 24,
  lt: 25,
  le: 26,
  gt: 27,
  ge: 28,
  eq: 29,
  ne: 30,
  and: 31,
  or: 32,
};

const CHEAP: ReadonlySet<number> = new Set([
  MOVE,
  SELECT,
  UNARY.neg,
  UNARY.not,
  UNARY.abs,
  UNARY.sqrt,
  UNARY.floor,
  UNARY.round,
  ...Object.values(BINARY).filter((operation) => operation !== BINARY.pow && operation !== BINARY.mod),
]);

export class Tape {
  readonly #memory: RunMemory;
  readonly #code: number[] = [];
  /** Values already on the tape, by instruction; one map per open branch, since a branch's values hold only inside it. */
  readonly #known: Map<string, number>[] = [new Map()];

  constructor(memory: RunMemory) {
    this.#memory = memory;
  }

  unary(operator: UnaryOperator, x: number): number {
    const constant = this.#memory.constants.get(x);
    if (constant !== undefined) return this.#memory.constant(applyUnary(operator, constant));
    return this.#value(UNARY[operator], x, 0, 0);
  }

  binary(operator: BinaryOperator, a: number, b: number): number {
    const left = this.#memory.constants.get(a);
    const right = this.#memory.constants.get(b);
    if (left !== undefined && right !== undefined) return this.#memory.constant(applyBinary(operator, left, right));
    return this.#value(BINARY[operator], a, b, 0);
  }

  /** Piecewise-linear lookup in the program's table of that index. */
  lookup(table: number, at: number): number {
    return this.#value(LOOKUP, at, table, 0);
  }

  /**
   * `then` where the condition is not 0, else `otherwise`. A long branch runs only when it counts; short ones both run and
   * one is selected, which gives the same bits since nothing on a tape has side effects.
   */
  choose(condition: number, then: () => number, otherwise: () => number): number {
    const constant = this.#memory.constants.get(condition);
    if (constant !== undefined) return constant !== 0 ? then() : otherwise();
    const code = this.#code;
    const start = code.length;
    this.#emit(JUMP_UNLESS, 0, condition, 0, 0);
    const [a, knownThen] = this.#branch(then);
    const target = this.#memory.slot();
    this.#emit(MOVE, target, a, 0, 0);
    const jump = code.length;
    this.#emit(JUMP, 0, 0, 0, 0);
    const second = code.length;
    const [b, knownElse] = this.#branch(otherwise);
    const thenCode = code.slice(start + WIDTH, jump - WIDTH);
    const elseCode = code.slice(second);
    if (isShort(thenCode) && isShort(elseCode)) {
      code.length = start;
      code.push(...thenCode, ...elseCode);
      const outer = this.#known.at(-1) as Map<string, number>;
      for (const known of [knownThen, knownElse]) for (const [key, slot] of known) outer.set(key, slot);
      return this.#value(SELECT, condition, a, b);
    }
    this.#emit(MOVE, target, b, 0, 0);
    code[start + 3] = second;
    code[jump + 3] = code.length;
    return target;
  }

  /** Copies a value into a slot that other tapes read. */
  move(target: number, from: number): void {
    this.#emit(MOVE, target, from, 0, 0);
  }

  /** Copies a value into a slot when the condition is not 0. */
  moveIf(condition: number, target: number, from: number): void {
    this.#emit(SELECT, target, condition, from, target);
  }

  finish(): Int32Array {
    return Int32Array.from(this.#code);
  }

  #branch(body: () => number): [number, Map<string, number>] {
    const known = new Map<string, number>();
    this.#known.push(known);
    const slot = body();
    this.#known.pop();
    return [slot, known];
  }

  #value(operation: number, a: number, b: number, c: number): number {
    const key = `${operation} ${a} ${b} ${c}`;
    for (const known of this.#known) {
      const slot = known.get(key);
      if (slot !== undefined) return slot;
    }
    const target = this.#memory.slot();
    this.#emit(operation, target, a, b, c);
    (this.#known.at(-1) as Map<string, number>).set(key, target);
    return target;
  }

  #emit(operation: number, target: number, a: number, b: number, c: number): void {
    this.#code.push(operation, target, a, b, c);
  }
}

/** The slots that a tape writes; jumps write none. */
export function slotsWritten(code: Int32Array): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < code.length; at += WIDTH)
    if (code[at] !== JUMP && code[at] !== JUMP_UNLESS) found.push(code[at + 1] as number);
  return found;
}

/** At most three instructions, none a jump, a lookup or a function that costs more than a jump. */
function isShort(code: readonly number[]): boolean {
  if (code.length > 3 * WIDTH) return false;
  for (let at = 0; at < code.length; at += WIDTH) if (!CHEAP.has(code[at] as number)) return false;
  return true;
}

/**
 * Runs a tape over a memory. The cases are the numbers above, written out because V8 makes a jump table only of literal
 * cases; a test runs every operator against `operators.ts`.
 */
export function execute(code: Int32Array, v: Float64Array, curves: readonly LookupCurve[]): void {
  let at = 0;
  while (at < code.length) {
    const target = code[at + 1] as number;
    const a = code[at + 2] as number;
    const b = code[at + 3] as number;
    const x = v[a] as number;
    switch (code[at] as number) {
      case 0:
        v[target] = x;
        break;
      case 1:
        v[target] = v[x !== 0 ? b : (code[at + 4] as number)] as number;
        break;
      case 2:
        at = b - WIDTH;
        break;
      case 3:
        if (x === 0) at = b - WIDTH;
        break;
      case 4:
        v[target] = lookup(curves[b] as LookupCurve, x);
        break;
      case 5:
        v[target] = -x;
        break;
      case 6:
        v[target] = x !== 0 ? 0 : 1;
        break;
      case 7:
        v[target] = Math.abs(x);
        break;
      case 8:
        v[target] = exp(x);
        break;
      case 9:
        v[target] = log(x);
        break;
      case 10:
        v[target] = Math.sqrt(x);
        break;
      case 11:
        v[target] = sin(x);
        break;
      case 12:
        v[target] = cos(x);
        break;
      case 13:
        v[target] = tanh(x);
        break;
      case 14:
        v[target] = logistic(x);
        break;
      case 15:
        v[target] = Math.floor(x);
        break;
      case 16:
        v[target] = round(x);
        break;
      case 17:
        v[target] = x + (v[b] as number);
        break;
      case 18:
        v[target] = x - (v[b] as number);
        break;
      case 19:
        v[target] = x * (v[b] as number);
        break;
      case 20:
        v[target] = x / (v[b] as number);
        break;
      case 21:
        v[target] = pow(x, v[b] as number);
        break;
      case 22:
        v[target] = mod(x, v[b] as number);
        break;
      case 23:
        v[target] = (v[b] as number) < x ? (v[b] as number) : x;
        break;
      case 24:
        v[target] = x < (v[b] as number) ? (v[b] as number) : x;
        break;
      case 25:
        v[target] = x < (v[b] as number) ? 1 : 0;
        break;
      case 26:
        v[target] = x <= (v[b] as number) ? 1 : 0;
        break;
      case 27:
        v[target] = x > (v[b] as number) ? 1 : 0;
        break;
      case 28:
        v[target] = x >= (v[b] as number) ? 1 : 0;
        break;
      case 29:
        v[target] = x === v[b] ? 1 : 0;
        break;
      case 30:
        v[target] = x !== v[b] ? 1 : 0;
        break;
      case 31:
        v[target] = x !== 0 && v[b] !== 0 ? 1 : 0;
        break;
      case 32:
        v[target] = x !== 0 || v[b] !== 0 ? 1 : 0;
        break;
      case 33:
        v[target] = arctan(x);
        break;
    }
    at += WIDTH;
  }
}
