/** Finds the claims and unknowns under which a conclusion fails, as boxes and as a tree. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { askedOf } from "#ensemble/table/build-table.ts";
import { claimDrawer } from "#ensemble/draws/claims.ts";
import { finalOf, job, merged, sampleOf } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { hasLuck } from "#ensemble/draws/luck.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { situationOf } from "#ensemble/situation.ts";
import { variance } from "#ensemble/statistics.ts";
import { makeColumn } from "#kernel/column.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { readBy } from "#ensemble/table/gates-read.ts";
import { scenarioWorlds } from "../carries/explain-cost.ts";
import type { Request } from "../findings/findings.ts";
import { linearForm } from "../carries/linear-form.ts";
import { scenarios, type Feature, type ScenarioFinding } from "./prim.ts";
import { regress } from "../options/regression.ts";

export interface Discovered {
  readonly view: string;
  readonly found: ScenarioFinding;
  /** Share of the margin's variance over runs that claims and unknowns account for; the rest is luck, and averaged out. 1 where there is none. */
  readonly explained: number;
  readonly runs: number;
}

/**
 * A belief fails the conclusion where the margin expected in it, luck averaged out by a regression on claims and unknowns, is below what matters. Throws
 * `Refused` for a margin that is no weighted sum of means: no single run has it.
 */
export async function discover(
  model: Model,
  name: string,
  view: string,
  request: Request,
  lab: Lab,
): Promise<Discovered> {
  const { comparison } = askedOf(model, name);
  const form = linearForm(comparison.margin, comparison.figures.length);
  if (form === null || comparison.figures.some((f) => f.given !== null || f.statistic === "quantile"))
    throw new Refused(`'${name}' is no weighted sum of means: no single belief has its margin`);
  const stand = standing(model, request.set);
  const situations = comparison.figures.map((f) => situationOf(model, f.intervention, stand));
  const jobs = merged(
    comparison.figures.map((f, i) => job(view, situations[i] as (typeof situations)[number], { finals: [f.of] })),
  );
  const samples = await runJobs(model, jobs, request.seed, request.worlds, lab);
  const margin = new Float64Array(request.worlds).fill(form.constant);
  comparison.figures.forEach((f, i) => {
    const values = finalOf(sampleOf(samples, view, situations[i] as (typeof situations)[number]), f.of);
    for (let w = 0; w < margin.length; w++)
      margin[w] = (margin[w] as number) + (form.weights[i] as number) * (values[w] as number);
  });
  const read = comparison.figures.map((f, i) => readBy(model, situations[i] as (typeof situations)[number], [f.of]));
  const features = featuresOf(
    model,
    view,
    request,
    new Set(read.flatMap((r) => r.claims)),
    new Set(read.flatMap((r) => r.unknowns)),
  );
  const { expected, explained } = expectedMargin(model, features, margin);
  const fails = Uint8Array.from(expected, (m) => (m < comparison.threshold ? 1 : 0));
  return { view, found: scenarios(features, fails, request.seed), explained, runs: jobs.length * request.worlds };
}

/** Each view asked for, with at least 1,000 worlds: fewer tell little of so many features. */
export async function discoverAll(
  model: Model,
  name: string,
  request: Request,
  lab: Lab,
): Promise<readonly Discovered[]> {
  const found: Discovered[] = [];
  for (const view of request.views)
    found.push(await discover(model, name, view, { ...request, worlds: scenarioWorlds(request) }, lab));
  return found;
}

function featuresOf(
  model: Model,
  view: string,
  request: Request,
  claims: ReadonlySet<string>,
  unknowns: ReadonlySet<string>,
): readonly Feature[] {
  const draw = claimDrawer(model, mindOf(model, view), {});
  const truths = Array.from({ length: request.worlds }, (_, w) => draw(request.seed, w));
  const gates = model.claims.flatMap((c, i): Feature[] => {
    const column = makeColumn(truths.length, (w) => truths[w]?.[i] as number);
    return claims.has(c.name) && variance(column) > 0 ? [{ name: c.name, kind: "truth", column }] : [];
  });
  const quantiles = model.unknowns
    .filter((u) => unknowns.has(u.name))
    .map((u): Feature => {
      const key = keyOf(`unknown ${u.name}`);
      const column = makeColumn(request.worlds, (w) => uniform(request.seed, key, w, 0));
      return { name: u.name, kind: "quantile", column };
    });
  return [...gates, ...quantiles];
}

function expectedMargin(
  model: Model,
  features: readonly Feature[],
  margin: Float64Array,
): { readonly expected: Float64Array; readonly explained: number } {
  if (!hasLuck(model)) return { expected: margin, explained: 1 };
  const rows = Array.from(margin, (_, w) => Float64Array.from([1, ...features.map((f) => f.column[w] as number)]));
  const fit = regress(rows, margin);
  const expected = Float64Array.from(rows, (row) =>
    row.reduce((s, x, a) => s + x * (fit.coefficients[a] as number), 0),
  );
  const whole = variance(margin);
  return { expected, explained: whole > 0 ? variance(expected) / whole : 1 };
}
