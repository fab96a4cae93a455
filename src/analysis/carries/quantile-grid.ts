/** Turns a statement over quantiles into one over chances of staying below fixed levels, which a table can answer. */

import { Refused } from "#text/refused.ts";
import type { Expression } from "#model/expression.ts";
import type { Figure, Model } from "#model/model.ts";
import type { AskedTarget } from "#ensemble/table/build-table.ts";
import { finalOf, job, merged, sampleOf } from "#ensemble/jobs.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { withMoved } from "#ensemble/moved-view.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { runJobs } from "#ensemble/runs.ts";
import { situationOf } from "#ensemble/situation.ts";
import { quantileOfSorted } from "#ensemble/statistics.ts";
import { linearForm } from "./linear-form.ts";

/** Levels between which a quantile is read along a line. */
const knots = 32;
/** Runs of each view, and of even odds, from which the levels are chosen. */
export const pilotWorlds = 512;

/** Whether any figure is a quantile. */
export function asksQuantiles({ comparison }: AskedTarget): boolean {
  return comparison.figures.some((f) => f.statistic === "quantile");
}

/** With each quantile as a mean: reads the same claims and unknowns, in the same settings. */
export function withoutQuantiles(asked: AskedTarget): AskedTarget {
  const figures = asked.comparison.figures.map((f): Figure =>
    f.statistic === "quantile" ? { ...f, statistic: "mean", level: null } : f,
  );
  return { ...asked, comparison: { ...asked.comparison, figures } };
}

/**
 * Each quantile at level p as x₁ + Σ (xₖ₊₁ − xₖ)·clamp((p − F(xₖ)) ÷ (F(xₖ₊₁) − F(xₖ)), 0, 1), F the chance of at most x: the inverse of F, straight between 32 levels x.
 * These come from a pilot under the views served and at even odds, and the level at which the statement turns is one of them wherever a single quantile decides: there
 * the quantile is at that level just where F is p, without any error of the line between two levels. Where nothing falls between two levels it jumps. Throws `Refused` for what takes but a few
 * values: there every quantile is a jump.
 */
export async function withQuantiles(
  model: Model,
  asked: AskedTarget,
  stand: Profile,
  request: { readonly views: readonly string[]; readonly seed: number },
  lab: Lab,
): Promise<AskedTarget> {
  if (!asksQuantiles(asked)) return asked;
  const levels = await levelsFor(model, asked, stand, request, lab);
  const figures: Figure[] = [];
  const instead = asked.comparison.figures.map((f, i): Expression => {
    const own = levels[i];
    if (own === undefined || own === null) {
      figures.push(f);
      return { op: "figure", index: figures.length - 1 };
    }
    const first = figures.length;
    for (const level of own)
      figures.push({
        ...f,
        statistic: "chance",
        level: null,
        of: binary("le", f.of, { op: "const", value: level }),
        unit: { label: "share", factor: 1 } as Figure["unit"],
        text: `chance(at most ${level / f.unit.factor}) of ${f.text}`,
      });
    return inverse(own, first, f.level ?? 0.5);
  });
  const margin = replaced(asked.comparison.margin, instead);
  return { ...asked, comparison: { ...asked.comparison, figures, margin } };
}

