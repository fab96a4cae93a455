/** The state of a page: its case, what the reader moved, and the answers to what is being asked of it. */

import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import {
  distinctViews,
  plain,
  standing,
  type ClaimEnds,
  type ConclusionFinding,
  type Model,
  type Moved,
  type OutcomeFinding,
  type PageData,
  type Profile,
} from "#casus.ts";
import type { Answer, Course, Question } from "../messages.ts";
import { historyOf, type History } from "./history.ts";
import { runsClient, type RunsClient } from "./runs-client.ts";
import { isMoved, type Settings, type Stance } from "./settings.ts";

/** What is known now, and whether it is of the view as it stands. */
export interface Told<T> {
  readonly value: T;
  readonly isFresh: boolean;
}

export interface Page {
  readonly data: PageData;
  readonly model: Model;
  /** Views worth telling apart, in the case's order. */
  readonly views: readonly string[];
  readonly history: History;
  readonly settings: Settings;
  /** Whether the reader has moved something. */
  readonly isMine: Accessor<boolean>;
  readonly stance: Accessor<Stance>;
  /** Under the view as it stands. Null while it was never told. */
  readonly finding: (conclusion: string) => Told<ConclusionFinding> | null;
  readonly course: (choices: Profile) => Told<Course> | null;
  /** The margin of the conclusion looked at with each claim false and true. */
  readonly ends: () => Told<readonly ClaimEnds[]> | null;
  /** Under a view of the case. */
  readonly findingIn: (view: string, conclusion: string) => ConclusionFinding | null;
  readonly outcomesIn: (view: string, choices: Profile) => readonly OutcomeFinding[] | null;
  /** From 0 to 1 while something is run; null at rest. */
  readonly progress: Accessor<number | null>;
  readonly trouble: Accessor<string | null>;
  readonly stop: () => void;
  /** Under any stance, on all worlds: for what stands beside the reader's own. */
  readonly findingOf: (stance: Stance, conclusion: string) => Promise<ConclusionFinding>;
  /** The conclusion looked at under the stance that is pinned; null where none is, or while it is being run. */
  readonly pinned: Accessor<ConclusionFinding | null>;
  /** The profiles compared along the choice in the settings. */
  readonly compared: Accessor<readonly Profile[]>;
  /** Conclusions wanted beside the one looked at. */
  readonly wantAll: (on: boolean) => void;
}

const readerView = "reader";

export function profileKey(choices: Profile): string {
  return JSON.stringify(plain(choices).choices);
}

