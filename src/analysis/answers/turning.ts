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

/** What became of a verdict under the other options of the choices held fixed. */
export interface Turning {
  /** Those that turn it. */
  readonly turning: readonly TurningOption[];
  /** How many were tried: none of a verdict that is not settled. */
  readonly tried: number;
}

export const notTried: Turning = { turning: [], tried: 0 };
