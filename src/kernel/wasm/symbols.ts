/** Turns tapes into the nodes of a graph: what each slot holds after them, as a function of what slots held before. */

import type { BinaryOperator, UnaryOperator } from "#model/expression.ts";
import type { RunMemory } from "../memory.ts";
import type { LookupCurve } from "../operators.ts";
import { BINARY, OTHER, UNARY, WIDTH } from "../tape.ts";
import { expGraph, logGraph, logisticGraph, modGraph, roundGraph, type Arithmetic } from "./elementary.ts";
import type { Form } from "./emit.ts";
import type { Graph } from "./graph.ts";

const unaryNames = new Map(Object.entries(UNARY).map(([name, code]) => [code, name as UnaryOperator]));
const binaryNames = new Map(Object.entries(BINARY).map(([name, code]) => [code, name as BinaryOperator]));

/** Values by slot; inner ones hide outer ones, and go when their branch ends. */
type Scope = Map<number, number>;

export class Symbols {
  readonly arithmetic: Arithmetic;
  readonly form: Form;
  readonly #memory: RunMemory;
  readonly #curves: readonly LookupCurve[];
  readonly #scopes: Scope[] = [new Map()];

  /** In the single form, which is for rare work, costly functions are called, not written out. */
  constructor(form: Form, arithmetic: Arithmetic, memory: RunMemory, curves: readonly LookupCurve[]) {
    this.form = form;
    this.arithmetic = arithmetic;
    this.#memory = memory;
    this.#curves = curves;
  }

  get graph(): Graph {
    return this.arithmetic.graph;
  }

  /** What a slot holds now. */
  read(slot: number): number {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const known = this.#scopes[i]?.get(slot);
      if (known !== undefined) return known;
    }
    const constant = this.#memory.constants.get(slot);
    return constant === undefined ? this.graph.slot(slot) : this.graph.const(constant);
  }

  isTrue(slot: number): number {
    return this.graph.isTrue(this.read(slot));
  }

  write(slot: number, node: number): void {
    (this.#scopes.at(-1) as Scope).set(slot, node);
  }

  /** Slots written so far and what they hold. */
  get written(): ReadonlyMap<number, number> {
    return this.#scopes[0] as Scope;
  }

  run(code: Int32Array): void {
    this.#range(code, 0, code.length);
  }

  #range(code: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; at += WIDTH) {
      const [operation, target, a, b, c] = code.subarray(at, at + WIDTH) as unknown as [
        number,
        number,
        number,
        number,
        number,
      ];
      if (operation === OTHER.JUMP_UNLESS) at = this.#branch(code, at, a, b) - WIDTH;
      else this.write(target, this.#value(operation, a, b, c));
    }
  }

  /** `if`: a jump to the second branch, the first, a jump behind the second, the second; each ends by moving its value to one slot. Gives where the code goes on. */
  #branch(code: Int32Array, at: number, condition: number, second: number): number {
    const jump = second - WIDTH;
    const end = code[jump + 3] as number;
    const target = code[jump - WIDTH + 1] as number;
    const holds = this.isTrue(condition);
    const then = this.#inside(code, at + WIDTH, jump, target);
    const otherwise = this.#inside(code, second, end, target);
    this.write(target, this.graph.select(holds, then, otherwise));
    return end;
  }

  #inside(code: Int32Array, from: number, to: number, target: number): number {
    this.#scopes.push(new Map());
    this.#range(code, from, to);
    const value = this.read(target);
    this.#scopes.pop();
    return value;
  }

  #value(operation: number, a: number, b: number, c: number): number {
    const { graph } = this;
    switch (operation) {
      case OTHER.MOVE:
        return this.read(a);
      case OTHER.SELECT:
        return graph.select(this.isTrue(a), this.read(b), this.read(c));
      case OTHER.LOOKUP:
        return graph.lookup(b, this.#curves[b] as LookupCurve, this.read(a));
    }
    const unary = unaryNames.get(operation);
    if (unary !== undefined) return this.#unary(unary, a);
    const binary = binaryNames.get(operation);
    if (binary !== undefined) return this.#binary(binary, a, b);
    throw new Error(`a tape has no operation ${operation}`);
  }

  #unary(operator: UnaryOperator, slot: number): number {
    const { graph, arithmetic } = this;
    switch (operator) {
      case "not":
        return graph.count(graph.not(this.isTrue(slot)));
      case "neg":
      case "abs":
      case "sqrt":
      case "floor":
        return graph.unary(operator, this.read(slot));
      case "round":
        return roundGraph(arithmetic, this.read(slot));
      case "sin":
      case "cos":
      case "arctan":
      case "tanh":
        return graph.call(operator, this.read(slot));
      case "exp":
      case "log":
      case "logistic": {
        if (this.form === "single") return graph.call(operator, this.read(slot));
        const write = { exp: expGraph, log: logGraph, logistic: logisticGraph }[operator];
        return write(arithmetic, this.read(slot));
      }
    }
  }

  #binary(operator: BinaryOperator, a: number, b: number): number {
    const { graph, arithmetic } = this;
    switch (operator) {
      case "add":
      case "sub":
      case "mul":
      case "div":
      case "min":
      case "max":
        return graph.binary(operator, this.read(a), this.read(b));
      case "pow": {
        const [x, y] = [this.read(a), this.read(b)];
        return graph.constantOf(y) === 2 ? graph.binary("mul", x, x) : graph.call("pow", x, y);
      }
      case "mod":
        return modGraph(arithmetic, this.read(a), this.read(b));
      case "lt":
      case "le":
      case "gt":
      case "ge":
      case "eq":
      case "ne":
        return graph.count(graph.compare(operator, this.read(a), this.read(b)));
      case "and":
      case "or":
        return graph.count(graph[operator](this.isTrue(a), this.isTrue(b)));
    }
  }
}
