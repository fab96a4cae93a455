/** The verdict of each view side by side, on one scale, with what the case says must stand next to it. */

import { createMemo, For, Show, type JSX } from "solid-js";
import {
  bare,
  capital,
  inScale,
  leadSituationWords,
  mindOf,
  outcomeHead,
  runsIn100,
  scaleOf,
  viewLabel,
  type ConclusionFinding,
  type Model,
  type OutcomeHead,
  type Situation,
} from "#internal.ts";
import type { Page } from "./page.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { figureShort } from "./words.ts";

const mostDots = 4;

/** One line of the table: whose it is stays, what it tells is read anew. */
interface Row {
  readonly label: string;
  readonly note: () => string;
  readonly finding: () => ConclusionFinding | null;
  readonly isOn: () => boolean;
  readonly isMine: boolean;
  readonly isBesideFresh: () => boolean;
  readonly choose: (() => void) | null;
}

export function Views(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const conclusion = () => page.model.conclusions.find((c) => c.name === page.settings.conclusion);
  const start = (view: string): void => page.history.move({ view, credences: {}, distributions: {} }, `view ${view}`);
  const begunFrom = (view: string): string => `begun from “${bare(mindOf(page.model, view).label)}”`;
  const mine: Row = {
    label: "Yours",
    note: () => begunFrom(page.settings.view),
    finding: () => page.finding(page.settings.conclusion)?.value ?? null,
    isOn: () => true,
    isMine: true,
    isBesideFresh: () => page.isBesideFresh(page.settings.conclusion),
    choose: null,
  };
  const pinned: Row = {
    label: "Pinned",
    note: () => (page.settings.pinned === null ? "" : begunFrom(page.settings.pinned.view)),
    finding: page.pinned,
    isOn: () => false,
    isMine: false,
    isBesideFresh: () => true,
    choose: null,
  };
  const theirs = page.views.map((view): Row => ({
    label: viewLabel(page.model, view),
    note: () => "",
    finding: createMemo(() => page.findingIn(view, page.settings.conclusion)),
    isOn: () => !page.isMine() && page.settings.view === view,
    isMine: false,
    isBesideFresh: () => true,
    choose: () => start(view),
  }));
  const isPinned = createMemo(() => page.settings.pinned !== null);
  const rows = createMemo((): readonly Row[] => [
    ...(page.isMine() ? [mine] : []),
    ...(isPinned() ? [pinned] : []),
    ...theirs,
  ]);
  const most = createMemo((): number => {
    const all = rows().flatMap((r) => r.finding()?.comparison.figures ?? []);
    return all.every((f) => f.statistic === "chance") ? 1 : Math.max(1e-300, ...all.map((f) => Math.abs(f.value)));
  });
  const situations = createMemo(
    (): readonly Situation[] =>
      rows()
        .map((r) => r.finding())
        .find((f) => f !== null)
        ?.comparison.figures.map((f) => f.situation) ?? [],
    [],
    { equals: (x, y) => JSON.stringify(x) === JSON.stringify(y) },
  );
  const isChance = (): boolean => most() === 1;
  const heads = headsShown(page.model);
  const columns = columnsOf(heads);
  const looked = () => rows().find((r) => r.isOn()) ?? rows()[0];
  return (
    <section class="views" aria-labelledby="views-title">
      <h2 id="views-title">{heads.length > 0 ? "What comes with it, under each reading" : "Under each reading"}</h2>
      <p class="under">
        “{bare(conclusion()?.label ?? "")}”, as each reading of the claims answers it
        {heads.length > 0 ? ", with the outcomes always shown" : ""}.
      </p>
      <Show when={situations().length > 1}>
        <p class="view-key">
          <For each={situations().slice(0, mostDots)}>
            {(s, i) => (
              <span>
                <svg class="dot-key" width="12" height="12" aria-hidden="true">
                  <Dot at="50%" place={i()} />
                </svg>{" "}
                {leadSituationWords(page.model, s, situations())}
              </span>
            )}
          </For>
        </p>
      </Show>
      <table class="view-rows">
        <caption class="visually-hidden">Verdicts by reading, with the outcomes always shown</caption>
        <thead>
          <tr>
            <th scope="col">Reading</th>
            <th scope="col">
              {isChance() ? "Simulated runs in 100" : "Figures compared"}
              <Show when={isChance()}>
                <svg class="dumbbell-scale" height="13" aria-hidden="true">
                  <For each={[0, 50, 100]}>
                    {(v) => (
                      <text x={`${v}%`} y="11" text-anchor={v === 0 ? "start" : v === 50 ? "middle" : "end"}>
                        {v}
                      </text>
                    )}
                  </For>
                </svg>
              </Show>
            </th>
            <th scope="col">Verdict</th>
            <For each={columns}>{(c) => <th scope="col">{c.label}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>{(row) => <ViewRow row={row} most={most()} columns={columns} />}</For>
        </tbody>
      </table>
      <Show when={heads.length > 0 && looked()?.finding()}>
        {(finding) => (
          <details class="beside-fold">
            <summary>All outcomes shown with it, one by one</summary>
            <Beside page={page} finding={finding()} heads={heads} isFresh={looked()?.isBesideFresh() === true} />
          </details>
        )}
      </Show>
    </section>
  );
}

/** What the case always shows next to a verdict. */
export function headsShown(model: Model): readonly OutcomeHead[] {
  return model.outcomes.filter((o) => o.alwaysShown).map(outcomeHead);
}

function ViewRow(props: {
  readonly row: Row;
  readonly most: number;
  readonly columns: readonly Column[];
}): JSX.Element {
  const figures = () => props.row.finding()?.comparison.figures.slice(0, mostDots) ?? [];
  const at = (value: number): number => Math.min(100, Math.max(0, (100 * value) / props.most));
  const ends = (): readonly number[] => figures().map((f) => at(f.value));
  return (
    <tr classList={{ on: props.row.isOn(), mine: props.row.isMine }}>
      <th scope="row">
        <Show when={props.row.choose} fallback={<span>{props.row.label}</span>}>
          {(choose) => (
            <button class="plain" aria-pressed={props.row.isOn()} onClick={() => choose()()}>
              {props.row.label}
            </button>
          )}
        </Show>
        <Show when={props.row.note() !== ""}>
          <small>{props.row.note()}</small>
        </Show>
      </th>
      <Show
        when={props.row.finding()}
        fallback={
          <td class="under" colSpan={2 + props.columns.length}>
            being run…
          </td>
        }
      >
        {(finding) => (
          <>
            <td class="view-figures">
              <svg class="dumbbell" height="18" aria-hidden="true">
                <line class="dumbbell-ground" x1="0%" x2="100%" y1="9" y2="9" />
                <line
                  class="dumbbell-bar"
                  x1={`${Math.min(...ends())}%`}
                  x2={`${Math.max(...ends())}%`}
                  y1="9"
                  y2="9"
                />
                <For each={[...ends().keys()].toReversed()}>
                  {(i) => <Dot at={`${ends()[i] ?? 0}%`} place={i} middle={9} />}
                </For>
              </svg>
              <span class="view-numbers">
                <For each={figures()}>
                  {(f, i) => (
                    <>
                      {i() > 0 ? <span class="against"> / </span> : ""}
                      <span class={`number-${Math.min(i(), 2)}`}>
                        {figureShort(f, finding()).replace(" in 100", "")}
                      </span>
                    </>
                  )}
                </For>
              </span>
            </td>
            <td class="view-verdict">
              <VerdictMark verdict={finding().verdict} refusal={finding().comparison.refusal !== null} />
            </td>
            <For each={props.columns}>
              {(c) => (
                <td class="view-beside" classList={{ stale: !props.row.isBesideFresh() }}>
                  <span class="view-beside-label">{c.label}: </span>
                  {besideText(c, finding())}
                </td>
              )}
            </For>
          </>
        )}
      </Show>
    </tr>
  );
}

/** The first figure full, the next open: they differ without colour. */
function Dot(props: { readonly at: string; readonly place: number; readonly middle?: number }): JSX.Element {
  return (
    <circle
      class={`dumbbell-dot dot-${Math.min(props.place, 2)}`}
      cx={props.at}
      cy={props.middle ?? 6}
      r={props.place === 0 ? 5.5 : 4.5}
    />
  );
}

/** The outcomes shown with a verdict, short: people counted together, what comes first among what may happen, and others as far as there is room. */
interface Column {
  readonly label: string;
  readonly heads: readonly OutcomeHead[];
  readonly kind: "amount" | "chance";
}

const mostColumns = 2;

function columnsOf(heads: readonly OutcomeHead[]): readonly Column[] {
  const people = heads.filter((h) => h.kind !== "truth" && h.unit.label === "people");
  const ends = [...new Set(people.map((h) => bare(h.label).split(" ").at(-1) ?? ""))];
  const [first] = heads.filter((h) => h.kind === "truth");
  const others = heads.filter((h) => h.kind === "quantity" && !people.includes(h));
  const columns: readonly Column[] = [
    ...(people.length === 0
      ? []
      : [
          {
            label: ends.length === 1 ? `${capital(ends[0] ?? "")}, all counted` : "People, all counted",
            heads: people,
            kind: "amount" as const,
          },
        ]),
    ...(first === undefined
      ? []
      : [{ label: `${bare(first.label)}, runs in 100`, heads: [first], kind: "chance" as const }]),
    ...others.map((h) => ({ label: `${bare(h.label)}, on average`, heads: [h], kind: "amount" as const })),
  ];
  return columns.slice(0, mostColumns);
}

function besideText(column: Column, finding: ConclusionFinding): string {
  const sums = finding.beside
    .slice(0, mostDots)
    .map((b) =>
      column.heads.reduce((n, h) => n + (b.outcomes.find((o) => o.name === h.name)?.summary.mean ?? Number.NaN), 0),
    );
  if (column.kind === "chance") return sums.map(runsIn100).join(" / ");
  const scale = scaleOf(sums, column.heads[0]?.unit ?? { label: "", factor: 1 });
  const unit = scale.unit.replace(/ ?people$/, "");
  const isBare = unit === "" || !sums.includes(0);
  const told = sums.map((s) => (s === 0 ? "0" : `${inScale(s, scale)}${isBare ? "" : ` ${unit}`}`)).join(" / ");
  return isBare && unit !== "" ? `${told} ${unit}` : told;
}

/** All outcomes shown with a verdict, in each of the situations it compares. */
function Beside(props: {
  readonly page: Page;
  readonly finding: ConclusionFinding;
  readonly heads: readonly OutcomeHead[];
  readonly isFresh: boolean;
}): JSX.Element {
  const situations = () => props.finding.beside.map((b) => b.situation);
  const told = (head: OutcomeHead): readonly string[] => {
    const means = props.finding.beside.map(
      (b) => b.outcomes.find((o) => o.name === head.name)?.summary.mean ?? Number.NaN,
    );
    if (head.kind === "truth") return means.map(runsIn100);
    const scale = scaleOf(means, head.unit);
    return means.map((m) => (m === 0 ? "0" : `${inScale(m, scale)} ${scale.unit}`));
  };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Outcomes shown with the verdict">
      <table class="verdicts" classList={{ stale: !props.isFresh }}>
        <caption class="visually-hidden">Outcomes shown with the verdict, on average</caption>
        <thead>
          <tr>
            <th scope="col">On average</th>
            <For each={situations()}>
              {(s) => <th scope="col">{leadSituationWords(props.page.model, s, situations())}</th>}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.heads}>
            {(head) => (
              <tr>
                <th scope="row">
                  {bare(head.label)}
                  {head.kind === "truth" ? ", runs in 100" : ""}
                </th>
                <For each={told(head)}>{(t) => <td>{t}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
