/** Compiles the outcomes and other figures of a run into tapes and statistics over time. */

import { walk, type Expression } from "#model/expression.ts";
import type { Model, Stock } from "#model/model.ts";
import { found, type Frame } from "./frame.ts";
import { heldNames, once } from "./names.ts";
import type { EndPart, Watched } from "./plan.ts";
import { Writer } from "./writer.ts";

/** An expression whose value is recorded at every step time. */
export interface Path {
  readonly index: number;
  readonly slot: number;
  /** Of a running total: the path of what it adds up. Null for a path of values. */
  readonly integrand: number | null;
}

/** By the expression's key. */
export type Paths = ReadonlyMap<string, Path>;

/** Expressions that are written the same share a path. */
export function pathKey(of: Expression): string {
  return JSON.stringify(of);
}

/** The key of the path of its running total. */
export function integralKey(of: Expression): string {
  return `total ${pathKey(of)}`;
}

/** Whether a statistic over time adds up. */
export function isAdded(e: Extract<Expression, { readonly op: "over" }>): boolean {
  return e.statistic === "total" || e.statistic === "mean";
}

/**
 * Under Runge and Kutta's method a total is gathered by the method's own stages: as a hidden stock whose flow is what is added up. Gives the model with
 * these stocks, and by key the name of each.
 */
export function withIntegrals(
  model: Model,
  finals: readonly Expression[],
): { readonly model: Model; readonly stocks: ReadonlyMap<string, string> } {
  const stocks = new Map<string, string>();
  if (model.time?.method !== "rk4") return { model, stocks };
  const hidden: Stock[] = [];
  for (const value of [...model.outcomes.map((o) => o.value), ...finals])
    walk(value, (e) => {
      if (e.op !== "over" || !isAdded(e) || stocks.has(integralKey(e.of))) return;
      const name = `running total ${stocks.size + 1}`;
      stocks.set(integralKey(e.of), name);
      const unit = { label: "", factor: 1, dimension: {} };
      const span = model.outcomes[0]?.span ?? { document: "", start: 0, end: 0 };
      const initial: Expression = { op: "const", value: 0 };
      const bounds = { low: null, high: null, provenance: [], hidden: true };
      hidden.push({ name, label: name, span, unit, initial, flow: e.of, ...bounds });
    });
  return { model: { ...model, stocks: [...model.stocks, ...hidden] }, stocks };
}

/**
 * On the state that was read last. A statistic over time ends the tape before it, whose values may be its dates, and begins the next;
 * outcomes are worked out in the order in which they need each other.
 */
export function compileEnd(
  frame: Frame,
  lets: ReadonlyMap<string, number>,
  paths: Paths,
  finals: readonly Expression[],
): {
  readonly end: readonly EndPart[];
  readonly outcomes: readonly Watched[];
  readonly finals: Int32Array;
} {
  const { model } = frame;
  const values = new Map(model.outcomes.map((o) => [o.name, o.value]));
  const end: EndPart[] = [];
  const statistics = new Map<string, number>();
  const flush = (writer: Writer): void => {
    const code = writer.finish();
    if (code.length > 0) end.push({ kind: "tape", code });
  };
  const writer = new Writer(frame, (w) => ({
    ...heldNames(frame, lets),
    outcome: once((name) => w.value(found(values, name, "outcome"))),
    over: (e) => {
      const key = JSON.stringify(e);
      const known = statistics.get(key);
      if (known !== undefined) return known;
      const from = e.from === null ? w.constant(0) : w.value(e.from);
      const to = e.to === null ? w.constant(frame.steps * frame.dt) : w.value(e.to);
      flush(w);
      const slot = frame.memory.slot();
      end.push({
        kind: "over",
        statistic: e.statistic,
        path: found(paths, pathKey(e.of), "path").index,
        integral: isAdded(e) ? (paths.get(integralKey(e.of))?.index ?? -1) : -1,
        from,
        to,
        slot,
      });
      statistics.set(key, slot);
      return slot;
    },
  }));
  const outcomes = model.outcomes.map((o): Watched => ({
    slot: writer.value({ op: "outcome", name: o.name }),
    equation: `outcome ${o.name}`,
  }));
  const finalSlots = finals.map((e) => writer.value(e));
  flush(writer);
  return { end, outcomes, finals: Int32Array.from(finalSlots) };
}
