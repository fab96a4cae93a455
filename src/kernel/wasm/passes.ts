/**
 * A graph in; functions that work it out for every pair of a tile out, a part of it each. A part is short enough that what it needs stays in registers, and
 * is a loop over the pairs, so that its constants are made once for all of them and one pair need not wait for another.
 */

import { countUses, deepest, reached } from "./emit.ts";
import { operands, type Graph, type GraphNode } from "./graph.ts";
import { get, i32 } from "./instruction.ts";
import { pairBytes } from "./layout.ts";
import type { Body } from "./emit.ts";
import type { Workshop } from "./workshop.ts";

export interface Passes {
  /** Calls the functions that the roots of a stage need beyond those of the stages before; `end` is a local with the place behind the last pair. */
  readonly call: (body: Body, stage: number, end: number) => void;
  /** Puts what a root came to, for the pair whose place the body has, on the stack. */
  readonly push: (body: Body, root: number) => void;
}

/** Operations of a part, and constants, which have a register each. */
const limits = { least: 24, most: 64, constants: 12 } as const;

/** Nodes between one and its use beyond which it has a place of its own. */
const far = 24;

/** `roots` by stage. The slots that a graph reads must be as they were when the parts run. */
export function planPasses(w: Workshop, name: string, graph: Graph, roots: readonly (readonly number[])[]): Passes {
  const { nodes } = graph;
  const all = roots.flat();
  const values = valuesOf(nodes, all);
  const isMet = new Uint8Array(nodes.length);
  const parts: (readonly number[])[] = [];
  const ends = roots.map((ofStage) => {
    const found = reached(nodes, ofStage, isMet).filter((id) => {
      isMet[id] = 1;
      return values.isValue[id] === 1;
    });
    parts.push(...cut(nodes, values.isValue, found));
    return parts.length;
  });
  const kept = keptOf(w, nodes, values.isValue, parts, new Set(all));
  parts.forEach((part, k) =>
    w.add({
      name: `${name}_${k}`,
      parameters: ["i32", "i32"],
      results: [],
      form: "pair",
      write: (body) => writePart(w, body, graph, values.isValue, part, kept),
    }),
  );
  return {
    call: (body, stage, end) => {
      for (let k = stage === 0 ? 0 : (ends[stage - 1] as number); k < (ends[stage] as number); k++)
        body.emit(get(end), i32(0), { op: "call", index: w.functionIndex(`${name}_${k}`) });
    },
    push: (body, root) => {
      const node = nodes[root] as GraphNode;
      const temporary = kept.get(root);
      if (temporary !== undefined) body.load(w.variable(temporary));
      else if (node.op === "slot") w.push(body, node.slot);
      else body.fixed(node);
    },
  };
}

/** `(end, place)`: from the place of a pair on, 0 to begin with. */
function writePart(
  w: Workshop,
  body: Body,
  graph: Graph,
  isValue: Uint8Array,
  part: readonly number[],
  kept: ReadonlyMap<number, string>,
): void {
  const [end, place] = [0, 1] as const;
  const { nodes } = graph;
  const own = new Set(part);
  const value = body.values(graph, (id) => {
    const node = nodes[id] as GraphNode;
    if (node.op === "slot") return () => w.push(body, node.slot);
    if (isValue[id] !== 1 || own.has(id)) return null;
    return () => body.load(w.variable(kept.get(id) as string));
  });
  for (const id of constantsOf(nodes, isValue, part)) value(id);
  body.emit({ op: "loop", result: null });
  for (const id of part) {
    const local = value(id);
    const temporary = kept.get(id);
    if (temporary !== undefined) body.store(w.variable(temporary), () => body.emit(get(local)));
  }
  body.emit(get(place), i32(pairBytes), { op: "i32.add" }, { op: "local.tee", index: place }, get(end));
  body.emit({ op: "i32.lt_u" }, { op: "br_if", index: 0 }, { op: "end" });
}

