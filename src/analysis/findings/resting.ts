/** Finds what carries several conclusions under each view, and which claim alone would turn each; one table of runs serves conclusions that read the same claims. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import { askedOf, buildTable, planned, runsOfTable, type AskedTarget } from "#ensemble/table/build-table.ts";
import { checkRuns } from "#ensemble/cost.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { attribution, type AttributionFinding } from "../carries/attribution.ts";
import { tableHead, targetHead, type TableHead, type TargetHead } from "../carries/explain.ts";
import { worldsOfTable, type TableOptions } from "../carries/explain-cost.ts";
import { answerComparisons } from "../answers/answer.ts";
import { builtInto, type BuiltIn } from "../answers/built-in.ts";
import { askingOf, type Request } from "./findings.ts";
import { claimFlips, type ClaimFlip } from "../carries/flips.ts";
import { believeAlike } from "../carries/page-table.ts";

/** One conclusion under one view. */
export interface Resting {
  readonly target: TargetHead;
  readonly view: string;
  readonly table: TableHead;
  readonly builtIn: BuiltIn | null;
  /** Of its pairs, the `mostPairs` that do most together. */
  readonly carried: AttributionFinding;
  /** Of each claim on its own, the strongest first; empty where `carried` is refused. */
  readonly turned: readonly ClaimFlip[];
}

/** What was not found, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** Pairs of claims that are kept. */
const mostPairs = 12;

/**
 * Each of `names` under each view of the request that holds the same of the unknowns as the first; the others would need runs of their own, and are told as
 * left out, as is a conclusion that no table answers for. Rejects as `buildTable` does.
 */
export async function restingFindings(
  model: Model,
  names: readonly string[],
  request: Request,
  options: TableOptions,
  lab: Lab,
): Promise<{ readonly resting: readonly Resting[]; readonly leftOut: readonly LeftOut[] }> {
  const [first = "case"] = request.views;
  const stand = standing(model, request.set);
  const minds = new Map(request.views.map((view) => [view, mindOf(model, view)]));
  const own = mindOf(model, first);
  const serves = request.views.filter((view) => believeAlike(minds.get(view) ?? own, own));
  const leftOut: LeftOut[] = request.views
    .filter((view) => !serves.includes(view))
    .map((view) => ({
      what: `what the conclusions rest on under “${minds.get(view)?.label ?? view}”`,
      why: `it holds other things of the unknowns than “${own.label}” and needs runs of its own: casus explain CASE CONCLUSION --view ${view}`,
    }));
  const groups = new Map<string, AskedTarget[]>();
  for (const name of names)
    try {
      const asked = askedOf(model, name);
      const key = gatesOf(model, asked, stand);
      groups.set(key, [...(groups.get(key) ?? []), asked]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      leftOut.push({ what: `what “${labelOf(model, name)}” rests on`, why: error.message });
    }
  const { patterns, exact } = options;
  const wanted = { view: first, serves, seed: request.seed, worlds: worldsOfTable(request, options), patterns, exact };
  const runs = [...groups.values()].reduce((n, group) => n + runsOfTable(model, group, stand, wanted), 0);
  checkRuns(model, runs, request.budget, "ask for fewer conclusions or worlds");
  const resting: Resting[] = [];
  for (const group of groups.values()) {
    const table = await buildTable(model, group, stand, wanted, lab);
    const head = tableHead(table, false);
    const questions = group.flatMap(({ name }) =>
      serves.map((view) => ({ comparison: comparisonOf(model, name), view })),
    );
    const { findings: answers } = await answerComparisons(model, questions, askingOf(request), lab);
    for (const [g, asked] of group.entries())
      for (const [v, view] of serves.entries()) {
        const mind = minds.get(view) ?? own;
        const answer = answers[g * serves.length + v] ?? null;
        const carried = attribution(table, asked.name, mind, "removal", answer);
        resting.push({
          target: targetHead(model, asked),
          view,
          table: head,
          builtIn: answer === null ? null : builtInto(model, asked.comparison, stand, answer),
          carried: { ...carried, pairs: carried.pairs.slice(0, mostPairs) },
          turned:
            carried.refusal === null
              ? claimFlips(table, asked.name, mind, answer).toSorted(
                  (a, b) => Math.abs(b.on - b.off) - Math.abs(a.on - a.off),
                )
              : [],
        });
      }
  }
  const place = (r: Resting): number => names.indexOf(r.target.name);
  return { resting: resting.toSorted((a, b) => place(a) - place(b)), leftOut };
}

/** The claims a conclusion's figures read, and those they set themselves: conclusions alike in both share a table without paying for each other's claims. */
function gatesOf(model: Model, asked: AskedTarget, stand: Readonly<Record<string, string>>): string {
  const { settings } = planned(model, [asked], stand);
  const gates = new Set(settings.flatMap((s) => s.readings.flatMap((r) => r.gates)));
  const pins = asked.comparison.figures.map((f) => JSON.stringify(f.intervention.claims));
  return `${[...gates].toSorted().join(" ")} | ${[...new Set(pins)].toSorted().join(" ")}`;
}

function comparisonOf(model: Model, name: string): AskedTarget["comparison"] {
  return askedOf(model, name).comparison;
}

function labelOf(model: Model, name: string): string {
  return model.conclusions.find((c) => c.name === name)?.label ?? name;
}
