/** Writes what `casus explain` and `casus flip` found as `casus/explain@1` and `casus/flip@1`, each from its one definition. */

import { z } from "zod";
import { builtInDocument, builtInShape, turningDocument, turningShape } from "./comparison-json.ts";
import type { ClaimHead, ExplainFindings, FlipFindings, TableHead, TargetHead } from "#analysis/carries/explain.ts";
import type { Discovered } from "#analysis/scenarios/discover.ts";
import type { JitterFinding } from "#analysis/scenarios/jitter.ts";
import type { Box } from "#analysis/scenarios/prim.ts";
import type { MarginFinding } from "#analysis/carries/table-margin.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { refusedText, uncountedText } from "../words/explain-words.ts";
import { figure, finite, provenanceDocument, provenanceShape, unitName, written } from "./json.ts";
import type { Provenance } from "../words/provenance.ts";

const targetShape = z.object({
  name: z.string(),
  kind: z.enum(["conclusion", "outcome"]),
  text: z.string().describe("in words"),
  statement: z.string().describe("as written in the case"),
  threshold: figure.describe("the margin that matters, in `unit`"),
  unit: z.string(),
  conditionedInside: z.boolean(),
});

export const marginShape = z.object({
  margin: figure.describe("in the target's unit; positive supports the statement"),
  se: figure,
  low: figure.describe("where the margin lies for all that the verdict rests on: the lower end"),
  high: figure.describe("the upper end"),
  worlds: z.union([z.number().int(), z.null()]).describe("of the runs that it is, or starts from"),
  verdict: z.enum(verdicts),
  effective: figure.describe("least effective number of patterns behind a figure"),
  refusal: z.union([z.string(), z.null()]),
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
  text: z.string(),
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
      margins: z.array(figure).length(3).describe("least, middle, greatest; in the target's unit"),
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
  notice: z.union([z.string(), z.null()]).describe("that, as a sentence; null where nothing has been seen"),
};

function beforeEvidenceDocument({ uncounted }: Pick<ExplainFindings, "uncounted">): {
  uncounted: string[];
  notice: string | null;
} {
  return { uncounted: [...uncounted], notice: uncounted.length === 0 ? null : uncountedText(uncounted) };
}

export const explainShape = z.object({
  schema: z.literal("casus/explain@1"),
  provenance: provenanceShape,
  target: targetShape,
  ...beforeEvidenceShape,
  game: z.enum(["removal", "assertion", "variance"]),
  views: z.array(
    z.object({
      view: z.string(),
      table: tableShape,
      claims: z.array(claimShape),
      builtIn: builtInShape,
      turning: turningShape,
      tried: z.number().int().describe("options of choices held fixed that were tried"),
      all: marginShape.describe("every claim at its credence (removal, variance), or asserted (assertion)"),
      none: marginShape.describe("every claim off (removal), or as believed (assertion, variance)"),
      method: z
        .enum(["exact", "path", "orders", "fit"])
        .describe("every pattern, Owen's path, random orders, or (variance) the fits of second order alone"),
      explained: figure.describe(
        "what the shares add up to: all − none, or (variance) the variance of the margin over the claims, in the target's unit squared",
      ),
      shares: z
        .array(
          z.object({
            claim: z.string(),
            share: figure.describe(
              "Shapley value, in the target's unit (variance: squared); they add up to `explained`",
            ),
            se: figure,
            rank: z
              .array(z.number().int())
              .length(2)
              .describe("least and greatest place by size, two errors either way"),
          }),
        )
        .describe("by falling size"),
      idle: z.array(z.string()).describe("claims without a say under this view"),
      pairs: z.array(z.object({ claims: z.array(z.string()).length(2), interaction: figure, se: figure })),
      gap: figure.describe("what the shares leave unexplained: rounding"),
      unknowns: z.union([
        z.object({
          worlds: z.number().int(),
          variance: figure.describe("of the expected margin over the unknowns, in the target's unit squared"),
          varianceSe: figure,
          indices: z.array(
            z.object({
              unknowns: z.array(z.string()),
              first: figure,
              firstSe: figure,
              total: figure,
              totalSe: figure,
            }),
          ),
        }),
        z.null(),
      ]),
    }),
  ),
  jitter: jitterShape.optional(),
});

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

export const flipShape = z.object({
  schema: z.literal("casus/flip@1"),
  provenance: provenanceShape,
  target: targetShape,
  ...beforeEvidenceShape,
  views: z.array(
    z.object({
      view: z.string(),
      table: tableShape,
      heads: z.array(claimShape),
      builtIn: builtInShape,
      turning: turningShape,
      tried: z.number().int().describe("options of choices held fixed that were tried"),
      now: marginShape,
      claims: z.array(
        z.object({
          claim: z.string(),
          credence: figure,
          off: figure.describe("margin when it is surely false"),
          on: figure.describe("margin when it is surely true"),
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
          how: z.enum(["root", "quadratic", "scan"]),
          thin: z.boolean(),
        }),
      ),
      pairs: z.array(
        z.object({
          claims: z.array(z.string()).length(2),
          curve: z.array(z.object({ first: z.number(), second: z.array(z.number()) })),
          margins: z
            .array(z.array(figure))
            .describe("by the first's credence, then the second's, in steps of a tenth; in the target's unit"),
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
            range: z
              .array(figure)
              .length(2)
              .describe("expected margin at its 5 % and 95 % points, in the target's unit"),
            se: figure,
          }),
        ),
        z.null(),
      ]),
    }),
  ),
  over: z.array(z.object({ view: z.string(), margin: marginShape })),
  scenarios: scenariosShape.optional(),
});

