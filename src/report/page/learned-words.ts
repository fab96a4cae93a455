/** What has been seen does to what a reading believes, in a sentence. */

import type { Reweighed } from "#analysis/record/reweigh.ts";
import type { Model } from "#model/model.ts";
import { claimWords } from "./lead-words.ts";

/** Points in 100 under which nobody would say that a belief has moved. */
const least = 2;

export function learnedWords(model: Model, { refusal, claims }: Reweighed): string {
  if (refusal !== null) return "Too few simulated runs agree with what has been seen to say.";
  const moved = claims
    .filter((c) => !c.isHeld && !c.isRough)
    .map((c) => ({ claim: c.claim, before: Math.round(100 * c.prior), after: Math.round(100 * c.posterior.value) }))
    .filter((c) => Math.abs(c.after - c.before) >= least)
    .toSorted((a, b) => b.after - b.before - (a.after - a.before));
  const [up, down] = [moved[0], moved.at(-1)];
  const part = (c: (typeof moved)[number]): string =>
    `“${claimWords(model, c.claim)}” (${c.before} in 100 before, ${c.after} after)`;
  const parts = [
    ...(up !== undefined && up.after > up.before ? [`speaks most for ${part(up)}`] : []),
    ...(down !== undefined && down.after < down.before ? [`speaks most against ${part(down)}`] : []),
  ];
  return parts.length === 0
    ? "What has been seen moves none of its claims by 2 in 100 or more."
    : `What has been seen ${parts.join(", and ")}.`;
}
