/** What is found, in a sentence; the claims that carry it, each with its slider; and how to guess before looking. */

import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import {
  claimPlace,
  claimWords,
  figureValue,
  firstFiguresLine,
  leadSentence,
  shareWords,
  sideLabels,
  viewLabel,
  type Phrase,
} from "#internal.ts";
import type { Light } from "../claims.tsx";
import { credencesUnder, withCredence } from "../credences.tsx";
import type { Page } from "../page.ts";
import type { LeadStore } from "../state/lead-store.ts";
import { VerdictLine } from "../verdict-line.tsx";

interface AnswerProps {
  readonly page: Page;
  readonly store: LeadStore;
  readonly light: Light;
  /** Opens the workbench at all claims. */
  readonly showClaims: () => void;
}

export function AnswerScreen(props: AnswerProps): JSX.Element {
  const { page, store } = props;
  return (
    <>
      <p class="say" dir="auto" aria-live="polite">
        <For each={leadSentence(page.model, store.lead.plan, store.state().figures)}>
          {(phrase) => <PhraseView phrase={phrase} />}
        </For>
      </p>
      <Show
        when={store.lead.firstRuns === null}
        fallback={<p class="verdict-line">{firstFiguresLine(store.lead.firstRuns ?? 0)}</p>}
      >
        <VerdictLine page={page} store={store} />
        <TopClaims {...props} />
      </Show>
    </>
  );
}

function PhraseView(props: { readonly phrase: Phrase }): JSX.Element {
  const { text, side } = props.phrase;
  if (side === undefined) return <>{text}</>;
  return <strong class={side < 0 ? "gap-words" : `side-${side}`}>{text}</strong>;
}

function TopClaims(props: AnswerProps): JSX.Element {
  const { page, store } = props;
  const others = createMemo(() => page.model.claims.filter((c) => c.isGate && !store.claims().includes(c.name)).length);
  return (
    <Show
      when={store.claims().length > 0}
      fallback={<p class="under">No claim of this case moves it: what is found follows from the rest of the model.</p>}
    >
      <h2 class="small-title">What carries it most: how far do you believe each?</h2>
      <p class="under">{sliderNote(page)}</p>
      <ol class="top-claims">
        <For each={store.claims()}>{(claim) => <TopClaim {...props} claim={claim} />}</For>
      </ol>
      <Show when={others() > 0}>
        <p class="under">
          <button class="plain" onClick={() => props.showClaims()}>
            The other {others()} {others() === 1 ? "claim" : "claims"}
          </button>
        </p>
      </Show>
    </Show>
  );
}

/** Where the sliders stand before they are moved. */
function sliderNote(page: Page): string {
  const label = viewLabel(page.model, page.settings.view);
  return `Out of 100. Each slider starts where “${label}” puts it: move one, and all figures follow.`;
}

function percentOf(page: Page, claim: string): number {
  return Math.round(100 * (credencesUnder(page, page.settings, claim)[0] ?? 0));
}

function move(page: Page, claim: string, percent: number): void {
  const value = Math.max(0, Math.min(100, percent)) / 100;
  page.history.move({ credences: withCredence(page, claim, 0, value) }, `claim ${claim} 0`);
}

