/** Findings shown next to the reader's own: those of the case's views, of a pinned stance, and of other readers. They are run separately, one after another. */

import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { createStore } from "solid-js/store";
import type { ConclusionFinding, Model, Moved, PageData } from "#internal.ts";
import type { RunsQuestion } from "../../messages.ts";
import { runsClient, type RunsClient } from "../runs-client.ts";
import type { Settings, Stance } from "../settings.ts";
import { readerView } from "./reader-mind.ts";

export interface BesideStore {
  /** Under any stance, on all worlds. */
  readonly findingOf: (stance: Stance, conclusion: string) => Promise<ConclusionFinding>;
  /** Under a view of the case: as shipped, or as run here where the page came without. */
  readonly ranIn: (view: string, conclusion: string) => ConclusionFinding | null;
  /** The conclusion looked at under the stance that is pinned; null where none is, or while it is being run. */
  readonly pinned: Accessor<ConclusionFinding | null>;
}

export function besideStoreOf(
  model: Model,
  data: PageData,
  views: readonly string[],
  settings: () => Settings,
  fail: (message: string) => void,
): BesideStore {
  const [told, setTold] = createStore<Record<string, ConclusionFinding>>({});
  const [pinned, setPinned] = createSignal<ConclusionFinding | null>(null);
  let client: RunsClient | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let isGone = false;
  const ranIn = (view: string, conclusion: string): ConclusionFinding | null =>
    data.findings?.conclusions.find((c) => c.view === view && c.name === conclusion) ??
    told[`${view} ${conclusion}`] ??
    null;
  const findingOf = (of: Stance, conclusion: string): Promise<ConclusionFinding> => {
    const next = queue.then(async () => {
      const asked: Moved = {
        name: readerView,
        label: "Beside",
        from: of.view,
        credences: of.credences,
        distributions: of.distributions,
      };
      const to = (client ??= await runsClient(model, data, asked));
      return new Promise<ConclusionFinding>((resolve, reject) => {
        to.ask(
          asked,
          [
            askedFor(
              conclusion,
              untrack(() => ranIn(of.view, conclusion)),
            ),
          ],
          {
            answered: (_, answer, isWhole) => {
              if (isWhole && answer.kind === "conclusion") resolve(answer.finding);
            },
            progressed: () => {},
            failed: (message) => reject(new Error(message)),
          },
        );
      });
    });
    queue = next.catch(() => {});
    return next;
  };
  const tell = (error: unknown): void => {
    if (!isGone) fail(error instanceof Error ? error.message : String(error));
  };
  createEffect(
    on([() => JSON.stringify(settings().pinned), () => settings().conclusion], ([text, conclusion]) => {
      setPinned(null);
      const stance = JSON.parse(text ?? "null") as Stance | null;
      if (stance === null || conclusion === "") return;
      void findingOf(stance, conclusion)
        .then((finding) => {
          const { conclusion: still, pinned: same } = untrack(settings);
          if (still === conclusion && JSON.stringify(same) === text) setPinned(() => finding);
        })
        .catch(tell);
    }),
  );
  // A case that came without findings: the conclusion looked at, under every view, once the first picture stands.
  const askViews = async (): Promise<void> => {
    const { conclusion } = untrack(settings);
    if (conclusion === "") return;
    for (const view of views) {
      if (isGone) return;
      const finding = await findingOf({ view, credences: {}, distributions: {} }, conclusion);
      setTold(`${view} ${conclusion}`, { ...finding, view });
    }
  };
  const timer = data.findings === null ? setTimeout(() => void askViews().catch(tell), 30) : undefined;
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
    client?.stop();
  });
  return {
    findingOf,
    pinned,
    ranIn,
  };
}

/** On as many worlds as the finding of the view begun from, so that nothing jumps when a claim is moved; until it is settled where there is none. */
export function askedFor(conclusion: string, begun: ConclusionFinding | null): RunsQuestion {
  return { kind: "conclusion", name: conclusion, worlds: begun?.comparison.worlds ?? null };
}
