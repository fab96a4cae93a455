/** The gate table: what is read of the runs at patterns of claims, so that any view over the claims is answered without a further run. */

import { Refused } from "#text/refused.ts";
import type { Expression } from "#model/expression.ts";
import type { Model } from "#model/model.ts";
import type { ClaimFrame, Pins } from "./claim-law.ts";

/** One thing read in one setting. */
export interface Reading {
  /** Bit i of a pattern of this reading is `gates[i]`; of a sampled table, the gates that have any say in it. */
  readonly gates: readonly string[];
  /** Of an exact table, by batch and then by pattern: means over a batch's worlds of given·of. Empty where sampled. */
  readonly n: Float64Array;
  /** Likewise of given; null where every run counts. */
  readonly d: Float64Array | null;
  /** Of a sampled table: the surrogate of both, and what it leaves, by unit. */
  readonly fits: { readonly n: Fitted; readonly d: Fitted | null } | null;
}

/** f(g) ≈ constant + Σ single·g + Σ pair·g·g′ over a reading's gates; pairs in order (0,1), (0,2), …, (1,2), … */
export interface Polynomial {
  readonly constant: number;
  readonly single: Float64Array;
  readonly pair: Float64Array;
}

/** Two polynomials, fitted on the even and on the odd units; `rest` is, by unit, what was read less the fit of the other half. */
export interface Fitted {
  readonly even: Polynomial;
  readonly odd: Polynomial;
  readonly rest: Float64Array;
  /** How far the fits are off at a pattern they did not see; NaN where that was not checked. */
  readonly drift: number;
}

type Design =
  /** Every pattern of each reading's gates, on the same `batches` × `size` worlds. */
  | { readonly kind: "exact"; readonly batches: number; readonly size: number }
  /** Patterns drawn from a mixture of laws, each on `size` worlds of its own. */
  | {
      readonly kind: "sampled";
      readonly size: number;
      readonly patterns: Float64Array;
      /** One for each set of gates that a target reads. */
      readonly densities: readonly Density[];
      /** By gate and then by pattern: 1 where it is true; see `bitsOf`. */
      readonly bits: readonly Uint8Array[];
    };

/** The mixture's chance of each pattern's gates, the others summed out: what no figure of a target reads adds nothing to its weights. */
interface Density {
  readonly gates: readonly string[];
  readonly chances: Float64Array;
}

/** A conclusion or an outcome, as arithmetic over figures of the table. */
export interface Target {
  readonly name: string;
  readonly kind: "conclusion" | "outcome";
  readonly figures: readonly TargetFigure[];
  readonly margin: Expression;
  /** In base units. */
  readonly threshold: number;
  readonly allowsEqual: boolean;
  readonly unit: { readonly label: string; readonly factor: number };
}

interface TargetFigure {
  readonly text: string;
  readonly statistic: "chance" | "mean";
  readonly reading: number;
  /** Claims the figure itself switches. */
  readonly pins: Pins;
  readonly givenIsInside: boolean;
}

export interface Table {
  readonly frame: ClaimFrame;
  /** Whose distributions the unknowns were drawn from. */
  readonly view: string;
  readonly seed: number;
  /** At most 52. Bit i of a sampled pattern is `gates[i]`. */
  readonly gates: readonly string[];
  readonly design: Design;
  readonly readings: readonly Reading[];
  readonly targets: readonly Target[];
  /** Simulated runs behind it. */
  readonly runs: number;
  /** True where a sampled table answers by its fits alone, with their drift as the error: for minds that no pattern resembles. */
  readonly rough: boolean;
}

/** The same table, answering by its fits alone; its errors are NaN where no pattern was checked. */
export function roughly(table: Table): Table {
  return { ...table, rough: table.design.kind === "sampled" };
}

export const gateLimit = 52;

/** Independent units behind every error: batches of worlds, or sampled patterns with worlds of their own. */
export function unitsOf({ design }: Pick<Table, "design">): number {
  return design.kind === "exact" ? design.batches : design.patterns.length;
}

/** What any figure of a target reads, in order of the table. */
export function gatesOf(table: Pick<Table, "gates" | "readings">, target: Target): readonly string[] {
  return table.gates.filter((g) => target.figures.some((f) => table.readings[f.reading]?.gates.includes(g) ?? false));
}

export function targetOf(table: Table, name: string): Target {
  const found = table.targets.find((t) => t.name === name);
  if (found === undefined)
    throw new Refused(`the table has no '${name}'; it has ${table.targets.map((t) => t.name).join(", ")}`);
  return found;
}

export function frameOf(model: Model): ClaimFrame {
  return {
    claims: model.claims.map((c) => ({ name: c.name })),
    groups: model.groups.map(({ name, claims, neither }) => ({ name, claims, neither })),
  };
}

/** Of each gate, by pattern. */
export function bitsOf(patterns: Float64Array, gates: number): readonly Uint8Array[] {
  return Array.from({ length: gates }, (_, i) => {
    const bits = new Uint8Array(patterns.length);
    for (let p = 0; p < bits.length; p++) bits[p] = bitOf(patterns[p] as number, i);
    return bits;
  });
}

/** Bit `i` of a pattern, whatever its size. */
export function bitOf(pattern: number, i: number): number {
  return i < 32 ? (pattern >>> i) & 1 : ((pattern / 2 ** 32) >>> (i - 32)) & 1;
}
