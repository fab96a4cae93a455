/** What the page's table tells for a view as it stands, without a run: verdicts at once, what carries and reverses them when the hand rests. */

import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import {
  believeAlike,
  contributionsOf,
  flipsOf,
  locatorText,
  marginOfAnswer,
  mindOf,
  type ClaimFlip,
  type ComparisonFinding,
  type ConclusionFinding,
  type ContributionData,
  type FlipData,
  type FlipFinding,
  type MarginFinding,
  type Mind,
  type Model,
  type PageTable,
} from "#internal.ts";
import type { ReaderMind } from "./reader-mind.ts";

/** Contributions and turning points, read from the table without a run. */
export interface PageReading {
  readonly contributions: ContributionData | null;
  readonly flips: FlipData | null;
  /** Claims that alone bring the margin nearest to turning, the nearest first, in base units. */
  readonly nearest: readonly { readonly claim: string; readonly isTrue: boolean; readonly margin: number }[];
}

interface TableStore {
  /** The table, where it answers for the view as it stands. */
  readonly served: Accessor<PageTable | null>;
  /** What the runs found under the view the reader began from, moved by the table to where the reader is; null where it does not serve that. */
  readonly told: (conclusion: string) => ConclusionFinding | null;
  readonly reading: Accessor<PageReading | null>;
  /** Whether that is of the view as it stands; while a hand moves it may be of the view before. */
  readonly isReadingFresh: Accessor<boolean>;
  /** The fewest claims that turn the verdict together, looked for once the hand rests. */
  readonly flipSet: Accessor<FlipFinding["set"]>;
  /** Conclusions that it cannot tell of this view. */
  readonly isRefused: (conclusion: string) => boolean;
}

/** Milliseconds a hand must rest before more than the verdict is read; and between two answers that nobody looks at yet. */
export const rest = 140;
/** Claims drawn in a picture, those on which most hangs first. */
const mostTold = 10;
/** Milliseconds of work at a time, where a hand may be moving. */
const slice = 10;

/** `ranIn`: what runs found under a view. `wantsAll`: whether conclusions are wanted beside the one looked at. */
export function tableStoreOf(
  model: Model,
  reader: ReaderMind,
  table: Accessor<PageTable | null>,
  ranIn: (view: string, conclusion: string) => ConclusionFinding | null,
  wantsAll: Accessor<boolean>,
): TableStore {
  const { settings, restedMind: mind } = reader;
  const serves = (m: Mind): boolean => {
    const t = table();
    return t !== null && believeAlike(m, mindOf(model, t.view));
  };
  const served = createMemo((): PageTable | null => (serves(mind()) ? table() : null));
  const movedIn = (conclusion: string, m: Mind, t: PageTable): ConclusionFinding | null => {
    const { view } = settings();
    const found = ranIn(view, conclusion);
    return found === null || !t.conclusions.includes(conclusion) ? null : t.moved(found, mindOf(model, view), m);
  };
  const lookedFinding = createMemo((): ConclusionFinding | null => {
    const t = served();
    return t === null ? null : movedIn(settings().conclusion, mind(), t);
  });
  const looked = createMemo((): MarginFinding | null => {
    const found = lookedFinding();
    return found === null ? null : marginOfAnswer(found.comparison, Number.NaN);
  });

  /** A view that nobody has moved says what the command says of it. */
  const howRead = (): { readonly answer: ComparisonFinding | null; readonly neverRough: boolean } => ({
    answer: lookedFinding()?.comparison ?? null,
    neverRough: !reader.isMine(),
  });

  const readNow = (): PageReading | null => {
    const t = served();
    const verdict = looked();
    const { conclusion } = settings();
    const unit = model.conclusions.find((c) => c.name === conclusion)?.comparison.unit;
    if (t === null || verdict === null || verdict.refusal !== null || unit === undefined) return null;
    const heads = model.claims.map((c) => ({
      name: c.name,
      label: c.label,
      side: c.side,
      passages: c.locators.map(locatorText),
      credence: mind().credences[c.name]?.[0]?.credence ?? 0,
    }));
    const claims = t.flips(conclusion, mind(), howRead());
    const found = t.attribution(conclusion, mind(), howRead());
    return {
      contributions: contributionsOf({ unit }, { found, claims: heads }, mostTold),
      flips: flipsOf({ found: { now: verdict, claims }, claims: heads }, mostTold),
      nearest: nearestOf(claims, verdict),
    };
  };
  const [reading, setReading] = createSignal<PageReading | null>(null);
  const [isReadingFresh, setIsReadingFresh] = createSignal(false);
  createEffect(
    on([looked, mind, served], () => {
      setIsReadingFresh(false);
      const next = setTimeout(
        () =>
          batch(() => {
            setReading(untrack(readNow));
            setIsReadingFresh(true);
          }),
        rest,
      );
      onCleanup(() => clearTimeout(next));
    }),
  );
  const [flipSet, setFlipSet] = createSignal<FlipFinding["set"]>(null);
  createEffect(
    on([looked, mind, served, () => settings().conclusion], ([verdict, m, t, conclusion]) => {
      setFlipSet(null);
      if (t === null || verdict === null || verdict.refusal !== null) return;
      const next = setTimeout(() => setFlipSet(t.allFlips(conclusion, m, untrack(howRead)).set), 3 * rest);
      onCleanup(() => clearTimeout(next));
    }),
  );

  // The conclusions that are not looked at follow, a few at a time, so that no slider waits for them.
  const [others, setOthers] = createStore<Record<string, ConclusionFinding | null>>(
    // A conclusion may be called as what every plain object has.
    Object.create(null) as Record<string, ConclusionFinding | null>,
  );
  createEffect(
    on([served, mind, wantsAll], ([t, m, isWanted]) => {
      if (t === null || !isWanted) return;
      const left = t.conclusions.filter((c) => c !== untrack(settings).conclusion);
      let next: ReturnType<typeof setTimeout> | undefined;
      const some = (): void => {
        const began = performance.now();
        batch(() => {
          while (left.length > 0 && performance.now() - began < slice) {
            const name = left.shift() as string;
            setOthers(name, reconcile(movedIn(name, m, t), { merge: false }));
          }
        });
        if (left.length > 0) next = setTimeout(some, slice);
      };
      next = setTimeout(some, rest);
      onCleanup(() => clearTimeout(next));
    }),
  );
  const told = (conclusion: string): ConclusionFinding | null => {
    if (conclusion === settings().conclusion) return lookedFinding();
    return served() === null ? null : (others[conclusion] ?? null);
  };
  return {
    served,
    told,
    reading,
    isReadingFresh,
    flipSet,
    isRefused: (conclusion) => others[conclusion] === null || (others[conclusion]?.comparison.refusal ?? null) !== null,
  };
}

function nearestOf(claims: readonly ClaimFlip[], now: MarginFinding): PageReading["nearest"] {
  const way = now.margin >= now.threshold ? 1 : -1;
  return claims
    .filter((c) => !c.thin && c.points.length === 0)
    .map((c) => {
      const isTrue = way * c.on < way * c.off;
      return { claim: c.claim, isTrue, margin: isTrue ? c.on : c.off };
    })
    .filter((c) => way * c.margin < way * now.margin)
    .toSorted((a, b) => way * (a.margin - b.margin));
}
