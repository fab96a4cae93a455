/** Replaces the question whether a hazard fires by its exact chance, on paths where it does not. */

import type { Expression } from "#model/expression.ts";
import { binary, constant, either, one } from "#model/lowering/fold.ts";
import type { Effect, Event, Model, Stock } from "#model/model.ts";

/** A model in which some events never happen, and what its figures become in it. */
export interface Smoothed {
  readonly model: Model;
  readonly of: (e: Expression) => Expression | null;
}

/**
 * Rao and Blackwell's step where it is exact. Where a figure is the chance that any of some hazards happens by a date, and no ground of theirs reads
 * more than whether they have happened, its conditional chance given the path with all of them suppressed is 1 − exp(−∫ Σ rates): the path until the
 * first of them is the same. So the figure's mean is unchanged and its luck is gone. (A `stop` ends a run within a step, in the middle of it on average:
half a step's hazard is taken back there, which leaves an error of the order of that step's chance of a stop times its hazard, of second order in the step.) Null where that does not hold: other events than hazards, a
 * hazard that repeats, `when` grounds that other events may cut short within a step, Runge and Kutta's steps, suppositions that force or forbid one of them.
 */
export function smoothed(model: Model, of: Expression, suppositions: readonly string[]): Smoothed | null {
  const { time } = model;
  if (time === null || time.method !== "euler") return null;
  const asked = anyOf(model, of);
  if (asked === null) return null;
  const names = [...new Set(asked.events)].toSorted();
  const events = names.flatMap((name) => model.events.find((e) => e.name === name) ?? []);
  if (events.length !== names.length || !events.every((e) => isPlain(model, e, names))) return null;
  const touched = model.suppositions
    .filter((s) => suppositions.includes(s.name))
    .some((s) => s.items.some((i) => (i.kind === "forceEvent" || i.kind === "forbidEvent") && names.includes(i.event)));
  if (touched) return null;
  const stock = hazardStock(events, names);
  const changed: Model = {
    ...model,
    stocks: [...model.stocks, stock],
    events: model.events.map((e) => ({
      ...e,
      effects: e.effects.flatMap((f) => (f.kind === "stop" ? [halfBack(stock, f, time.dt), f] : [f])),
    })),
    suppositions: [
      ...model.suppositions,
      {
        name: withoutName,
        label: withoutName,
        span: stock.span,
        items: names.map((event) => ({ kind: "forbidEvent", event })),
      },
    ],
  };
  return {
    model: changed,
    of: (e) => {
      const found = anyOf(model, e);
      if (found === null || [...new Set(found.events)].toSorted().join(" ") !== names.join(" ")) return null;
      return binary("sub", one, {
        op: "unary",
        operator: "exp",
        operand: { op: "unary", operator: "neg", operand: over(stock.name, found.by) },
      });
    },
  };
}

/** The supposition under which a smoothed model is run; no case can declare a name with a space. */
export const withoutName = "no event";

/** `happened(a, t) or happened(b, t) …`, through outcomes and lets; one date for all. */
function anyOf(
  model: Model,
  e: Expression,
): { readonly events: readonly string[]; readonly by: Expression | null } | null {
  if (e.op === "outcome" || e.op === "let") {
    const value = (e.op === "outcome" ? model.outcomes : model.lets).find((o) => o.name === e.name)?.value;
    return value === undefined ? null : anyOf(model, value);
  }
  if (e.op === "over" && e.statistic === "final") return anyOf(model, e.of);
  if (e.op === "happened") {
    if (e.by !== null && !isOnStep(model, e.by)) return null;
    return { events: [e.event], by: e.by };
  }
  if (e.op !== "binary" || e.operator !== "or") return null;
  const [left, right] = [anyOf(model, e.left), anyOf(model, e.right)];
  if (left === null || right === null || JSON.stringify(left.by) !== JSON.stringify(right.by)) return null;
  return { events: [...left.events, ...right.events], by: left.by };
}

/** Between two steps the hazard so far is not kept. */
function isOnStep(model: Model, by: Expression): boolean {
  const dt = model.time?.dt ?? 1;
  return by.op === "const" && Math.abs(by.value / dt - Math.round(by.value / dt)) < 1e-9;
}

function isPlain(model: Model, event: Event, names: readonly string[]): boolean {
  if (event.timing.kind !== "hazard" || event.repeats) return false;
  return event.when === null || readsOnly(model, event.when, names);
}

/** True where nothing but whether these have happened is read. */
function readsOnly(model: Model, e: Expression, names: readonly string[]): boolean {
  switch (e.op) {
    case "const":
      return true;
    case "happened":
      return names.includes(e.event) && e.by === null;
    case "let": {
      const value = model.lets.find((l) => l.name === e.name)?.value;
      return value !== undefined && readsOnly(model, value, names);
    }
    case "unary":
      return readsOnly(model, e.operand, names);
    case "binary":
      return readsOnly(model, e.left, names) && readsOnly(model, e.right, names);
    default:
      return false;
  }
}

/** Σ rates, as far as their grounds hold, over time. */
function hazardStock(events: readonly Event[], names: readonly string[]): Stock {
  const flow = events.reduce<Expression>((sum, e) => {
    const rate = e.timing.kind === "hazard" ? e.timing.rate : constant(0);
    return binary("add", sum, e.when === null ? rate : either(e.when, rate, constant(0)));
  }, constant(0));
  const [first] = events;
  if (first === undefined) throw new Error("a chance of no event");
  return {
    name: `hazard of ${names.join(" or ")}`,
    label: `hazard of ${names.join(" or ")}`,
    span: first.span,
    unit: { label: "number", factor: 1, dimension: {} },
    initial: constant(0),
    flow,
    low: null,
    high: null,
    provenance: [],
    hidden: true,
  };
}

/** Half a step's hazard, taken back where the run stops. */
function halfBack(stock: Stock, stop: Effect & { readonly kind: "stop" }, dt: number): Effect {
  return {
    kind: "add",
    stock: stock.name,
    value: binary("mul", constant(-dt / 2), stock.flow),
    because: stop.because,
    mark: null,
    span: stop.span,
  };
}

function over(stock: string, by: Expression | null): Expression {
  const of: Expression = { op: "stock", name: stock };
  return by === null
    ? { op: "over", statistic: "final", of, from: null, to: null }
    : { op: "over", statistic: "at", of, from: by, to: null };
}
