/** Refuses in words what is more than the page may ask of a reader's machine. */

import { costOf } from "#internal.ts";
import type { RunsQuestion } from "../messages.ts";
import type { Bench } from "./bench.ts";

/** Equations in all runs and steps: some ten seconds of one core. A case that asks for more is run on the command line. */
export const mostPageWork = 4e9;
/** Of values kept at once. A page of pictures takes as much. */
const mostBytes = 200e6;

export function overBudget(bench: Bench, questions: readonly RunsQuestion[]): string | null {
  const { work, bytes } = costOf(bench.model, questions.flatMap(bench.jobsOf), bench.worlds);
  if (work > mostPageWork)
    return `This case is too much for a page: its runs would take ${times(work / mostPageWork)} as long as a page may work. Run it on the command line (casus run), or publish it with fewer runs (--worlds).`;
  if (bytes > mostBytes)
    return `This case is too much for a page: its runs would fill ${times(bytes / mostBytes)} the memory a page may take. Run it on the command line (casus run), or publish it with fewer runs (--worlds).`;
  return null;
}

function times(n: number): string {
  return n < 10 ? `${n.toFixed(1)} times` : `${Math.round(n).toLocaleString("en")} times`;
}
