/** How far a claim is believed: a slider and a number for each row of its credences. */

import { createMemo, For, Show, type JSX } from "solid-js";
import { claimWords, makeRoom, mindOf, type Claim } from "#internal.ts";
import type { Page } from "./page.ts";
import type { Stance } from "./settings.ts";

/** The credences of a claim under a stance, row by row. */
export function credencesUnder(page: Page, stance: Stance, claim: string): readonly number[] {
  const rows = mindOf(page.model, stance.view).credences[claim] ?? [];
  return rows.map((row, i) => stance.credences[claim]?.[i] ?? row.credence);
}

export function Credences(props: { readonly page: Page; readonly claim: Claim }): JSX.Element {
  const { page, claim } = props;
  const begun = (): readonly number[] =>
    credencesUnder(page, { view: page.settings.view, credences: {}, distributions: {} }, claim.name);
  const now = (): readonly number[] => credencesUnder(page, page.settings, claim.name);
  const pinned = (): readonly number[] | null =>
    page.settings.pinned === null ? null : credencesUnder(page, page.settings.pinned, claim.name);
  const after = createMemo((): After | null => {
    const found = page.reweighed()?.claims.find((c) => c.claim === claim.name);
    if (found === undefined || !claim.isGate) return null;
    return { value: found.posterior.value, isRough: found.isRough, isHeld: found.isHeld };
  });
  const move = (row: number, value: number): void => {
    if (!(value >= 0 && value <= 1)) return;
    page.history.move({ credences: withCredence(page, claim.name, row, value) }, `claim ${claim.name} ${row}`);
  };
  const rows = mindOf(page.model, page.settings.view).credences[claim.name] ?? [];
  return (
    <div class="credences">
      <For each={rows}>
        {(row, i) => {
          const id = `${claim.name}-${i()}`;
          const percent = (): number => Math.round(1000 * (now()[i()] ?? 0)) / 10;
          return (
            <div class="credence">
              <Show when={rows.length > 1}>
                <span class="credence-given">{row.given === null ? "otherwise" : "where its condition holds"}</span>
              </Show>
              <label class="visually-hidden" for={`slide-${id}`}>
                How far you believe, of 100: {claimWords(page.model, claim.name)}
              </label>
              <div class="track">
                <input
                  id={`slide-${id}`}
                  type="range"
                  min="0"
                  max="100"
                  step="1"
                  value={percent()}
                  aria-valuetext={`${percent()} in 100`}
                  onInput={(e) => move(i(), e.currentTarget.valueAsNumber / 100)}
                  onChange={() => page.history.settle()}
                />
                <svg class="ticks" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                  <rect class="tick-begun" x={100 * (begun()[i()] ?? 0) - 0.4} y="0" width="0.8" height="4" />
                  <Show when={after()}>
                    {(a) => <path class="tick-after" d={`M${100 * a().value - 1.2},4h2.4l-1.2,-4z`} />}
                  </Show>
                  <Show when={pinned()}>
                    {(p) => <rect class="tick-pinned" x={100 * (p()[i()] ?? 0) - 0.4} y="0" width="0.8" height="4" />}
                  </Show>
                </svg>
              </div>
              <label class="visually-hidden" for={`box-${id}`}>
                The same as a number: {claimWords(page.model, claim.name)}
              </label>
              <input
                id={`box-${id}`}
                class="box"
                type="number"
                min="0"
                max="100"
                step="any"
                value={percent()}
                onChange={(e) => {
                  const value = e.currentTarget.valueAsNumber / 100;
                  if (value >= 0 && value <= 1) move(i(), value);
                  else e.currentTarget.value = String(percent());
                  page.history.settle();
                }}
              />
              <Show when={now()[i()] !== begun()[i()]} fallback={<span class="back-place" />}>
                <button
                  class="back"
                  title="Back to the view you started from"
                  aria-label={`Set back: ${claimWords(page.model, claim.name)}`}
                  onClick={() => {
                    move(i(), begun()[i()] ?? 0);
                    page.history.settle();
                  }}
                >
                  ↺
                </button>
              </Show>
              <Show when={i() === 0 && after()}>{(a) => <p class="after-figure">{afterWords(a())}</p>}</Show>
            </div>
          );
        }}
      </For>
    </div>
  );
}

interface After {
  readonly value: number;
  readonly isRough: boolean;
  readonly isHeld: boolean;
}

/** What a claim is worth after what happened; never more digits than there are runs behind it. */
function afterWords({ value, isRough, isHeld }: After): string {
  if (isHeld) return "A motive: what happened leaves it where you put it.";
  if (isRough)
    return `After what happened: ${value < 0.1 ? "hardly any of it is left" : value > 0.9 ? "nearly sure" : `roughly ${Math.round(10 * value) * 10} in 100`}, on few runs.`;
  return `After what happened: ${Math.round(100 * value)} in 100.`;
}

/** All credences moved, once this one is: its rivals give way where they exclude it. */
export function withCredence(
  page: Page,
  claim: string,
  row: number,
  value: number,
): Readonly<Record<string, readonly number[]>> {
  const rows = credencesUnder(page, page.settings, claim).map((c, i) => (i === row ? value : c));
  const group = page.model.groups.find((g) => g.claims.includes(claim));
  const moved: Record<string, readonly number[]> = { ...page.settings.credences, [claim]: rows };
  if (group !== undefined) {
    const current = Object.fromEntries(group.claims.map((c) => [c, credencesUnder(page, page.settings, c)[0] ?? 0]));
    for (const [c, v] of Object.entries(makeRoom(group, current, claim, value))) moved[c] = [v];
  }
  // What stands where its view has it is not moved.
  const start: Stance = { view: page.settings.view, credences: {}, distributions: {} };
  return Object.fromEntries(
    Object.entries(moved).filter(([c, list]) => {
      const begun = credencesUnder(page, start, c);
      return list.some((v, i) => v !== begun[i]);
    }),
  );
}
