/** The page's side of the runs worker: the newest question is the one that counts; what is asked too long can be stopped. */

import type { Model, Moved } from "#casus.ts";
import type { Answer, FromRuns, Question, ToRuns } from "../messages.ts";

export interface Hearing {
  readonly answered: (place: number, answer: Answer, isWhole: boolean) => void;
  readonly progressed: (done: number, total: number) => void;
  readonly failed: (message: string) => void;
}

export interface RunsClient {
  /** Replaces whatever was asked before. */
  ask(moved: Moved, questions: readonly Question[], hearing: Hearing): void;
  /** Ends what is being run, at once, whatever it is doing. */
  stop(): void;
}

export async function runsClient(model: Model, seed: number, worlds: number): Promise<RunsClient> {
  const { default: RunsWorker } = needsHeavyQuantiles(model)
    ? await import("./runs-worker.ts")
    : await import("./runs-plain-worker.ts");
  let id = 0;
  let heard: Hearing | null = null;
  const start = (): Worker => {
    const made = new RunsWorker();
    made.onmessage = ({ data }: MessageEvent<FromRuns>): void => {
      if (heard === null || data.id !== id) return;
      if (data.kind === "answer") heard.answered(data.place, data.answer, data.isWhole);
      else if (data.kind === "progress") heard.progressed(data.done, data.total);
      else heard.failed(data.message);
    };
    made.onerror = (event): void => heard?.failed(event.message);
    made.postMessage({ kind: "case", model, seed, worlds } satisfies ToRuns);
    return made;
  };
  let worker = start();
  return {
    ask: (moved, questions, hearing) => {
      id++;
      heard = hearing;
      worker.postMessage({ kind: "ask", id, moved, questions } satisfies ToRuns);
    },
    stop: () => {
      id++;
      heard = null;
      worker.terminate();
      worker = start();
    },
  };
}

/** Whether anything is drawn from a beta or a gamma distribution. */
function needsHeavyQuantiles(model: Model): boolean {
  return /"kind":"(beta|gamma)"/.test(
    JSON.stringify([
      model.unknowns.map((u) => u.distribution),
      model.shocks.map((s) => s.distribution),
      model.views.map((v) => v.distributions),
    ]),
  );
}
