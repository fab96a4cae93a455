/** Writes the code that finds values that are not finite, separately for each run of a pair. */

import type { Body, Computation } from "./emit.ts";
import type { GraphNode } from "./graph.ts";
import type { Symbols } from "./symbols.ts";
import type { Workshop } from "./workshop.ts";

/** 0, or NaN when x is not finite. */
export function unlessFinite(s: Symbols, node: number): number {
  return s.arithmetic.sub(node, node);
}

/**
 * Of nodes that must be finite, those that need to be looked at: another's not being finite is then seen in one of these, or as an argument of `exp` of no
 * usual size. What is not finite stays so through sums, products and numerators; through denominators and the first operand of min and max, NaN does.
 */
export function telling(s: Symbols, all: readonly number[]): readonly number[] {
  const { nodes } = s.graph;
  const wanted = new Set(all);
  const found: number[] = [];
  const [seesNaN, seesInfinity] = [new Uint8Array(nodes.length), new Uint8Array(nodes.length)];
  for (const x of s.arithmetic.expected) seesInfinity[x] = 1;
  for (let id = nodes.length - 1; id >= 0; id--) {
    const node = nodes[id] as GraphNode;
    if (wanted.has(id) && !(seesNaN[id] === 1 && seesInfinity[id] === 1)) {
      found.push(id);
      seesNaN[id] = seesInfinity[id] = 1;
    }
    const [nan, both] = [seesNaN[id] === 1, seesNaN[id] === 1 && seesInfinity[id] === 1];
    const through = (operand: number, infinity: boolean): void => {
      if (nan) seesNaN[operand] = 1;
      if (infinity) seesInfinity[operand] = 1;
    };
    switch (node.op) {
      case "add":
      case "sub":
      case "mul":
        through(node.a, both);
        through(node.b, both);
        break;
      case "div":
        through(node.a, both);
        through(node.b, false);
        break;
      case "neg":
      case "abs":
      case "floor":
        through(node.a, seesInfinity[id] === 1);
        break;
      case "sqrt":
        through(node.a, both);
        break;
      case "min":
      case "max":
        through(node.a, false);
        break;
      default:
        break;
    }
  }
  return found;
}

/** 0, or NaN where the mask is true. */
export function unlessNot(s: Symbols, mask: number): number {
  return s.graph.select(mask, s.graph.const(NaN), s.graph.const(0));
}

/** 0, or NaN where a function met an argument that only the careful kernel sees to, since this was last asked; nothing where there is no such function. */
export function unlessStrayed(s: Symbols): readonly number[] {
  const strayed = s.arithmetic.strayed();
  return strayed === null ? [] : [unlessNot(s, strayed)];
}

/** The sum of such numbers, in pairs of neighbours so that no chain of additions is long; null where nothing can fail. */
export function together(s: Symbols, all: readonly number[]): number | null {
  let row = all.filter((node) => s.graph.constantOf(node) !== 0);
  if (row.length === 0) return null;
  while (row.length > 1) {
    const halved: number[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const [a, b] = [row[i] as number, row[i + 1]];
      halved.push(b === undefined ? a : s.arithmetic.add(a, b));
    }
    row = halved;
  }
  return row[0] as number;
}

/** Adds a sum of `together` to what is kept of the pair; runs that have ended can fail no more. */
export function note(w: Workshop, body: Body, computation: Computation, sum: number | null): void {
  if (sum === null) return;
  const address = w.variable("failed");
  body.store(address, () => {
    body.load(address);
    computation.push(sum);
    onlyAlive(w, body);
    body.emit({ op: "f64x2.add" });
  });
}

/** Does any effect end runs before their time? */
export function canStop(w: Workshop): boolean {
  return w.plan.events.some((e) => e.effects.some((effect) => effect.kind === "stop"));
}

/** The same of a number in a local. */
export function noteLocal(w: Workshop, body: Body, local: number): void {
  const address = w.variable("failed");
  body.store(address, () => {
    body.load(address);
    body.emit({ op: "local.get", index: local }, { op: "local.get", index: local }, { op: "f64x2.sub" });
    onlyAlive(w, body);
    body.emit({ op: "f64x2.add" });
  });
}

/** The same of a mask in a local: where it is true the run has failed. All bits set is not a number. */
export function noteMask(w: Workshop, body: Body, local: number): void {
  const address = w.variable("failed");
  body.store(address, () => {
    body.load(address);
    body.emit({ op: "local.get", index: local });
    onlyAlive(w, body);
    body.emit({ op: "f64x2.add" });
  });
}

/** Leaves of the vector on the stack only the runs that have not ended. */
function onlyAlive(w: Workshop, body: Body): void {
  if (!canStop(w)) return;
  body.load(w.variable("alive"));
  body.emit({ op: "v128.and" });
}
