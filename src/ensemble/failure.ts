/** The error of a run that could not go on, with its view, options and date. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
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
    const what = whatItIs(model, failure);
    super(
      `${failure.equation} is ${what}${when}, in world ${failure.world} under view '${job.view}' with ${wholeSituation(job.situation)}`,
    );
    this.name = "StoppedRun";
    this.failure = failure;
    this.job = job;
    this.view = job.view;
    this.time = at;
  }
}

function whatItIs(model: Model, { equation, value }: RunFailure): string {
  if (value < 0 && value > -Infinity) return "below zero";
  const stock = model.stocks.find((s) => `stock ${s.name}` === equation);
  // Its stages are hidden stocks, and only their time can make them so.
  if (stock?.hidden === true && Number.isNaN(value)) return `without a value: its time is shorter than its steps allow`;
  if (Number.isFinite(value)) return `${value}, at which it would come more than ${mostFirings} times a step`;
  return `${value}, which is no finite number`;
}

/** The error to throw on: a run's failure with its place, any other as it is. */
export function explained(model: Model, job: Job, error: unknown): unknown {
  return error instanceof RunFailure ? new StoppedRun(model, job, error) : error;
}
