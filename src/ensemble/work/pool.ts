/** Shares tasks among threads and gives their results in order. The task of a thread that is lost goes to another, once. */

import type { Model } from "#model/model.ts";
import { labOf, totalRuns, type Lab, type Progress, type Take } from "./lab.ts";
import { programKey, runsIn, sharedBy, type ResultOf, type Task } from "./task.ts";
import { errorFromTrouble, type FromWorker, type ToWorker } from "./worker.ts";

/** A worker as its pool sees it: Node's and the browser's fit alike. */
export interface Thread {
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** It crashed, or ended by itself. */
  onError(listener: (error: unknown) => void): void;
  /** At once, whatever it is doing. */
  end(): void;
}

export interface PoolSettings {
  /** At most; no more are started than there are tasks. */
  readonly threads: number;
  readonly start: () => Thread;
  readonly onProgress: (progress: Progress) => void;
  /** Told of a thread that was lost, and what becomes of its task. */
  readonly onLoss: (loss: ThreadLost) => void;
  /** Rings once after some milliseconds, unless what it returns is called before. */
  readonly alarm: (milliseconds: number, ring: () => void) => () => void;
  /** A task that takes longer, in milliseconds, counts as hung. */
  readonly patience: number;
}

export interface Pool {
  readonly lab: Lab;
  /** Ends every thread at once; what is under way rejects with `reason`. A pool that was stopped can be used again. */
  stop(reason: unknown): void;
}

/** A thread crashed or hung at a task. The first time another thread takes it, the second time the work ends with this. */
export class ThreadLost extends Error {
  readonly task: Task;
  readonly isLast: boolean;

  constructor(task: Task, why: string, isLast: boolean) {
    super(
      isLast
        ? `a thread was lost a second time at the same work (${runsIn(task)} runs): ${why}`
        : `a thread was lost (${why}); another takes over its work`,
    );
    this.name = "ThreadLost";
    this.task = task;
    this.isLast = isLast;
  }
}

/** Results held for each thread, under way or waiting for an earlier one, before no more tasks are given out; of tasks that leave little, so many that there are other programs among them. */
const ahead = { usual: 4, small: 24 } as const;

/** Models that a thread keeps with what it compiled of them; beyond it the longest unused goes. Learning and tables run variants of a model in turn. */
const modelRoom = 6;

interface Worker {
  readonly thread: Thread;
  /** What it has been sent, the one used last at the end; of each, the programs that it has compiled. */
  readonly models: Map<Model, Set<string>>;
  /** What it is doing. */
  at: Assignment | null;
  quiet: () => void;
}

interface Assignment {
  readonly batch: Batch;
  readonly index: number;
}

/** One call of `each`. */
interface Batch {
  readonly model: Model;
  readonly tasks: readonly Task[];
  /** By task: what it shares its draws by, and the program it runs. */
  readonly shared: readonly (string | null)[];
  readonly programs: readonly (string | null)[];
  /** Tasks beyond the first result that is not yet taken which may be given out. */
  readonly reach: number;
  /** Places of tasks whose thread was lost, to be done before any other. */
  readonly again: number[];
  readonly lost: Set<number>;
  readonly ready: Map<number, ResultOf<Task>>;
  /** The first task not yet given out, and those after it that were. */
  next: number;
  readonly given: Set<number>;
  /** Who did work that shares draws with other tasks, by what is shared: it has them still. */
  readonly owners: Map<string, Worker>;
  /** The first result not yet taken. */
  wanted: number;
  isTaking: boolean;
  /** The earliest task that failed: those after it do not matter any more, those before it still may fail earlier. */
  failure: { readonly index: number; readonly error: unknown } | null;
  done: number;
  readonly total: number;
  readonly take: Take<Task>;
  readonly settle: (error: { readonly error: unknown } | null) => void;
}