async function levelsFor(
  model: Model,
  { comparison }: AskedTarget,
  stand: Profile,
  { views, seed }: { readonly views: readonly string[]; readonly seed: number },
  lab: Lab,
): Promise<readonly (readonly number[] | null)[]> {
  const even = withMoved(model, {
    name: "even odds",
    label: "even odds",
    from: views[0] ?? "case",
    credences: Object.fromEntries(
      Object.entries(mindOf(model, views[0] ?? "case").credences).map(([c, rows]) => [
        c,
        rows.map(() => evenOdds(model, c)),
      ]),
    ),
    distributions: {},
  });
  const minds = [...views, "even odds"];
  const situations = comparison.figures.map((f) => situationOf(model, f.intervention, stand));
  const jobs = minds.flatMap((view) =>
    comparison.figures.flatMap((f, i) =>
      f.statistic === "quantile" ? [job(view, situations[i] as Situation, { finals: finalsOf(f) })] : [],
    ),
  );
  const samples = await runJobs(even, merged(jobs), seed, pilotWorlds, lab);
  return comparison.figures.map((f, i) => {
    if (f.statistic !== "quantile") return null;
    const values = minds.flatMap((view) => {
      const sample = sampleOf(samples, view, situations[i] as Situation);
      const of = finalOf(sample, f.of);
      const given = f.given === null ? null : finalOf(sample, f.given);
      return [...of].filter((_, w) => given === null || given[w] !== 0);
    });
    const sorted = Float64Array.from(values).toSorted();
    const distinct = new Set(sorted).size;
    if (distinct <= 2 * knots)
      throw new Refused(
        `${f.text}: it takes only ${distinct} values in ${sorted.length} runs, so that its quantile jumps from one to the next; ask for chance(… <= …) instead`,
      );
    const places = Array.from({ length: knots }, (_, k) => quantileOfSorted(sorted, k / (knots - 1)));
    const turning = turningLevels(comparison, i);
    return [...new Set([...places, ...turning, ...edgesOfGaps(sorted)])].toSorted((a, b) => a - b);
  });
}

/** The values of one figure at which the margin is what matters, and at which it is 0, where no other figure has a say. */
function turningLevels({ margin, threshold, figures }: AskedTarget["comparison"], figure: number): readonly number[] {
  const form = linearForm(margin, figures.length);
  const weight = form?.weights[figure] ?? 0;
  if (form === null || weight === 0 || form.weights.some((w, i) => i !== figure && w !== 0)) return [];
  return [threshold, 0].map((level) => (level - form.constant) / weight);
}

/** Both ends of the widest stretches in which nothing falls: there a quantile jumps. */
function edgesOfGaps(sorted: Float64Array): readonly number[] {
  const range = (sorted.at(-1) as number) - (sorted[0] as number);
  return Array.from(sorted.subarray(1), (x, i) => [sorted[i] as number, x] as const)
    .filter(([from, to]) => to - from > range / 50)
    .toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, mostGaps)
    .flat();
}

const mostGaps = 4;

type Situation = ReturnType<typeof situationOf>;

function finalsOf(f: Figure): readonly Expression[] {
  return f.given === null ? [f.of] : [f.of, f.given];
}

function evenOdds(model: Model, claim: string): number {
  const group = model.groups.find((g) => g.claims.includes(claim));
  return group === undefined ? 0.5 : 1 / (group.claims.length + (group.neither ? 1 : 0));
}

function inverse(levels: readonly number[], first: number, p: number): Expression {
  const chance = (k: number): Expression => ({ op: "figure", index: first + k });
  const constant = (value: number): Expression => ({ op: "const", value });
  return levels.slice(1).reduce<Expression>(
    (sum, level, k) => {
      const step = binary("max", binary("sub", chance(k + 1), chance(k)), constant(1e-9));
      const part = binary("div", binary("sub", constant(p), chance(k)), step);
      const within = binary("min", binary("max", part, constant(0)), constant(1));
      return binary("add", sum, binary("mul", constant(level - (levels[k] as number)), within));
    },
    constant(levels[0] as number),
  );
}

function binary(
  operator: Extract<Expression, { readonly op: "binary" }>["operator"],
  left: Expression,
  right: Expression,
): Expression {
  return { op: "binary", operator, left, right };
}

/** The arithmetic of a margin, each figure by what stands for it. */
function replaced(e: Expression, by: readonly Expression[]): Expression {
  switch (e.op) {
    case "figure":
      return by[e.index] ?? e;
    case "unary":
      return { ...e, operand: replaced(e.operand, by) };
    case "binary":
      return { ...e, left: replaced(e.left, by), right: replaced(e.right, by) };
    case "if":
      return {
        ...e,
        condition: replaced(e.condition, by),
        then: replaced(e.then, by),
        else: replaced(e.else, by),
      };
    default:
      return e;
  }
}
