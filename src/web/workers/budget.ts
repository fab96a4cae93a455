/** What the page may ask of a reader's machine in; a refusal in words, or none, out. */

import { checkBudget, OverBudget } from "#casus.ts";
import type { Question } from "../messages.ts";
import type { Bench } from "./bench.ts";

/** Steps × runs × equations: some ten seconds of one core. A case that asks for more is run on the command line. */
const pageBudget = 4e9;

export function overBudget(bench: Bench, questions: readonly Question[]): string | null {
  try {
    checkBudget(bench.model, questions.flatMap(bench.jobsOf), bench.worlds, pageBudget);
    return null;
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    const { what, limit } = error.excess;
    return `Too much for a page: ${what}, over its limit of ${limit}. The command line can run it.`;
  }
}
