/** Writes what `casus explain` and `casus flip` found as `casus/explain@1` and `casus/flip@1`, each from its one definition. */

import { z } from "zod";
import { builtInShape, turningFields } from "./comparison-json.ts";
import type { ClaimHead, ExplainFindings, FlipFindings, TargetHead } from "#analysis/carries/explain.ts";
import type { FlippedClaim, PairFlip } from "#analysis/carries/flips.ts";
import type { SobolFinding, SobolIndex } from "#analysis/carries/sobol.ts";
import type { MarginFinding } from "#analysis/carries/table-margin.ts";
import type { UnknownThreshold } from "#analysis/carries/thresholds.ts";
import type { Discovered } from "#analysis/scenarios/discover.ts";
import type { JitterFinding } from "#analysis/scenarios/jitter.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { refusedText, uncountedText } from "../words/explain-words.ts";
import { from, inUnitOf, scaled, squaredWhere, writeFinding } from "./codec.ts";
import { figure, inOwnUnit, provenanceShape, unitShape } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const scaledFigure = scaled(figure);

const targetShape = inOwnUnit(
  z.object({
    name: z.string(),
    kind: z.enum(["conclusion", "outcome"]),
    text: from((t: TargetHead) => t.label, z.string().describe("in words")),
    statement: from((t: TargetHead) => t.text, z.string().describe("as written in the case")),
    threshold: scaled(figure.describe("the margin that matters, in `unit`")),
    unit: unitShape,
    conditionedInside: from((t: TargetHead) => t.givenIsInside, z.boolean()),
  }),
);

/** In the unit of the object around. */
export const marginShape = z.object({
  margin: scaled(figure.describe("in the target's unit; positive supports the statement")),
  se: scaledFigure,
  low: scaled(figure.describe("where the margin lies for all that the verdict rests on: the lower end")),
  high: scaled(figure.describe("the upper end")),
  worlds: z.union([z.number().int(), z.null()]).describe("of the runs that it is, or starts from"),
  verdict: z.enum(verdicts),
  effective: figure.describe("least effective number of patterns behind a figure"),
  refusal: from(
    ({ refusal }: MarginFinding) => (refusal === null ? null : refusedText(refusal)),
    z.union([z.string(), z.null()]),
  ),
  figures: z.array(z.object({ text: z.string(), value: figure, se: figure })).describe("in base units"),
});

const tableShape = z.object({
  kind: z.enum(["exact", "sampled"]),
  gates: z.number().int(),
  patterns: z.number().int(),
  worlds: z.number().int().describe("of each pattern"),
  runs: z.number().int(),
  reused: z.boolean(),
});

const claimShape = z.object({
  name: z.string(),
  text: from((c: ClaimHead) => c.label, z.string()),
  side: z.union([z.string(), z.null()]),
  passages: z.array(z.string()),
  credence: figure.describe("how far the view believes it; null where it has no say"),
});

const jitterShape = z
  .array(
    z.object({
      view: z.string(),
      variants: z.number().int(),
      varied: z.array(z.string()).describe("everything judged: each moved by up to twice or half, a share by its odds"),
      verdicts: z.record(z.string(), z.number().int()),
      refused: z.number().int(),
      margins: scaled(z.array(figure).length(3).describe("least, middle, greatest; in the target's unit")),
      ranks: z.array(
        z.object({
          claim: z.string(),
          leads: z.number().int(),
          amongThree: z.number().int(),
          positive: z.number().int(),
        }),
      ),
    }),
  )
  .describe("with --jitter: in how many variants of what is judged each verdict and rank holds");

/** What has been seen and is not counted. */
const beforeEvidenceShape = {
  uncounted: z
    .array(z.string())
    .describe(
      "observations that a view counts and that nothing here takes into account: the views are those before the evidence",
    ),
  notice: from(
    ({ uncounted }: Pick<ExplainFindings, "uncounted">) => (uncounted.length === 0 ? null : uncountedText(uncounted)),
    z.union([z.string(), z.null()]).describe("that, as a sentence; null where nothing has been seen"),
  ),
};

/** A view's shares are in the unit of the target; of the game of variances in its square. */
type ToldView = ExplainFindings["explained"][number] & Pick<ExplainFindings, "game">;
const isVariance = ({ game }: ToldView): boolean => game === "variance";
const isAlways = (): boolean => true;
const factorOfTarget = ({ target }: { readonly target: TargetHead }): number => target.unit.factor;

