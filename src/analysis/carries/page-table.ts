/** Writes the gate table that a page loads, and reads it back as functions of what a mind believes of the claims. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import {
  askedOf,
  buildTable,
  planned,
  widestOf,
  type AskedTarget,
  type TableRequest,
} from "#ensemble/table/build-table.ts";
import { OverBudget } from "#ensemble/budget.ts";
import type { Beliefs } from "#ensemble/table/claim-law.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { standing } from "#ensemble/profiles.ts";
import { decodeTable, encodeTable } from "#ensemble/table/table-bytes.ts";
import { roughly, type Table } from "#ensemble/table/table.ts";
import { movedAnswer } from "../answers/moved-answer.ts";
import { notTried } from "../answers/turning.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import type { ConclusionFinding } from "../verdicts/conclusions.ts";
import type { Request } from "../findings/findings.ts";
import { attribution, type AttributionFinding } from "./attribution.ts";
import { exactBytes, tableRequest, usualTable } from "./claims-table.ts";
import { claimFlips, flips, type ClaimFlip, type FlipFinding } from "./flips.ts";
import { marginAt, type MarginFinding } from "./table-margin.ts";

interface PageTableRequest extends Pick<Request, "seed" | "worlds" | "untilSettled"> {
  /** Whose unknowns it is made with; it serves every view that believes the same of them. */
  readonly view: string;
  /** What it was made from, for whoever reads it to tell whether it is still right; the case's hash, say. */
  readonly key: string;
  /** Bytes at most. */
  readonly limit: number;
  /** The conclusion that the table is for where there is no room for all. */
  readonly first?: string | undefined;
}

interface MadePageTable {
  readonly bytes: Uint8Array;
  /** Conclusions it answers for, and those it cannot, with the reason. */
  readonly conclusions: readonly string[];
  readonly leftOut: readonly { readonly conclusion: string; readonly why: string }[];
  readonly runs: number;
}

/**
 * The table that `casus explain` and `flip` read, for all conclusions of a case, choices as they stand; for as many as there is room for, the first ones first, where there is not: what it has of a
 * conclusion is the same either way. Rejects with `Refused` where no table answers for any, with `OverBudget` where not even one would fit, and as `buildTable` does.
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
  if (answered.length === 0) throw new Refused("no conclusion of the case can be read from a table of claims");
  const { view } = request;
  const whole = tableRequest({ model, view, asked: answered, stand, request, options: usualTable });
  const byUse = answered.toSorted((a, b) => Number(b.name === request.first) - Number(a.name === request.first));
  for (let count = answered.length; count > 0; count = Math.floor(0.75 * count)) {
    const kept = byUse.slice(0, count);
    const served = answered.filter((a) => kept.includes(a));
    if (bytesOf(model, served, whole) > packing * request.limit) continue;
    const table = await buildTable(model, served, stand, { ...whole, checks }, lab);
    const bytes = encodeTable(table, request.key);
    if (bytes.length > request.limit) continue;
    const without = answered.filter((a) => !kept.includes(a));
    const noRoom = without.map(({ name }) => ({ conclusion: name, why: "there is no room for it" }));
    return { bytes, conclusions: served.map((a) => a.name), leftOut: [...leftOut, ...noRoom], runs: table.runs };
  }
  throw new OverBudget({
    what: `a page's table of ${answered.length} conclusions`,
    limit: `${request.limit} bytes`,
    instead: "allow more bytes",
  });
}

/** By how much packing shortens a table at best: what would be too long even so is not made. */
const packing = 1.5;

/** Patterns the fits are checked on, for minds that no pattern resembles. */
const checks = 32;

/** Bytes before packing, from above. */
function bytesOf(model: Model, asked: readonly AskedTarget[], { exact, patterns, worlds }: TableRequest): number {
  const { settings, targets } = planned(model, asked, standing(model, {}));
  const readings = settings.flatMap((s) => s.readings);
  const columns = readings.flatMap((r) => (r.given === null ? [r] : [r, r]));
  const gates = new Set(readings.flatMap((r) => r.gates)).size;
  const head = 4096 + 200 * model.claims.length + 2 * JSON.stringify(targets).length + 20 * gates * readings.length;
  if (widestOf(model, settings) <= exact)
    return (
      head +
      exactBytes(
        worlds,
        columns.map((r) => 2 ** r.gates.length),
      )
    );
  const sets = new Set(
    targets.map((t) => JSON.stringify(t.figures.map((f) => readings.find((r) => r.place === f.reading)?.gates ?? []))),
  ).size;
  const terms = gates + (gates * (gates - 1)) / 4;
  const pattern = Math.ceil(model.claims.filter((c) => c.isGate).length / 8) + 4 * sets + 2 * columns.length;
  return head + columns.length * (8 + 2 * (12 + 4 * terms)) + patterns * pattern;
}

/** Read from the surrogate alone, since hardly any pattern is like this mind: right within its error, which is larger; a live run does better. */
type Rough<T> = T & { readonly rough: boolean };

interface Reading {
  /** What runs found, which all that is read starts from. */
  readonly answer?: ComparisonFinding | null;
  /** Nothing is read from the surrogate alone: then a view as the case has it reads what `casus explain` and `flip` say of it. */
  readonly neverRough?: boolean;
}

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
  /** What runs found under `from`, moved to other credences; null where the table cannot. */
  readonly moved: (found: ConclusionFinding, from: Beliefs, to: Beliefs) => ConclusionFinding | null;
  readonly attribution: (conclusion: string, beliefs: Beliefs, how?: Reading) => Rough<AttributionFinding>;
  /** Of each claim on its own. */
  readonly flips: (conclusion: string, beliefs: Beliefs, how?: Reading) => readonly Rough<ClaimFlip>[];
  /** The same with pairs and the smallest set; slower. */
  readonly allFlips: (conclusion: string, beliefs: Beliefs, how?: Reading) => Rough<FlipFinding>;
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
    attribution: (conclusion, beliefs, { answer = null, neverRough = false } = {}) =>
      told(
        (t) => attribution(t, conclusion, beliefs, "removal", answer),
        (found) => !neverRough && isThin(found),
      ),
    flips: (conclusion, beliefs, { answer = null, neverRough = false } = {}) => {
      const found = claimFlips(table, conclusion, beliefs, answer);
      const others = !neverRough && found.some((c) => c.thin) ? claimFlips(rough, conclusion, beliefs, answer) : [];
      return found.map((c) => {
        const other = c.thin ? others.find((o) => o.claim === c.claim) : undefined;
        return other === undefined ? { ...c, rough: false } : { ...other, rough: true };
      });
    },
    allFlips: (conclusion, beliefs, { answer = null, neverRough = false } = {}) =>
      told(
        (t) => flips(t, conclusion, beliefs, answer),
        (f) => !neverRough && (isThin(f.now) || f.claims.some((c) => c.thin)),
      ),
  };
}
