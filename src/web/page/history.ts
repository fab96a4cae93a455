/** Settings with undo and redo. Moves of one slider within a breath count as one step. */

import { createStore, reconcile, unwrap } from "solid-js/store";
import { createSignal, type Accessor } from "solid-js";
import type { Settings } from "./settings.ts";

export interface History {
  readonly now: Settings;
  /** `what` names the thing moved: consecutive moves of the same thing are one step. */
  readonly move: (changes: Partial<Settings>, what: string) => void;
  /** The next move of the same thing begins a step of its own. */
  readonly settle: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly canUndo: Accessor<boolean>;
  readonly canRedo: Accessor<boolean>;
}

const longest = 200;

export function historyOf(first: Settings): History {
  const [now, set] = createStore<{ settings: Settings }>({ settings: first });
  const [past, setPast] = createSignal<readonly Settings[]>([]);
  const [future, setFuture] = createSignal<readonly Settings[]>([]);
  let last = "";
  const current = (): Settings => structuredClone(unwrap(now.settings));
  const show = (settings: Settings): void => set("settings", reconcile(settings));
  return {
    get now() {
      return now.settings;
    },
    move: (changes, what) => {
      const before = current();
      if (what !== last) setPast((p) => [...p, before].slice(-longest));
      last = what;
      setFuture([]);
      show(apart({ ...before, ...changes }));
    },
    settle: () => {
      last = "";
    },
    undo: () => {
      const to = past().at(-1);
      if (to === undefined) return;
      last = "";
      const here = current();
      setFuture((f) => [...f, here]);
      setPast((p) => p.slice(0, -1));
      show(to);
    },
    redo: () => {
      const to = future().at(-1);
      if (to === undefined) return;
      last = "";
      const here = current();
      setPast((p) => [...p, here]);
      setFuture((f) => f.slice(0, -1));
      show(to);
    },
    canUndo: () => past().length > 0,
    canRedo: () => future().length > 0,
  };
}

/** No part shared by two: the store would move both where one is moved, such as a pinned stance with the reader's own. */
function apart(settings: Settings): Settings {
  return JSON.parse(JSON.stringify(settings)) as Settings;
}
