/** The state of a page: stores with one job each, put together into what its parts ask. */

import { createMemo, createSignal, type Accessor } from "solid-js";
import {
  readerViews,
  standing,
  type ClaimEnds,
  type ConclusionFinding,
  type FlipFinding,
  type Lead,
  type Model,
  type OpenedRows,
  type OutcomeFinding,
  type PageData,
  type PageTable,
  type Profile,
  type Reweighed,
} from "#internal.ts";
import type { Course, RunsQuestion } from "../messages.ts";
import { historyOf, type History } from "./history.ts";
import type { Settings, Stance } from "./settings.ts";
import { askedFor, besideStoreOf, type BesideStore } from "./state/beside-store.ts";
import { leadStoreOf, type LeadStore } from "./state/lead-store.ts";
import { readerMindOf } from "./state/reader-mind.ts";
import { reweighStoreOf } from "./state/reweigh-store.ts";
import { profileKey, runsStoreOf, type ToldFigures } from "./state/runs-store.ts";
import { tableStoreOf, type PageReading } from "./state/table-store.ts";

export interface Page {
  readonly data: PageData;
  readonly model: Model;
  /** Views a reader may take, in the case's order. */
  readonly views: readonly string[];
  readonly history: History;
  readonly settings: Settings;
  /** Whether the reader has moved something. */
  readonly isMine: Accessor<boolean>;
  readonly stance: Accessor<Stance>;
  /** What the first screen shows; null where there is nothing to compare, and until it is there. */
  readonly lead: Accessor<LeadStore | null>;
  /** Under the view as it stands. Null while it was never told. */
  readonly finding: (conclusion: string) => ToldFigures<ConclusionFinding> | null;
  readonly course: (choices: Profile) => ToldFigures<Course> | null;
  /** The margin of the conclusion looked at with each claim false and true. */
  readonly ends: () => ToldFigures<readonly ClaimEnds[]> | null;
  /** What the table reads for the conclusion looked at: what each claim contributes, and what would reverse it. Null where it cannot. */
  readonly reading: Accessor<PageReading | null>;
  readonly isReadingFresh: Accessor<boolean>;
  /** Whether the outcomes shown with the verdict are those of the view as it is now. */
  readonly isBesideFresh: (conclusion: string) => boolean;
  readonly flipSet: Accessor<FlipFinding["set"]>;
  /** What has been seen since, once it is here. */
  readonly evidence: Accessor<OpenedRows | null>;
  readonly reweighed: Accessor<Reweighed | null>;
  readonly canReweigh: Accessor<boolean>;
  /** The table, once it is here. */
  readonly table: Accessor<PageTable | null>;
  /** Under a view of the case. */
  readonly findingIn: (view: string, conclusion: string) => ConclusionFinding | null;
  readonly outcomesIn: (view: string, choices: Profile) => readonly OutcomeFinding[] | null;
  readonly progress: Accessor<number | null>;
  readonly trouble: Accessor<string | null>;
  readonly stop: () => void;
  readonly findingOf: BesideStore["findingOf"];
  readonly pinned: Accessor<ConclusionFinding | null>;
  /** The profiles compared along the choice in the settings. */
  readonly compared: Accessor<readonly Profile[]>;
  /** Conclusions wanted beside the one looked at. */
  readonly wantAll: (on: boolean) => void;
  /** Courses are drawn somewhere in sight: their runs are made. */
  readonly wantRuns: () => void;
}

/** What comes after the page itself; null until it is there. */
export interface PageParts {
  readonly table: Accessor<PageTable | null>;
  readonly evidence: Accessor<OpenedRows | null>;
  /** What the first screen shows. */
  readonly lead: Accessor<Lead | null>;
}

