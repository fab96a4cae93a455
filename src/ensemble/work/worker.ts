/** The other side of a pool, in a browser's worker and in Node's alike: takes a model and tasks as messages, posts results. */

import type { Model } from "#model/model.ts";
import { Refused } from "#text/refused.ts";
import { RunFailure, type Engine } from "#kernel/engine.ts";
import { StoppedRun } from "../failure.ts";
import type { Job } from "../jobs.ts";
import { emptyShelf, type Shelf } from "./shelf.ts";
import { perform, type ResultOf, type Task } from "./task.ts";

/** Messages to a worker. A task names its model, which was sent before and not dropped since. */
export type ToWorker =
  | { readonly kind: "model"; readonly model: Model; readonly name: number; readonly drop: number | null }
  | { readonly kind: "task"; readonly id: number; readonly model: number; readonly task: Task };

/** What it answers, once for each task. */
export type FromWorker =
  | { readonly kind: "done"; readonly id: number; readonly result: ResultOf<Task> }
  | { readonly kind: "failed"; readonly id: number; readonly trouble: Trouble };

/** An error as plain data: classes do not survive being posted. */
export type Trouble =
  | {
      readonly kind: "stopped run";
      readonly job: Pick<Job, "view" | "situation">;
      readonly failure: Pick<RunFailure, "equation" | "step" | "world" | "value">;
    }
  | { readonly kind: "refused"; readonly reason: string; readonly place: Refused["place"] }
  | { readonly kind: "bug"; readonly name: string; readonly message: string; readonly stack: string };

/** The thread that this worker serves. */
interface Port {
  /** `transfer`: buffers handed over instead of copied. */
  post(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorker) => void): void;
}

/** Answers for as long as the thread lives. */
export function serve(port: Port, engine: Engine): void {
  const known = new Map<number, { readonly model: Model; readonly shelf: Shelf }>();
  let last: number | null = null;
  port.onMessage((message) => {
    if (message.kind === "model") {
      if (message.drop !== null) known.delete(message.drop);
      known.set(message.name, { model: message.model, shelf: emptyShelf(engine) });
      return;
    }
    const { id, task } = message;
    try {
      const of = known.get(message.model);
      if (of === undefined) throw new Error("a task came before its model");
      // Programs are worth keeping for later; draws serve the tasks of one request.
      if (last !== null && last !== message.model) known.get(last)?.shelf.forgetDraws();
      last = message.model;
      const result = perform(of.model, task, of.shelf);
      port.post({ kind: "done", id, result }, buffersOf(result));
    } catch (error) {
      port.post({ kind: "failed", id, trouble: troubleOf(error) }, []);
    }
  });
}

/** An error as plain data that can be sent. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof StoppedRun) {
    const { job, failure } = error;
    const { equation, step, world, value } = failure;
    return {
      kind: "stopped run",
      job: { view: job.view, situation: job.situation },
      failure: { equation, step, world, value },
    };
  }
  if (error instanceof Refused) return { kind: "refused", reason: error.reason, place: error.place };
  if (error instanceof Error)
    return { kind: "bug", name: error.name, message: error.message, stack: error.stack ?? "" };
  return { kind: "bug", name: "Error", message: String(error), stack: "" };
}

/** The error that `troubleOf` was made of. */
export function errorFromTrouble(model: Model, trouble: Trouble): Error {
  if (trouble.kind === "stopped run") {
    const { equation, step, world, value } = trouble.failure;
    return new StoppedRun(model, trouble.job, new RunFailure(equation, step, world, value));
  }
  if (trouble.kind === "refused") return new Refused(trouble.reason, trouble.place);
  const error = new Error(trouble.message);
  error.name = trouble.name;
  error.stack = trouble.stack;
  return error;
}

/** The buffers of every typed array in plain data that are filled by what is there: those can be handed over, others are copied. Each buffer once. */
export function buffersOf(data: unknown): readonly ArrayBuffer[] {
  const views = new Set<ArrayBufferView>();
  const look = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) views.add(value);
    else if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(data);
  const filled = new Map<ArrayBuffer, number>();
  for (const { buffer, byteLength } of views)
    if (buffer instanceof ArrayBuffer) filled.set(buffer, (filled.get(buffer) ?? 0) + byteLength);
  return [...filled].filter(([buffer, bytes]) => bytes === buffer.byteLength).map(([buffer]) => buffer);
}
