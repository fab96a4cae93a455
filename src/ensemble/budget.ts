/** Refuses by name what would cost more than the budget, before anything runs. */

import { Refused } from "#text/refused.ts";

interface Excess {
  /** What is too much, in words with its figure. */
  readonly what: string;
  readonly limit: string;
  /** What to ask for instead. */
  readonly instead: string;
  /** What was asked for, in equations, where it is work that is too much. */
  readonly work?: number;
}

/** Asked for more than is allowed. Nothing has run. */
export class OverBudget extends Refused {
  readonly excess: Excess;

  constructor(excess: Excess) {
    super(`${excess.what} is over the limit of ${excess.limit}; ${excess.instead}`);
    this.name = "OverBudget";
    this.excess = excess;
  }
}
