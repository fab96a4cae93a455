/** Makes weighted rows from which any view over the claims learns without a further run. */

import { Refused } from "#text/refused.ts";
import { walk, type Expression } from "#model/expression.ts";
import type { Conclusion, Model } from "#model/model.ts";
import { pickColumn } from "#kernel/column.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { chanceOfGates, chanceOfTruths, truthsOf, type ClaimFrame } from "#ensemble/table/claim-law.ts";
import { checkBudget } from "#ensemble/cost.ts";
import { readBy } from "#ensemble/table/gates-read.ts";
import { finalOf, merged, sampleOf, type Sample } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf, ownView } from "#ensemble/draws/mind.ts";
import { standing, type Profile } from "#ensemble/profiles.ts";
import { logDensities, type ChanceUnder, type Proposal, type ProposalPart } from "#ensemble/draws/proposal.ts";
import { situationOf, type Situation } from "#ensemble/situation.ts";
import { evenLaw } from "#ensemble/table/table-design.ts";
import { frameOf } from "#ensemble/table/table.ts";
import { likelihoodsWithin } from "#evidence/likelihood-weights.ts";
import { effectiveSize, keptWithin, thinned } from "#evidence/weights.ts";
import { adaptedTo } from "./adapted.ts";
import { conditionedModel, holdingOf, logLikelihoods } from "./conditioned.ts";
import { jobsOfComparison } from "../figures/figures.ts";
import {
  appended,
  claimPrior,
  heldTo,
  rowsOf,
  runAbducted,
  runHeld,
  runToTheEnd,
  weighed,
  type Draw,
  type HeldRuns,
} from "./held-runs.ts";
import { courseOf, evidenceOf, observationOf, type Observation } from "./observed.ts";
import { packed, type Packed } from "./packed.ts";
import { believeAlike } from "../carries/claims-table.ts";

interface EvidenceRowsRequest {
  /** At least one; all must believe alike of the unknowns: see `viewsAlike`. */
  readonly views: readonly string[];
  readonly seed: number;
  /** Worlds in each round of a view's pilot; from four to sixteen times as many are thinned to `rows`. */
  readonly worlds: number;
  readonly rows: number;
  readonly set: Profile;
  readonly budget: number;
}

export const evidenceRowsDefaults = { worlds: 4000, rows: 1400 } as const;

/** Plain data, about 90 bytes a row in the first case. */
export interface EvidenceRows {
  readonly schema: "casus/evidence-rows@1";
  readonly frame: ClaimFrame;
  /** Whose distributions the unknowns were drawn from: right for minds that believe alike of them. */
  readonly view: string;
  /** Views that draws were made for. Others are served as far as these reach. */
  readonly serves: readonly string[];
  readonly evidence: readonly { readonly name: string; readonly label: string }[];
  readonly course: Situation;
  readonly motives: readonly string[];
  /** Simulated runs of the evidence that the rows were thinned from. */
  readonly runs: number;
  readonly rows: number;
  /** Claims that the evidence, an outcome or a conclusion reads, and motives. */
  readonly gates: readonly string[];
  readonly truths: readonly Packed[];
  /** By row: likelihood ÷ (density of its gates and unknowns × chance that it was kept), in no scale of its own. */
  readonly weights: readonly number[];
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly label: string;
    readonly unit: { readonly label: string; readonly factor: number };
    readonly isTruth: boolean;
    readonly values: Packed;
  }[];
  readonly conclusions: readonly {
    readonly conclusion: Pick<Conclusion, "name" | "label" | "comparison">;
    readonly figures: readonly { readonly of: Packed; readonly given: Packed | null }[];
  }[];
  /** Conclusions that pin a claim on which another's credence hangs: their rows would be drawn by another law than they are weighed by. */
  readonly leftOut: readonly string[];
}

/** Views in groups that one set of rows serves, in order of their first; those without evidence of their own choosing only. */
export function viewsAlike(model: Model, views: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const view of views) {
    const group = groups.find(([first]) => first !== undefined && isAlike(model, first, view));
    if (group === undefined) groups.push([view]);
    else group.push(view);
  }
  return groups;
}

