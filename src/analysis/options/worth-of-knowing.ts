/** Works out what it would be worth to know each claim and each unknown before choosing. */

import { lawChance, conditioned, type Beliefs } from "#ensemble/table/claim-law.ts";
import { figureParts, type FigurePart } from "#ensemble/table/table-figures.ts";
import type { Table } from "#ensemble/table/table.ts";
import { weighted, withLaw } from "#ensemble/table/weighted.ts";
import type { Model } from "#model/model.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { mean } from "#ensemble/statistics.ts";
import { regress } from "./regression.ts";

/** Expected value of perfect information about one thing (Raiffa & Schlaifer 1961), in base units of the utility; never below 0 but for sampling. */
export interface Worth {
  readonly name: string;
  readonly worth: number;
  /** Of what is gained run by run, or unit by unit, by the choices that knowing leads to. */
  readonly se: number;
}

/** Of each claim, exactly: every target of the table is one option. */
export function worthOfClaims(table: Table, beliefs: Beliefs): readonly Worth[] {
  const options = table.targets.flatMap((t) => weighted(table, t, beliefs).slice(0, 1));
  const now = best(options.map((o) => figureParts(table, o).n));
  return table.gates.map((claim) => {
    const side = (value: boolean): { readonly share: number; readonly part: FigurePart } => {
      let share = 0;
      const worths = options.map((o): FigurePart => {
        const at = o.blocks.findIndex((b) => b.gates.includes(claim));
        const [block, law] = [o.blocks[at], o.laws[at]];
        if (block === undefined || law === undefined) return figureParts(table, o).n;
        const chance = lawChance(block, law, claim);
        share = value ? chance : 1 - chance;
        const known = conditioned(block, law, claim, value);
        return known === null ? now : figureParts(table, withLaw(o, at, known)).n;
      });
      return { share, part: best(worths) };
    };
    const [on, off] = [side(true), side(false)];
    const gained = now.units.map(
      (unit, u) => on.share * (on.part.units[u] as number) + off.share * (off.part.units[u] as number) - unit,
    );
    const worth = on.share * on.part.value + off.share * off.part.value - now.value;
    return { name: claim, worth: on.share + off.share === 0 ? 0 : worth, se: meanError(gained) };
  });
}

function best(parts: readonly FigurePart[]): FigurePart {
  return parts.reduce((a, b) => (b.value > a.value ? b : a));
}

/** The standard error of a mean. */
export function meanError(values: Float64Array): number {
  const n = values.length;
  const centre = mean(values);
  return n < 2 ? 0 : Math.sqrt(values.reduce((s, v) => s + (v - centre) ** 2, 0) / (n - 1) / n);
}

/**
 * Of each unknown by regression (Strong, Oakley & Brennan 2014): E[max over options of E[U | unknown]] − max E[U], each expectation a cubic in the unknown's
 * quantile; its error is that of what is gained, run by run, where each run takes the option that is best at its unknown. Never of luck.
 */
export function worthOfUnknowns(model: Model, seed: number, utilities: readonly Float64Array[]): readonly Worth[] {
  const runs = utilities[0]?.length ?? 0;
  const means = utilities.map(mean);
  const now = Math.max(...means);
  const usual = means.indexOf(now);
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
    const gained = new Float64Array(runs);
    rows.forEach((row, w) => {
      const fitted = fits.map((f) => row.reduce((s, x, a) => s + x * (f.coefficients[a] as number), 0));
      const chosen = fitted.indexOf(Math.max(...fitted));
      most += fitted[chosen] as number;
      gained[w] = (utilities[chosen]?.[w] as number) - (utilities[usual]?.[w] as number);
    });
    return { name, worth: base + most / runs - now, se: meanError(gained) };
  });
}
