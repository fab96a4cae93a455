/** The runs of a moved view: asked for when the hand rests, answered in stages, and what was told before kept in sight, marked. */

import { batch, createEffect, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import { plainSituation, type Model, type PageData, type Profile } from "#internal.ts";
import type { RunsAnswer, RunsQuestion } from "../../messages.ts";
import { runsClient, type RunsClient } from "../runs-client.ts";
import type { ReaderMind } from "./reader-mind.ts";
import { rest } from "./table-store.ts";

/** What is known now, and whether it is of the view as it stands. */
export interface ToldFigures<T> {
  readonly value: T;
  readonly isFresh: boolean;
}

interface RunsStore {
  readonly answer: (question: RunsQuestion) => ToldFigures<RunsAnswer> | null;
  /** From 0 to 1 while something is run; null at rest. */
  readonly progress: Accessor<number | null>;
  readonly stop: () => void;
}

/**
 * `questions` in order of urgency. `isUrgent`: nothing else answers what is looked at, so runs do not wait for the hand to rest. `isWanted`: nothing is run
 * before the reader moves something or opens what needs runs. `setTrouble` gets what went wrong, or null.
 */
export function runsStoreOf(
  model: Model,
  data: PageData,
  reader: ReaderMind,
  ask: {
    readonly questions: Accessor<readonly RunsQuestion[]>;
    readonly isUrgent: () => boolean;
    readonly isWanted: Accessor<boolean>;
    readonly setTrouble: (text: string | null) => void;
  },
): RunsStore {
  const { setTrouble } = ask;
  const [live, setLive] = createStore<Record<string, ToldFigures<RunsAnswer>>>({});
  const [progress, setProgress] = createSignal<number | null>(null);
  let client: RunsClient | null = null;
  let starting: Promise<RunsClient> | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  const send = (to: RunsClient): void => {
    const list = untrack(ask.questions);
    setProgress(0);
    to.ask(reader.moved(), list, {
      answered: (place, answer, isWhole) => {
        const question = list[place];
        if (question === undefined) return;
        setLive(
          keyOf(question),
          reconcile({ value: answer, isFresh: isWhole } as ToldFigures<RunsAnswer>, { merge: false }),
        );
      },
      progressed: (done, total) => setProgress(done >= total ? null : done / total),
      failed: (message) =>
        batch(() => {
          setTrouble(message);
          setProgress(null);
        }),
    });
  };
  const begin = async (): Promise<void> => {
    try {
      starting ??= runsClient(model, data, reader.moved());
      client = await starting;
      if (isGone) client.stop();
      else send(client);
    } catch (error) {
      setTrouble(String(error));
    }
  };
  createEffect(
    on([reader.stanceText, ask.questions, ask.isWanted], ([, , isWanted]) => {
      setTrouble(null);
      // What was told of another view stays in sight, marked as being refined.
      for (const key of Object.keys(unwrap(live))) setLive(key, "isFresh" as never, false as never);
      clearTimeout(resting);
      if (!isWanted) return;
      if (untrack(ask.isUrgent)) void begin();
      else resting = setTimeout(() => void begin(), rest);
    }),
  );
  onCleanup(() => {
    isGone = true;
    clearTimeout(resting);
    client?.stop();
  });
  return {
    answer: (question) => live[keyOf(question)] ?? null,
    progress,
    stop: () => {
      clearTimeout(resting);
      client?.stop();
      setProgress(null);
      setTrouble("Stopped. Move something to run again.");
    },
  };
}

export function profileKey(choices: Profile): string {
  return JSON.stringify(plainSituation(choices).choices);
}

function keyOf(question: RunsQuestion): string {
  return question.kind === "course" ? `course ${profileKey(question.choices)}` : `${question.kind} ${question.name}`;
}
