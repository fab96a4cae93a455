/** The state of a page: its case, what the reader moved, and the answers to what is being asked of it. */

import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import {
  believeAlike,
  contributionsOf,
  distinctViews,
  flipsOf,
  locatorText,
  mindOf,
  plain,
  reweigh,
  standing,
  toldByTable,
  withMoved,
  type ClaimEnds,
  type ClaimFlip,
  type ConclusionFinding,
  type ContributionData,
  type FlipData,
  type FlipFinding,
  type MarginFinding,
  type Mind,
  type Model,
  type Moved,
  type OpenedRows,
  type OutcomeFinding,
  type PageData,
  type PageTable,
  type Profile,
  type Reweighed,
} from "#internal.ts";
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
  /** What the table reads for the conclusion looked at: what each claim contributes, and what would reverse it. Null where it cannot. */
  readonly reading: Accessor<Reading | null>;
  /** Whether that is of the view as it stands; while a hand moves it may be of the view before. */
  readonly isReadingFresh: Accessor<boolean>;
  /** Whether what stands beside the verdict is of the view as it stands. */
  readonly isBesideFresh: (conclusion: string) => boolean;
  /** The fewest claims that turn the verdict together, looked for once the hand rests; null where none do, or it is not known yet. */
  readonly flipSet: Accessor<FlipFinding["set"]>;
  /** What has been seen since, once it is here. */
  readonly evidence: Accessor<OpenedRows | null>;
  /** What the view as it stands believes after it; null where it is not asked for, and while it is worked out. */
  readonly reweighed: Accessor<Reweighed | null>;
  /** Whether that can be told of the view as it stands. */
  readonly canReweigh: Accessor<boolean>;
  /** The table, once it is here. */
  readonly table: Accessor<PageTable | null>;
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

/** Contributions and turning points, read from the table without a run. */
export interface Reading {
  readonly contributions: ContributionData | null;
  readonly flips: FlipData | null;
  /** Claims that alone bring the margin nearest to turning, the nearest first, in base units. */
  readonly nearest: readonly { readonly claim: string; readonly isTrue: boolean; readonly margin: number }[];
}

const readerView = "reader";

/** Milliseconds a hand must rest before runs are made, where the table has answered already; and between two of its answers that nobody looks at yet. */
const rest = 140;
/** Claims drawn in a picture, those on which most hangs first. */
const mostTold = 10;
/** Milliseconds of work at a time, where a hand may be moving. */
const slice = 10;

export function profileKey(choices: Profile): string {
  return JSON.stringify(plain(choices).choices);
}

