/** What the parts of a kernel are written with: addresses of slots and of the engine's variables, graphs and bodies. */

import type { Plan } from "../plan.ts";
import { Arithmetic } from "./elementary.ts";
import { Body, type Computation, type Form, type Site } from "./emit.ts";
import type { WasmFunction } from "./encode.ts";
import { Graph } from "./graph.ts";
import { get, i32, type ValueType } from "./instruction.ts";
import { pairBytes, type KernelLayout } from "./layout.ts";
import type { Linker } from "./linker.ts";
import { Symbols } from "./symbols.ts";

/** Pairs that take each step together, so that what one function needs is made once for all of them: as many as stay in the nearest cache, and eight even where they do not. */
const mostPairs = 16;
const leastPairs = 8;
const tileBytes = 1 << 15;

/** One function of a kernel, planned: its graphs are made before any address is known, its body afterwards. */
interface KernelPart {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
  readonly write: (body: Body) => void;
  readonly form: Form;
}

/** Planning first, then `settle`, then writing. */
export class Workshop {
  readonly plan: Plan;
  readonly linker: Linker;
  readonly layout: KernelLayout;
  readonly parts: KernelPart[] = [];
  readonly #graphs: Graph[] = [];
  readonly #kept = new Set<number>();
  readonly #addresses = new Map<number, number>();
  readonly #variables = new Map<string, number>();
  #next = 0;
  #limit = 0;
  #begin = 0;
  #pairs = 1;
  #temporaries = 0;

  constructor(plan: Plan, linker: Linker) {
    this.plan = plan;
    this.linker = linker;
    this.layout = linker.layout;
  }

  // ---- planning

  symbols(form: Form): Symbols {
    const graph = new Graph();
    this.#graphs.push(graph);
    const { tables, isCareful } = this.linker;
    return new Symbols(form, new Arithmetic(graph, tables, isCareful), this.plan.frame.memory, this.plan.curves);
  }

  /** Says that code outside of graphs reads this slot. */
  keep(slot: number): void {
    if (!this.plan.frame.memory.constants.has(slot)) this.#kept.add(slot);
  }

  add(part: KernelPart): void {
    this.parts.push(part);
    this.linker.declare(part.name);
  }

  /** Makes room for a value for each run of the pair that one function leaves for another. */
  temporary(): string {
    return `temporary ${this.#temporaries++}`;
  }

  /** Slots that what has been planned so far reads. */
  readSlots(): ReadonlySet<number> {
    const needed = new Set(this.#kept);
    for (const { nodes } of this.#graphs) for (const node of nodes) if (node.op === "slot") needed.add(node.slot);
    return needed;
  }

  // ---- between

  /** Gives every slot that is read anywhere an address, those of `first` in front, in a row with room for the engine's own variables. */
  settle(first: Iterable<number>): void {
    const { happenings, events, stocks, always } = this.plan;
    const own = 8 + 12 * happenings.length + events.length + 2 * stocks.length + always.length;
    const variables = own + this.#temporaries;
    const needed = this.readSlots();
    const front = [...first].filter((slot) => needed.has(slot));
    const all = new Set([...front, ...needed]);
    const values = all.size + variables;
    this.#pairs = Math.max(leastPairs, Math.min(mostPairs, Math.floor(tileBytes / (pairBytes * values))));
    this.#begin = this.layout.reserve(values * this.tileBytes);
    this.#next = this.#begin;
    this.#limit = this.#begin + values * this.tileBytes;
    for (const slot of all) this.#addresses.set(slot, this.#take());
  }

  // ---- writing

  has(slot: number): boolean {
    return this.#addresses.has(slot);
  }

  addressOf(slot: number): number {
    const address = this.#addresses.get(slot);
    if (address === undefined) throw new Error(`slot ${slot} has no address`);
    return address;
  }

  /** Puts what a slot holds for the pair on the stack; constants have no address of their own. */
  push(body: Body, slot: number): void {
    const constant = this.plan.frame.memory.constants.get(slot);
    if (constant === undefined) body.load(this.addressOf(slot));
    else body.emit(i32(0), { op: "v128.load", offset: this.layout.constant(constant) });
  }

  /** Puts in memory what symbols have written and other functions read. `computation` holds those nodes. */
  keepWritten(body: Body, written: readonly (readonly [number, number])[], computation: Computation): void {
    for (const [slot, node] of written) body.store(this.addressOf(slot), () => computation.push(node));
  }

  /** What symbols have written and other functions read. */
  needed(s: Symbols): readonly (readonly [number, number])[] {
    return [...s.written].filter(([slot]) => this.has(slot));
  }

  /** The address of one of the engine's own variables, a value for each run of the pair. */
  variable(name: string): number {
    let address = this.#variables.get(name);
    if (address === undefined) {
      address = this.#take();
      this.#variables.set(name, address);
    }
    return address;
  }

  /** Bytes of a value of every pair of a tile: pair by pair, `pairBytes` each. */
  get tileBytes(): number {
    return pairBytes * this.#pairs;
  }

  /** All that a run is, from one address to another. */
  get state(): { readonly begin: number; readonly end: number } {
    return { begin: this.#begin, end: this.#limit };
  }

  functionIndex(name: string, form: Form = "single"): number {
    return this.linker.indexOf(name, form);
  }

  written(part: KernelPart): WasmFunction {
    const { name, parameters, results, form } = part;
    const body = new Body(this.#site(form, parameters.length - 1), parameters.length);
    part.write(body);
    return { name, type: { parameters, results }, locals: body.locals, body: body.code, isExported: name === "run" };
  }

  /** Where the values of the pair, or of the run, begin is a function's last parameter. */
  #site(form: Form, place: number): Site {
    const op = form === "pair" ? "v128.load" : "f64.load";
    return this.linker.site(form, (slot) => [get(place), { op, offset: this.addressOf(slot) }], place);
  }

  #take(): number {
    const address = this.#next;
    this.#next += this.tileBytes;
    if (this.#next > this.#limit) throw new Error("the engine's variables are more than were counted");
    return address;
  }
}
