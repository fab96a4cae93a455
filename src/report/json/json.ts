/** What every `--json` document shares: its head, where it comes from, and the units of its figures. */

import { z } from "zod";
import type { Setup } from "#analysis/findings/findings.ts";
import { from, inUnitOf, scaled } from "./codec.ts";
import type { Provenance } from "../words/provenance.ts";

/** A number with all its digits; null where it is infinite or there is none (the mean of a word, the error of a single run). */
export const figure = z
  .union([z.number(), z.null()])
  .describe("a number with every digit, or null where there is no finite one");

/** A choice that is not gone through. */
export const heldShape = z.object({ choice: z.string(), option: z.string(), because: z.string() });

/** Options by choice. */
export const choicesShape = z.record(z.string(), z.string()).describe("by choice: the option it stands at");

/** What a document says of where its figures come from is written from both together. */
type Sourced = Provenance & Setup;

/** Where the figures come from: enough to make them again. Written from a `Sourced`. */
export const provenanceShape = z
  .object({
    case: z.string().describe("name of the case"),
    title: z.string(),
    hash: z.string().describe("SHA-256 of the case's text"),
    version: z.union([z.string(), z.null()]).describe("of the case"),
    modeller: z.union([z.string(), z.null()]),
    asOf: z.union([z.string(), z.null()]).describe("ISO date of what the case knew"),
    engine: z.string(),
    seed: from(({ request }: Sourced) => request.seed, z.number().int()),
    worlds: from(({ request }: Sourced) => request.worlds, z.number().int().describe("simulated runs of each profile")),
    untilSettled: from(
      ({ request }: Sourced) => request.untilSettled === true,
      z.boolean().describe("whether each verdict got as many more as settle it"),
    ),
    view: from(
      ({ request }: Sourced) => request.views[0] ?? "",
      z.string().describe("the view the figures are for, or the first of several"),
    ),
    views: z.array(z.object({ name: z.string(), label: z.string() })),
    set: from(({ request }: Sourced) => request.set, choicesShape),
    varied: from(
      ({ request }: Sourced) => request.vary,
      z.array(z.string()).describe("choices gone through although they have a default"),
    ),
    held: z.array(heldShape).describe("choices that are not gone through"),
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
    note: from(() => "statements about a model, not a forecast", z.string()),
  })
  .describe("where the figures come from");

/** What figures in base units are shown in: divided by `factor`. */
interface WithUnit {
  readonly unit: { readonly label: string; readonly factor: number };
}

/** The name of the unit of the object around. */
export const unitShape = from(({ unit }: WithUnit) => unitName(unit.label), z.string());

/** An object whose scaled figures are in a unit of its own. */
export function inOwnUnit<S extends z.ZodType>(schema: S): S {
  return inUnitOf(({ unit }: WithUnit) => unit.factor, schema);
}

/** The figures of an outcome, in its unit. */
export const summaryShape = z.object({
  unit: from(
    ({ unit }: WithUnit) => unitName(unit.label),
    z.string().describe("what the figures are in; a share is a fraction of 1"),
  ),
  mean: scaled(figure),
  se: scaled(figure.describe("standard error of the mean over simulated runs")),
  q05: scaled(figure),
  q25: scaled(figure),
  q50: scaled(figure),
  q75: scaled(figure),
  q95: scaled(figure),
  q05Se: scaled(figure.describe("standard error of the quantile over simulated runs, and so for the others")),
  q25Se: scaled(figure),
  q50Se: scaled(figure),
  q75Se: scaled(figure),
  q95Se: scaled(figure),
});

/** What a figure without a unit is in. */
export function unitName(label: string): string {
  return label === "" || label === "1" ? "number" : label;
}