export function explainJson(
  f: ExplainFindings,
  provenance: Provenance,
  jitter: readonly JitterFinding[] | null = null,
): string {
  return written(explainDocument(f, provenance, jitter));
}

export function explainDocument(
  f: ExplainFindings,
  provenance: Provenance,
  jitter: readonly JitterFinding[] | null,
): z.infer<typeof explainShape> {
  const by = f.target.unit.factor;
  const shareBy = f.game === "variance" ? by * by : by;
  const document: z.infer<typeof explainShape> = {
    schema: "casus/explain@1",
    provenance: provenanceDocument(provenance, f),
    target: targetDocument(f.target),
    ...beforeEvidenceDocument(f),
    game: f.game,
    views: f.explained.map((e) => ({
      view: e.view,
      table: tableDocument(e.table),
      claims: e.claims.map(claimDocument),
      builtIn: builtInDocument(e.builtIn),
      turning: turningDocument(e.turning),
      tried: e.tried,
      all: marginDocument(e.found.all, by),
      none: marginDocument(e.found.none, by),
      method: e.found.method,
      explained: finite(e.found.explained / shareBy),
      shares: e.found.shares.map((s) => ({
        claim: s.claim,
        share: finite(s.share / shareBy),
        se: finite(s.se / shareBy),
        rank: [...s.rank],
      })),
      idle: [...e.found.idle],
      pairs: e.found.pairs.map((p) => ({
        claims: [...p.claims],
        interaction: finite(p.interaction / shareBy),
        se: finite(p.se / shareBy),
      })),
      gap: finite(e.found.gap / shareBy),
      unknowns:
        e.unknowns === null
          ? null
          : {
              worlds: e.unknowns.worlds,
              variance: finite(e.unknowns.sobol.variance / by / by),
              varianceSe: finite(e.unknowns.sobol.varianceError / by / by),
              indices: e.unknowns.sobol.indices.map((x) => ({
                unknowns: [...x.unknowns],
                first: finite(x.first),
                firstSe: finite(x.firstError),
                total: finite(x.total),
                totalSe: finite(x.totalError),
              })),
            },
    })),
  };
  return jitter === null ? document : { ...document, jitter: jitter.map((j) => jitterDocument(j, by)) };
}

export function flipJson(
  f: FlipFindings,
  provenance: Provenance,
  scenarios: readonly Discovered[] | null = null,
): string {
  return written(flipDocument(f, provenance, scenarios));
}