function isAlike(model: Model, a: string, b: string): boolean {
  const counted = (view: string): string => JSON.stringify(evidenceOf(model, view, null).map((e) => e.name));
  return believeAlike(mindOf(model, a), mindOf(model, b)) && counted(a) === counted(b);
}

/** As `stretch` of learning: each round and the rows themselves meet worlds of their own. */
const stretch = 2 ** 26;
/** Of the worlds, for what no view holds. */
const evenShare = 0.15;
/** Of a view's worlds, for what a reader may move: each claim that far toward even odds. */
const looseShare = 0.4;
const looseness = 0.2;
/** Worlds are doubled until each view has so many effective ones. */
const amply = 600;
const mostFold = 16;
const rounds = 3;

/** Throws `Refused` for views that do not believe alike, `EvidenceConflict`, `OverBudget`. */
export async function evidenceRows(model: Model, request: EvidenceRowsRequest, lab: Lab): Promise<EvidenceRows> {
  const { views, seed, worlds, set } = request;
  const [view] = views;
  if (view === undefined || !views.every((v) => isAlike(model, view, v)))
    throw new Refused("rows serve views that believe alike of the unknowns and count the same evidence");
  const evidence = evidenceOf(model, view, null);
  const course = courseOf(model, evidence, set);
  const observations = evidence.map((e) => observationOf(model, e));
  const motives = model.claims.filter((c) => c.kinds.includes("motive")).map((c) => c.name);
  const { told, leftOut } = toldOf(model, view, views);
  const held = heldSet(model, view, course, observations);
  const stand = standing(model, set);
  const compared = merged(told.flatMap((c) => jobsOfComparison(model, c.comparison, view, stand)));
  checkBudget({ model, jobs: compared, worlds: request.rows, budget: request.budget });
  checkBudget({ model, jobs: held.jobs, worlds: (mostFold + rounds * views.length) * worlds, budget: request.budget });

  const proposal = await proposalFor({ model, evidenceRowsRequest: request, course, observations, motives, lab });
  const gates = gatesRead({ model, held, observations, told, motives, set });
  const frame = frameOf(model);
  const runMore = async (from: number, count: number): Promise<Sample> =>
    runHeld(held, view, { seed, worlds: Array.from({ length: count }, (_, i) => from + i), proposal }, lab);
  let sample = await runMore(0, 4 * worlds);
  const drawnFrom = (some: Sample): DrawnRows =>
    drawnRows({ model, sample: some, proposal: { seed, proposal }, observations, gates, motives, course });
  let drawn = drawnFrom(sample);
  let wanted = wantedBy({ model, views, course, gates, drawnRows: drawn, motives });
  while (wanted.least < amply && 2 * sample.runs <= mostFold * worlds) {
    sample = appended(sample, await runMore(sample.runs, sample.runs));
    drawn = drawnFrom(sample);
    wanted = wantedBy({ model, views, course, gates, drawnRows: drawn, motives });
  }
  const { base, claims } = drawn;
  const kept = thinned(wanted.of, request.rows, uniform(seed, keyOf("thinned rows"), 0, 0));
  const { rows } = kept;
  const draw: Draw = { seed, worlds: Array.from({ length: sample.runs }, (_, i) => i), proposal };
  const runs = await runAbducted(model, compared, observations, { sample, draw, rows }, lab);
  const { outcomes } = await runToTheEnd({ set: held, view, draw, rows, finals: [], lab });
  const pick = (column: Float64Array): Packed => packed(pickColumn(column, rows));
  const weights = rows.map((row, i) => (base[row] as number) * (kept.inverses[i] as number));
  const scale = Math.max(...weights);
  return {
    schema: "casus/evidence-rows@1",
    frame,
    view,
    serves: views,
    evidence: evidence.map(({ name, label }) => ({ name, label })),
    course,
    motives,
    runs: sample.runs,
    rows: rows.length,
    gates,
    truths: gates.map((g) => pick(claims[model.claims.findIndex((c) => c.name === g)] as Float64Array)),
    weights: weights.map((w) => Number((w / scale).toPrecision(6))),
    outcomes: model.outcomes.flatMap((o, i) =>
      o.categories !== null
        ? []
        : [
            {
              outcome: o.name,
              label: o.label,
              unit: { label: o.unit.label, factor: o.unit.factor },
              isTruth: o.isTruth,
              values: packed(outcomes[i] as Float64Array),
            },
          ],
    ),
    conclusions: told.map((c) => ({
      conclusion: { name: c.name, label: c.label, comparison: c.comparison },
      figures: c.comparison.figures.map((f) => {
        const seen = sampleOf(runs, view, situationOf(model, f.intervention, stand));
        return { of: packed(finalOf(seen, f.of)), given: f.given === null ? null : packed(finalOf(seen, f.given)) };
      }),
    })),
    leftOut,
  };
}

