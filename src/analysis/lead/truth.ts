/** Reads an outcome that says whether something has happened as a truth that can be asked at any time of a run. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";

/** A truth over when events first came. */
interface TimedTruth {
  readonly events: readonly string[];
  /** The time after which it cannot change; null where only the end of the run ends it. */
  readonly end: number | null;
  /** `first` gives the first time of an event in one run, infinite where it never came. */
  readonly holds: (first: (event: string) => number, time: number) => boolean;
  /** The same, as an outcome of the model: whether it was true at that time. */
  readonly at: (time: number) => Expression;
}

/** Null for what is not made of `happened` with and, or, not: it cannot be asked of a time before the end. */
export function timedTruth(model: Model, e: Expression): TimedTruth | null {
  if (e.op === "outcome") {
    const outcome = model.outcomes.find((o) => o.name === e.name);
    return outcome === undefined || !outcome.isTruth ? null : timedTruth(model, outcome.value);
  }
  if (e.op === "over" && e.statistic === "final") return timedTruth(model, e.of);
  if (e.op === "happened") {
    if (e.by !== null && e.by.op !== "const") return null;
    const by = e.by?.value ?? Infinity;
    return {
      events: [e.event],
      end: Number.isFinite(by) ? by : null,
      holds: (first, time) => first(e.event) <= Math.min(time, by),
      at: (time) => ({ op: "happened", event: e.event, by: { op: "const", value: Math.min(time, by) } }),
    };
  }
  if (e.op === "unary" && e.operator === "not") {
    const inner = timedTruth(model, e.operand);
    if (inner === null) return null;
    return {
      ...inner,
      holds: (first, time) => !inner.holds(first, time),
      at: (time) => ({ ...e, operand: inner.at(time) }),
    };
  }
  if (e.op !== "binary" || (e.operator !== "and" && e.operator !== "or")) return null;
  const [left, right] = [timedTruth(model, e.left), timedTruth(model, e.right)];
  if (left === null || right === null) return null;
  const isAnd = e.operator === "and";
  return {
    events: [...new Set([...left.events, ...right.events])],
    end: left.end === null || right.end === null ? null : Math.max(left.end, right.end),
    holds: (first, time) =>
      isAnd ? left.holds(first, time) && right.holds(first, time) : left.holds(first, time) || right.holds(first, time),
    at: (time) => ({ ...e, left: left.at(time), right: right.at(time) }),
  };
}

/** The first time of an event, or a time that no run reaches. */
export function firstTimeOf(event: string): Expression {
  return { op: "timeOf", event, otherwise: { op: "const", value: never } };
}

/** Stands for 'never' in what runs keep: kept values must be finite. */
const never = 1e15;
