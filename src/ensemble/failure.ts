/** The error of a run that could not go on, with its view, options and date. */

import { Refused } from "#text/refused.ts";
import type { Model, Outcome } from "#model/model.ts";
import { RunFailure } from "#kernel/engine.ts";
import { mostFirings } from "#kernel/plan.ts";
import type { Job } from "./jobs.ts";
import { wholeSituation } from "./situation.ts";

/** Enough to run that one world again. */
export class StoppedRun extends Refused {
  readonly failure: RunFailure;
  readonly job: Pick<Job, "view" | "situation">;
  readonly view: string;
  /** Time from the start, or null where the case has none. */
  readonly time: number | null;

  constructor(model: Model, job: Pick<Job, "view" | "situation">, failure: RunFailure) {
    const { time } = model;
    const at = failure.step === null || time === null ? null : failure.step * time.dt;
    const when =
      at === null || time === null
        ? ""
        : `, ${Number((time.origin + at).toPrecision(6))} ${time.unit}s after the start`;
    super(
      `${failure.equation} ${whatItIs(model, failure)}${when}, in world ${failure.world} under view '${job.view}' with ${wholeSituation(job.situation)}`,
      placeOf(model, failure.equation),
    );
    this.name = "StoppedRun";
    this.failure = failure;
    this.job = job;
    this.view = job.view;
    this.time = at;
  }
}

function whatItIs(model: Model, { equation, value }: RunFailure): string {
  if (value < 0 && value > -Infinity) return "is below zero";
  const stock = model.stocks.find((s) => `stock ${s.name}` === equation);
  // Its stages are hidden stocks, and only their time can make them so.
  if (stock?.hidden === true && Number.isNaN(value))
    return `is without a value: its time is shorter than its steps allow`;
  if (Number.isFinite(value)) return `is ${value}, at which it would come more than ${mostFirings} times a step`;
  if (equation.startsWith("shock "))
    return "cannot be drawn: its distribution has no such parameters or range, or its values are beyond all numbers";
  return Number.isNaN(value)
    ? "has no value: 0 / 0, or a root or logarithm of something below zero, is no number"
    : `is ${value > 0 ? "above" : "below"} all numbers: something was divided by 0, or has grown too large, or is the logarithm of 0`;
}

/** Where the equation is declared; a hidden one, or an option's worth, has no place of its own. */
function placeOf(model: Model, equation: string): Refused["place"] {
  const [kind = "", name = ""] = equation.split(" ", 2);
  const places: Readonly<Record<string, readonly Pick<Outcome, "name" | "span">[]>> = {
    stock: model.stocks.filter((s) => !s.hidden),
    let: model.lets,
    shock: model.shocks,
    event: model.events,
    policy: model.policies,
    outcome: model.outcomes,
  };
  return places[kind]?.find((declared) => declared.name === name)?.span ?? null;
}

/** The error to throw on: a run's failure with its place, any other as it is. */
export function explained(model: Model, job: Job, error: unknown): unknown {
  return error instanceof RunFailure ? new StoppedRun(model, job, error) : error;
}
