/** The first screen: the picture with its chain on one side, what it says and who disagrees on the other. */

import { createSignal, Show, type JSX } from "solid-js";
import { guessWords } from "#internal.ts";
import type { Light } from "../claims.tsx";
import type { Page } from "../page.ts";
import type { ReaderName } from "../settings-file.ts";
import type { LeadStore } from "../state/lead-store.ts";
import { AnswerScreen, Guess } from "./answer.tsx";
import { ChainView } from "./chain.tsx";
import { GapFigure } from "./gap-figure.tsx";
import { OwnView } from "./own-view.tsx";
import { Readings } from "./readings.tsx";

export function First(props: {
  readonly page: Page;
  readonly store: LeadStore;
  readonly light: Light;
  /** In a classroom: nothing is shown until readers have guessed, and have said what they believe. */
  readonly isHeldBack: boolean;
  readonly reader: ReaderName;
  /** Saves what the reader believes as a file. */
  readonly save: () => void;
  readonly revealed: () => void;
  readonly showClaims: () => void;
}): JSX.Element {
  const [isGuessing, setGuessing] = createSignal(false);
  const [hasGuessed, setGuessed] = createSignal(false);
  const [isTaught, setTaught] = createSignal(false);
  const isCovered = (): boolean => isGuessing() || props.isHeldBack;
  return (
    <div class="first">
      <Show when={!isCovered() && props.store.guess() === null}>
        <p class="guess-first">
          <button onClick={() => setGuessing(true)}>{guessWords}</button>
        </p>
      </Show>
      <div class="figure-place">
        <GapFigure page={props.page} store={props.store} isCovered={isCovered()} />
      </div>
      <div class="say-place">
        <Show
          when={!isCovered()}
          fallback={
            <Show
              when={props.isHeldBack && hasGuessed()}
              fallback={
                <Guess
                  page={props.page}
                  store={props.store}
                  next={props.isHeldBack ? "Go on" : "Show what the model finds"}
                  reveal={() => {
                    setGuessing(false);
                    setGuessed(true);
                  }}
                />
              }
            >
              <OwnView
                page={props.page}
                store={props.store}
                reader={props.reader}
                reveal={() => {
                  setGuessed(false);
                  setTaught(true);
                  props.revealed();
                }}
              />
            </Show>
          }
        >
          <AnswerScreen page={props.page} store={props.store} light={props.light} showClaims={props.showClaims} />
          <p class="first-tools">
            <Show when={isTaught()}>
              <button class="primary" onClick={() => props.save()}>
                Save for the class
              </button>
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