export const explainShape = inUnitOf(
  factorOfTarget,
  z.object({
    schema: z.literal("casus/explain@1"),
    provenance: provenanceShape,
    target: targetShape,
    ...beforeEvidenceShape,
    game: z.enum(["removal", "assertion", "variance"]),
    apart: z
      .array(
        z.object({
          claim: z.string(),
          isNamed: z.boolean().describe("the conclusion says that it follows from this claim"),
        }),
      )
      .describe("claims of the case that nothing reads which the target is worked out from, under no view"),
    views: from(
      ({ explained, game }: ExplainFindings): readonly ToldView[] => explained.map((e) => ({ ...e.found, ...e, game })),
      z.array(
        z.object({
          view: z.string(),
          table: tableShape,
          claims: z.array(claimShape),
          builtIn: builtInShape,
          ...turningFields,
          all: marginShape.describe("every claim at its credence (removal, variance), or asserted (assertion)"),
          none: marginShape.describe("every claim off (removal), or as believed (assertion, variance)"),
          method: z
            .enum(["exact", "path", "orders", "fit"])
            .describe("every pattern, Owen's path, random orders, or (variance) the fits of second order alone"),
          explained: squaredWhere(
            isVariance,
            scaled(
              figure.describe(
                "what the shares add up to: all − none, or (variance) the variance of the margin over the claims, in the target's unit squared",
              ),
            ),
          ),
          shares: squaredWhere(
            isVariance,
            z
              .array(
                z.object({
                  claim: z.string(),
                  share: scaled(
                    figure.describe(
                      "Shapley value, in the target's unit (variance: squared); they add up to `explained`",
                    ),
                  ),
                  se: scaledFigure,
                  rank: z
                    .array(z.number().int())
                    .length(2)
                    .describe("least and greatest place by size, two errors either way"),
                }),
              )
              .describe("by falling size"),
          ),
          idle: z.array(z.string()).describe("claims without a say under this view"),
          pairs: squaredWhere(
            isVariance,
            z.array(z.object({ claims: z.array(z.string()).length(2), interaction: scaledFigure, se: scaledFigure })),
          ),
          gap: squaredWhere(isVariance, scaled(figure.describe("what the shares leave unexplained: rounding"))),
          unknowns: from(
            ({ unknowns }: ToldView) => (unknowns === null ? null : { ...unknowns.sobol, ...unknowns }),
            z.union([
              z.object({
                worlds: z.number().int(),
                variance: squaredWhere(
                  isAlways,
                  scaled(figure.describe("of the expected margin over the unknowns, in the target's unit squared")),
                ),
                varianceSe: from((s: SobolFinding) => s.varianceError, squaredWhere(isAlways, scaledFigure)),
                indices: z.array(
                  z.object({
                    unknowns: z.array(z.string()),
                    first: figure,
                    firstSe: from((x: SobolIndex) => x.firstError, figure),
                    total: figure,
                    totalSe: from((x: SobolIndex) => x.totalError, figure),
                  }),
                ),
              }),
              z.null(),
            ]),
          ),
        }),
      ),
    ),
    jitter: jitterShape.optional(),
  }),
);

const boxShape = z.object({
  restrictions: z.array(
    z.object({
      feature: z.string(),
      kind: z.enum(["quantile", "truth"]),
      low: z.number(),
      high: z.number(),
      quasiP: figure,
    }),
  ),
  coverage: figure,
  density: figure,
  mass: figure,
});

/** Written from a view's `Discovered` with its scenarios. */
const scenariosShape = z
  .array(
    z.object({
      view: z.string(),
      explained: figure.describe("share of the margin's variance that is not luck, as the regression has it"),
      cases: z.number().int(),
      failures: z.number().int(),
      chosen: boxShape,
      trajectory: z.array(boxShape),
      reproduced: z.array(z.object({ feature: z.string(), times: z.number().int() })),
      resamples: z.number().int(),
      tree: z.array(
        z.object({
          conditions: z.array(
            z.object({
              feature: z.string(),
              kind: z.enum(["quantile", "truth"]),
              above: z.boolean(),
              at: z.number(),
            }),
          ),
          coverage: figure,
          density: figure,
        }),
      ),
    }),
  )
  .describe("with --scenarios: where the conclusion fails, by patient rule induction and by a tree");

