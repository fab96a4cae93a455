/** What `casus compare` found as `casus/compare@1`: one definition, from which both its JSON Schema and its documents are made. */

import { z } from "zod";
import type { CompareFindings, ViewCompared } from "#analysis/options/compare.ts";
import type { Regret } from "#analysis/options/regret.ts";
import { from, inUnitOf, scaled, writeFinding } from "./codec.ts";
import { choicesShape, figure, provenanceShape, unitName } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

/** What is made from an object that says what its figures are divided by. */
interface Scaled {
  readonly factor: number;
}

const factorOf = (x: Scaled): number => x.factor;
const scaledFigure = scaled(figure);
const pairShape = z.object({ mean: scaledFigure, se: scaledFigure });
const worthShape = z.object({ name: z.string(), worth: scaledFigure, se: scaledFigure });

export const compareShape = inUnitOf(
  factorOf,
  z.object({
    schema: z.literal("casus/compare@1"),
    provenance: provenanceShape,
    compared: z.array(z.string()).describe("choices gone through"),
    options: z.array(z.object({ name: z.string(), choices: choicesShape })),
    actor: z.union([z.object({ name: z.string(), unit: z.string() }), z.null()]).describe("whose values are counted"),
    enough: scaled(figure.describe("utility from which on an option is good enough")),
    views: z.array(
      z.object({
        view: z.string(),
        options: z.array(
          z.object({
            outcomes: z.record(
              z.string(),
              inUnitOf(
                factorOf,
                z.object({
                  unit: z.string(),
                  mean: scaledFigure,
                  se: scaledFigure,
                  difference: z.union([pairShape, z.null()]).describe("from the first option, over the same worlds"),
                }),
              ),
            ),
            worth: z.union([
              z.object({
                mean: scaledFigure,
                se: scaledFigure,
                behind: pairShape.describe("less the best option's"),
                regret: z.object({
                  mean: scaledFigure,
                  meanSe: from((r: Regret) => r.meanError, scaledFigure),
                  q90: scaledFigure,
                  q90Se: from((r: Regret) => r.q90Error, scaledFigure),
                  max: scaled(figure.describe("of the beliefs drawn: more of them can only raise it")),
                  best: figure,
                  bestSe: from((r: Regret) => r.bestError, figure),
                  satisficing: figure,
                  satisficingSe: from((r: Regret) => r.satisficingError, figure),
                }),
              }),
              z.null(),
            ]),
          }),
        ),
        best: z.union([z.string(), z.null()]),
        explained: z.array(figure).describe("share of each utility's variance the regression over beliefs takes up"),
        worthOfKnowing: z.union([
          z.object({
            everything: z.object({ worth: scaledFigure, se: scaledFigure }),
            exactClaims: z.boolean(),
            claims: z.array(worthShape),
            unknowns: z.array(worthShape),
          }),
          z.null(),
        ]),
      }),
    ),
    dominated: z.array(z.union([z.string(), z.null()])).describe("by option: one that is better under every view"),
  }),
);

export function compareJson(f: CompareFindings, provenance: Provenance): string {
  const nameOf = (option: number | null): string | null => (option === null ? null : (f.options[option]?.name ?? null));
  return writeFinding(compareShape, {
    factor: f.actor?.factor ?? 1,
    provenance: { ...provenance, ...f },
    compared: f.compared.map((c) => c.name),
    options: f.options,
    actor: f.actor === null ? null : { name: f.actor.name, unit: unitName(f.actor.unit) },
    enough: f.actor === null ? null : f.enough,
    views: f.byView.map((v) => ({
      ...v,
      options: f.options.map((_, i) => ({ outcomes: outcomesOf(f, v, i), worth: v.worth?.[i] ?? null })),
      best: nameOf(v.best),
    })),
    dominated: f.dominated.map(nameOf),
  });
}

/** Outcomes of one option by name, words left out: they have no mean. */
function outcomesOf(f: CompareFindings, v: ViewCompared, option: number): Readonly<Record<string, Scaled>> {
  return Object.fromEntries(
    f.outcomes.flatMap(({ name, kind, unit }, k) => {
      const found = v.outcomes[option]?.outcomes[k];
      if (found === undefined || kind === "category") return [];
      const { mean, se } = found.summary;
      const difference = v.outcomes[option]?.differences[k] ?? null;
      return [[name, { factor: unit.factor, unit: unitName(unit.label), mean, se, difference }]];
    }),
  );
}
