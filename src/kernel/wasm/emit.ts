/**
 * Graphs in, WebAssembly instructions out, in one of two forms: two runs at a time (`pair`: numbers, masks and bits are
 * 128-bit vectors) or one run (`single`). Both do the same operations on each run, so they give the same bits.
 */

import { operands, type Compare, type Graph, type GraphNode, type Numeric1, type Numeric2 } from "./graph.ts";
import { numberBits, get, i32, set, type Instruction, type ValueType } from "./instruction.ts";
import type { KernelLayout } from "./layout.ts";

export type Form = "pair" | "single";

/** What a function body is written with. */
export interface Site {
  readonly form: Form;
  readonly layout: KernelLayout;
  /** Index of a function by name; in the single form, of its single version. */
  readonly indexOf: (name: string) => number;
  /** How a slot is read. */
  readonly read: (slot: number) => readonly Instruction[];
  /** The local that holds where the values of the pair begin, counted from those of the first pair; in the single form those of the run, 8 bytes on for the second. */
  readonly place: number;
}

const sorts: Readonly<Record<Form, Readonly<Record<GraphNode["sort"], ValueType>>>> = {
  pair: { number: "v128", mask: "v128", bits: "v128" },
  single: { number: "f64", mask: "i32", bits: "i64" },
};

/** A graph whose values are computed as they are needed. */
export interface Computation {
  /** Computes these roots and what they need, each shared node once. What slots hold is read now. */
  readonly need: (roots: readonly number[]) => void;
  /** Puts the value of a root that was needed before on the stack. */
  readonly push: (root: number) => void;
}

/** Beyond this many levels an operand gets a local of its own, so that no chain is too deep. */
export const deepest = 48;

/** One function's body while it is written: graphs' values enter, instructions and locals leave. */
export class Body {
  readonly code: Instruction[] = [];
  readonly locals: ValueType[] = [];
  readonly #site: Site;
  readonly #parameters: number;

  constructor(site: Site, parameters: number) {
    this.#site = site;
    this.#parameters = parameters;
  }

  local(type: ValueType): number {
    return this.#parameters + this.locals.push(type) - 1;
  }

  emit(...instructions: readonly Instruction[]): void {
    for (const i of instructions) this.code.push(i);
  }

