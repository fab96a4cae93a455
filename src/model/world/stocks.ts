/** Checks stocks, hidden ones too, and orders them so that each starts from earlier ones. */

import type { StockNode } from "#language/tree.ts";
import { lowerFlows } from "../lowering/bodies.ts";
import { perTime, product, sameDimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import type { Expression } from "../expression.ts";
import { constantOf, zero } from "../lowering/fold.ts";
import { lowerIn } from "../lowering/lower-arithmetic.ts";
import { tellHeadFlows } from "./head-flows.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { HiddenStock } from "../lowering/memory.ts";
import type { Let, Stock, Unit } from "../model.ts";
import { ofKind } from "../scope/names.ts";
import { needsOf } from "./needs.ts";
import { inOrder } from "../order.ts";
import { place } from "../scope/places.ts";
import { declaredOf, lowerProvenance } from "./quantities.ts";
import { unitHint } from "../lowering/unit-hints.ts";
import { dimensionOf, fitsDimension } from "../scope/typed.ts";
import { composedUnit } from "../units/units.ts";
import { isIn, shortText, unitWords } from "../scope/wording.ts";

export function lowerStocks(use: Lowering): readonly Stock[] {
  return ofKind(use.scope.names, "stock").flatMap((entry) => lowerStock(entry, use) ?? []);
}

function lowerStock(entry: DeclaredEntry<StockNode>, use: Lowering): Stock | null {
  const { node } = entry;
  if (use.scope.isStatic) {
    use.tell("static-case", node.name.span, { what: "a stock" });
    return null;
  }
  const isFlowAtHead = tellHeadFlows(entry, use);
  const type = use.typeOf(entry);
  if (isFlowAtHead) {
    lowerFlows(node.flows, `stock ${entry.name}`, place("run", entry.bindings), use);
    return null;
  }
  if (type.kind === "mistaken") {
    // Of no use without a unit, but what is wrong in it is told all the same.
    use.lower(node.initial, place("start", entry.bindings));
    lowerFlows(node.flows, `stock ${entry.name}`, place("run", entry.bindings), use);
    return null;
  }
  const unit = unitWords(use.scope, type);
  const initial = lowerIn(node.initial, unit.dimension, place("start", entry.bindings), use, unit.label);
  const flow = flowOf(entry, unit, use);
  const where = place("fixed", entry.bindings);
  const low =
    node.within === null || node.within.low === null
      ? null
      : lowerIn(node.within.low, unit.dimension, where, use, unit.label);
  const high =
    node.within === null || node.within.high === null
      ? null
      : lowerIn(node.within.high, unit.dimension, where, use, unit.label);
  const a = low === null ? null : constantOf(low);
  const b = high === null ? null : constantOf(high);
  const start = initial === null ? null : constantOf(initial);
  if (a !== null && b !== null && !(a < b))
    use.tell("empty-range", node.within?.span ?? node.span, { what: `the range of '${entry.name}'` });
  else if (start !== null && ((a !== null && start < a) || (b !== null && start > b)))
    use.tell("start-outside", node.initial.span, { stock: entry.name });
  return initial === null || flow === null
    ? null
    : {
        ...declaredOf(entry),
        unit,
        initial,
        flow,
        low,
        high,
        provenance: lowerProvenance(node.provenance),
        hidden: false,
      };
}

/** The net flow, per unit of time; null, told, where it is none. */
function flowOf(entry: DeclaredEntry<StockNode>, unit: Unit, use: Lowering): Expression | null {
  const flow = lowerFlows(entry.node.flows, `stock ${entry.name}`, place("run", entry.bindings), use);
  if (flow === null) return zero;
  const { type, expression } = flow.value;
  if (type.kind === "mistaken") return null;
  const wanted = product(unit.dimension, perTime);
  if (fitsDimension(type, wanted)) return expression;
  const own = dimensionOf(type);
  const base = use.scope.units.baseTime;
  // Of one line the fix is known; several agree among themselves, and each may be what is wrong.
  const hints = entry.node.flows.map((f) =>
    own === null ? null : unitHint(f.expression, own, wanted, `${unit.label}/${base}`, use),
  );
  const fixes = hints.flatMap((hint) => hint?.fixes.at(-1) ?? []);
  const all = { title: "bring each line to that unit", edits: fixes.flatMap((f) => f.edits), isSure: false };
  use.tell(
    "flow-unit",
    flow.span,
    {
      text: shortText(use.scope, flow.span),
      is: isIn(use.scope, type),
      stock: entry.name,
      wanted: composedUnit(use.scope.units, wanted).label,
      isLevel: own !== null && sameDimension(own, unit.dimension),
      base,
      write: hints.length === 1 ? (hints[0]?.write ?? null) : null,
    },
    [],
    fixes.length === hints.length ? [...(hints.length === 1 ? (hints[0]?.fixes ?? []) : []), all] : [],
  );
  return null;
}

/** All stocks so that each starts from earlier ones, lets between them; tells when they start from one another. */
export function orderStocks(
  own: readonly Stock[],
  hidden: readonly HiddenStock[],
  lets: readonly Let[],
  use: Lowering,
): readonly Stock[] {
  const stocks = [
    ...own,
    ...hidden.map(({ type, ...stock }): Stock => ({ ...stock, unit: unitWords(use.scope, type) })),
  ];
  const things = [...stocks, ...lets];
  const stockNamed = new Map(stocks.map((s) => [s.name, s]));
  const letNamed = new Map(lets.map((l) => [l.name, l]));
  const { order, rings } = inOrder<Stock | Let>(things, (thing) => {
    const needs = needsOf("initial" in thing ? thing.initial : thing.value, use.memory);
    return [
      ...needs.stocks.flatMap((n) => stockNamed.get(n) ?? []),
      ...needs.lets.flatMap((n) => letNamed.get(n) ?? []),
    ];
  });
  // Rings of lets alone have been told.
  for (const ring of rings) {
    const stock = ring.find((thing) => "initial" in thing);
    if (stock !== undefined) use.tell("start-ring", stock.span, { ring: ring.map((thing) => thing.name) });
  }
  return order.filter((thing) => "initial" in thing);
}
