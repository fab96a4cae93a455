/** The picture a page hangs from, as it stands for the reader: changed within the frame in which a claim is moved. */

import { createMemo, createSignal, type Accessor } from "solid-js";
import {
  carryingClaims,
  leadFollower,
  leadVerdict,
  mindOf,
  toldFigures,
  type Lead,
  type LeadPicture,
  type LeadStart,
  type LeadState,
  type Model,
  type PageData,
} from "#internal.ts";
import type { ReaderMind } from "./reader-mind.ts";

export interface LeadStore {
  readonly lead: Lead;
  /** What stands behind the picture: of the view the reader began from. */
  readonly picture: Accessor<LeadPicture>;
  readonly state: Accessor<LeadState>;
  /** As the view has it that the reader began from. */
  readonly begun: Accessor<LeadState>;
  readonly verdict: Accessor<ReturnType<typeof leadVerdict>>;
  /** Claims with sliders on the first screen: those that carry most where the reader began, so that none goes away under a hand. */
  readonly claims: Accessor<readonly string[]>;
  /** Where the reader guessed the first side's figure to be, in base units. */
  readonly guess: Accessor<number | null>;
  readonly setGuess: (value: number | null) => void;
}

/** Null where the page came without a picture. */
export function leadStoreOf(model: Model, data: PageData, reader: ReaderMind): LeadStore | null {
  const { lead } = data;
  const [first] = lead?.pictures ?? [];
  if (lead === null || first === undefined) return null;
  const follow = leadFollower(model, lead);
  const picture = createMemo(() => lead.pictures.find((p) => p.view === reader.settings().view) ?? first);
  const told = createMemo(() => toldFigures(data.findings, lead, picture()));
  const start = createMemo((): LeadStart => ({
    picture: picture(),
    figures: told().figures,
    beliefs: mindOf(model, picture().view),
  }));
  const state = createMemo(() => follow(start(), reader.isMine() ? reader.mind() : start().beliefs));
  const begun = createMemo(() => follow(start(), start().beliefs));
  const [guess, setGuess] = createSignal<number | null>(null);
  return {
    lead,
    picture,
    state,
    begun,
    verdict: createMemo(
      () => (reader.isMine() ? null : told().verdict) ?? leadVerdict(model, lead.plan, state().figures, told().se),
    ),
    claims: createMemo(() => carryingClaims(model, lead, begun().shares).map((c) => c.claim), [], {
      equals: (a, b) => a.join() === b.join(),
    }),
    guess,
    setGuess,
  };
}
