/** What options are worth, by pattern or by run, in; the worth of knowing each claim and each unknown before choosing out. */

import { chanceOf, conditioned, type Beliefs } from "#ensemble/claim-law.ts";
import { figureParts, lawUnder, patternChances } from "#ensemble/table-figures.ts";
import type { Table } from "#ensemble/table.ts";
import type { Model } from "#model/model.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { mean } from "#ensemble/statistics.ts";
import { regress } from "./regression.ts";

/** Expected value of perfect information about one thing (Raiffa & Schlaifer 1961), in base units of the utility; never below 0 but for sampling. */
export interface Worth {
  readonly name: string;
  readonly worth: number;
}

/** Of each claim, exactly: every target of the table is one option. */
export function worthOfClaims(table: Table, beliefs: Beliefs): readonly Worth[] {
  const law = lawUnder(table.frame, beliefs, table.gates, {});
  const best = (laws: readonly Float64Array[]): number =>
    Math.max(...utilitiesUnder(table, { blocks: law.blocks, laws }));
  const now = best(law.laws);
  return table.gates.map((claim) => {
    const at = law.blocks.findIndex((b) => b.gates.includes(claim));
    const block = law.blocks[at];
    const chances = law.laws[at];
    if (block === undefined || chances === undefined) return { name: claim, worth: 0 };
    const chance = chanceOf(block, chances, claim);
    const side = (value: boolean, share: number): number => {
      const known = conditioned(block, chances, claim, value);
      return known === null ? 0 : share * best(law.laws.map((l, i) => (i === at ? known : l)));
    };
    return { name: claim, worth: side(true, chance) + side(false, 1 - chance) - now };
  });
}

/** Of all claims together, exactly, from a table of every pattern. */
export function worthOfAllClaims(table: Table, beliefs: Beliefs): number {
  if (table.design.kind !== "exact") throw new RangeError("the worth of all claims needs every pattern");
  const law = lawUnder(table.frame, beliefs, table.gates, {});
  const chances = patternChances({ gates: table.gates }, law);
  const { batches } = table.design;
  const options = table.targets.map((t) => {
    const reading = table.readings[t.figures[0]?.reading ?? -1];
    if (reading === undefined) throw new RangeError("a target without a reading");
    const places = reading.gates.map((g) => table.gates.indexOf(g));
    const own = 2 ** reading.gates.length;
    return Float64Array.from(chances, (_, p) => {
      const at = places.reduce((sum, place, i) => sum + (Math.floor(p / 2 ** place) % 2) * 2 ** i, 0);
      let sum = 0;
      for (let b = 0; b < batches; b++) sum += reading.n[b * own + at] as number;
      return sum / batches;
    });
  });
  const most = chances.reduce((s, p, g) => s + p * Math.max(...options.map((o) => o[g] as number)), 0);
  return most - Math.max(...utilitiesUnder(table, law));
}

function utilitiesUnder(table: Table, law: Parameters<typeof figureParts>[2]): readonly number[] {
  return table.targets.map((t) => {
    const reading = table.readings[t.figures[0]?.reading ?? -1];
    if (reading === undefined) throw new RangeError("a target without a reading");
    return figureParts(table, reading, law).n.value;
  });
}

/**
 * Of each unknown by regression (Strong, Oakley & Brennan 2014): E[max over options of E[U | unknown]] − max E[U], each expectation a cubic in the unknown's
 * quantile. Never of luck.
 */
export function worthOfUnknowns(model: Model, seed: number, utilities: readonly Float64Array[]): readonly Worth[] {
  const runs = utilities[0]?.length ?? 0;
  const now = Math.max(...utilities.map(mean));
  return model.unknowns.map(({ name }) => {
    const key = keyOf(`unknown ${name}`);
    const rows = Array.from({ length: runs }, (_, w) => {
      const x = 2 * uniform(seed, key, w, 0) - 1;
      return Float64Array.of(1, x, (3 * x * x - 1) / 2, (5 * x * x * x - 3 * x) / 2);
    });
    // Only where options differ does knowing help: the first is the measure of the others.
    const [first] = utilities;
    const fits = utilities.map((u) =>
      regress(
        rows,
        Float64Array.from(u, (v, w) => v - (first?.[w] as number)),
      ),
    );
    const base = mean(first ?? new Float64Array());
    let most = 0;
    for (const row of rows)
      most += Math.max(...fits.map((f) => row.reduce((s, x, a) => s + x * (f.coefficients[a] as number), 0)));
    return { name, worth: base + most / runs - now };
  });
}