  /** Puts what lies at an address for this pair, or this run of it, on the stack. */
  load(address: number): void {
    this.emit(get(this.#site.place), { op: this.#site.form === "pair" ? "v128.load" : "f64.load", offset: address });
  }

  /** Stores what `value` puts on the stack. */
  store(address: number, value: () => void): void {
    this.emit(get(this.#site.place));
    value();
    this.emit({ op: this.#site.form === "pair" ? "v128.store" : "f64.store", offset: address });
  }

  /** `if` on what is on the stack, an i32. */
  when(then: () => void, otherwise: (() => void) | null = null): void {
    this.emit({ op: "if", result: null });
    then();
    if (otherwise !== null) {
      this.emit({ op: "else" });
      otherwise();
    }
    this.emit({ op: "end" });
  }

  /** The local type of a sort in this form. */
  typeOf(sort: GraphNode["sort"]): ValueType {
    return sorts[this.#site.form][sort];
  }

  /** Puts a constant on the stack. */
  fixed(node: GraphNode): void {
    this.#operation(
      [],
      node,
      () => {
        throw new Error(`'${node.op}' is no constant`);
      },
      new Map(),
    );
  }

  /** Computes all roots at once. Gives a function that puts the value of a root on the stack. */
  compute(graph: Graph, roots: readonly number[]): (root: number) => void {
    const computation = this.begin(graph, roots);
    computation.need(roots);
    return computation.push;
  }

  /** Begins to compute a graph, of which these roots will be asked for, some now and some later. */
  begin(graph: Graph, roots: readonly number[]): Computation {
    const { nodes } = graph;
    const uses = countUses(nodes, roots);
    const isRoot = new Set(roots);
    const places = new Map<number, number>();
    const isMet = new Uint8Array(nodes.length);
    const depth = new Int32Array(nodes.length);
    const pairs = new Map<string, readonly [number, number]>();
    const push = (id: number): void => {
      const place = places.get(id);
      if (place !== undefined) return this.emit({ op: "local.get", index: place });
      this.#operation(nodes, nodes[id] as GraphNode, push, pairs);
    };
    const need = (now: readonly number[]): void => {
      for (const id of reached(nodes, now, isMet)) {
        const node = nodes[id] as GraphNode;
        isMet[id] = 1;
        depth[id] = 1 + Math.max(0, ...operands(node).map((o) => (places.has(o) ? 0 : (depth[o] as number))));
        const isFixed = node.op === "const" || node.op === "truth";
        const isShared = (uses[id] as number) > 1 || isRoot.has(id) || (depth[id] as number) > deepest;
        const isRead = node.op === "pair" || node.op === "rare" || node.op === "slot" || node.op === "lookup";
        if (isFixed || !(isShared || isRead)) continue;
        const place = this.local(this.typeOf(node.sort));
        this.#operation(nodes, node, push, pairs);
        this.emit({ op: "local.set", index: place });
        places.set(id, place);
      }
    };
    return { need, push };
  }

  /**
   * Computes values one at a time, in the order in which they are asked for, each into a local. What is no such value and has no operands of its own in
   * `others` is written out where it is used.
   */
  values(graph: Graph, others: (id: number) => (() => void) | null): (id: number) => number {
    const places = new Map<number, number>();
    const pairs = new Map<string, readonly [number, number]>();
    const push = (id: number): void => {
      const place = places.get(id);
      const other = place === undefined ? others(id) : null;
      if (place !== undefined) this.emit(get(place));
      else if (other !== null) keep(id, other);
      else this.#operation(graph.nodes, graph.nodes[id] as GraphNode, push, pairs);
    };
    const keep = (id: number, value: () => void): void => {
      value();
      const place = this.local(this.typeOf((graph.nodes[id] as GraphNode).sort));
      this.emit({ op: "local.tee", index: place });
      places.set(id, place);
    };
    return (id) => {
      const known = places.get(id);
      if (known !== undefined) return known;
      this.#operation(graph.nodes, graph.nodes[id] as GraphNode, push, pairs);
      const place = this.local(this.typeOf((graph.nodes[id] as GraphNode).sort));
      this.emit(set(place));
      places.set(id, place);
      return place;
    };
  }

  #operation(
    nodes: readonly GraphNode[],
    node: GraphNode,
    push: (id: number) => void,
    pairs: Map<string, readonly [number, number]>,
  ): void {
    if (isAlike(node)) {
      push(node.a);
      if ("b" in node) push(node.b);
      return this.emit({ op: `${this.#site.form === "pair" ? "f64x2" : "f64"}.${node.op}` });
    }
    if (this.#site.form === "pair") this.#pairOperation(nodes, node, push, pairs);
    else this.#singleOperation(node, push);
  }

  #pairOperation(
    nodes: readonly GraphNode[],
    node: Exclude<GraphNode, Alike>,
    push: (id: number) => void,
    pairs: Map<string, readonly [number, number]>,
  ): void {
    const { layout, read, indexOf } = this.#site;
    const isZero = (id: number): boolean => {
      const other = nodes[id] as GraphNode;
      return other.op === "const" && Object.is(other.value, 0);
    };
    switch (node.op) {
      case "const":
        // Not from memory: compilers keep loads in order, and so far from where they are needed that they spill.
        return this.emit({ op: "v128.const", lanes: [numberBits(node.value), numberBits(node.value)] });
      case "truth": {
        const bits = node.value ? 0xffffffffffffffffn : 0n;
        return this.emit({ op: "v128.const", lanes: [bits, bits] });
      }
      case "slot":
        return this.emit(...read(node.slot));
      case "min":
      case "max":
        push(node.a);
        push(node.b);
        return this.emit({ op: `f64x2.p${node.op}` });
      case "and":
      case "or":
        push(node.a);
        push(node.b);
        return this.emit({ op: `v128.${node.op}` });
      case "not":
        push(node.a);
        return this.emit({ op: "v128.not" });
      case "select":
        push(node.a);
        if (!isZero(node.b)) push(node.b);
        push(node.c);
        return this.emit({ op: isZero(node.b) ? "v128.and" : "v128.bitselect" });
      case "count":
        push(node.a);
        return this.emit(
          { op: "i32.const", value: 0 },
          { op: "v128.load", offset: layout.constant(1) },
          { op: "v128.and" },
        );
      case "toBits":
      case "fromBits":
        return push(node.a);
      case "shiftLeft":
      case "shiftRight":
        push(node.a);
        return this.emit(
          { op: "i32.const", value: node.by },
          { op: node.op === "shiftLeft" ? "i64x2.shl" : "i64x2.shr_u" },
        );
      case "andBits":
      case "addBits":
        push(node.a);
        return this.emit(
          { op: "i32.const", value: 0 },
          { op: "v128.load", offset: layout.constantBits(node.with) },
          { op: node.op === "andBits" ? "v128.and" : "i64x2.add" },
        );
      case "sumBits":
        push(node.a);
        push(node.b);
        return this.emit({ op: "i64x2.add" });
      case "pair": {
        const key = `${node.a} ${node.address}`;
        const loaded = pairs.get(key) ?? this.#loadPairs(node.a, node.address, push);
        pairs.set(key, loaded);
        const from = node.second ? 8 : 0;
        const bytes = [0, 1, 2, 3, 4, 5, 6, 7].map((b) => b + from);
        return this.emit(
          { op: "local.get", index: loaded[0] },
          { op: "local.get", index: loaded[1] },
          { op: "i8x16.shuffle", bytes: [...bytes, ...bytes.map((b) => b + 16)] },
        );
      }
      case "call":
        for (const a of node.arguments) push(a);
        return this.emit({ op: "call", index: indexOf(node.name) });
      case "rare": {
        const value = this.local("v128");
        const mask = this.local("i32");
        push(node.b);
        this.emit({ op: "local.set", index: value });
        push(node.c);
        this.emit({ op: "i64x2.bitmask" }, { op: "local.tee", index: mask }, { op: "if", result: null });
        for (const lane of [0, 1]) {
          this.emit(
            { op: "local.get", index: mask },
            { op: "i32.const", value: 1 << lane },
            { op: "i32.and" },
            { op: "if", result: null },
          );
          this.emit({ op: "local.get", index: value });
          push(node.a);
          this.emit(
            { op: "f64x2.extract_lane", lane },
            { op: "call", index: indexOf(`host ${node.name}`) },
            { op: "f64x2.replace_lane", lane },
          );
          this.emit({ op: "local.set", index: value }, { op: "end" });
        }
        return this.emit({ op: "end" }, { op: "local.get", index: value });
      }
      case "lookup": {
        const at = this.local("v128");
        push(node.a);
        this.emit({ op: "local.set", index: at });
        for (const lane of [0, 1]) {
          this.emit(
            ...this.#tableOf(node.table),
            { op: "local.get", index: at },
            { op: "f64x2.extract_lane", lane },
            { op: "call", index: indexOf("lookup") },
          );
          this.emit(lane === 0 ? { op: "f64x2.splat" } : { op: "f64x2.replace_lane", lane });
        }
        return;
      }
    }
  }

  #singleOperation(node: Exclude<GraphNode, Alike>, push: (id: number) => void): void {
    const { read, indexOf } = this.#site;
    switch (node.op) {
      case "const":
        return this.emit({ op: "f64.const", value: node.value });
      case "truth":
        return this.emit({ op: "i32.const", value: node.value ? 1 : 0 });
      case "slot":
        return this.emit(...read(node.slot));
      case "min":
      case "max": {
        // The form that keeps NaN and signed zeros as the pair form does: b < a ? b : a.
        const a = this.local("f64"),
          b = this.local("f64");
        push(node.a);
        this.emit({ op: "local.set", index: a });
        push(node.b);
        this.emit({ op: "local.tee", index: b }, { op: "local.get", index: a });
        const [first, second] = node.op === "min" ? [b, a] : [a, b];
        return this.emit(
          { op: "local.get", index: first },
          { op: "local.get", index: second },
          { op: "f64.lt" },
          { op: "select" },
        );
      }
      case "and":
      case "or":
        push(node.a);
        push(node.b);
        return this.emit({ op: `i32.${node.op}` });
      case "not":
        push(node.a);
        return this.emit({ op: "i32.eqz" });
      case "select":
        push(node.a);
        push(node.b);
        push(node.c);
        return this.emit({ op: "select" });
      case "count":
        push(node.a);
        return this.emit({ op: "f64.convert_i32_u" });
      case "toBits":
        push(node.a);
        return this.emit({ op: "i64.reinterpret_f64" });
      case "fromBits":
        push(node.a);
        return this.emit({ op: "f64.reinterpret_i64" });
      case "shiftLeft":
      case "shiftRight":
        push(node.a);
        return this.emit(
          { op: "i64.const", value: BigInt(node.by) },
          { op: node.op === "shiftLeft" ? "i64.shl" : "i64.shr_u" },
        );
      case "andBits":
      case "addBits":
        push(node.a);
        return this.emit({ op: "i64.const", value: node.with }, { op: node.op === "andBits" ? "i64.and" : "i64.add" });
      case "sumBits":
        push(node.a);
        push(node.b);
        return this.emit({ op: "i64.add" });
      case "pair":
        push(node.a);
        return this.emit(
          { op: "i32.wrap_i64" },
          { op: "i32.const", value: 4 },
          { op: "i32.shl" },
          { op: "f64.load", offset: node.address + (node.second ? 8 : 0) },
        );
      case "call":
        for (const a of node.arguments) push(a);
        return this.emit({ op: "call", index: indexOf(node.name) });
      case "rare":
        push(node.c);
        this.emit({ op: "if", result: "f64" });
        push(node.a);
        this.emit({ op: "call", index: indexOf(`host ${node.name}`) }, { op: "else" });
        push(node.b);
        return this.emit({ op: "end" });
      case "lookup":
        this.emit(...this.#tableOf(node.table));
        push(node.a);
        return this.emit({ op: "call", index: indexOf("lookup") });
    }
  }

  #tableOf(table: number): readonly Instruction[] {
    const { address, count } = this.#site.layout.table(table);
    return [
      { op: "i32.const", value: address },
      { op: "i32.const", value: count },
    ];
  }

  /** The places of both runs go through memory: that is quicker than to take a vector apart. */
  #loadPairs(index: number, address: number, push: (id: number) => void): readonly [number, number] {
    const scratch = this.#site.layout.scratch();
    this.emit(i32(0));
    push(index);
    this.emit({ op: "v128.store", offset: scratch });
    const load = (lane: number): number => {
      const place = this.local("v128");
      this.emit(i32(0), { op: "i32.load", offset: scratch + 8 * lane }, i32(4), { op: "i32.shl" });
      this.emit({ op: "v128.load", offset: address }, set(place));
      return place;
    };
    return [load(0), load(1)];
  }
}

/** Operations that are one instruction of the same name in both forms. */
type Alike = Extract<
  GraphNode,
  { readonly op: Exclude<Numeric2, "min" | "max"> | Numeric1 | Compare } & { readonly a: number }
>;

function isAlike(node: GraphNode): node is Alike {
  switch (node.op) {
    case "add":
    case "sub":
    case "mul":
    case "div":
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
    case "neg":
    case "abs":
    case "sqrt":
    case "floor":
      return true;
    default:
      return false;
  }
}

/** The nodes that these roots need and that were not met before, in order of the graph. */
export function reached(nodes: readonly GraphNode[], roots: readonly number[], isMet: Uint8Array): readonly number[] {
  const found = new Set<number>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (isMet[id] === 1 || found.has(id)) continue;
    found.add(id);
    waiting.push(...operands(nodes[id] as GraphNode));
  }
  return [...found].toSorted((a, b) => a - b);
}

/** How often each node is an operand or a root, counting only what the roots reach. */
export function countUses(nodes: readonly GraphNode[], roots: readonly number[]): Int32Array {
  const uses = new Int32Array(nodes.length);
  for (const root of roots) uses[root] = (uses[root] as number) + 1;
  for (let id = nodes.length - 1; id >= 0; id--) {
    if (uses[id] === 0) continue;
    for (const o of operands(nodes[id] as GraphNode)) uses[o] = (uses[o] as number) + 1;
  }
  return uses;
}