/** Which nodes have a place of their own: those used twice or more, or far from where they stand, roots, and links of long chains. */
function valuesOf(nodes: readonly GraphNode[], roots: readonly number[]): { readonly isValue: Uint8Array } {
  const uses = countUses(nodes, roots);
  const isValue = new Uint8Array(nodes.length);
  for (const root of roots) isValue[root] = 1;
  const depth = new Int32Array(nodes.length);
  nodes.forEach((node, id) => {
    if (uses[id] !== 0) for (const o of operands(node)) if (id - o > far) isValue[o] = 1;
  });
  nodes.forEach((node, id) => {
    let deep = 0;
    if (isFixed(node)) isValue[id] = 0;
    for (const o of operands(node)) if (isValue[o] !== 1) deep = Math.max(deep, depth[o] as number);
    depth[id] = deep + 1;
    if ((uses[id] as number) > 1 || deep + 1 > deepest || isRead(node)) isValue[id] = 1;
    if (isFixed(node)) isValue[id] = 0;
  });
  return { isValue };
}

function isFixed(node: GraphNode): boolean {
  return node.op === "const" || node.op === "truth" || node.op === "slot";
}

/** What is read from memory, and read once. */
function isRead(node: GraphNode): boolean {
  return node.op === "pair" || node.op === "rare" || node.op === "lookup";
}

/** Visits what is written out with a value: its operands that have no place of their own, and theirs. */
function inlined(nodes: readonly GraphNode[], isValue: Uint8Array, id: number, visit: (id: number) => void): void {
  for (const o of operands(nodes[id] as GraphNode)) {
    visit(o);
    if (isValue[o] !== 1) inlined(nodes, isValue, o, visit);
  }
}

function constantsOf(nodes: readonly GraphNode[], isValue: Uint8Array, part: readonly number[]): readonly number[] {
  const found = new Set<number>();
  for (const id of part)
    inlined(nodes, isValue, id, (o) => {
      const { op } = nodes[o] as GraphNode;
      if (op === "const" || op === "truth") found.add(o);
    });
  return [...found];
}

/** Parts of a row of values: as long as the limits allow, and cut where the fewest values go from one to the next. */
function cut(nodes: readonly GraphNode[], isValue: Uint8Array, row: readonly number[]): readonly (readonly number[])[] {
  const at = new Map(row.map((id, i) => [id, i]));
  const last = new Int32Array(row.length);
  const weights = new Int32Array(row.length);
  const constants = row.map((id, i) => {
    const found: number[] = [];
    let weight = 1;
    inlined(nodes, isValue, id, (o) => {
      const node = nodes[o] as GraphNode;
      const place = at.get(o);
      if (place !== undefined) last[place] = Math.max(last[place] as number, i);
      if (node.op === "const" || node.op === "truth") found.push(o);
      else if (isValue[o] !== 1) weight++;
    });
    weights[i] = weight;
    return found;
  });
  const parts: number[][] = [];
  for (let from = 0; from < row.length;) {
    const met = new Set<number>();
    let weight = 0;
    let best = from + 1;
    let fewest = Infinity;
    for (let to = from; to < row.length; to++) {
      weight += weights[to] as number;
      for (const c of constants[to] ?? []) met.add(c);
      if (to > from && (weight > limits.most || met.size > limits.constants)) break;
      if (weight < limits.least && to + 1 < row.length) {
        best = to + 1;
        continue;
      }
      let crossing = 0;
      for (let i = from; i <= to; i++) if ((last[i] as number) > to) crossing++;
      if (crossing <= fewest) {
        fewest = crossing;
        best = to + 1;
      }
    }
    parts.push(row.slice(from, best));
    from = best;
  }
  return parts;
}

/** Where values that one part leaves for others, or for whoever asked for the roots, are kept: places are used again. */
function keptOf(
  w: Workshop,
  nodes: readonly GraphNode[],
  isValue: Uint8Array,
  parts: readonly (readonly number[])[],
  roots: ReadonlySet<number>,
): ReadonlyMap<number, string> {
  const partOf = new Map(parts.flatMap((part, k) => part.map((id) => [id, k] as const)));
  const lastPart = new Map<number, number>();
  parts.forEach((part, k) => {
    for (const id of part)
      inlined(nodes, isValue, id, (o) => {
        if (isValue[o] === 1 && partOf.get(o) !== k) lastPart.set(o, k);
      });
  });
  const kept = new Map<number, string>();
  const free: string[] = [];
  const freed = parts.map((): string[] => []);
  parts.forEach((part, k) => {
    for (const id of part) {
      const last = lastPart.get(id);
      if (last === undefined && !roots.has(id)) continue;
      const temporary = free.pop() ?? w.temporary();
      kept.set(id, temporary);
      if (!roots.has(id)) (freed[last as number] as string[]).push(temporary);
    }
    free.push(...(freed[k] as string[]));
  });
  return kept;
}
