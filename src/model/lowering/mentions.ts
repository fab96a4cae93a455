/** Finds which declarations each value mentions, and an order of lowering in which no chain is too long. */

import type { ExpressionNode } from "#language/tree.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { referFamily } from "./lower-name.ts";
import type { Lowering } from "./lowering.ts";
import { inOrder } from "../order.ts";
import { place, type Place } from "../scope/places.ts";
import { resolveUnit } from "../units/units.ts";

/**
 * Settles the type of every let, stock and outcome that has no written unit, each after those it takes its own from, and tells of written units
 * that are none. Afterwards no question for a type leads to another.
 */
export function settleTypes(use: Lowering): void {
  const open: DeclaredEntry[] = [];
  for (const entry of use.scope.names.entries) {
    const { node } = entry;
    if ("unit" in node && node.unit !== null && node.kind !== "time") {
      for (const unit of node.kind === "table" && node.over !== null ? [node.unit, node.over] : [node.unit])
        for (const problem of resolveUnit(use.scope.units, unit)[1]) use.pass(problem);
    } else if (node.kind === "table" && node.over !== null) {
      for (const problem of resolveUnit(use.scope.units, node.over)[1]) use.pass(problem);
    } else if (node.kind === "let" || node.kind === "stock" || node.kind === "outcome") open.push(entry);
  }
  const isOpen = new Set(open);
  const quiet = use.quiet();
  const { order } = inOrder(open, (entry) => mentioned(entry, false, quiet).filter((other) => isOpen.has(other)));
  for (const entry of order) use.typeOf(entry);
}

/** The declarations that the value of a let, stock or outcome mentions; with `now`, without those of which only the past counts. */
export function mentioned(entry: DeclaredEntry, now: boolean, quiet: Lowering): readonly DeclaredEntry[] {
  const where = place("run", entry.bindings);
  const found = new Set<DeclaredEntry>();
  for (const node of valueNodes(entry)) collect(node, where, now, quiet, found);
  return [...found];
}

function valueNodes({ node }: DeclaredEntry): readonly ExpressionNode[] {
  if (node.kind === "let") return node.body.terms.map((t) => t.expression);
  if (node.kind === "stock") return [node.initial];
  return node.kind === "outcome" ? [node.expression] : [];
}

function collect(node: ExpressionNode, where: Place, now: boolean, quiet: Lowering, found: Set<DeclaredEntry>): void {
  const inner = (n: ExpressionNode): void => collect(n, where, now, quiet, found);
  switch (node.kind) {
    case "number":
    case "date":
    case "boolean":
    case "member":
    case "missing":
      return;
    case "name":
    case "index": {
      const reference = referFamily(node, where, quiet);
      if (reference.kind === "entry") found.add(reference.entry);
      else if (reference.kind === "family") for (const member of reference.family.members) found.add(member);
      else if (node.kind === "index") inner(node.of);
      return;
    }
    case "call": {
      // With a third value, the initial one, a delay needs nothing of its input in the same moment.
      const isPast = now && node.arguments.length === 3 && ["delay", "smooth", "delay3"].includes(node.callee.text);
      for (const argument of isPast ? node.arguments.slice(1) : node.arguments) inner(argument);
      return;
    }
    case "unary":
      return inner(node.operand);
    case "binary":
      inner(node.left);
      return inner(node.right);
    case "if":
      inner(node.condition);
      inner(node.then);
      return inner(node.else);
  }
}
