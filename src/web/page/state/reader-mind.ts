/** What the reader believes: the view they began from with what they moved, as a mind that figures are told for. */

import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { unwrap } from "solid-js/store";
import { mindOf, withMoved, type Mind, type Model, type Moved } from "#internal.ts";
import type { History } from "../history.ts";
import { isMoved, type Settings, type Stance } from "../settings.ts";

export interface ReaderMind {
  readonly settings: () => Settings;
  readonly stance: Accessor<Stance>;
  /** Whether the reader has moved something. */
  readonly isMine: Accessor<boolean>;
  /** The stance as one text: a store keeps the identity of what it holds, so what must follow every credence reads this. */
  readonly stanceText: Accessor<string>;
  readonly moved: () => Moved;
  readonly mind: Accessor<Mind>;
  /** The same a breath after the hand has rested: for what takes longer than a frame. */
  readonly restedMind: Accessor<Mind>;
}

/** Milliseconds of that breath. */
const breath = 60;

/** The name under which a moved view is asked for. */
export const readerView = "reader";

export function readerMindOf(model: Model, history: History): ReaderMind {
  const settings = (): Settings => history.now;
  const stance = createMemo((): Stance => {
    const { view, credences, distributions } = settings();
    return { view, credences, distributions };
  });
  const moved = (): Moved => {
    const { view, credences, distributions } = unwrap(settings());
    return { name: readerView, label: "Yours", from: view, credences, distributions };
  };
  const stanceText = createMemo(() => JSON.stringify(stance()));
  const mind = createMemo((): Mind => {
    stanceText();
    const now = moved();
    return mindOf(withMoved(model, now), now.name);
  });
  const [restedMind, setRestedMind] = createSignal(mind());
  createEffect(
    on(
      mind,
      (now) => {
        const next = setTimeout(() => setRestedMind(() => now), breath);
        onCleanup(() => clearTimeout(next));
      },
      { defer: true },
    ),
  );
  return {
    settings,
    stance,
    isMine: createMemo(() => isMoved(settings())),
    stanceText,
    moved,
    mind,
    restedMind,
  };
}