/** Rows as drawn: their claims, which motives are on, and the likelihood of what was seen over the density they were drawn with, the largest of each pattern of motives 1. */
interface DrawnRows {
  readonly claims: readonly Float64Array[];
  readonly strata: readonly string[];
  readonly base: Float64Array;
}

interface DrawnRowsInput {
  readonly model: Model;
  readonly sample: Sample;
  readonly proposal: { readonly seed: number; readonly proposal: Proposal };
  readonly observations: readonly Observation[];
  readonly gates: readonly string[];
  readonly motives: readonly string[];
  readonly course: Situation;
}

function drawnRows({
  model,
  sample,
  proposal: { seed, proposal },
  observations,
  gates,
  motives,
  course,
}: DrawnRowsInput): DrawnRows {
  const frame = frameOf(model);
  const claims = model.claims.map((c) => finalOf(sample, { op: "claim", name: c.name }));
  const worlds = Array.from({ length: sample.runs }, (_, i) => i);
  const under: ChanceUnder = (beliefs) => chanceOfGates(frame, beliefs, gates, course.claims);
  const densities = logDensities(under, proposal, seed, worlds, claims);
  const logs = logLikelihoods(model, observations, holdingOf(observations), sample);
  const relative = logs.map((l, i) => l - (densities[i] as number));
  const strata = truthsOf(motives.map((m) => claims[model.claims.findIndex((c) => c.name === m)] as Float64Array));
  return { claims, strata, base: likelihoodsWithin(relative, strata) };
}

function heldSet(model: Model, view: string, course: Situation, observations: readonly Observation[]): HeldRuns {
  const kept: readonly Expression[] = model.claims.map((c) => ({ op: "claim", name: c.name }));
  const held = heldTo(model, view, course, observations, kept);
  const set = held.sets.find((s) => s.key === held.subsets[0]?.key);
  if (set === undefined) throw new Error("nothing was planned");
  return set;
}

/** Conclusions that are told under the views, less those that rows cannot tell. */
function toldOf(
  model: Model,
  view: string,
  views: readonly string[],
): { readonly told: readonly Conclusion[]; readonly leftOut: readonly string[] } {
  const asked = model.conclusions.filter((c) => c.under.length === 0 || c.under.includes(view));
  const given = new Set<string>();
  for (const v of [ownView, ...views])
    for (const row of Object.values(mindOf(model, v).credences).flat())
      if (row.given !== null) walk(row.given, (e) => e.op === "claim" && given.add(e.name));
  const isDerived = (c: Conclusion): boolean =>
    c.comparison.figures.some((f) => Object.keys(f.intervention.claims).some((claim) => given.has(claim)));
  return { told: asked.filter((c) => !isDerived(c)), leftOut: asked.filter(isDerived).map((c) => c.name) };
}

interface ProposalForInput {
  readonly model: Model;
  readonly evidenceRowsRequest: EvidenceRowsRequest;
  readonly course: Situation;
  readonly observations: readonly Observation[];
  readonly motives: readonly string[];
  readonly lab: Lab;
}