export function pageOf(data: PageData, model: Model, first: Settings): Page {
  const views = distinctViews(model);
  const history = historyOf(first);
  const settings = (): Settings => history.now;
  const stance = createMemo((): Stance => {
    const { view, credences, distributions } = settings();
    return { view, credences, distributions };
  });
  const isMine = createMemo(() => isMoved(settings()));
  const [live, setLive] = createStore<Record<string, Told<Answer>>>({});
  const [told, setTold] = createStore<Record<string, ConclusionFinding>>({});
  const [progress, setProgress] = createSignal<number | null>(null);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const [all, setAll] = createSignal(false);
  const [pinned, setPinned] = createSignal<ConclusionFinding | null>(null);
  const clients: { front: RunsClient | null; back: RunsClient | null } = { front: null, back: null };

  const findingIn = (view: string, conclusion: string): ConclusionFinding | null =>
    data.findings?.conclusions.find((c) => c.view === view && c.name === conclusion) ??
    told[`${view} ${conclusion}`] ??
    null;
  const outcomesIn = (view: string, choices: Profile): readonly OutcomeFinding[] | null =>
    data.findings?.profiles.find((p) => p.view === view && profileKey(p.choices) === profileKey(choices))?.outcomes ??
    null;

  const compared = createMemo((): readonly Profile[] => {
    const base = standing(model, settings().choices);
    const along = model.choices.find((c) => c.name === settings().along);
    return along === undefined ? [base] : along.options.map((o) => ({ ...base, [along.name]: o.name }));
  });

  const moved = (): Moved => {
    const { view, credences, distributions } = unwrap(settings());
    return { name: readerView, label: "Yours", from: view, credences, distributions };
  };
  const asked = model.conclusions.filter((c) => c.under.length === 0);
  const questions = createMemo((): readonly Question[] => {
    const { conclusion, series } = settings();
    const looked = asked.filter((c) => c.name === conclusion);
    const others = all() ? asked.filter((c) => c.name !== conclusion) : [];
    const conclusions = (list: typeof asked): Question[] => list.map((c) => ({ kind: "conclusion", name: c.name }));
    return [
      ...conclusions(looked),
      ...compared().map((choices): Question => ({ kind: "course", choices, series: series === "" ? [] : [series] })),
      ...conclusions(others),
      ...(all() && looked.length > 0 ? [{ kind: "ends", name: conclusion } as const] : []),
    ];
  });

  const ask = (client: RunsClient): void => {
    const list = untrack(questions);
    setProgress(0);
    client.ask(moved(), list, {
      answered: (place, answer, isWhole) => {
        const question = list[place];
        if (question === undefined) return;
        setLive(keyOf(question), reconcile({ value: answer, isFresh: isWhole } as Told<Answer>, { merge: false }));
      },
      progressed: (done, total) => setProgress(done >= total ? null : done / total),
      failed: (message) =>
        batch(() => {
          setTrouble(message);
          setProgress(null);
        }),
    });
  };

  createEffect(
    on([() => JSON.stringify(stance()), questions], () => {
      setTrouble(null);
      // What was told of another view stays in sight, marked as being refined.
      for (const key of Object.keys(unwrap(live))) setLive(key, "isFresh" as never, false as never);
      const { front } = clients;
      if (front !== null) ask(front);
    }),
  );

  const begin = async (): Promise<void> => {
    clients.front = await runsClient(model, data.seed, data.worlds);
    ask(clients.front);
    if (data.findings === null) await askViews(views);
  };

  // What stands beside the reader's own view is run apart from it, one after another.
  let queue: Promise<unknown> = Promise.resolve();
  const findingOf = (of: Stance, conclusion: string): Promise<ConclusionFinding> => {
    const next = queue.then(async () => {
      const client = (clients.back ??= await runsClient(model, data.seed, data.worlds));
      return new Promise<ConclusionFinding>((resolve, reject) => {
        client.ask(
          {
            name: readerView,
            label: "Beside",
            from: of.view,
            credences: of.credences,
            distributions: of.distributions,
          },
          [{ kind: "conclusion", name: conclusion }],
          {
            answered: (_, answer, isWhole) => {
              if (isWhole && answer.kind === "conclusion") resolve(answer.finding);
            },
            progressed: () => {},
            failed: (message) => reject(new Error(message)),
          },
        );
      });
    });
    queue = next.catch(() => {});
    return next;
  };
  /** The conclusion looked at, under every view of a case that came without findings. */
  const askViews = async (all: readonly string[]): Promise<void> => {
    const { conclusion } = untrack(settings);
    if (conclusion === "") return;
    for (const view of all) {
      const finding = await findingOf({ view, credences: {}, distributions: {} }, conclusion);
      setTold(`${view} ${conclusion}`, { ...finding, view });
    }
  };
  createEffect(
    on([() => JSON.stringify(settings().pinned), () => settings().conclusion], ([text, conclusion]) => {
      setPinned(null);
      const stance = JSON.parse(text ?? "null") as Stance | null;
      if (stance === null || conclusion === "") return;
      void findingOf(stance, conclusion)
        .then((finding) => {
          const { conclusion: still, pinned: same } = untrack(settings);
          if (still === conclusion && JSON.stringify(same) === text) setPinned(() => finding);
        })
        .catch((e: unknown) => setTrouble(String(e)));
    }),
  );

  // The first picture is of what the page was shipped with; the runs start once it is drawn.
  const timer = setTimeout(() => void begin().catch((e: unknown) => setTrouble(String(e))), 30);
  onCleanup(() => {
    clearTimeout(timer);
    clients.front?.stop();
    clients.back?.stop();
  });

  const liveOf = (question: Question): Told<Answer> | null => live[keyOf(question)] ?? null;
  return {
    data,
    model,
    views,
    history,
    get settings() {
      return settings();
    },
    isMine,
    stance,
    finding: (conclusion) => {
      if (!isMine()) {
        const shipped = findingIn(settings().view, conclusion);
        if (shipped !== null) return { value: shipped, isFresh: true };
      }
      const found = liveOf({ kind: "conclusion", name: conclusion });
      return found?.value.kind === "conclusion" ? { value: found.value.finding, isFresh: found.isFresh } : null;
    },
    course: (choices) => {
      const found = liveOf({ kind: "course", choices, series: [] });
      return found?.value.kind === "course" ? { value: found.value.course, isFresh: found.isFresh } : null;
    },
    ends: () => {
      const found = liveOf({ kind: "ends", name: settings().conclusion });
      return found?.value.kind === "ends" ? { value: found.value.ends, isFresh: found.isFresh } : null;
    },
    findingIn,
    outcomesIn,
    progress,
    trouble,
    stop: () => {
      clients.front?.stop();
      setProgress(null);
      setTrouble("Stopped. Move something to run again.");
    },
    compared,
    findingOf,
    pinned,
    wantAll: setAll,
  };
}

function keyOf(question: Question): string {
  return question.kind === "course" ? `course ${profileKey(question.choices)}` : `${question.kind} ${question.name}`;
}
