/** Writes what `casus compare` found as `casus/compare@1`, from its one definition. */

import { z } from "zod";
import type { CompareFindings } from "#analysis/options/compare.ts";
import { choicesShape, figure, finite, provenanceDocument, provenanceShape, unitName, written } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const pairShape = z.object({ mean: figure, se: figure });
const worthShape = z.object({ name: z.string(), worth: figure, se: figure });

export const compareShape = z.object({
  schema: z.literal("casus/compare@1"),
  provenance: provenanceShape,
  compared: z.array(z.string()).describe("choices gone through"),
  options: z.array(z.object({ name: z.string(), choices: choicesShape })),
  actor: z.union([z.object({ name: z.string(), unit: z.string() }), z.null()]).describe("whose values are counted"),
  enough: figure.describe("utility from which on an option is good enough"),
  views: z.array(
    z.object({
      view: z.string(),
      options: z.array(
        z.object({
          outcomes: z.record(
            z.string(),
            z.object({
              unit: z.string(),
              mean: figure,
              se: figure,
              difference: z.union([pairShape, z.null()]).describe("from the first option, over the same worlds"),
            }),
          ),
          worth: z.union([
            z.object({
              mean: figure,
              se: figure,
              behind: pairShape.describe("less the best option's"),
              regret: z.object({ mean: figure, q90: figure, max: figure, best: figure, satisficing: figure }),
            }),
            z.null(),
          ]),
        }),
      ),
      best: z.union([z.string(), z.null()]),
      explained: z.array(figure).describe("share of each utility's variance the regression over beliefs takes up"),
      worthOfKnowing: z.union([
        z.object({
          everything: figure,
          exactClaims: z.boolean(),
          claims: z.array(worthShape),
          unknowns: z.array(worthShape),
        }),
        z.null(),
      ]),
    }),
  ),
  dominated: z.array(z.union([z.string(), z.null()])).describe("by option: one that is better under every view"),
});

export function compareJson(f: CompareFindings, provenance: Provenance): string {
  const by = f.actor?.factor ?? 1;
  const shown = (x: number): number | null => finite(x / by);
  const nameOf = (option: number | null): string | null => (option === null ? null : (f.options[option]?.name ?? null));
  const document: z.infer<typeof compareShape> = {
    schema: "casus/compare@1",
    provenance: provenanceDocument(provenance, f),
    compared: f.compared.map((c) => c.name),
    options: f.options.map((o) => ({ name: o.name, choices: { ...o.choices } })),
    actor: f.actor === null ? null : { name: f.actor.name, unit: unitName(f.actor.unit) },
    enough: f.actor === null ? null : shown(f.enough),
    views: f.byView.map((v) => ({
      view: v.view,
      options: f.options.map((_, i) => ({
        outcomes: Object.fromEntries(
          f.outcomes.flatMap((head, k) => {
            const o = v.outcomes[i]?.outcomes[k];
            if (o === undefined || head.kind === "category") return [];
            const apart = v.outcomes[i]?.differences[k] ?? null;
            const { factor, label } = head.unit;
            return [
              [
                head.name,
                {
                  unit: unitName(label),
                  mean: finite(o.summary.mean / factor),
                  se: finite(o.summary.se / factor),
                  difference:
                    apart === null ? null : { mean: finite(apart.mean / factor), se: finite(apart.se / factor) },
                },
              ] as const,
            ];
          }),
        ),
        worth: worthDocument(v.worth?.[i] ?? null, shown),
      })),
      best: nameOf(v.best),
      explained: v.explained.map(finite),
      worthOfKnowing:
        v.worthOfKnowing === null
          ? null
          : {
              everything: shown(v.worthOfKnowing.everything),
              exactClaims: v.worthOfKnowing.exactClaims,
              claims: v.worthOfKnowing.claims.map((w) => ({ name: w.name, worth: shown(w.worth), se: shown(w.se) })),
              unknowns: v.worthOfKnowing.unknowns.map((w) => ({
                name: w.name,
                worth: shown(w.worth),
                se: shown(w.se),
              })),
            },
    })),
    dominated: f.dominated.map(nameOf),
  };
  return written(document);
}

type WorthDocument = z.infer<typeof compareShape>["views"][number]["options"][number]["worth"];

function worthDocument(
  w: NonNullable<CompareFindings["byView"][number]["worth"]>[number] | null,
  shown: (x: number) => number | null,
): WorthDocument {
  if (w === null) return null;
  const { regret } = w;
  return {
    mean: shown(w.mean),
    se: shown(w.se),
    behind: { mean: shown(w.behind.mean), se: shown(w.behind.se) },
    regret: {
      mean: shown(regret.mean),
      q90: shown(regret.q90),
      max: shown(regret.max),
      best: finite(regret.best),
      satisficing: finite(regret.satisficing),
    },
  };
}
