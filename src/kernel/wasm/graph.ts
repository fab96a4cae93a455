/**
 * Straight-line arithmetic as a graph: operations in, one node per distinct operation out. Equal operations share a node,
 * constants are folded, and only identities that keep every bit are used. A node's operands have lower indexes than it.
 */

import {
  applyBinary as foldBinary,
  lookup as lookUp,
  applyUnary as foldUnary,
  type LookupCurve,
} from "../operators.ts";
import { numberBits } from "./instruction.ts";

export type Numeric2 = "add" | "sub" | "mul" | "div" | "min" | "max";
export type Numeric1 = "neg" | "abs" | "sqrt" | "floor";
export type Compare = "lt" | "le" | "gt" | "ge" | "eq" | "ne";

export type GraphNode =
  | { readonly op: "const"; readonly sort: "number"; readonly value: number }
  | { readonly op: "truth"; readonly sort: "mask"; readonly value: boolean }
  /** What a slot of the frame holds when the graph begins. */
  | { readonly op: "slot"; readonly sort: "number"; readonly slot: number }
  | { readonly op: "add" | "sub" | "mul" | "div"; readonly sort: "number"; readonly a: number; readonly b: number }
  | { readonly op: "min" | "max"; readonly sort: "number"; readonly a: number; readonly b: number }
  | { readonly op: Numeric1; readonly sort: "number"; readonly a: number }
  | { readonly op: Compare; readonly sort: "mask"; readonly a: number; readonly b: number }
  | { readonly op: "and" | "or"; readonly sort: "mask"; readonly a: number; readonly b: number }
  | { readonly op: "not"; readonly sort: "mask"; readonly a: number }
  /** `a` where the mask `c` is true, else `b`; both are numbers. */
  | { readonly op: "select"; readonly sort: "number"; readonly c: number; readonly a: number; readonly b: number }
  /** 1 or 0 of a mask. */
  | { readonly op: "count"; readonly sort: "number"; readonly a: number }
  | { readonly op: "toBits"; readonly sort: "bits"; readonly a: number }
  | { readonly op: "fromBits"; readonly sort: "number"; readonly a: number }
  /** By so many places, zeros coming in. */
  | { readonly op: "shiftLeft" | "shiftRight"; readonly sort: "bits"; readonly a: number; readonly by: number }
  | { readonly op: "andBits" | "addBits"; readonly sort: "bits"; readonly a: number; readonly with: bigint }
  | { readonly op: "sumBits"; readonly sort: "bits"; readonly a: number; readonly b: number }
  /** The double of pair `a` (bits) of the table of pairs at an address; `second` picks which. */
  | {
      readonly op: "pair";
      readonly sort: "number";
      readonly a: number;
      readonly address: number;
      readonly second: boolean;
    }
  /** A call of a function of the module, or of the host where it is `rare`: only for those in whose place the mask `c` is true, else `b`. */
  | { readonly op: "call"; readonly sort: "number"; readonly name: string; readonly arguments: readonly number[] }
  | {
      readonly op: "rare";
      readonly sort: "number";
      readonly name: string;
      readonly c: number;
      readonly a: number;
      readonly b: number;
    }
  | { readonly op: "lookup"; readonly sort: "number"; readonly table: number; readonly a: number };

