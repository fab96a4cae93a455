/** Lays out what `casus run` found as one tidy table: a row for each statistic of each outcome and series, in each combination of choices, under each view. */

import type { RunDocument } from "./run-json.ts";

/** `choices` are columns of their own, in the order of the case. */
interface RunTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const statistics = ["mean", "se", "q05", "q25", "q50", "q75", "q95"] as const;
const quantiles = ["q05", "q25", "q50", "q75", "q95"] as const;

/** Columns: view, a column `choice_NAME` for each choice, kind (outcome, series or conclusion), name, word, time, statistic, value, unit. Blank is null. */
export function runTable(document: RunDocument): RunTable {
  const choices = [...new Set(document.profiles.flatMap((p) => Object.keys(p.choices)))];
  const rows: (string | number | null)[][] = [];
  for (const { view, choices: taken, outcomes, series } of document.profiles) {
    const head = [view, ...choices.map((c) => taken[c] ?? null)];
    for (const [name, o] of Object.entries(outcomes)) {
      if (o.kind === "category")
        for (const [word, share] of Object.entries(o.shares ?? {}))
          rows.push(
            [...head, "outcome", name, word, null, "chance", share.chance, "share"],
            [...head, "outcome", name, word, null, "se", share.se, "share"],
          );
      else for (const s of statistics) rows.push([...head, "outcome", name, null, null, s, o[s], o.unit]);
    }
    for (const [name, band] of Object.entries(series))
      for (const s of quantiles)
        band[s].forEach((value, i) =>
          rows.push([...head, "series", name, null, band.time[i] ?? null, s, value, band.unit]),
        );
  }
  return {
    columns: [
      "view",
      ...choices.map((c) => `choice_${c}`),
      "kind",
      "name",
      "word",
      "time",
      "statistic",
      "value",
      "unit",
    ],
    rows,
  };
}
