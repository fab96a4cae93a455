/** The same question by each reading: the gap that each reading of the claims finds, on one scale; choosing one begins from it. */

import { createMemo, For, Show, type JSX } from "solid-js";
import { figureValue, gapWithWay, readingRows, readingsAxis, readingsTitle } from "#internal.ts";
import type { Page } from "../page.ts";
import type { LeadStore } from "../state/lead-store.ts";

interface Line {
  readonly label: string;
  readonly figures: readonly number[];
  readonly words: string;
  readonly isOn: boolean;
  readonly choose: (() => void) | null;
}

export function Readings(props: { readonly page: Page; readonly store: LeadStore }): JSX.Element {
  const { page, store } = props;
  const { model } = page;
  const rows = createMemo(() => readingRows(model, store.lead, page.data.findings));
  const told = (figures: readonly number[]): string =>
    gapWithWay(model, store.lead.plan, figures) ?? figureValue(model, store.lead.plan, figures[0] ?? Number.NaN);
  const lines = (): readonly Line[] => [
    ...(page.isMine()
      ? [
          {
            label: "Yours",
            figures: store.state().figures,
            words: told(store.state().figures),
            isOn: true,
            choose: null,
          },
        ]
      : []),
    ...rows().map((r) => ({
      label: r.label,
      figures: r.figures,
      words: told(r.figures),
      isOn: !page.isMine() && page.settings.view === r.view,
      choose: () => page.history.move({ view: r.view, credences: {}, distributions: {} }, `view ${r.view}`),
    })),
  ];
  const axis = createMemo(() =>
    readingsAxis(model, store.lead, [...rows().flatMap((r) => r.figures), ...store.state().figures]),
  );
  const at = (value: number): number => axis().place(value);
  return (
    <Show when={rows().length > 1 || page.isMine()}>
      <section class="readings-place" aria-labelledby="readings-title">
        <h2 class="small-title" id="readings-title">
          {readingsTitle}
        </h2>
        <ul class="readings">
          <For each={lines()}>
            {(line) => (
              <li classList={{ on: line.isOn }}>
                <Show when={line.choose} fallback={<span class="reading-name">{line.label}</span>}>
                  {(choose) => (
                    <button class="plain reading-name" dir="auto" aria-pressed={line.isOn} onClick={() => choose()()}>
                      {line.label}
                    </button>
                  )}
                </Show>
                <svg class="reading-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="reading-ground" x="0" y="4.5" width="100" height="1" />
                  <For each={axis().ticks}>
                    {(t) => <rect class="reading-tick" x={at(t.at) - 0.15} y="0" width="0.3" height="10" />}
                  </For>
                  <Show when={line.figures.slice(0, 2).every(Number.isFinite)}>
                    <rect
                      class="reading-gap"
                      x={Math.min(...line.figures.slice(0, 2).map(at))}
                      y="2"
                      width={Math.max(
                        0.6,
                        Math.abs(at(line.figures[0] ?? 0) - at(line.figures[1] ?? line.figures[0] ?? 0)),
                      )}
                      height="6"
                    />
                    <For each={line.figures.slice(0, 2)}>
                      {(v, side) => <rect class={`end-${side()}`} x={at(v) - 0.6} y="0" width="1.2" height="10" />}
                    </For>
                  </Show>
                </svg>
                <strong>{line.words}</strong>
              </li>
            )}
          </For>
          {/* What a screen reader needs of it is said in each line. */}
          <li class="readings-scale" aria-hidden="true">
            <span>{axis().unit}</span>
            <span class="scale-line">
              <For each={axis().ticks}>
                {(t) => <span style={{ left: `${at(t.at)}%`, transform: `translateX(-${at(t.at)}%)` }}>{t.label}</span>}
              </For>
            </span>
          </li>
        </ul>
      </section>
    </Show>
  );
}
