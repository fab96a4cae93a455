/** What every `--json` document shares: its head, where it comes from, and how a number is written that is none. */

import { z } from "zod";
import type { Setup } from "#analysis/findings/findings.ts";
import type { Provenance } from "../words/provenance.ts";

/** A number with all its digits; null where it is infinite or there is none (the mean of a word, the error of a single run). */
export const figure = z
  .union([z.number(), z.null()])
  .describe("a number with every digit, or null where there is no finite one");

/** Options by choice. */
export const choicesShape = z.record(z.string(), z.string()).describe("by choice: the option it stands at");

/** Where the figures come from: enough to make them again. */
export const provenanceShape = z
  .object({
    case: z.string().describe("name of the case"),
    title: z.string(),
    hash: z.string().describe("SHA-256 of the case's text"),
    version: z.union([z.string(), z.null()]).describe("of the case"),
    modeller: z.union([z.string(), z.null()]),
    asOf: z.union([z.string(), z.null()]).describe("ISO date of what the case knew"),
    engine: z.string(),
    seed: z.number().int(),
    worlds: z.number().int().describe("simulated runs of each profile"),
    untilSettled: z.boolean().describe("whether each verdict got as many more as settle it"),
    view: z.string().describe("the view told, or the first of several"),
    views: z.array(z.object({ name: z.string(), label: z.string() })),
    set: choicesShape,
    varied: z.array(z.string()).describe("choices gone through although they have a default"),
    held: z
      .array(z.object({ choice: z.string(), option: z.string(), because: z.string() }))
      .describe("choices that are not gone through"),
    runs: z.number().int().describe("simulated runs in all"),
    sides: z
      .array(
        z.object({
          side: z.union([z.string(), z.null()]),
          claims: z.number().int(),
          gates: z.number().int().describe("claims that anything hangs on"),
          lines: z.number().int().describe("lines that hang on them"),
        }),
      )
      .describe("what the claims of each side switch"),
    leavesOut: z.array(z.string()),
    note: z.string(),
  })
  .describe("where the figures come from");

export type ProvenanceDocument = z.infer<typeof provenanceShape>;

export function provenanceDocument(p: Provenance, setup: Setup): ProvenanceDocument {
  const { request } = setup;
  return {
    case: p.case,
    title: p.title,
    hash: p.hash,
    version: p.version,
    modeller: p.modeller,
    asOf: p.asOf,
    engine: p.engine,
    seed: request.seed,
    worlds: request.worlds,
    untilSettled: request.untilSettled === true,
    view: request.views[0] ?? "",
    views: setup.views.map(({ name, label }) => ({ name, label })),
    set: { ...request.set },
    varied: [...request.vary],
    held: setup.held.map((h) => ({ choice: h.choice, option: h.option, because: h.because })),
    runs: setup.runs,
    sides: setup.sides.map((x) => ({ ...x })),
    leavesOut: [...p.leavesOut],
    note: "statements about a model, not a forecast",
  };
}

/** A figure of a comparison or of an outcome, told in its unit. */
export const summaryShape = z.object({
  unit: z.string().describe("what the figures are in; a share is a fraction of 1"),
  mean: figure,
  se: figure.describe("standard error of the mean over simulated runs"),
  q05: figure,
  q25: figure,
  q50: figure,
  q75: figure,
  q95: figure,
});

/** JSON knows no infinity: null instead. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A document as a file: two spaces, a line end. */
export function written(document: { readonly schema: string }): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What a figure without a unit is in. */
export function unitName(label: string): string {
  return label === "" || label === "1" ? "number" : label;
}
