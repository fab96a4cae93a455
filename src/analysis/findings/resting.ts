/** Finds what carries several conclusions under each view, and which claim alone would turn each, from the table that `explain` and `flip` read. */

import { Refused } from "#text/refused.ts";
import type { Model } from "#model/model.ts";
import {
  askedOf,
  buildTable,
  planned,
  runsOfTable,
  runsToMake,
  type AskedTarget,
} from "#ensemble/table/build-table.ts";
import { checkRuns } from "#ensemble/cost.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { attribution, type AttributionFinding } from "../carries/attribution.ts";
import { targetHead, type TargetHead } from "../carries/explain.ts";
import { believeAlike, tableHead, tableRequest, usualTable, type TableHead } from "../carries/claims-table.ts";
import { answerComparisons } from "../answers/answer.ts";
import { builtInto, type BuiltIn } from "../answers/built-in.ts";
import { askingOf, type Request } from "./findings.ts";
import { claimFlips, type ClaimFlip } from "../carries/flips.ts";

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
 * Each of `names` under each view of the request that holds the same of the unknowns as the first; the others would need runs of their own, and are answerable as
 * left out, as is a conclusion that no table answers for. Rejects as `buildTable` does.
 */
export async function restingFindings(
  model: Model,
  names: readonly string[],
  request: Request,
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
  const answerable: AskedTarget[] = [];
  for (const name of names)
    try {
      const asked = askedOf(model, name);
      planned(model, [asked], stand);
      answerable.push(asked);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      leftOut.push({ what: `what “${labelOf(model, name)}” rests on`, why: error.message });
    }
  if (answerable.length === 0) return { resting: [], leftOut };
  const wanted = tableRequest({ model, view: first, asked: answerable, stand, request, options: usualTable });
  checkRuns(
    model,
    runsToMake(model, answerable, stand, wanted, lab),
    request.budget,
    "ask for fewer conclusions or worlds",
  );
  const table = await buildTable(model, answerable, stand, wanted, lab);
  const questions = answerable.flatMap(({ comparison }) => serves.map((view) => ({ comparison, view })));
  const { findings: answers } = await answerComparisons(model, questions, askingOf(request), lab);
  const resting = answerable.flatMap((asked, t) => {
    const head = tableHead(table, asked.name, runsOfTable(model, [asked], stand, wanted), false);
    return serves.map((view, v): Resting => {
      const mind = minds.get(view) ?? own;
      const answer = answers[t * serves.length + v] ?? null;
      const carried = attribution(table, asked.name, mind, "removal", answer);
      return {
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
      };
    });
  });
  return { resting, leftOut };
}

function labelOf(model: Model, name: string): string {
  return model.conclusions.find((c) => c.name === name)?.label ?? name;
}
