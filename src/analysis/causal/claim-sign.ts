/** The sign of a claim's effect on a figure, read off the equations: whether switching it on can only raise the figure, or only lower it. */

import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import { familyOf } from "./influences.ts";
import { rangesIn, signOf } from "./ranges.ts";
import { claimsOf, slopesIn, slopesOf, times, type Sign } from "./signs.ts";

/**
 * 1 or −1 where every way from the claim to the expression has that sign, whatever is believed and comes; null where ways differ or one is not determined; undefined where there is
 * none. A loop of negative feedback makes ways of both signs. Found as the least fixed point over the parts of the model.
 */
export function signOfClaim(model: Model, claim: string, of: Expression): Sign | undefined {
  const ranges = rangesIn(model);
  const slopes = new Map([...slopesIn(model)].map(([id, reads]) => [id, new Map(reads)]));
  // What an effect that stands because of the claim does to its stock.
  for (const event of model.events)
    for (const effect of event.effects) {
      if (effect.kind === "stop" || effect.because === null) continue;
      const id = `stock:${familyOf(effect.stock)}`;
      const reads = slopes.get(id) ?? new Map<string, Sign>();
      slopes.set(id, reads);
      for (const name of claimsOf(effect.because)) {
        const way = effect.kind === "add" && isBare(effect.because, name) ? signOf(ranges.of(effect.value)) : null;
        const key = `claim:${name}`;
        reads.set(key, !reads.has(key) || reads.get(key) === way ? way : null);
      }
    }
  const own = slopesOf(model, ranges, of);
  const known = new Map<string, Sign>([[`claim:${claim}`, 1]]);
  const through = (reads: ReadonlyMap<string, Sign>): Sign | undefined => {
    let sign: Sign | undefined;
    for (const [id, slope] of reads) {
      const from = known.get(id);
      if (from === undefined) continue;
      const way = times(slope, from);
      sign = sign === undefined || sign === way ? way : null;
    }
    return sign;
  };
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const [id, reads] of slopes) {
      const sign = through(reads);
      if (sign === undefined || known.get(id) === sign || known.get(id) === null) continue;
      known.set(id, known.has(id) ? null : sign);
      isMoving = true;
    }
  }
  return through(own);
}

function isBare(because: Expression, claim: string): boolean {
  return because.op === "claim" && because.name === claim;
}
