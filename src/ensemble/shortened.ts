/** Finds how far runs must go for what is read of them, and gives a model whose runs go no further. */

import { children, type Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { onceFor, type Lab } from "./work/lab.ts";

/** Runs go to one of so many lengths: each has a program of its own, which every thread compiles. */
const lengths = 8;

/**
 * The model with no more steps than these finals read, with the same bits in all of them: draws are keyed by name, and no step hangs on a later one. The model itself where they read the
 * end, or where how many steps there are decides what is drawn. Only finals can be asked of what it gives: it keeps the outcomes that end by then and no conclusion.
 */
export function shortenedModel(model: Model, finals: readonly Expression[], lab: Lab): Model {
  const { time } = model;
  // A policy with several options that has a second turn in a step draws by the number of steps.
  if (time === null || model.policies.some((p) => p.options.length > 1)) return model;
  const read = Math.max(0, ...finals.map((e) => stepsRead(model, e)));
  const steps = Math.ceil((Math.ceil((lengths * read) / time.steps) / lengths) * time.steps);
  if (!(steps < time.steps)) return model;
  return onceFor(lab, model, `no more than ${steps} steps`, () => ({
    ...model,
    time: { ...time, steps },
    outcomes: model.outcomes.filter((o) => stepsRead(model, o.value) <= steps),
    conclusions: [],
    expectations: [],
  }));
}

/** Steps after which nothing changes what an expression is at the end of a run; Infinity where that is not known. */
function stepsRead(model: Model, e: Expression): number {
  // The date's own step, since what is overdrawn at its start comes then, and one more for what rounding does to dates.
  const until = (date: Expression | null): number =>
    date?.op === "const" ? Math.ceil(Math.max(0, date.value) / (model.time?.dt ?? 1)) + 2 : Infinity;
  switch (e.op) {
    case "outcome": {
      const outcome = model.outcomes.find((o) => o.name === e.name);
      return outcome === undefined ? Infinity : stepsRead(model, outcome.value);
    }
    case "happened":
      return until(e.by);
    case "over":
      if (e.statistic === "final") return Infinity;
      // From a date that a run itself sets, or to one, it may be any.
      if (e.from !== null && e.from.op !== "const") return Infinity;
      return until(e.statistic === "at" ? e.from : e.to);
    case "const":
    case "claim":
    case "unknown":
    case "believed":
    case "chosen":
      return 0;
    case "unary":
    case "binary":
    case "if":
    case "lookup":
      return Math.max(0, ...children(e).map((part) => stepsRead(model, part)));
    default:
      return Infinity;
  }
}
