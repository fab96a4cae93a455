/** Replaces the question whether a hazard fires by its exact chance, on paths where it does not. */

import type { Expression } from "#model/expression.ts";
import { binary, one } from "#model/lowering/fold.ts";
import type { Event, Model, Supposition } from "#model/model.ts";

/** Some events silenced, and what figures become where they are. */
export interface Smoothed {
  /** Under which the events do not come; what each has run up is kept (`exposure`). No case can declare its name, which has spaces. */
  readonly supposition: Supposition;
  /** The chance of what asked whether any of them happens; null for any other expression. */
  readonly of: (e: Expression) => Expression | null;
}

/**
 * Rao and Blackwell's step where it is exact. Where a figure is the chance that any of some hazards happens by a date, its conditional chance given the path on which none of them
 * does is 1 − exp(−Σ what they have run up): up to the first of them the paths are the same, whatever rates and grounds read, and the engine charges a silenced event's risk as it
 * would use up its clock, to the fraction of a step at which another event ends it or stops the run. So the figure's mean is unchanged and the luck of these clocks is gone. (Where two
 * others fire in one step and the earlier ends the risk, it is charged to the later: an error of second order in the step.) Null where it does not hold: other events than hazards, a
 * hazard that repeats, a date between two steps, suppositions that say something of one of the events.
 */
export function smoothed(model: Model, of: Expression, suppositions: readonly string[]): Smoothed | null {
  const { time } = model;
  const asked = time === null ? null : anyOf(model, of);
  if (time === null || asked === null) return null;
  const names = [...new Set(asked.events)].toSorted();
  const events = names.flatMap((name) => model.events.find((e) => e.name === name) ?? []);
  const [first] = events;
  if (first === undefined || events.length !== names.length || !events.every(isPlain)) return null;
  const touched = model.suppositions
    .filter((s) => suppositions.includes(s.name))
    .some((s) => s.items.some((i) => "event" in i && names.includes(i.event)));
  if (touched) return null;
  const name = `without ${names.join(" or ")}`;
  return {
    supposition: {
      name,
      label: name,
      span: first.span,
      items: names.map((event) => ({ kind: "quietEvent", event, untilStep: time.steps + 1 })),
    },
    of: (e) => {
      const found = anyOf(model, e);
      if (found === null || [...new Set(found.events)].toSorted().join(" ") !== names.join(" ")) return null;
      const runUp = names
        .map((event): Expression => reached({ op: "exposure", event }, found.by))
        .reduce((sum, next) => binary("add", sum, next));
      const none: Expression = {
        op: "unary",
        operator: "exp",
        operand: { op: "unary", operator: "neg", operand: runUp },
      };
      return binary("sub", one, none);
    },
  };
}

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

function isPlain(event: Event): boolean {
  return event.timing.kind === "hazard" && !event.repeats;
}

/** By a date, or by the end. */
function reached(of: Expression, by: Expression | null): Expression {
  return by === null
    ? { op: "over", statistic: "final", of, from: null, to: null }
    : { op: "over", statistic: "at", of, from: by, to: null };
}
