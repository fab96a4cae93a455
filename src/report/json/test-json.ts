/** Writes what `casus test` found as `casus/test@1`, from the one definition that its JSON Schema is made of. */

import { z } from "zod";
import type { Breach, ExpectationFinding } from "#analysis/verdicts/expectations.ts";
import type { TestFindings } from "#analysis/findings/findings.ts";
import { wholeSituation } from "#ensemble/situation.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { from, scaled, writeFinding } from "./codec.ts";
import { comparisonFields } from "./comparison-json.ts";
import type { RecordFindings } from "#analysis/record/record-tests.ts";
import { recordTestShape } from "./record-json.ts";
import { figure, inOwnUnit, provenanceShape } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const alwaysShape = z.object({
  kind: z.literal("always"),
  runs: z.number().int().describe("runs that broke it"),
  outOf: z.number().int(),
  first: z
    .union([
      z.object({
        situation: from((b: Breach) => wholeSituation(b.situation), z.string()),
        world: z.number().int(),
        step: z.union([z.number().int(), z.null()]),
        time: figure.describe("from the start, in the case's unit of time"),
      }),
      z.null(),
    ])
    .describe("the earliest run that broke it, and where"),
});

const rangeShape = inOwnUnit(
  comparisonFields.extend({
    kind: z.literal("in"),
    low: scaled(figure.describe("in `unit`; null is unbounded")),
    high: scaled(figure.describe("in `unit`; null is unbounded")),
  }),
);

const verdictShape = inOwnUnit(comparisonFields.extend({ kind: z.literal("comparison"), verdict: z.enum(verdicts) }));

/** Rows of a record that could not be read. */
const problemShape = z.object({
  record: z.string(),
  line: z.number().int(),
  column: z.union([z.string(), z.null()]),
  found: z.string(),
  wanted: z.string(),
});

export const testShape = z.object({
  schema: z.literal("casus/test@1"),
  provenance: provenanceShape,
  passed: z.number().int(),
  failed: z.number().int(),
  undecided: z.number().int(),
  expectations: z.array(
    z.object({
      name: z.string(),
      text: from((e: ExpectationFinding) => e.label, z.string().describe("what is expected, in words")),
      statement: from((e: ExpectationFinding) => e.text, z.string().describe("as written in the case")),
      mark: z.union([z.enum(["text", "inferred", "ours", "wiring"]), z.null()]),
      view: z.string(),
      state: z.enum(["passed", "failed", "too close to call", "not told"]),
      found: from(
        ({ found }: ExpectationFinding) => (found.kind === "always" ? found : { ...found.comparison, ...found }),
        z.discriminatedUnion("kind", [alwaysShape, rangeShape, verdictShape]),
      ),
    }),
  ),
  records: z.array(recordTestShape).describe("what each record says of the claim it is a test of"),
  fed: z
    .array(
      z.object({
        unknown: z.string(),
        view: z.union([z.string(), z.null()]).describe("null for the case's own"),
        record: z.string(),
        figure: z.string().describe("as written in the case"),
        events: z.number(),
        of: z.number().describe("cases, or for a rate the time watched, in the case's unit of time"),
        later: z.number().int().describe("rows left out, known only once the evidence had begun"),
        undated: z.boolean().describe("whether the record does not say when its rows were known"),
      }),
    )
    .describe("unknowns that are posteriors of a record"),
  badRows: z.array(problemShape).describe("rows of the records that do not fit their columns, left out"),
});

export function testJson(findings: TestFindings, records: RecordFindings, provenance: Provenance): string {
  const { expectations } = findings;
  const count = (state: ExpectationFinding["state"]): number => expectations.filter((e) => e.state === state).length;
  return writeFinding(testShape, {
    provenance: { ...provenance, ...findings },
    passed: count("passed"),
    failed: count("failed"),
    undecided: count("too close to call") + count("not told"),
    expectations,
    records: records.tests,
    fed: records.fed,
    badRows: records.tables.flatMap((t) => t.problems.map((p) => ({ record: t.record, ...p }))),
  });
}
