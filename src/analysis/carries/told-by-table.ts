/** Puts the figures of a page's table into the finding of a run. */

import type { ConclusionFinding } from "../verdicts/conclusions.ts";
import type { MarginFinding } from "./table-margin.ts";

/**
 * Figures, margin and verdict of the table; the situations compared, and what stands beside the verdict, stay those of the runs. Null where the table
 * refuses, or was made of another comparison.
 */
export function toldByTable(found: ConclusionFinding, read: MarginFinding): ConclusionFinding | null {
  const { comparison } = found;
  if (read.refusal !== null || read.figures.length !== comparison.figures.length) return null;
  const { margin, se, threshold, verdict } = read;
  return {
    ...found,
    verdict,
    comparison: {
      ...comparison,
      figures: comparison.figures.map((f, i) => ({
        ...f,
        value: read.figures[i]?.value ?? Number.NaN,
        se: read.figures[i]?.se ?? Number.NaN,
      })),
      margin,
      se,
      threshold,
      error: "delta",
      refusal: null,
    },
  };
}
