/** What the view as it stands believes after what has been seen since. */

import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from "solid-js";
import { believeAlike, mindOf, reweigh, type Model, type OpenedRows, type Reweighed } from "#internal.ts";
import type { ReaderMind } from "./reader-mind.ts";
import { rest } from "./table-store.ts";

interface ReweighStore {
  /** Null where it is not asked for, and while it is worked out. */
  readonly reweighed: Accessor<Reweighed | null>;
  /** Whether that can be told of the view as it stands. */
  readonly canReweigh: Accessor<boolean>;
}

export function reweighStoreOf(model: Model, reader: ReaderMind, evidence: Accessor<OpenedRows | null>): ReweighStore {
  const canReweigh = createMemo(() => {
    const rows = evidence()?.rows;
    return rows !== undefined && believeAlike(reader.restedMind(), mindOf(model, rows.view));
  });
  const [reweighed, setReweighed] = createSignal<Reweighed | null>(null);
  createEffect(
    on([evidence, reader.restedMind, () => reader.settings().reweighed, canReweigh], ([rows, m, isWanted, can]) => {
      if (rows === null || !isWanted || !can) return void setReweighed(null);
      const next = setTimeout(() => setReweighed(() => reweigh(rows, m)), rest);
      onCleanup(() => clearTimeout(next));
    }),
  );
  return { reweighed, canReweigh };
}
