/** The first screen: the picture with its chain on one side, what it says and who disagrees on the other. */

import { createSignal, Show, type JSX } from "solid-js";
import type { Light } from "../claims.tsx";
import type { Page } from "../page.ts";
import type { LeadStore } from "../state/lead-store.ts";
import { AnswerScreen, Guess } from "./answer.tsx";
import { ChainView } from "./chain.tsx";
import { GapFigure } from "./gap-figure.tsx";
import { Readings } from "./readings.tsx";

export function First(props: {
  readonly page: Page;
  readonly store: LeadStore;
  readonly light: Light;
  /** The reveal is held back until a guess is made. */
  readonly isHeldBack: boolean;
  readonly revealed: () => void;
  readonly showClaims: () => void;
}): JSX.Element {
  const [isGuessing, setGuessing] = createSignal(false);
  const isCovered = (): boolean => isGuessing() || props.isHeldBack;
  return (
    <div class="first">
      <div class="figure-place">
        <GapFigure page={props.page} store={props.store} isCovered={isCovered()} />
      </div>
      <div class="say-place">
        <Show
          when={!isCovered()}
          fallback={
            <Guess
              page={props.page}
              store={props.store}
              reveal={() => {
                setGuessing(false);
                props.revealed();
              }}
            />
          }
        >
          <AnswerScreen page={props.page} store={props.store} light={props.light} showClaims={props.showClaims} />
          <p class="first-tools">
            <Show when={props.store.guess() === null}>
              <button onClick={() => setGuessing(true)}>Guess first</button>
            </Show>
            <Show when={props.page.history.canUndo()}>
              <button onClick={() => props.page.history.undo()}>Undo</button>
            </Show>
            <Show when={props.page.isMine()}>
              <button onClick={() => props.page.history.move({ credences: {}, distributions: {} }, "reset")}>
                Reset
              </button>
            </Show>
          </p>
        </Show>
      </div>
      <Show when={!isCovered()}>
        <ChainView page={props.page} store={props.store} light={props.light} />
        <Readings page={props.page} store={props.store} />
      </Show>
    </div>
  );
}