export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly #known = new Map<string, number>();

  const(value: number): number {
    return this.#node(`const ${numberBits(value)}`, { op: "const", sort: "number", value });
  }

  truth(value: boolean): number {
    return this.#node(`truth ${value}`, { op: "truth", sort: "mask", value });
  }

  slot(slot: number): number {
    return this.#node(`slot ${slot}`, { op: "slot", sort: "number", slot });
  }

  /** `min` is b < a ? b : a, `max` is a < b ? b : a. x·1, x/1 and x − 0 are x, bit for bit; x + 0 is not (−0). */
  binary(op: Numeric2, a: number, b: number): number {
    const x = this.#constant(a),
      y = this.#constant(b);
    if (x !== null && y !== null) return this.const(foldBinary(op, x, y));
    if (y === 1 && (op === "mul" || op === "div")) return a;
    if (x === 1 && op === "mul") return b;
    if (op === "sub" && y !== null && Object.is(y, 0)) return a;
    return this.#node(`${op} ${a} ${b}`, { op, sort: "number", a, b });
  }

  unary(op: Numeric1, a: number): number {
    const x = this.#constant(a);
    if (x !== null) return this.const(foldUnary(op, x));
    const node = this.nodes[a] as GraphNode;
    if (op === "abs" && (node.op === "neg" || node.op === "abs")) return this.unary("abs", node.a);
    return this.#node(`${op} ${a}`, { op, sort: "number", a });
  }

  compare(op: Compare, a: number, b: number): number {
    const x = this.#constant(a),
      y = this.#constant(b);
    if (x !== null && y !== null) return this.truth(foldBinary(op, x, y) === 1);
    return this.#node(`${op} ${a} ${b}`, { op, sort: "mask", a, b });
  }

  and(a: number, b: number): number {
    const x = this.#truth(a),
      y = this.#truth(b);
    if (x !== null) return x ? b : a;
    if (y !== null) return y ? a : b;
    return a === b ? a : this.#node(`and ${a} ${b}`, { op: "and", sort: "mask", a, b });
  }

  or(a: number, b: number): number {
    const x = this.#truth(a),
      y = this.#truth(b);
    if (x !== null) return x ? a : b;
    if (y !== null) return y ? b : a;
    return a === b ? a : this.#node(`or ${a} ${b}`, { op: "or", sort: "mask", a, b });
  }

  not(a: number): number {
    const x = this.#truth(a);
    if (x !== null) return this.truth(!x);
    const node = this.nodes[a] as GraphNode;
    return node.op === "not" ? node.a : this.#node(`not ${a}`, { op: "not", sort: "mask", a });
  }

  select(c: number, a: number, b: number): number {
    const known = this.#truth(c);
    if (known !== null) return known ? a : b;
    return a === b ? a : this.#node(`select ${c} ${a} ${b}`, { op: "select", sort: "number", c, a, b });
  }

  /** A mask as 1 or 0. */
  count(a: number): number {
    const known = this.#truth(a);
    return known === null ? this.#node(`count ${a}`, { op: "count", sort: "number", a }) : this.const(known ? 1 : 0);
  }

  /** A number as a mask: true unless it is 0. */
  isTrue(a: number): number {
    const node = this.nodes[a] as GraphNode;
    if (node.op === "count") return node.a;
    if (node.op === "select" && this.#constant(node.b) === 0) return this.and(node.c, this.isTrue(node.a));
    return this.compare("ne", a, this.const(0));
  }

  toBits(a: number): number {
    return this.#node(`toBits ${a}`, { op: "toBits", sort: "bits", a });
  }

  fromBits(a: number): number {
    return this.#node(`fromBits ${a}`, { op: "fromBits", sort: "number", a });
  }

  shift(op: "shiftLeft" | "shiftRight", a: number, by: number): number {
    return this.#node(`${op} ${a} ${by}`, { op, sort: "bits", a, by });
  }

  bitsWith(op: "andBits" | "addBits", a: number, value: bigint): number {
    return this.#node(`${op} ${a} ${value}`, { op, sort: "bits", a, with: value });
  }

  sumBits(a: number, b: number): number {
    return this.#node(`sumBits ${a} ${b}`, { op: "sumBits", sort: "bits", a, b });
  }

  pair(a: number, address: number, second: boolean): number {
    return this.#node(`pair ${a} ${address} ${second}`, { op: "pair", sort: "number", a, address, second });
  }

  call(name: string, ...given: readonly number[]): number {
    return this.#node(`call ${name} ${given.join(" ")}`, { op: "call", sort: "number", name, arguments: given });
  }

  rare(name: string, c: number, a: number, b: number): number {
    return this.#node(`rare ${name} ${c} ${a} ${b}`, { op: "rare", sort: "number", name, c, a, b });
  }

  lookup(table: number, curve: LookupCurve, a: number): number {
    const x = this.#constant(a);
    if (x !== null) return this.const(lookUp(curve, x));
    return this.#node(`lookup ${table} ${a}`, { op: "lookup", sort: "number", table, a });
  }

  /** The value of a constant node, else null. */
  constantOf(a: number): number | null {
    return this.#constant(a);
  }

  #constant(a: number): number | null {
    const node = this.nodes[a] as GraphNode;
    return node.op === "const" ? node.value : null;
  }

  #truth(a: number): boolean | null {
    const node = this.nodes[a] as GraphNode;
    return node.op === "truth" ? node.value : null;
  }

  #node(key: string, node: GraphNode): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.nodes.length);
    return this.nodes.push(node) - 1;
  }
}

/** The operands of a node. */
export function operands(node: GraphNode): readonly number[] {
  switch (node.op) {
    case "const":
    case "truth":
    case "slot":
      return [];
    case "select":
    case "rare":
      return [node.c, node.a, node.b];
    case "call":
      return node.arguments;
    case "sumBits":
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "min":
    case "max":
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
    case "and":
    case "or":
      return [node.a, node.b];
    case "neg":
    case "abs":
    case "sqrt":
    case "floor":
    case "not":
    case "count":
    case "toBits":
    case "fromBits":
    case "shiftLeft":
    case "shiftRight":
    case "andBits":
    case "addBits":
    case "pair":
    case "lookup":
      return [node.a];
  }
}
