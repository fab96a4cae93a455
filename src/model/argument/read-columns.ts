/** The columns of records that a case asks about. */

import { walk, type Expression } from "../expression.ts";
import type { CaseRecord, Distribution, RecordFigure, Test, Unknown, View } from "../model.ts";

/** The columns a figure reads. */
export function columnsRead(figure: RecordFigure): ReadonlySet<string> {
  const found = new Set<string>();
  for (const e of [figure.of, figure.given, figure.over, figure.competing])
    if (e !== null) for (const name of columnsIn(e)) found.add(name);
  return found;
}

/** The columns an expression reads. */
export function columnsIn(e: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  walk(e, (part) => {
    if (part.op === "column") found.add(part.name);
  });
  return found;
}

/** Everything that may ask a record. */
interface Askers {
  readonly tests: readonly Test[];
  readonly unknowns: readonly Unknown[];
  readonly views: readonly View[];
}

/**
 * The records without the columns that were only found in their files and that nothing reads: a remark in a table is nobody's concern. `declared` gives the
 * columns that a record's own lines name.
 */
export function withoutUnread(
  records: readonly CaseRecord[],
  declared: (record: string) => readonly string[],
  { tests, unknowns, views }: Askers,
): readonly CaseRecord[] {
  const read = new Map(records.map((r) => [r.name, new Set(declared(r.name))]));
  const visit = (record: string, figure: RecordFigure): void => {
    for (const column of columnsRead(figure)) read.get(record)?.add(column);
  };
  for (const test of tests) for (const figure of test.figures) visit(test.on, figure);
  const own: readonly Distribution[] = [
    ...unknowns.map((u) => u.distribution),
    ...views.flatMap((v) => Object.values(v.distributions)),
  ];
  for (const d of own) if (d.kind === "record") visit(d.record, d.figure);
  return records.map((r) => {
    const kept = (name: string): boolean =>
      read.get(r.name)?.has(name) === true || [r.cluster, r.count, r.knownBy].includes(name);
    const codings = new Set(r.columns.flatMap((c) => (kept(c.name) ? [c.name, c.alternative] : [])));
    return { ...r, columns: r.columns.filter((c) => codings.has(c.name)) };
  });
}