export const flipShape = inUnitOf(
  factorOfTarget,
  z.object({
    schema: z.literal("casus/flip@1"),
    provenance: provenanceShape,
    target: targetShape,
    ...beforeEvidenceShape,
    views: from(
      (f: FlipFindings) => f.flipped.map((v) => ({ ...v.found, heads: v.claims, ...v, claims: v.found.claims })),
      z.array(
        z.object({
          view: z.string(),
          table: tableShape,
          heads: z.array(claimShape),
          builtIn: builtInShape,
          ...turningFields,
          now: marginShape,
          claims: z.array(
            z.object({
              claim: z.string(),
              credence: figure,
              off: scaled(figure.describe("margin when it is surely false")),
              offSe: from((c: FlippedClaim) => c.offError, scaledFigure),
              on: scaled(figure.describe("margin when it is surely true")),
              onSe: from((c: FlippedClaim) => c.onError, scaledFigure),
              points: z
                .array(
                  z.object({
                    credence: z.number(),
                    se: figure,
                    holds: z.enum(["above", "below"]),
                    jumps: z.boolean().describe("whether the margin jumps over what matters there"),
                  }),
                )
                .describe("where the margin crosses what matters; empty: it cannot flip the verdict alone"),
              signs: z.array(z.number()).describe("where the margin changes its sign"),
              signSe: from(
                (c: FlippedClaim) => c.signErrors,
                z.array(figure).describe("standard errors of these credences"),
              ),
              how: z.enum(["root", "quadratic", "scan"]),
              thin: z.boolean(),
            }),
          ),
          pairs: z.array(
            z.object({
              claims: z.array(z.string()).length(2),
              curve: z.array(
                z.object({
                  first: z.number(),
                  second: z.array(z.number()),
                  secondSe: from(
                    ({ errors }: PairFlip["curve"][number]) => errors,
                    z.array(figure).describe("standard errors of these credences"),
                  ),
                }),
              ),
              margins: scaled(
                z
                  .array(z.array(figure))
                  .describe("by the first's credence, then the second's, in steps of a tenth; in the target's unit"),
              ),
              marginsSe: from(
                ({ error }: PairFlip) => error,
                scaled(figure.describe("the largest standard error of the margins at the four corners")),
              ),
            }),
          ),
          set: z.union([
            z.object({
              claims: z.array(z.object({ claim: z.string(), to: z.boolean() })),
              margin: marginShape,
              smallest: z.boolean(),
            }),
            z.null(),
          ]),
          untried: z.number().int().describe("sets that could not be tried: too few patterns have them so"),
          unknowns: z.union([
            z.array(
              z.object({
                unknown: z.string(),
                at: z
                  .array(z.object({ value: figure, low: figure, high: figure, quantile: z.number() }))
                  .describe("in base units"),
                range: scaled(
                  z
                    .array(figure)
                    .length(2)
                    .describe("expected margin at its 5 % and 95 % points, in the target's unit"),
                ),
                rangeSe: from(
                  (u: UnknownThreshold) => u.rangeErrors,
                  scaled(z.array(figure).length(2).describe("their standard errors")),
                ),
              }),
            ),
            z.null(),
          ]),
        }),
      ),
    ),
    over: z.array(z.object({ view: z.string(), margin: marginShape })),
    scenarios: scenariosShape.optional(),
  }),
);

export function explainJson(
  f: ExplainFindings,
  provenance: Provenance,
  jitter: readonly JitterFinding[] | null = null,
): string {
  return writeFinding(explainShape, partsOfExplain(f, provenance, jitter));
}

/** What the document is written from. */
export function partsOfExplain(
  f: ExplainFindings,
  provenance: Provenance,
  jitter: readonly JitterFinding[] | null,
): object {
  return { ...f, provenance: { ...provenance, ...f }, jitter: jitter ?? undefined };
}

export function flipJson(
  f: FlipFindings,
  provenance: Provenance,
  scenarios: readonly Discovered[] | null = null,
): string {
  return writeFinding(flipShape, partsOfFlip(f, provenance, scenarios));
}

/** What the document is written from. */
export function partsOfFlip(f: FlipFindings, provenance: Provenance, scenarios: readonly Discovered[] | null): object {
  return {
    ...f,
    provenance: { ...provenance, ...f },
    scenarios: scenarios?.map((s) => ({ ...s.found, ...s })),
  };
}
