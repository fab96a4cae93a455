/** What a verdict depends on that nobody named: options of choices held fixed under which it would be another. */

import type { ComparisonFinding } from "../figures/figures.ts";
import type { Verdict } from "../verdicts/verdict.ts";

export interface TurningOption {
  readonly choice: string;
  readonly label: string;
  /** The option the choice is held at, and the one that would turn the verdict. */
  readonly option: string;
  readonly instead: string;
  readonly insteadLabel: string;
  /** What is found then. */
  readonly verdict: Verdict;
  readonly comparison: ComparisonFinding;
}

/** What became of a verdict under the other options of the choices held fixed, and with every claim off. */
export interface Turning {
  /** Those that turn it. */
  readonly turning: readonly TurningOption[];
  /** How many were tried: none of a verdict that is not settled. */
  readonly tried: number;
  /** Where it holds with every claim off as well, so that it does not rest on the argument: what is found then. Null elsewhere. */
  readonly withoutClaims: ComparisonFinding | null;
}

export const notTried: Turning = { turning: [], tried: 0, withoutClaims: null };