export function pageOf(data: PageData, model: Model, first: Settings, { table, evidence, lead }: PageParts): Page {
  const views = readerViews(model);
  const history = historyOf(first);
  const reader = readerMindOf(model, history);
  const { settings, isMine } = reader;
  const [all, setAll] = createSignal(false);
  const [isRunning, setIsRunning] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string | null>(null);
  const beside = besideStoreOf(model, data, views, settings, setTrouble);
  const findingIn = beside.ranIn;
  const byTable = tableStoreOf(model, reader, table, findingIn, all);
  const { reweighed, canReweigh } = reweighStoreOf(model, reader, evidence);
  const outcomesIn: Page["outcomesIn"] = (view, choices) =>
    data.findings?.profiles.find((p) => p.view === view && profileKey(p.choices) === profileKey(choices))?.outcomes ??
    null;
  const compared = createMemo((): readonly Profile[] => {
    const base = standing(model, settings().choices);
    const along = model.choices.find((c) => c.name === settings().along);
    return along === undefined ? [base] : along.options.map((o) => ({ ...base, [along.name]: o.name }));
  });
  const isTold = (): boolean => byTable.told(settings().conclusion)?.comparison.refusal === null;
  const questions = createMemo(
    () =>
      questionsNow({
        model,
        settings: settings(),
        compared: compared(),
        isAll: all(),
        byTable,
        isTold: isTold(),
        findingIn,
        outcomesIn,
      }),
    [],
    {
      equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    },
  );
  const runs = runsStoreOf(model, data, reader, {
    questions,
    isUrgent: () => !isTold(),
    isWanted: () => isRunning() || isMine() || data.findings === null,
    setTrouble,
  });
  const liveFinding = (conclusion: string): ToldFigures<ConclusionFinding> | null => {
    const found = runs.answer(askedFor(conclusion, findingIn(settings().view, conclusion)));
    return found?.value.kind === "conclusion" ? { value: found.value.finding, isFresh: found.isFresh } : null;
  };
  const finding = (conclusion: string): ToldFigures<ConclusionFinding> | null => {
    const base = findingIn(settings().view, conclusion);
    if (!isMine() && base !== null) return { value: base, isFresh: true };
    const ran = liveFinding(conclusion);
    const told = byTable.told(conclusion);
    return told === null ? ran : { value: { ...told, beside: ran?.value.beside ?? told.beside }, isFresh: true };
  };
  return {
    data,
    model,
    views,
    history,
    get settings() {
      return settings();
    },
    isMine,
    stance: reader.stance,
    lead: createMemo(() => leadStoreOf(model, lead(), data.findings, reader, finding)),
    finding,
    isBesideFresh: (conclusion) =>
      (!isMine() && findingIn(settings().view, conclusion) !== null) || liveFinding(conclusion)?.isFresh === true,
    reading: byTable.reading,
    isReadingFresh: byTable.isReadingFresh,
    flipSet: byTable.flipSet,
    table,
    evidence,
    reweighed,
    canReweigh,
    course: (choices) => {
      const found = runs.answer({ kind: "course", choices, series: [], worlds: null });
      return found?.value.kind === "course" ? { value: found.value.course, isFresh: found.isFresh } : null;
    },
    ends: () => {
      const found = runs.answer({ kind: "ends", name: settings().conclusion });
      return found?.value.kind === "ends" ? { value: found.value.ends, isFresh: found.isFresh } : null;
    },
    findingIn,
    outcomesIn,
    progress: runs.progress,
    trouble,
    stop: runs.stop,
    compared,
    findingOf: beside.findingOf,
    pinned: beside.pinned,
    wantAll: setAll,
    wantRuns: () => setIsRunning(true),
  };
}

interface QuestionsNowInput {
  readonly model: Model;
  readonly settings: Settings;
  readonly compared: readonly Profile[];
  readonly isAll: boolean;
  readonly byTable: Pick<ReturnType<typeof tableStoreOf>, "served" | "isRefused">;
  readonly isTold: boolean;
  readonly findingIn: BesideStore["ranIn"];
  readonly outcomesIn: Page["outcomesIn"];
}

/** What only runs can answer of the view as it stands, in order of urgency. */
function questionsNow({
  model,
  settings: { conclusion, series, view },
  compared,
  isAll,
  byTable,
  isTold,
  findingIn,
  outcomesIn,
}: QuestionsNowInput): readonly RunsQuestion[] {
  const asked = model.conclusions.filter((c) => c.under.length === 0);
  const looked = asked.filter((c) => c.name === conclusion);
  const told = (byTable.served()?.conclusions ?? []).filter((c) => !byTable.isRefused(c));
  const others = isAll ? asked.filter((c) => c.name !== conclusion && !told.includes(c.name)) : [];
  const conclusions = (list: typeof asked): RunsQuestion[] =>
    list.map((c) => askedFor(c.name, findingIn(view, c.name)));
  return [
    ...conclusions(looked),
    ...compared.map((choices): RunsQuestion => {
      // On as many worlds as the outcomes of the view begun from, so that nothing jumps when a claim is moved.
      const worlds = outcomesIn(view, choices)?.map((o) => o.summary.runs) ?? null;
      return { kind: "course", choices, series: series === "" ? [] : [series], worlds };
    }),
    ...conclusions(others),
    ...(isAll && looked.length > 0 && !isTold ? [{ kind: "ends", name: conclusion } as const] : []),
  ];
}