export function flipDocument(
  f: FlipFindings,
  provenance: Provenance,
  scenarios: readonly Discovered[] | null,
): z.infer<typeof flipShape> {
  const by = f.target.unit.factor;
  const document: z.infer<typeof flipShape> = {
    schema: "casus/flip@1",
    provenance: provenanceDocument(provenance, f),
    target: targetDocument(f.target),
    ...beforeEvidenceDocument(f),
    views: f.flipped.map((v) => ({
      view: v.view,
      table: tableDocument(v.table),
      heads: v.claims.map(claimDocument),
      builtIn: builtInDocument(v.builtIn),
      turning: turningDocument(v.turning),
      tried: v.tried,
      now: marginDocument(v.found.now, by),
      claims: v.found.claims.map((c) => ({
        claim: c.claim,
        credence: finite(c.credence),
        off: finite(c.off / by),
        on: finite(c.on / by),
        points: c.points.map((p) => ({ credence: p.credence, se: finite(p.se), holds: p.holds, jumps: p.jumps })),
        signs: [...c.signs],
        how: c.how,
        thin: c.thin,
      })),
      pairs: v.found.pairs.map((p) => ({
        claims: [...p.claims],
        curve: p.curve.map((c) => ({ first: c.first, second: [...c.second] })),
        margins: p.margins.map((row) => row.map((m) => finite(m / by))),
      })),
      set:
        v.found.set === null
          ? null
          : {
              claims: v.found.set.claims.map((c) => ({ ...c })),
              margin: marginDocument(v.found.set.margin, by),
              smallest: v.found.set.smallest,
            },
      untried: v.found.untried,
      unknowns:
        v.unknowns === null
          ? null
          : v.unknowns.map((u) => ({
              unknown: u.unknown,
              at: u.at.map((p) => ({
                value: finite(p.value),
                low: finite(p.low),
                high: finite(p.high),
                quantile: p.quantile,
              })),
              range: u.range.map((r) => finite(r / by)),
              se: finite(u.rangeError / by),
            })),
    })),
    over: f.over.map((o) => ({ view: o.view, margin: marginDocument(o.margin, by) })),
  };
  return scenarios === null ? document : { ...document, scenarios: scenarios.map(scenarioDocument) };
}

function jitterDocument(j: JitterFinding, by: number): z.infer<typeof jitterShape>[number] {
  return {
    view: j.view,
    variants: j.variants,
    varied: [...j.varied],
    verdicts: { ...j.verdicts },
    refused: j.refused,
    margins: j.margins.map((m) => finite(m / by)),
    ranks: j.ranks.map((r) => ({ ...r })),
  };
}

function scenarioDocument({ view, found, explained }: Discovered): z.infer<typeof scenariosShape>[number] {
  const box = (b: Box): z.infer<typeof boxShape> => ({ ...b, restrictions: b.restrictions.map((r) => ({ ...r })) });
  return {
    view,
    explained: finite(explained),
    cases: found.cases,
    failures: found.failures,
    chosen: box(found.chosen),
    trajectory: found.trajectory.map(box),
    reproduced: found.reproduced.map((r) => ({ ...r })),
    resamples: found.resamples,
    tree: found.tree.map((l) => ({ ...l, conditions: l.conditions.map((c) => ({ ...c })) })),
  };
}

function targetDocument(t: TargetHead): z.infer<typeof targetShape> {
  return {
    name: t.name,
    kind: t.kind,
    text: t.label,
    statement: t.text,
    threshold: finite(t.threshold / t.unit.factor),
    unit: unitName(t.unit.label),
    conditionedInside: t.givenIsInside,
  };
}

export function marginDocument(m: MarginFinding, by: number): z.infer<typeof marginShape> {
  return {
    margin: finite(m.margin / by),
    se: finite(m.se / by),
    low: finite(m.low / by),
    high: finite(m.high / by),
    worlds: m.worlds,
    verdict: m.verdict,
    effective: finite(m.effective),
    refusal: m.refusal === null ? null : refusedText(m.refusal),
    figures: m.figures.map((x) => ({ text: x.text, value: finite(x.value), se: finite(x.se) })),
  };
}

function tableDocument(t: TableHead): z.infer<typeof tableShape> {
  return { ...t };
}

function claimDocument(c: ClaimHead): z.infer<typeof claimShape> {
  return { name: c.name, text: c.label, side: c.side, passages: [...c.passages], credence: finite(c.credence) };
}