export function pool(settings: PoolSettings): Pool {
  const workers: Worker[] = [];
  const batches: Batch[] = [];
  const names = new WeakMap<Model, number>();
  let nextName = 0;

  const start = (): Worker => {
    const thread = settings.start();
    const worker: Worker = { thread, models: new Map(), at: null, quiet: () => {} };
    thread.onMessage((message) => answered(worker, message));
    thread.onError((error) => lose(worker, error instanceof Error ? error.message : String(error)));
    workers.push(worker);
    return worker;
  };

  const answered = (worker: Worker, message: FromWorker): void => {
    const { at } = worker;
    if (at === null || !workers.includes(worker)) return;
    worker.quiet();
    worker.at = null;
    const { batch, index } = at;
    if (message.kind === "done") {
      batch.ready.set(index, message.result);
      batch.done += runsIn(batch.tasks[index] as Task);
      if (batches.includes(batch)) settings.onProgress({ done: batch.done, total: batch.total });
    } else fail(batch, index, errorFromTrouble(batch.model, message.trouble));
    void deliver(batch);
    fill();
  };

  const lose = (worker: Worker, why: string): void => {
    const place = workers.indexOf(worker);
    if (place < 0) return;
    workers.splice(place, 1);
    worker.quiet();
    worker.thread.end();
    if (worker.at !== null) {
      const { batch, index } = worker.at;
      const loss = new ThreadLost(batch.tasks[index] as Task, why, batch.lost.has(index));
      batch.lost.add(index);
      if (loss.isLast) fail(batch, index, loss);
      else {
        settings.onLoss(loss);
        batch.again.push(index);
      }
      void deliver(batch);
    }
    fill();
  };

  const fail = (batch: Batch, index: number, error: unknown): void => {
    if (batch.failure === null || index < batch.failure.index) batch.failure = { index, error };
  };

  /** Hands over what is next in order, one at a time; ends the batch when nothing is left or its earliest failure is certain. */
  const deliver = async (batch: Batch): Promise<void> => {
    if (batch.isTaking) return;
    batch.isTaking = true;
    while (batch.ready.has(batch.wanted) && batches.includes(batch)) {
      const result = batch.ready.get(batch.wanted) as ResultOf<Task>;
      batch.ready.delete(batch.wanted);
      try {
        await batch.take(result, batch.wanted);
      } catch (error) {
        return end(batch, { error });
      }
      batch.wanted++;
      fill();
    }
    batch.isTaking = false;
    if (batch.failure !== null && batch.failure.index === batch.wanted) end(batch, batch.failure);
    else if (batch.wanted === batch.tasks.length) end(batch, null);
  };

  const end = (batch: Batch, error: { readonly error: unknown } | null): void => {
    const place = batches.indexOf(batch);
    if (place < 0) return;
    batches.splice(place, 1);
    // Whoever still works for it works for nothing.
    for (const worker of workers.filter((w) => w.at?.batch === batch)) {
      workers.splice(workers.indexOf(worker), 1);
      drop(worker);
    }
    batch.settle(error);
    fill();
  };

  const drop = (worker: Worker): void => {
    worker.quiet();
    worker.thread.end();
  };

  const fill = (): void => {
    for (;;) {
      const batch = batches.find((b) => nextOf(b) !== null);
      if (batch === undefined) return;
      const idle =
        workers.find((w) => w.at === null && w.models.has(batch.model)) ??
        workers.find((w) => w.at === null) ??
        (workers.length < settings.threads ? start() : null);
      if (idle === null) return;
      give(idle, batch);
    }
  };

  const give = (worker: Worker, batch: Batch): void => {
    const index = batch.again.shift() ?? pickedFor(worker, batch, workers);
    worker.at = { batch, index };
    worker.quiet = settings.alarm(settings.patience, () =>
      lose(worker, `no answer for ${Math.round(settings.patience / 1000)} seconds`),
    );
    const model = namedFor(worker, batch.model);
    const program = batch.programs[index] ?? null;
    if (program !== null) worker.models.get(batch.model)?.add(program);
    worker.thread.post({ kind: "task", id: index, model, task: batch.tasks[index] as Task });
  };

  /** The name under which a worker has the model, which is sent where it has not. */
  const namedFor = (worker: Worker, model: Model): number => {
    const nameOf = (m: Model): number => {
      const name = names.get(m) ?? nextName++;
      names.set(m, name);
      return name;
    };
    const name = nameOf(model);
    const programs = worker.models.get(model) ?? new Set();
    if (!worker.models.delete(model)) {
      const [oldest] = worker.models.keys();
      const dropped = oldest !== undefined && worker.models.size >= modelRoom ? oldest : null;
      if (dropped !== null) worker.models.delete(dropped);
      worker.thread.post({ kind: "model", model, name, drop: dropped === null ? null : nameOf(dropped) });
    }
    worker.models.set(model, programs);
    return name;
  };

  const each = <T extends Task>(model: Model, tasks: readonly T[], take: Take<T>): Promise<void> =>
    new Promise((resolve, reject) => {
      const batch: Batch = {
        model,
        tasks,
        shared: tasks.map(sharedBy),
        programs: tasks.map(programKey),
        reach: (tasks.every(leavesLittle) ? ahead.small : ahead.usual) * settings.threads,
        again: [],
        lost: new Set(),
        ready: new Map(),
        next: 0,
        given: new Set(),
        owners: new Map(),
        wanted: 0,
        isTaking: false,
        failure: null,
        done: 0,
        total: totalRuns(tasks),
        // A result is of the kind of its task.
        take: (result, at) => take(result as ResultOf<T>, at),
        settle: (error) => (error === null ? resolve() : reject(error.error)),
      };
      batches.push(batch);
      void deliver(batch);
      fill();
    });

  return {
    lab: labOf(settings.threads, each),
    stop: (reason) => {
      for (const worker of workers.splice(0)) drop(worker);
      for (const batch of batches.splice(0)) batch.settle({ error: reason });
    },
  };
}