export function pageOf(
  data: PageData,
  model: Model,
  first: Settings,
  table: Accessor<PageTable | null>,
  evidence: Accessor<OpenedRows | null>,
): Page {
  const views = viewsToldApart(model);
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

  const ranIn = (view: string, conclusion: string): ConclusionFinding | null =>
    data.findings?.conclusions.find((c) => c.view === view && c.name === conclusion) ??
    told[`${view} ${conclusion}`] ??
    null;
  /** By the table where it serves the view, so that views and what the reader moves are told by one measure. */
  const byTable = new Map<string, ConclusionFinding | null>();
  const findingIn = (view: string, conclusion: string): ConclusionFinding | null => {
    const found = ranIn(view, conclusion);
    const t = table();
    if (found === null || t === null || !t.conclusions.includes(conclusion)) return found;
    const key = `${view} ${conclusion}`;
    const known = byTable.get(key);
    if (known !== undefined) return known ?? found;
    const m = mindOf(model, view);
    const made = serves(m) ? toldByTable(found, t.verdict(conclusion, m)) : null;
    byTable.set(key, made);
    return made ?? found;
  };
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
  // A store keeps the identity of what it holds: whoever must hear of every credence reads it as text.
  const stanceText = createMemo(() => JSON.stringify(stance()));
  const mind = createMemo((): Mind => {
    stanceText();
    const now = moved();
    return mindOf(withMoved(model, now), now.name);
  });
  /** Whether the table answers for what a mind believes of the unknowns. */
  const serves = (m: Mind): boolean => {
    const t = table();
    return t !== null && believeAlike(m, mindOf(model, t.view));
  };
  const served = createMemo((): PageTable | null => (serves(mind()) ? table() : null));
  /** The conclusion looked at, told by the table; what stands beside it comes from runs. */
  const read = createMemo((): MarginFinding | null => {
    const t = served();
    const { conclusion } = settings();
    return t === null || !t.conclusions.includes(conclusion) ? null : t.verdict(conclusion, mind());
  });
  const readNow = (): Reading | null => {
    const t = served();
    const verdict = read();
    const { conclusion } = settings();
    const unit = model.conclusions.find((c) => c.name === conclusion)?.comparison.unit;
    if (t === null || verdict === null || verdict.refusal !== null || unit === undefined) return null;
    const heads = model.claims.map((c) => ({
      name: c.name,
      label: c.label,
      side: c.side,
      passages: c.locators.map(locatorText),
      credence: mind().credences[c.name]?.[0]?.credence ?? 0,
    }));
    const claims = t.flips(conclusion, mind());
    return {
      contributions: contributionsOf({ unit }, { found: t.attribution(conclusion, mind()), claims: heads }, mostTold),
      flips: flipsOf({ found: { now: verdict, claims }, claims: heads }, mostTold),
      nearest: nearestOf(claims, verdict),
    };
  };
  // The verdict is drawn first. What carries it and what would reverse it follow in the next breath where that is quick, else when the hand rests,
  // so that no movement waits for them.
  const [reading, setReading] = createSignal<Reading | null>(null);
  const [isReadingFresh, setIsReadingFresh] = createSignal(false);
  let took = 0;
  createEffect(
    on([read, mind, served], () => {
      setIsReadingFresh(false);
      let next: ReturnType<typeof setTimeout> | undefined;
      const drawn = requestAnimationFrame(() => {
        next = setTimeout(
          () => {
            const began = performance.now();
            const found = untrack(readNow);
            took = performance.now() - began;
            batch(() => {
              setReading(found);
              setIsReadingFresh(true);
            });
          },
          took < slice ? 0 : rest,
        );
      });
      onCleanup(() => {
        cancelAnimationFrame(drawn);
        clearTimeout(next);
      });
    }),
  );
  const [flipSet, setFlipSet] = createSignal<FlipFinding["set"]>(null);
  createEffect(
    on([read, mind, served, () => settings().conclusion], ([verdict, m, t, conclusion]) => {
      setFlipSet(null);
      if (t === null || verdict === null || verdict.refusal !== null) return;
      const next = setTimeout(() => setFlipSet(t.allFlips(conclusion, m).set), 3 * rest);
      onCleanup(() => clearTimeout(next));
    }),
  );
  const canReweigh = createMemo(() => {
    const rows = evidence()?.rows;
    return rows !== undefined && believeAlike(mind(), mindOf(model, rows.view));
  });
  const [reweighed, setReweighed] = createSignal<Reweighed | null>(null);
  createEffect(
    on([evidence, mind, () => settings().reweighed, canReweigh], ([rows, m, isWanted, can]) => {
      if (rows === null || !isWanted || !can) return void setReweighed(null);
      const next = setTimeout(() => setReweighed(() => reweigh(rows, m)), rest);
      onCleanup(() => clearTimeout(next));
    }),
  );
  const isTold = (): boolean => read()?.refusal === null;
  const [readOthers, setReadOthers] = createStore<Record<string, MarginFinding>>({});
  /** Conclusions that the table cannot tell of this view: they are run. */
  const refused = createMemo(() =>
    (served()?.conclusions ?? []).map((c) => ((readOthers[c]?.refusal ?? null) === null ? "" : ` ${c} `)).join(""),
  );
  const asked = model.conclusions.filter((c) => c.under.length === 0);
  const questions = createMemo((): readonly Question[] => {
    const { conclusion, series } = settings();
    const looked = asked.filter((c) => c.name === conclusion);
    const told = (served()?.conclusions ?? []).filter((c) => !refused().includes(` ${c} `));
    const others = all() ? asked.filter((c) => c.name !== conclusion && !told.includes(c.name)) : [];
    const conclusions = (list: typeof asked): Question[] => list.map((c) => ({ kind: "conclusion", name: c.name }));
    return [
      ...conclusions(looked),
      ...compared().map((choices): Question => ({ kind: "course", choices, series: series === "" ? [] : [series] })),
      ...conclusions(others),
      ...(all() && looked.length > 0 && !isTold() ? [{ kind: "ends", name: conclusion } as const] : []),
    ];
  });

  let resting: ReturnType<typeof setTimeout> | undefined;
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
    on([stanceText, questions], () => {
      setTrouble(null);
      setProgress(clients.front === null ? null : 0);
      // What was told of another view stays in sight, marked as being refined.
      for (const key of Object.keys(unwrap(live))) setLive(key, "isFresh" as never, false as never);
      const { front } = clients;
      clearTimeout(resting);
      if (front === null) return;
      // What the table tells is in sight at once: the runs behind the curves wait until the hand rests.
      if (untrack(isTold)) resting = setTimeout(() => ask(front), rest);
      else ask(front);
    }),
  );
  // The conclusions that are not looked at follow, a few at a time, so that no slider waits for them.
  createEffect(
    on([served, mind, all], ([t, m, isWanted]) => {
      if (t === null || !isWanted) return;
      const left = t.conclusions.filter((c) => c !== untrack(settings).conclusion);
      let next: ReturnType<typeof setTimeout> | undefined;
      const some = (): void => {
        const began = performance.now();
        batch(() => {
          while (left.length > 0 && performance.now() - began < slice) {
            const name = left.shift() as string;
            setReadOthers(name, reconcile(t.verdict(name, m), { merge: false }));
          }
        });
        if (left.length > 0) next = setTimeout(some, slice);
      };
      next = setTimeout(some, rest);
      onCleanup(() => clearTimeout(next));
    }),
  );

  const begin = async (): Promise<void> => {
    clients.front = await runsClient(model, data.seed, data.worlds, moved());
    ask(clients.front);
    if (data.findings === null) await askViews(views);
  };

  // What stands beside the reader's own view is run apart from it, one after another.
  let queue: Promise<unknown> = Promise.resolve();
  const findingOf = (of: Stance, conclusion: string): Promise<ConclusionFinding> => {
    const next = queue.then(async () => {
      const asked: Moved = {
        name: readerView,
        label: "Beside",
        from: of.view,
        credences: of.credences,
        distributions: of.distributions,
      };
      const client = (clients.back ??= await runsClient(model, data.seed, data.worlds, asked));
      return new Promise<ConclusionFinding>((resolve, reject) => {
        client.ask(asked, [{ kind: "conclusion", name: conclusion }], {
          answered: (_, answer, isWhole) => {
            if (isWhole && answer.kind === "conclusion") resolve(answer.finding);
          },
          progressed: () => {},
          failed: (message) => reject(new Error(message)),
        });
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
    clearTimeout(resting);
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
      const base = findingIn(settings().view, conclusion);
      const ran = liveOf({ kind: "conclusion", name: conclusion });
      const by =
        conclusion === settings().conclusion ? read() : served() === null ? null : (readOthers[conclusion] ?? null);
      const from = ran?.value.kind === "conclusion" && isMine() ? ran.value.finding : base;
      const told = by === null || from === null ? null : toldByTable(from, by);
      if (told !== null) return { value: told, isFresh: true };
      if (!isMine()) {
        const shipped = findingIn(settings().view, conclusion);
        if (shipped !== null) return { value: shipped, isFresh: true };
      }
      const found = liveOf({ kind: "conclusion", name: conclusion });
      return found?.value.kind === "conclusion" ? { value: found.value.finding, isFresh: found.isFresh } : null;
    },
    isBesideFresh: (conclusion) =>
      (!isMine() && findingIn(settings().view, conclusion) !== null) ||
      liveOf({ kind: "conclusion", name: conclusion })?.isFresh === true,
    reading,
    isReadingFresh,
    flipSet,
    table,
    evidence,
    reweighed,
    canReweigh,
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
      clearTimeout(resting);
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

/** Of two views that believe the same, the first. */
function viewsToldApart(model: Model): readonly string[] {
  const known = new Set<string>();
  return distinctViews(model).filter((view) => {
    const { credences, distributions } = mindOf(model, view);
    const key = JSON.stringify([credences, distributions]);
    return !known.has(key) && known.add(key);
  });
}

function nearestOf(claims: readonly ClaimFlip[], now: MarginFinding): Reading["nearest"] {
  const way = now.margin >= now.threshold ? 1 : -1;
  return claims
    .filter((c) => !c.thin && c.points.length === 0)
    .map((c) => {
      const isTrue = way * c.on < way * c.off;
      return { claim: c.claim, isTrue, margin: isTrue ? c.on : c.off };
    })
    .filter((c) => way * c.margin < way * now.margin)
    .toSorted((a, b) => way * (a.margin - b.margin));
}

function keyOf(question: Question): string {
  return question.kind === "course" ? `course ${profileKey(question.choices)}` : `${question.kind} ${question.name}`;
}