/** Each view adapted to what was seen, in equal shares, and even odds under the first one's tilts. */
async function proposalFor({
  model,
  evidenceRowsRequest: { views, seed, worlds },
  course,
  observations,
  motives,
  lab,
}: ProposalForInput): Promise<Proposal> {
  const parts: ProposalPart[] = [];
  const even = evenLaw(frameOf(model)).credences;
  // Views that believe the same are one.
  const distinct = [...new Map(views.map((v) => [JSON.stringify(mindOf(model, v).credences), v])).values()];
  for (const [v, view] of distinct.entries()) {
    const set = heldSet(model, view, course, observations);
    const prior = claimPrior(model, view, course.claims, motives);
    let proposal: Proposal | null = null;
    for (let round = 0; round < rounds; round++) {
      const first = (1 + v * rounds + round) * stretch;
      const draw: Draw = { seed, worlds: Array.from({ length: worlds }, (_, i) => first + i), proposal };
      const sample = await runHeld(set, view, draw, lab);
      const rows = weighed(observations, rowsOf({ model, view, pins: course.claims, motives, prior }, sample, draw));
      if (rows.effective > 0) proposal = adaptedTo(model, view, rows, draw);
    }
    const [own, leaning] = proposal ?? [];
    if (own === undefined || leaning === undefined) continue;
    const each = (1 - evenShare) / distinct.length;
    parts.push(
      { ...own, share: each * own.share },
      { ...leaning, share: each * (leaning.share - looseShare) },
      { ...leaning, credences: loosened(leaning.credences, even), share: each * looseShare },
    );
  }
  const ownEven: ProposalPart = { share: evenShare, credences: even, tilts: parts.at(1)?.tilts ?? {} };
  const whole = [...parts, ownEven];
  const total = whole.reduce((n, p) => n + p.share, 0);
  return whole.map((p) => ({ ...p, share: p.share / total }));
}

/** Each claim on its own a part of the way to even odds; rivals and claims that hang on others as they were. */
function loosened(credences: ProposalPart["credences"], even: ProposalPart["credences"]): ProposalPart["credences"] {
  return Object.fromEntries(
    Object.entries(credences).map(([claim, rows]) => [
      claim,
      rows.map((row) => {
        const to = even[claim]?.[0]?.credence ?? 0.5;
        return row.given !== null || to !== 0.5
          ? row
          : { ...row, credence: (1 - looseness) * row.credence + looseness * to };
      }),
    ]),
  );
}

interface GatesReadInput {
  readonly model: Model;
  readonly held: HeldRuns;
  readonly observations: readonly Observation[];
  readonly told: readonly Conclusion[];
  readonly motives: readonly string[];
  readonly set: Profile;
}

function gatesRead({ model, held, observations, told, motives, set }: GatesReadInput): readonly string[] {
  const stand = standing(model, set);
  const seen = (held.jobs[0]?.finals ?? []).filter((e) => e.op !== "claim");
  const outcomes = model.outcomes.map((o): Expression => ({ op: "outcome", name: o.name }));
  const found = new Set([
    ...motives,
    ...readBy(conditionedModel(held.model, held.holding), held.situation, [...seen, ...outcomes]).claims,
    ...observations.flatMap((o) => Object.keys(o.evidence.intervention.claims)),
    ...told.flatMap((c) =>
      c.comparison.figures.flatMap((f) => [
        ...readBy(model, situationOf(model, f.intervention, stand), f.given === null ? [f.of] : [f.of, f.given]).claims,
      ]),
    ),
  ]);
  return model.claims.filter((c) => found.has(c.name)).map((c) => c.name);
}

interface WantedByInput {
  readonly model: Model;
  readonly views: readonly string[];
  readonly course: Situation;
  readonly gates: readonly string[];
  readonly drawnRows: DrawnRows;
  readonly motives: readonly string[];
}

/** By row, the sum over views, and even odds, of the part of its posterior that it carries; and the least effective number of rows that one of them has. */
function wantedBy({ model, views, course, gates, drawnRows: { claims, strata, base }, motives }: WantedByInput): {
  readonly of: Float64Array;
  readonly least: number;
} {
  const frame = frameOf(model);
  const out = new Float64Array(base.length);
  let least = Infinity;
  for (const beliefs of [...views.map((v) => mindOf(model, v)), evenLaw(frame)]) {
    const under = chanceOfGates(frame, beliefs, gates, course.claims)(claims, base.length);
    const ofMotives = chanceOfTruths(frame, beliefs, motives, course.claims);
    const weights = base.map((b, w) => (b === 0 ? 0 : b * (under[w] as number)));
    const kept = motives.length === 0 ? weights : keptWithin(weights, strata, ofMotives).of;
    const total = kept.reduce((a, b) => a + b, 0);
    least = Math.min(least, effectiveSize(kept));
    if (total > 0) kept.forEach((k, w) => (out[w] = (out[w] as number) + k / total));
  }
  return { of: out, least };
}
