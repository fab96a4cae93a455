/** The page's side of the runs worker: the newest question is the one that counts; what is asked too long can be stopped. */

import { mindOf, readerViews, type Distribution, type Lead, type Model, type Moved } from "#internal.ts";
import type { RunsAnswer, FromRuns, RunsQuestion, RunsSettings, ToRuns } from "../messages.ts";

interface Hearing {
  readonly answered: (place: number, answer: RunsAnswer, isWhole: boolean) => void;
  readonly progressed: (done: number, total: number) => void;
  readonly failed: (message: string) => void;
}

export interface RunsClient {
  /** Replaces whatever was asked before. */
  ask(moved: Moved, questions: readonly RunsQuestion[], hearing: Hearing): void;
  /** Ends what is being run, at once, whatever it is doing. */
  stop(): void;
}

export async function runsClient(model: Model, settings: RunsSettings, first: Moved): Promise<RunsClient> {
  const { seed, worlds, untilSettled } = settings;
  let id = 0;
  let heard: Hearing | null = null;
  let isHeavy = isHeavyUnder(model, first);
  let RunsWorker = await workerFor(isHeavy);
  const start = (): Worker => {
    const made = new RunsWorker();
    made.onmessage = ({ data }: MessageEvent<FromRuns>): void => {
      if (heard === null || data.kind === "lead" || data.id !== id) return;
      if (data.kind === "answer") heard.answered(data.place, data.answer, data.isWhole);
      else if (data.kind === "progress") heard.progressed(data.done, data.total);
      else heard.failed(data.message);
    };
    made.onerror = (event): void => heard?.failed(event.message);
    made.postMessage({ kind: "case", model, seed, worlds, untilSettled } satisfies ToRuns);
    return made;
  };
  let worker = start();
  return {
    ask: (moved, questions, hearing) => {
      const own = ++id;
      heard = hearing;
      const send = (): void => worker.postMessage({ kind: "ask", id: own, moved, questions } satisfies ToRuns);
      if (isHeavy || !isHeavyUnder(model, moved)) return send();
      isHeavy = true;
      void workerFor(true).then((Heavier) => {
        RunsWorker = Heavier;
        worker.terminate();
        worker = start();
        if (own === id) send();
      });
    },
    stop: () => {
      id++;
      heard = null;
      worker.terminate();
      worker = start();
    },
  };
}

/** Makes what the first screen shows here: first figures, then the whole. Reports nothing where that is too much for a page, or once it is stopped. */
export async function leadFor(
  model: Model,
  { seed, worlds, untilSettled }: RunsSettings,
  stopped: AbortSignal,
  made: (lead: Lead) => void,
): Promise<void> {
  const asked = (from: string): Moved => ({ name: "lead", label: "", from, credences: {}, distributions: {} });
  const LeadWorker = await workerFor(readerViews(model).some((view) => isHeavyUnder(model, asked(view))));
  if (stopped.aborted) return;
  const worker = new LeadWorker();
  stopped.addEventListener("abort", () => worker.terminate());
  // The page goes on without a picture where it cannot be made.
  worker.onerror = (): void => worker.terminate();
  worker.onmessage = ({ data }: MessageEvent<FromRuns>): void => {
    if (data.kind !== "lead" || stopped.aborted) return;
    if (data.lead !== null) made(data.lead);
    if (data.lead?.firstRuns === undefined || data.lead.firstRuns === null) worker.terminate();
  };
  worker.postMessage({ kind: "case", model, seed, worlds, untilSettled } satisfies ToRuns);
  worker.postMessage({ kind: "lead" } satisfies ToRuns);
}

type MakesWorker = new () => Worker;

async function workerFor(isHeavy: boolean): Promise<MakesWorker> {
  return (isHeavy ? await import("./runs-worker.ts") : await import("./runs-plain-worker.ts")).default;
}

/** Whether anything that a view draws is from a beta or a gamma distribution: most views of most cases are run without them. */
function isHeavyUnder(model: Model, moved: Moved): boolean {
  const isHeavy = (d: Distribution): boolean =>
    d.kind === "truncated" ? isHeavy(d.of) : d.kind === "beta" || d.kind === "gamma";
  return [
    ...Object.values(mindOf(model, moved.from).distributions),
    ...Object.values(moved.distributions),
    ...model.shocks.map((s) => s.distribution),
  ].some(isHeavy);
}
