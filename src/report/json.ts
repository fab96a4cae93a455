/** Findings in; JSON out, every digit kept: arrays of numbers as arrays, and null for what is no finite number. */

import type { Provenance } from "./provenance.ts";

/** The document of a verb: `casus/run@1`, `casus/test@1`. */
export function toJson(schema: string, provenance: Provenance, findings: object): string {
  const { case: name, title, hash, engine, version, modeller, asOf, leavesOut } = provenance;
  const head = {
    schema,
    case: { name, title, hash, version, modeller, asOf, leavesOut },
    engine,
    note: "statements about a model, not a forecast",
  };
  return `${JSON.stringify({ ...head, ...findings }, plain, 2)}\n`;
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Float64Array) return [...value].map((x) => (Number.isFinite(x) ? x : null));
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
