/** The author's verdict and its rivals', side by side, with the dead and the risk of escalation beside each. */

import { For, Show, type JSX } from "solid-js";
import {
  bare,
  inScale,
  mindOf,
  ofHundred,
  scaleOf,
  type ConclusionFinding,
  type OutcomeHead,
  outcomeHead,
} from "#casus.ts";
import type { Page } from "./page.ts";
import { VerdictMark } from "./verdict-mark.tsx";
import { figureShort, situationWords } from "./words.ts";

export function ViewCards(props: { readonly page: Page }): JSX.Element {
  const { page } = props;
  const conclusion = () => page.model.conclusions.find((c) => c.name === page.settings.conclusion);
  const start = (view: string): void => page.history.move({ view, credences: {}, distributions: {} }, `view ${view}`);
  return (
    <section class="cards" aria-labelledby="cards-title">
      <h2 id="cards-title">Who says what</h2>
      <p class="under">
        {bare(conclusion()?.label ?? "")}: the answer under each reading of the claims. Choose one to start from; then
        move its claims.
      </p>
      <div class="card-row" tabIndex={0} role="region" aria-label="Verdicts by view">
        <Show when={page.isMine()}>
          <Card
            page={page}
            label="Yours"
            note={`begun from “${mindOf(page.model, page.settings.view).label}”`}
            finding={page.finding(page.settings.conclusion)?.value ?? null}
            isOn={true}
            isMine={true}
          />
        </Show>
        <Show when={page.settings.pinned}>
          {(stance) => (
            <Card
              page={page}
              label="Pinned"
              note={`begun from “${mindOf(page.model, stance().view).label}”`}
              finding={page.pinned()}
              isOn={false}
              isMine={false}
            />
          )}
        </Show>
        <For each={page.views}>
          {(view) => (
            <Card
              page={page}
              label={mindOf(page.model, view).label}
              note=""
              finding={page.findingIn(view, page.settings.conclusion)}
              isOn={!page.isMine() && page.settings.view === view}
              isMine={false}
              choose={() => start(view)}
            />
          )}
        </For>
      </div>
    </section>
  );
}

interface CardProps {
  readonly page: Page;
  readonly label: string;
  readonly note: string;
  readonly finding: ConclusionFinding | null;
  readonly isOn: boolean;
  readonly isMine: boolean;
  readonly choose?: () => void;
}

function Card(props: CardProps): JSX.Element {
  return (
    <article class="card" classList={{ on: props.isOn, mine: props.isMine }}>
      <h3>
        <Show when={props.choose} fallback={<span>{props.label}</span>}>
          {(choose) => (
            <button aria-pressed={props.isOn} onClick={() => choose()()}>
              {capital(props.label)}
            </button>
          )}
        </Show>
      </h3>
      <Show when={props.note !== ""}>
        <p class="card-note">{props.note}</p>
      </Show>
      <Show when={props.finding} fallback={<p class="card-note">being run…</p>}>
        {(finding) => (
          <>
            <p>
              <VerdictMark verdict={finding().verdict} refusal={finding().comparison.refusal !== null} />
            </p>
            <Pair page={props.page} finding={finding()} />
            <Beside page={props.page} finding={finding()} />
          </>
        )}
      </Show>
    </article>
  );
}

/** The figures compared, as bars on one scale. */
function Pair(props: { readonly page: Page; readonly finding: ConclusionFinding }): JSX.Element {
  const figures = () => props.finding.comparison.figures.slice(0, 4);
  const most = (): number => {
    const f = figures();
    return f.every((x) => x.statistic === "chance") ? 1 : Math.max(1e-300, ...f.map((x) => Math.abs(x.value)));
  };
  return (
    <dl class="pair">
      <For each={figures()}>
        {(f, i) => (
          <>
            <dt>
              {situationWords(
                props.page.model,
                f.situation,
                props.finding.comparison.figures.map((x) => x.situation),
              )}
            </dt>
            <dd>
              <svg class="pair-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="pair-ground" x="0" y="0" width="100" height="6" />
                <rect
                  class={i() === 0 ? "pair-first" : "pair-other"}
                  x="0"
                  y="0"
                  width={Math.max(0.5, Math.min(100, (100 * Math.abs(f.value)) / most())) || 0.5}
                  height="6"
                />
              </svg>
              <span class="pair-figure">{figureShort(f, props.finding)}</span>
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}

/** What must stand beside every verdict, in each of the situations it compares. */
export function Beside(props: { readonly page: Page; readonly finding: ConclusionFinding }): JSX.Element {
  const heads = (): readonly OutcomeHead[] => props.page.model.outcomes.filter((o) => o.alwaysShown).map(outcomeHead);
  const situations = () => props.finding.beside.map((b) => b.situation);
  const told = (head: OutcomeHead): readonly string[] => {
    const found = props.finding.beside.map((b) => b.outcomes.find((o) => o.name === head.name)?.summary);
    if (head.kind === "truth") return found.map((s) => (s === undefined ? "–" : ofHundred(s.mean)));
    const scale = scaleOf(
      found.flatMap((s) => (s === undefined ? [] : [s.mean])),
      head.unit,
    );
    return found.map((s) =>
      s === undefined ? "–" : s.mean === 0 ? "0" : `${inScale(s.mean, scale)}${shortUnit(scale.unit)}`,
    );
  };
  return (
    <Show when={heads().length > 0 && props.finding.beside.length > 0}>
      <table class="beside">
        <caption>Beside it, on average</caption>
        <thead>
          <tr>
            <td />
            <For each={situations()}>
              {(s) => <th scope="col">{situationWords(props.page.model, s, situations())}</th>}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={heads()}>
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
    </Show>
  );
}

function shortUnit(unit: string): string {
  return unit
    .replace(/\b(people|person|number)\b/g, "")
    .replace("thousand", " k")
    .replace("million", " m")
    .trimEnd()
    .replace(/^(\w{2,})/, " $1");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
