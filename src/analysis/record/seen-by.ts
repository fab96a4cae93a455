/** Rewrites a condition of a run so that it says, when the run has ended, whether it was so by a date: the meaning of `happened(x, date)` and `at(x, date)`. */

import { children, type Expression } from "#model/expression.ts";
import type { Event, Model } from "#model/model.ts";
import { onStep } from "#kernel/moments.ts";

/** Whatever reads the state, as it stood at a time; of a static case, as it is. */
export function at(model: Model, of: Expression, time: number): Expression {
  return model.time === null ? of : { op: "over", statistic: "at", of, from: constant(time), to: null };
}

/**
 * The value of a condition by a time from the start. An event that comes at that very time has happened by then, within a step too; what is read of
 * stocks is read at the nearest step.
 */
export function seenBy(model: Model, condition: Expression, time: number): Expression {
  if (model.time === null) return condition;
  const until = onStep(time, model.time.dt);
  const rewrite = (e: Expression): Expression => {
    if (!readsEvents(model, e)) return readsState(e) ? at(model, e, until) : e;
    switch (e.op) {
      case "happened":
        return { ...e, by: e.by === null ? constant(until) : binary("min", e.by, constant(until)) };
      case "count":
        return isOnce(model, e.event) ? happenedBy(e.event, until) : at(model, e, until);
      case "timeOf":
        return { op: "if", condition: happenedBy(e.event, until), then: e, else: rewrite(e.otherwise) };
      case "first": {
        const any = e.events.map((event) => happenedBy(event, until)).reduce((a, b) => binary("or", a, b));
        return { op: "if", condition: any, then: e, else: constant(0) };
      }
      case "let":
        return rewrite(model.lets.find((l) => l.name === e.name)?.value ?? e);
      case "unary":
        return { ...e, operand: rewrite(e.operand) };
      case "binary":
        return { ...e, left: rewrite(e.left), right: rewrite(e.right) };
      case "if":
        return { ...e, condition: rewrite(e.condition), then: rewrite(e.then), else: rewrite(e.else) };
      case "lookup":
        return { ...e, at: rewrite(e.at) };
      default:
        return at(model, e, until);
    }
  };
  return rewrite(condition);
}

/** That an event came in a step: once or once more. */
export function cameInStep(model: Model, event: string, step: number): Expression {
  const dt = model.time?.dt ?? 1;
  const [from, to] = [constant(step * dt), constant((step + 1) * dt)];
  if (!isOnce(model, event)) {
    const count: Expression = { op: "count", event };
    return binary("gt", at(model, count, (step + 1) * dt), at(model, count, step * dt));
  }
  const when: Expression = { op: "timeOf", event, otherwise: constant(-1) };
  return binary("and", binary("ge", when, from), binary("lt", when, to));
}

function happenedBy(event: string, time: number): Expression {
  return { op: "happened", event, by: constant(time) };
}

function isOnce(model: Model, name: string): boolean {
  const event = model.events.find((e) => e.name === name);
  return event !== undefined && !event.repeats && !comesOnSeveralDates(event) && event.timing.kind !== "chosen";
}

function comesOnSeveralDates({ timing }: Event): boolean {
  return timing.kind === "periodic" || (timing.kind === "scheduled" && timing.steps.length > 1);
}

/** Whether an expression, or a let that it names, asks what has happened. */
function readsEvents(model: Model, e: Expression): boolean {
  if (["happened", "timeOf", "since", "count", "first"].includes(e.op)) return true;
  if (e.op === "let") {
    const value = meantBy(model, e.name);
    return value !== null && readsEvents(model, value);
  }
  return children(e).some((part) => readsEvents(model, part));
}

/** The expression of a let; null where a supposition may set it, since what it is then is known only in the run, and it is read at the step. */
export function meantBy(model: Model, name: string): Expression | null {
  const isSupposed = model.suppositions.some((s) => s.items.some((i) => i.kind === "setLet" && i.let === name));
  return isSupposed ? null : (model.lets.find((l) => l.name === name)?.value ?? null);
}

/** Whether it reads what moves within a run. */
function readsState(e: Expression): boolean {
  return ["stock", "let", "delay", "latch", "shock", "time", "stepTime"].includes(e.op) || children(e).some(readsState);
}

function binary(operator: "and" | "or" | "min" | "ge" | "lt" | "gt", left: Expression, right: Expression): Expression {
  return { op: "binary", operator, left, right };
}

function constant(value: number): Expression {
  return { op: "const", value };
}
