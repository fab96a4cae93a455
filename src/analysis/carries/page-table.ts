/** Writes the gate table that a page loads, and reads it back as functions of what a mind believes of the claims. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { askedOf, buildTable, planned, type AskedTarget } from "#ensemble/table/build-table.ts";
import { OverBudget } from "#ensemble/budget.ts";
import type { Beliefs } from "#ensemble/table/claim-law.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf, viewNames, type Mind } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { decodeTable, encodeTable } from "#ensemble/table/table-bytes.ts";
import { roughly, type Table } from "#ensemble/table/table.ts";
import { movedAnswer } from "../answers/moved-answer.ts";
import { notTried } from "../answers/turning.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import type { ConclusionFinding } from "../verdicts/conclusions.ts";
import { attribution, type AttributionFinding } from "./attribution.ts";
import { claimFlips, flips, type ClaimFlip, type FlipFinding } from "./flips.ts";
import { marginAt, type MarginFinding } from "./table-margin.ts";

interface PageTableRequest {
  /** Whose unknowns it is made with; it serves every view that believes the same of them. */
  readonly view: string;
  readonly seed: number;
  /** What it was made from, for whoever reads it to tell whether it is still right; the case's hash, say. */
  readonly key: string;
  /** Patterns at most, where they are sampled; fewer where the file would pass `limit`. */
  readonly patterns: number;
  /** Worlds of a pattern where every pattern is run; a sampled pattern has a 64th of them. */
  readonly worlds: number;
  /** Bytes at most. */
  readonly limit: number;
  /** The conclusion that the table is for where there is no room for all. */
  readonly first?: string | undefined;
}

export const pageTableDefaults = { patterns: 8192, worlds: 256, limit: 1_000_000 } as const;

interface MadePageTable {
  readonly bytes: Uint8Array;
  /** Conclusions it answers for, and those it cannot, with the reason. */
  readonly conclusions: readonly string[];
  readonly leftOut: readonly { readonly conclusion: string; readonly why: string }[];
  readonly runs: number;
}

/**
 * One table for all conclusions of a case, choices as they stand; for as many as there is room for, the first ones first, where there is not. Rejects with `OverBudget` where even the
 * fewest patterns of one conclusion would not fit, and as `buildTable` does.
 */
export async function pageTable(model: Model, request: PageTableRequest, lab: Lab): Promise<MadePageTable> {
  const stand = standing(model, {});
  const answered: AskedTarget[] = [];
  const leftOut: { conclusion: string; why: string }[] = [];
  for (const { name } of model.conclusions)
    try {
      const asked = askedOf(model, name);
      planned(model, [asked], stand);
      answered.push(asked);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      leftOut.push({ conclusion: name, why: error.message });
    }
  const { view, seed, worlds } = request;
  const { served, isExact, patterns } = fitting(model, answered, request);
  for (const { name } of answered)
    if (!served.some((a) => a.name === name)) leftOut.push({ conclusion: name, why: "there is no room for it" });
  const serves = viewNames(model).filter((name) => believeAlike(mindOf(model, name), mindOf(model, view)));
  const table = await buildTable(
    model,
    served,
    stand,
    { view, serves, seed, worlds, patterns, exact: isExact ? 12 : 0, checks },
    lab,
  );
  return { bytes: encodeTable(table, request.key), conclusions: served.map((a) => a.name), leftOut, runs: table.runs };
}

interface Fitting {
  readonly served: readonly AskedTarget[];
  readonly isExact: boolean;
  readonly patterns: number;
}

/** As many conclusions as the bytes allow, in the case's order; where not all, `first` and those that come before the others. */
function fitting(model: Model, asked: readonly AskedTarget[], request: PageTableRequest): Fitting {
  const { worlds, limit, first } = request;
  const byUse = asked.toSorted((a, b) => Number(b.name === first) - Number(a.name === first));
  for (let count = asked.length; ; count = Math.floor(0.75 * count)) {
    const kept = byUse.slice(0, count);
    const served = asked.filter((a) => kept.includes(a));
    const size = sizeOf(model, served);
    const isExact = size.widest <= 12 && size.exact(worlds) <= limit;
    const patterns = Math.min(request.patterns, Math.floor((limit - size.fixed) / size.each));
    if (isExact || patterns >= fewest) return { served, isExact, patterns };
    if (count <= 1)
      throw new OverBudget({
        what: `a page's table of ${asked.length} conclusions`,
        limit: `${limit} bytes`,
        instead: "allow more bytes",
      });
  }
}

/** Fewer sampled patterns than this tell nothing of thirty claims. */
const fewest = 512;

/** Patterns the fits are checked on, for minds that no pattern resembles. */
const checks = 32;