/** A run's values, not its path. */
function leavesLittle(task: Task): boolean {
  return task.kind === "runs" && task.job.series.length === 0;
}

/** Of the tasks that may be given out, the first of those that cost the worker least to begin: see `Beginning`. */
function pickedFor(worker: Worker, batch: Batch, workers: readonly Worker[]): number {
  const end = Math.min(batch.tasks.length, batch.wanted + batch.reach, (batch.failure?.index ?? Infinity) + 1);
  const own = worker.models.get(batch.model);
  const others = workers.filter((w) => w !== worker).map((w) => w.models.get(batch.model));
  let index = batch.next;
  let least = Infinity;
  for (let i = batch.next; i < end && least > Beginning.nothing; i++) {
    if (batch.given.has(i)) continue;
    const cost = beginningOf(batch.programs[i] ?? null, batch.owners.get(batch.shared[i] ?? ""), worker, own, others);
    if (cost < least) [index, least] = [i, cost];
  }
  const shared = batch.shared[index] ?? null;
  if (shared !== null && !batch.owners.has(shared)) batch.owners.set(shared, worker);
  batch.given.add(index);
  while (batch.given.delete(batch.next)) batch.next++;
  return index;
}

/** What a worker has to do before the runs of a task, least first. A program takes it as long to compile as some thousand runs, draws as long as a few dozen. */
const Beginning = {
  /** It has the program and the draws. */
  nothing: 0,
  /** It has the program, and nobody has the draws. */
  draws: 1,
  /** It alone has the program; another has the draws. */
  drawsAgain: 2,
  /** Nobody has the program. */
  program: 3,
  /** It is not alone in having the program, and another has the draws: that one does it with less. */
  anothersDraws: 4,
  /** Another has the program. */
  programAgain: 5,
} as const;

function beginningOf(
  program: string | null,
  owner: Worker | undefined,
  worker: Worker,
  own: ReadonlySet<string> | undefined,
  others: readonly (ReadonlySet<string> | undefined)[],
): number {
  const isOthers = program === null || others.some((programs) => programs?.has(program) === true);
  if (program !== null && own?.has(program) !== true) return isOthers ? Beginning.programAgain : Beginning.program;
  if (owner === worker) return Beginning.nothing;
  if (owner === undefined) return Beginning.draws;
  return isOthers ? Beginning.anothersDraws : Beginning.drawsAgain;
}

/** Whether a batch has a task to give out: not beyond its first failure, and not too far ahead of what has been taken. */
function nextOf(batch: Batch): number | null {
  const index = batch.again[0] ?? batch.next;
  if (index >= batch.tasks.length || index >= batch.wanted + batch.reach) return null;
  return batch.failure !== null && index > batch.failure.index ? null : index;
}
