/** Counts what each row of a record adds to a figure, as coded or coded otherwise. */

import { columnsIn } from "#model/argument/read-columns.ts";
import type { Expression } from "#model/expression.ts";
import type { CaseRecord, RecordFigure } from "#model/model.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { clusterEffect, type ClusteredCase, type ClusterEffect } from "#evidence/cluster-effect.ts";
import type { RecordRow } from "#evidence/rows.ts";

/** What one row is to a figure. */
export type RowStanding =
  /** A column that the figure reads is blank. */
  | { readonly kind: "missing" }
  /** The time watched is below 0, or it or what the row counts for is larger than `largest`. */
  | { readonly kind: "unfit" }
  /** Its condition does not hold. */
  | { readonly kind: "out" }
  | {
      readonly kind: "in";
      readonly weight: number;
      readonly event: boolean;
      readonly competing: boolean;
      /** The time watched; 1 for a share. */
      readonly over: number;
    };

/** Cases that a row counts for, and times it was watched, beyond this are slips, and their sums may be larger than numbers can be. */
const largest = 1e15;

/** A row with the values of some columns replaced by another coding. */
export type Values = Readonly<Record<string, number | null>>;

export function standingOf(record: CaseRecord, figure: RecordFigure, values: Values): RowStanding {
  let isBlank = false;
  const value = (e: Expression): number =>
    evaluate(
      e,
      (leaf) => {
        if (leaf.op !== "column") throw new Error(`a figure of a record reads a '${leaf.op}'`);
        const found = values[leaf.name] ?? null;
        if (found === null) isBlank = true;
        return found ?? Number.NaN;
      },
      () => {
        throw new Error("a figure of a record reads a table");
      },
    );
  const weight = record.count === null ? 1 : (values[record.count] ?? Number.NaN);
  const isIn = figure.given === null || value(figure.given) !== 0;
  if (isBlank || !(weight >= 0)) return { kind: "missing" };
  if (!isIn) return { kind: "out" };
  const event = value(figure.of) !== 0;
  const competing = figure.competing !== null && value(figure.competing) !== 0;
  const over = figure.over === null ? 1 : value(figure.over);
  if (isBlank) return { kind: "missing" };
  return over >= 0 && over <= largest && weight <= largest
    ? { kind: "in", weight, event, competing, over }
    : { kind: "unfit" };
}

export interface Tally {
  /** Cases with the event, each row by its count. */
  readonly events: number;
  /** Cases, or for a rate the time watched. */
  readonly of: number;
  readonly cases: number;
  /** Rows left out since a column that the figure reads is blank. */
  readonly missing: number;
  /** Rows left out since they were watched for a time below 0, or what they hold is too large. */
  readonly unfit: number;
}

export function tallyOf(record: CaseRecord, figure: RecordFigure, rows: readonly RecordRow[]): Tally {
  let [events, cases, watched, missing, unfit] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const s = standingOf(record, figure, row.values);
    if (s.kind === "missing") missing++;
    if (s.kind === "unfit") unfit++;
    if (s.kind !== "in") continue;
    cases += s.weight;
    watched += s.weight * s.over;
    if (s.event) events += s.weight;
  }
  const isWhole = figure.statistic === "rate" && figure.over !== null && columnsIn(figure.over).size === 0;
  const whole = isWhole && figure.over?.op === "const" ? figure.over.value : watched;
  return { events, of: figure.statistic === "rate" ? whole : cases, cases, missing, unfit };
}

/** What a figure's cases are worth where rows share a cluster; `clusters` by row. */
export function clusteringOf(
  figure: RecordFigure,
  standings: readonly RowStanding[],
  clusters: readonly string[],
): ClusterEffect {
  const isRate = figure.statistic === "rate";
  const cases = standings.flatMap((s, i): ClusteredCase[] =>
    s.kind === "in" && s.weight > 0
      ? [
          {
            cluster: clusters[i] ?? "",
            cases: s.weight,
            above: s.event ? s.weight : 0,
            below: isRate ? s.weight * s.over : s.weight,
          },
        ]
      : [],
  );
  return clusterEffect(cases, (ratio) => (isRate ? ratio : ratio * (1 - ratio)));
}

/** Every way to code a row, as far as the columns `read` are in dispute; the first is as written. */
export function codingsOf(record: CaseRecord, row: RecordRow, read: ReadonlySet<string>): readonly Values[] {
  let ways: readonly Values[] = [row.values];
  for (const { name, alternative } of record.columns) {
    if (alternative === null || !read.has(name)) continue;
    const other = row.values[alternative] ?? null;
    if (other === null || other === row.values[name]) continue;
    ways = [...ways, ...ways.map((w) => ({ ...w, [name]: other }))];
  }
  return ways;
}
