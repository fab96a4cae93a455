/** Checks unknowns, tables and shocks, and orders unknowns so that each needs only earlier ones. */

import type { ProvenanceNode, ShockNode, TableNode, UnitNode, UnknownNode } from "#language/tree.ts";
import { statedDate } from "../units/calendar.ts";
import { plainNumber, timeDimension } from "../units/dimension.ts";
import { lowerDistribution } from "../lowering/distributions.ts";
import { nameOf, type DeclaredEntry } from "../scope/expand.ts";
import { walk, type Expression } from "../expression.ts";
import { stepsIn } from "../lowering/horizon.ts";
import { lowerConstant } from "../lowering/lower-arithmetic.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Distribution, FigureProvenance, Shock, LookupTable, Unit, Unknown } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { inOrder } from "../order.ts";
import { place } from "../scope/places.ts";
import { resolveUnit } from "../units/units.ts";

export function lowerProvenance(nodes: readonly ProvenanceNode[]): readonly FigureProvenance[] {
  return nodes.map((p) =>
    p.kind === "cited" ? { kind: "cited", citation: p.citation.text } : { kind: "judged", why: p.why?.text ?? null },
  );
}

/** What every declaration has: full name, label with the elements of its `each`, place. */
export function declaredOf(entry: DeclaredEntry): {
  readonly name: string;
  readonly label: string;
  readonly span: DeclaredEntry["node"]["span"];
} {
  const { node, name, bindings } = entry;
  const written = "label" in node ? (node.label?.text ?? null) : null;
  const elements = [...bindings.values()];
  const label =
    written === null
      ? name
      : elements.length === 0
        ? written
        : `${written} (${elements.join(", ").replaceAll("_", " ")})`;
  return { name, label, span: nameOf(node)?.span ?? node.span };
}

/** A written unit; a plain number where none is written; null where it is not known, which has been told. */
function writtenUnit(node: UnitNode | null, use: Lowering): Unit | null {
  return node === null ? { label: "number", factor: 1, dimension: plainNumber } : resolveUnit(use.scope.units, node)[0];
}

// ---- unknowns

export function lowerUnknowns(use: Lowering): readonly Unknown[] {
  const found: Unknown[] = [];
  for (const entry of ofKind(use.scope.names, "unknown")) {
    const unknown = lowerUnknown(entry, use);
    if (unknown !== null) found.push(unknown);
  }
  const byName = new Map(found.map((u) => [u.name, u]));
  const needs = (u: Unknown): readonly Unknown[] => readsOf(u.distribution).flatMap((name) => byName.get(name) ?? []);
  const { order, rings } = inOrder(found, needs);
  for (const ring of rings) {
    const [first] = ring;
    if (first !== undefined) use.tell("ring", first.span, { what: "unknowns", ring: ring.map((u) => u.name) });
  }
  return order;
}

function lowerUnknown(entry: DeclaredEntry<UnknownNode>, use: Lowering): Unknown | null {
  const { node } = entry;
  const unit = writtenUnit(node.unit, use);
  const distribution =
    unit === null ? null : lowerDistribution(node.distribution, unit, place("belief", entry.bindings), use);
  const knownBy = statedDate(node.knownBy);
  return unit === null || distribution === null
    ? null
    : { ...declaredOf(entry), unit, distribution, provenance: lowerProvenance(node.provenance), knownBy };
}

/** Unknowns by name, with the place of each in the order in which they are drawn. */
export type DrawnQuantity = ReadonlyMap<string, { readonly unknown: Unknown; readonly place: number }>;

export function drawnOf(unknowns: readonly Unknown[]): DrawnQuantity {
  return new Map(unknowns.map((unknown, place) => [unknown.name, { unknown, place }]));
}

/** Unknowns are drawn in the case's own order; a view or a supposition may not turn it round. */
export function isBefore(name: string, other: string, drawn: DrawnQuantity): boolean {
  return (drawn.get(name)?.place ?? -1) < (drawn.get(other)?.place ?? -1);
}

/** Names of the unknowns a distribution's parameters read. */
export function readsOf(distribution: Distribution): readonly string[] {
  const names = new Set<string>();
  for (const e of parametersOf(distribution))
    walk(e, (part) => {
      if (part.op === "unknown") names.add(part.name);
    });
  return [...names];
}

export function parametersOf(d: Distribution): readonly Expression[] {
  switch (d.kind) {
    case "constant":
      return [d.value];
    case "normal":
      return [d.mean, d.sd];
    case "lognormal":
    case "logitnormal":
      return [d.median, d.sigma];
    case "beta":
      return [d.a, d.b];
    case "uniform":
    case "interval":
      return [d.low, d.high];
    case "triangular":
      return [d.low, d.mode, d.high];
    case "gamma":
      return [d.shape, d.scale];
    case "exponential":
      return [d.mean];
    case "bernoulli":
      return [d.chance];
    case "discrete":
      return [...d.values, ...d.chances];
    case "record":
      return [];
    case "truncated":
      return [...parametersOf(d.of), ...(d.low === null ? [] : [d.low]), ...(d.high === null ? [] : [d.high])];
  }
}

// ---- tables and shocks

export function lowerTables(use: Lowering): readonly LookupTable[] {
  return ofKind(use.scope.names, "table").flatMap((entry) => lowerTable(entry, use) ?? []);
}

function lowerTable(entry: DeclaredEntry<TableNode>, use: Lowering): LookupTable | null {
  const { node } = entry;
  const unit = writtenUnit(node.unit, use);
  const over = writtenUnit(node.over, use);
  if (unit === null || over === null) return null;
  const where = place("constant", entry.bindings);
  const x: number[] = [];
  const y: number[] = [];
  const jumps = new Set<number>();
  for (const point of node.points) {
    const at = lowerConstant(point.x, over.dimension, where, use);
    const value = lowerConstant(point.y, unit.dimension, where, use);
    if (at === null || value === null) continue;
    const last = x.at(-1);
    const isJump = at === last && last !== x.at(-2) && !jumps.has(at);
    if (last !== undefined && !(at > last) && !isJump) use.tell("table-order", point.x.span, { table: entry.name });
    if (isJump) {
      jumps.add(at);
      x[x.length - 1] = justBelow(at);
    }
    x.push(at);
    y.push(value);
  }
  return { ...declaredOf(entry), unit, over, x, y, provenance: lowerProvenance(node.provenance) };
}

/** Where the first value of a jump is told: next to the place, on its left. */
function justBelow(x: number): number {
  return x === 0 ? -1e-250 : x - Math.abs(x) * Number.EPSILON;
}

export function lowerShocks(use: Lowering): readonly Shock[] {
  return ofKind(use.scope.names, "shock").flatMap((entry) => lowerShock(entry, use) ?? []);
}

function lowerShock(entry: DeclaredEntry<ShockNode>, use: Lowering): Shock | null {
  const { node } = entry;
  if (use.scope.isStatic) {
    use.tell("static-case", node.span, { what: "a shock" });
    return null;
  }
  const unit = writtenUnit(node.unit, use);
  const distribution =
    unit === null ? null : lowerDistribution(node.distribution, unit, place("belief", entry.bindings), use);
  const length =
    node.every === null
      ? null
      : lowerConstant(node.every, timeDimension, place("constant", entry.bindings), use, "a length of time");
  const everySteps =
    node.every === null
      ? 1
      : length === null
        ? null
        : stepsIn("the time between two draws", length, node.every.span, use);
  return unit === null || distribution === null || everySteps === null
    ? null
    : { ...declaredOf(entry), unit, distribution, everySteps, provenance: lowerProvenance(node.provenance) };
}