/** Bytes before packing, from above: of what every table has, of each sampled pattern, and of an exact table. */
function sizeOf(
  model: Model,
  asked: readonly AskedTarget[],
): {
  readonly fixed: number;
  readonly each: number;
  readonly widest: number;
  readonly exact: (worlds: number) => number;
} {
  const { settings, targets } = planned(model, asked, standing(model, {}));
  const readings = settings.flatMap((s) => s.readings);
  const gates = new Set(readings.flatMap((r) => r.gates)).size;
  const sets = new Set(
    targets.map((t) => JSON.stringify(t.figures.map((f) => readings.find((r) => r.place === f.reading)?.gates ?? []))),
  ).size;
  const columns = readings.reduce((n, r) => n + (r.given === null ? 1 : 2), 0);
  const terms = gates + (gates * (gates - 1)) / 4;
  const head = 4096 + 200 * model.claims.length + 2 * JSON.stringify(targets).length + 20 * gates * readings.length;
  return {
    fixed: head + columns * (8 + 2 * (12 + 4 * terms)),
    each: Math.ceil(gates / 8) + 4 * sets + 2 * columns,
    widest: Math.max(0, ...settings.map((s) => new Set(s.readings.flatMap((r) => r.gates)).size)),
    exact: (worlds) =>
      head + readings.reduce((n, r) => n + (worlds / 16) * 4 * 2 ** r.gates.length * (r.given === null ? 1 : 2), 0),
  };
}

/** Whether two minds hold the same of every unknown: then one table serves both, whatever they think of the claims. */
export function believeAlike(a: Pick<Mind, "distributions">, b: Pick<Mind, "distributions">): boolean {
  return JSON.stringify(a.distributions) === JSON.stringify(b.distributions);
}

/** Read from the surrogate alone, since hardly any pattern is like this mind: right within its error, which is larger; a live run does better. */
type Rough<T> = T & { readonly rough: boolean };

/** What a page asks while sliders move; nothing is run. `beliefs` are the credences of `mindOf(model, view)`, of a moved view too. */
export interface PageTable {
  readonly key: string;
  /** Whose unknowns it was made with: right for a mind only where `believeAlike` says so. */
  readonly view: string;
  readonly conclusions: readonly string[];
  /** How many patterns of claims stand behind it, and simulated runs. */
  readonly patterns: number;
  readonly runs: number;
  readonly verdict: (conclusion: string, beliefs: Beliefs) => Rough<MarginFinding>;
  /** What runs found under `from`, moved to other credences; null where the table cannot. What is asked below is anchored at it, where it is given. */
  readonly moved: (found: ConclusionFinding, from: Beliefs, to: Beliefs) => ConclusionFinding | null;
  readonly attribution: (
    conclusion: string,
    beliefs: Beliefs,
    answer?: ComparisonFinding | null,
  ) => Rough<AttributionFinding>;
  /** Of each claim on its own. */
  readonly flips: (
    conclusion: string,
    beliefs: Beliefs,
    answer?: ComparisonFinding | null,
  ) => readonly Rough<ClaimFlip>[];
  /** The same with pairs and the smallest set; slower. */
  readonly allFlips: (conclusion: string, beliefs: Beliefs, answer?: ComparisonFinding | null) => Rough<FlipFinding>;
}

/** Needs no Node and no DOM. Throws `BadTable` for bytes that are no table, are damaged or of another version. */
export function readPageTable(bytes: Uint8Array): PageTable {
  const { table, key } = decodeTable(bytes);
  const rough = roughly(table);
  const told = <T extends object>(ask: (of: Table) => T, isThin: (found: T) => boolean): Rough<T> => {
    const found = ask(table);
    return isThin(found) ? { ...ask(rough), rough: true } : { ...found, rough: false };
  };
  const isThin = ({ refusal }: Pick<MarginFinding, "refusal">): boolean => refusal?.kind === "thin";
  return {
    key,
    view: table.view,
    conclusions: table.targets.map((t) => t.name),
    patterns: table.design.kind === "exact" ? 2 ** table.gates.length : table.design.patterns.length,
    runs: table.runs,
    verdict: (conclusion, beliefs) => told((t) => marginAt(t, conclusion, beliefs), isThin),
    moved: (found, from, to) => {
      const comparison = movedAnswer(table, found.name, found.comparison, from, to);
      if (comparison === null) return null;
      // The other options were tried under the view it started from.
      const isMoved = JSON.stringify(from.credences) !== JSON.stringify(to.credences);
      const tried = isMoved ? notTried : {};
      return { ...found, comparison, verdict: judgeComparison(comparison), ...tried };
    },
    attribution: (conclusion, beliefs, answer = null) =>
      told((t) => attribution(t, conclusion, beliefs, "removal", answer), isThin),
    flips: (conclusion, beliefs, answer = null) => {
      const found = claimFlips(table, conclusion, beliefs, answer);
      const others = found.some((c) => c.thin) ? claimFlips(rough, conclusion, beliefs, answer) : [];
      return found.map((c) => {
        const other = c.thin ? others.find((o) => o.claim === c.claim) : undefined;
        return other === undefined ? { ...c, rough: false } : { ...other, rough: true };
      });
    },
    allFlips: (conclusion, beliefs, answer = null) =>
      told(
        (t) => flips(t, conclusion, beliefs, answer),
        (f) => isThin(f.now) || f.claims.some((c) => c.thin),
      ),
  };
}
