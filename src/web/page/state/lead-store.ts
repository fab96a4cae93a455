/** The picture a page hangs from, as it stands for the reader: changed within the frame in which a claim is moved. */

import { createMemo, createSignal, type Accessor } from "solid-js";
import {
  carryingClaims,
  foundFigures,
  leadFollower,
  leadVerdict,
  mindOf,
  toldFigures,
  type ComparisonFinding,
  type ConclusionFinding,
  type Lead,
  type LeadFound,
  type LeadPicture,
  type LeadStart,
  type LeadState,
  type LeadVerdict,
  type Model,
  type PageData,
} from "#internal.ts";
import type { ReaderMind } from "./reader-mind.ts";
import type { ToldFigures } from "./runs-store.ts";

export interface LeadStore {
  readonly lead: Lead;
  /** What stands behind the picture: of the view the reader began from. */
  readonly picture: Accessor<LeadPicture>;
  readonly state: Accessor<LeadState>;
  /** As the view has it that the reader began from. */
  readonly begun: Accessor<LeadState>;
  readonly verdict: Accessor<LeadVerdict | null>;
  /** What that rests on; null while a hand is moving a claim. */
  readonly comparison: Accessor<ComparisonFinding | null>;
  /** Claims with sliders on the first screen: those that carry most where the reader began, so that none goes away under a hand. */
  readonly claims: Accessor<readonly string[]>;
  /** Where the reader guessed the first side's figure to be, in base units. */
  readonly guess: Accessor<number | null>;
  readonly setGuess: (value: number | null) => void;
}

/** Null where there is no picture. `finding`: what is found of a conclusion under the present view. */
export function leadStoreOf(
  model: Model,
  lead: Lead | null,
  findings: PageData["findings"],
  reader: ReaderMind,
  finding: (conclusion: string) => ToldFigures<ConclusionFinding> | null,
): LeadStore | null {
  const [first] = lead?.pictures ?? [];
  if (lead === null || first === undefined) return null;
  const follow = leadFollower(model, lead);
  const picture = createMemo(() => lead.pictures.find((p) => p.view === reader.settings().view) ?? first);
  const told = createMemo(() => toldFigures(findings, lead, picture()));
  /** Where the hand rested last, the page's own finding, so that the first screen says what all others say. */
  const found = createMemo((): LeadFound | null => {
    const last = reader.isMine() ? finding(lead.plan.conclusion) : null;
    return last === null || !last.isFresh || last.value.comparison.refusal !== null
      ? null
      : foundFigures(last.value.comparison, lead);
  });
  const rested = createMemo(() => {
    const figures = found()?.figures;
    return figures === undefined ? null : { figures, beliefs: reader.restedMind() };
  });
  const start = createMemo((): LeadStart => ({
    picture: picture(),
    figures: told().figures,
    beliefs: mindOf(model, picture().view),
    nearer: rested(),
  }));
  const state = createMemo(() => follow(start(), reader.isMine() ? reader.mind() : start().beliefs));
  const begun = createMemo(() => follow({ ...start(), nearer: null }, start().beliefs));
  const [guess, setGuess] = createSignal<number | null>(null);
  return {
    lead,
    picture,
    state,
    begun,
    verdict: createMemo(() => {
      if (!reader.isMine()) return told().verdict;
      const { comparison, verdict } = found() ?? told();
      if (found() !== null && reader.mind() === reader.restedMind()) return verdict;
      return comparison === null ? null : leadVerdict(model, lead.plan, state().figures, comparison);
    }),
    comparison: () => (reader.isMine() ? found() : told())?.comparison ?? null,
    claims: createMemo(() => carryingClaims(model, lead, begun()).map((c) => c.claim), [], {
      equals: (a, b) => a.join() === b.join(),
    }),
    guess,
    setGuess,
  };
}