function TopClaim(props: AnswerProps & { readonly claim: string }): JSX.Element {
  const { page, store, claim, light } = props;
  const begun = (): number =>
    100 * (credencesUnder(page, { view: page.settings.view, credences: {}, distributions: {} }, claim)[0] ?? 0);
  const words = claimWords(page.model, claim);
  const tests = page.data.records.tests.filter((t) => t.of === claim);
  const isContradicted = tests.some((t) => t.verdict === "contradicted");
  return (
    <li
      class="top-claim"
      classList={{ lit: light.lit().includes(claim) }}
      onPointerEnter={() => light.setLit([claim])}
      onPointerLeave={() => light.setLit([])}
      onFocusIn={() => light.setLit([claim])}
      onFocusOut={() => light.setLit([])}
    >
      <label for={`top-${claim}`} dir="auto">
        {words}.
      </label>
      <p class="claim-meta">
        <Show when={claimPlace(page.model, claim) !== ""}>
          <span>{claimPlace(page.model, claim)}</span>
        </Show>
        <span class="carries">
          {shareWords(page.model, store.lead, store.state().shares.get(claim) ?? 0, store.state().figures)}
        </span>
        <Show when={tests.length > 0}>
          <a href="#record" classList={{ contradicted: isContradicted }}>
            {isContradicted ? "past cases contradict it" : "tested on past cases"}
          </a>
        </Show>
      </p>
      <div class="slider-place">
        <input
          id={`top-${claim}`}
          type="range"
          min="0"
          max="100"
          step="1"
          value={percentOf(page, claim)}
          aria-valuetext={`believed ${percentOf(page, claim)} in 100`}
          onInput={(e) => move(page, claim, e.currentTarget.valueAsNumber)}
          onChange={() => page.history.settle()}
        />
        <svg class="begun-mark" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect x={begun() - 0.4} y="0" width="0.8" height="6" />
        </svg>
        <DragNumber page={page} claim={claim} />
      </div>
    </li>
  );
}

/** The number at the end of a slider, which can be dragged itself. Keys and screen readers have the slider. */
function DragNumber(props: { readonly page: Page; readonly claim: string }): JSX.Element {
  const { page, claim } = props;
  let from: { readonly x: number; readonly percent: number } | null = null;
  return (
    <output
      class="drag-number"
      for={`top-${claim}`}
      title="Drag it left or right"
      onPointerDown={(e) => {
        from = { x: e.clientX, percent: percentOf(page, claim) };
        e.currentTarget.setPointerCapture(e.pointerId);
      }}
      onPointerMove={(e) => {
        if (from !== null) move(page, claim, Math.round(from.percent + (e.clientX - from.x) / 2));
      }}
      onPointerUp={() => {
        from = null;
        page.history.settle();
      }}
      onPointerCancel={() => (from = null)}
    >
      {percentOf(page, claim)}
    </output>
  );
}

/** Before anything is shown: where the reader thinks the first figure lies. */
export function Guess(props: {
  readonly page: Page;
  readonly store: LeadStore;
  /** What its button says. */
  readonly next: string;
  readonly reveal: () => void;
}): JSX.Element {
  const { page, store } = props;
  const { plan } = store.lead;
  const isChance = plan.sides.every((s) => s.figure.statistic === "chance");
  const range = (): readonly [number, number] => {
    if (isChance) return [0, 1];
    const all = store.begun().sides.flatMap((s) => [...s.middle, ...(s.range?.high ?? []), ...(s.range?.low ?? [])]);
    return [Math.min(0, ...all), Math.max(...all)];
  };
  const [place, setPlace] = createSignal(50);
  const value = (): number => {
    const [low, high] = range();
    return low + ((high - low) * place()) / 100;
  };
  const [labels] = [sideLabels(page.model, plan)];
  return (
    <section class="guess" aria-labelledby="guess-title">
      <h2 class="small-title" id="guess-title">
        Your guess first
      </h2>
      <label for="guess" class="say">
        {isChance ? "In how many of 100 simulated runs does it happen" : "How much will it be"} with “{labels[0]}”?
      </label>
      <div class="slider-place">
        <input
          id="guess"
          type="range"
          min="0"
          max="100"
          step="1"
          value={place()}
          onInput={(e) => {
            setPlace(e.currentTarget.valueAsNumber);
            store.setGuess(value());
          }}
        />
        <output for="guess">{figureValue(page.model, plan, value())}</output>
      </div>
      <button
        class="primary"
        onClick={() => {
          store.setGuess(value());
          props.reveal();
        }}
      >
        {props.next}
      </button>
    </section>
  );
}
