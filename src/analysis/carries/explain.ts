/** Explains a conclusion or an outcome under each view: what carries it, what would reverse it, and which unknowns matter. */

import type { Model } from "#model/model.ts";
import {
  askedOf,
  buildTable,
  runsOfTable,
  runsToMake,
  type AskedTarget,
  type TableRequest,
} from "#ensemble/table/build-table.ts";
import { locatorText } from "#model/locator.ts";
import { onceFor, type Lab } from "#ensemble/work/lab.ts";
import { mindOf, type Mind } from "#ensemble/draws/mind.ts";
import { countedLabels } from "../record/observed.ts";
import { standing } from "#ensemble/profiles.ts";
import { gatesOf, targetOf, type Table } from "#ensemble/table/table.ts";
import { attribution, type AttributionFinding, type ExplainGame } from "./attribution.ts";
import { checkExplained } from "./explain-cost.ts";
import { tableHead, tablesOfRequest, type TableHead, type TableOptions } from "./claims-table.ts";
import { credenceOf, flips, type FlipFinding } from "./flips.ts";
import { answerComparisons } from "../answers/answer.ts";
import { marginOfAnswer } from "../answers/anchor.ts";
import { builtInto, type BuiltIn } from "../answers/built-in.ts";
import { notTried, type Turning } from "../answers/turning.ts";
import { turningOptions } from "../answers/turning-options.ts";
import { judgeComparison, type ComparisonFinding } from "../figures/figures.ts";
import { askingOf, setupOf, type Request, type Setup } from "../findings/findings.ts";
import { withQuantiles } from "./quantile-grid.ts";
import { sobolIndices, type SobolFinding } from "./sobol.ts";
import { marginAt, type MarginFinding } from "./table-margin.ts";
import { thresholds, type UnknownThreshold } from "./thresholds.ts";
import { unknownSample, type SampleRequest, type UnknownSample } from "./unknown-sample.ts";

/** Finds a table made before, and keeps one that was made; for whoever has a place for files. */
export interface TableShelf {
  readonly find: (request: TableRequest, asked: AskedTarget) => Table | null;
  readonly keep: (request: TableRequest, asked: AskedTarget, table: Table) => void;
  /** The same for what the unknowns do. */
  readonly findSample: (request: SampleRequest, asked: AskedTarget) => UnknownSample | null;
  readonly keepSample: (request: SampleRequest, asked: AskedTarget, sample: UnknownSample) => void;
}

export const noShelf: TableShelf = {
  find: () => null,
  keep: () => {},
  findSample: () => null,
  keepSample: () => {},
};

export interface ClaimHead {
  readonly name: string;
  readonly label: string;
  readonly side: string | null;
  /** `article ¶9 s1`. */
  readonly passages: readonly string[];
  /** How far the view believes it. */
  readonly credence: number;
}

export interface TargetHead {
  readonly name: string;
  readonly label: string;
  readonly kind: AskedTarget["kind"];
  /** As written. */
  readonly text: string;
  readonly threshold: number;
  readonly unit: { readonly label: string; readonly factor: number };
  readonly givenIsInside: boolean;
}

export interface UnknownsFinding {
  readonly worlds: number;
  readonly sobol: SobolFinding;
}

/** What stands beside the finding of a conclusion. */
interface ConclusionContext extends Turning {
  readonly builtIn: BuiltIn | null;
}

export interface ViewExplained extends ViewHead, ConclusionContext {
  readonly found: AttributionFinding;
  readonly unknowns: UnknownsFinding | null;
}

/** What `explain` found: for each view, what every claim contributes (Shapley values) and how much each unknown matters (Sobol indices). The margin is in base units. */
export interface ExplainFindings extends Setup {
  readonly target: TargetHead;
  /** Observations that a view counts and that nothing here takes into account: only learning does. */
  readonly uncounted: readonly string[];
  readonly game: ExplainGame;
  readonly views: Setup["views"];
  readonly explained: readonly ViewExplained[];
  /** Claims of the case that nothing reads which the target is worked out from, under no view; `isNamed`: the conclusion says that it follows from them. */
  readonly apart: readonly { readonly claim: string; readonly isNamed: boolean }[];
  /** The sides whose claims the conclusion says that it follows from; null for claims of no named side. */
  readonly ownSides: readonly (string | null)[];
}

interface ExplainFindingsInput {
  readonly model: Model;
  readonly name: string;
  readonly request: Request;
  readonly game: ExplainGame;
  readonly options: TableOptions;
  readonly lab: Lab;
  readonly shelf?: TableShelf | undefined;
}

/** All that `casus explain` tells. Throws `Refused` for a target that is no margin over means; rejects with `OverBudget` before the first run. */
export async function explainFindings({
  model,
  name,
  request,
  game,
  options,
  lab,
  shelf = noShelf,
}: ExplainFindingsInput): Promise<ExplainFindings> {
  const asked = askedOf(model, name);
  const { told, runs } = await byView({
    model,
    target: asked,
    request,
    options,
    lab,
    shelf,
    read: (table, mind, sample, answer) => ({
      found: attribution(table, name, mind, game, answer),
      unknowns: sample === null ? null : { worlds: sample.a1.length, sobol: sobolIndices(sample) },
    }),
  });
  return {
    ...setupOf(model, request, runs),
    target: targetHead(model, asked),
    uncounted: countedLabels(model, request.views),
    game,
    explained: told,
    apart: claimsApart(model, name, told),
    ownSides: [...new Set(model.claims.filter((c) => namedIn(model, name).includes(c.name)).map((c) => c.side))],
  };
}

/** The claims that a conclusion says it follows from. */
function namedIn(model: Model, conclusion: string): readonly string[] {
  return model.conclusions.find((c) => c.name === conclusion)?.of ?? [];
}

/** None where a view has no answer: what that would hang on is not known. */
function claimsApart(model: Model, name: string, explained: readonly ViewExplained[]): ExplainFindings["apart"] {
  if (explained.some(({ found }) => found.refusal !== null)) return [];
  const read = new Set(explained.flatMap(({ found }) => [...found.shares.map((s) => s.claim), ...found.idle]));
  const named = namedIn(model, name);
  return model.claims.filter((c) => !read.has(c.name)).map((c) => ({ claim: c.name, isNamed: named.includes(c.name) }));
}

export interface ViewFlips extends ViewHead, ConclusionContext {
  readonly found: FlipFinding;
  /** Null where they were left out. */
  readonly unknowns: readonly UnknownThreshold[] | null;
}

/** What `flip` found: for each view, the credences, sets of claims and values of unknowns at which the verdict turns; and the verdict under each other view. */
export interface FlipFindings extends Setup {
  readonly target: TargetHead;
  /** As in `ExplainFindings`. */
  readonly uncounted: readonly string[];
  readonly flipped: readonly ViewFlips[];
  /** The verdict under each view asked for and each that shares its distributions. */
  readonly over: readonly { readonly view: string; readonly label: string; readonly margin: MarginFinding }[];
}

interface FlipFindingsInput {
  readonly model: Model;
  readonly name: string;
  readonly request: Request;
  readonly options: TableOptions;
  readonly lab: Lab;
  readonly shelf?: TableShelf | undefined;
}

/** All that `casus flip` tells. Throws as `explainFindings` does. */
export async function flipFindings({
  model,
  name,
  request,
  options,
  lab,
  shelf = noShelf,
}: FlipFindingsInput): Promise<FlipFindings> {
  const asked = askedOf(model, name);
  const { told, tables, answers, runs } = await byView({
    model,
    target: asked,
    request,
    options,
    lab,
    shelf,
    read: (table, mind, sample, answer) => ({
      found: flips(table, name, mind, answer),
      unknowns: sample === null ? null : thresholds(model, mind.name, request.seed, sample, asked.comparison.threshold),
    }),
  });
  const over = tables.map(({ view, table }) => {
    const mind = mindOf(model, view);
    const answer = answers.get(view);
    const effective = marginAt(table, name, mind).effective;
    return {
      view,
      label: mind.label,
      margin: answer === undefined ? marginAt(table, name, mind) : marginOfAnswer(answer, effective),
    };
  });
  return {
    ...setupOf(model, request, runs),
    target: targetHead(model, asked),
    uncounted: countedLabels(model, request.views),
    flipped: told,
    over,
  };
}

const nothingBeside = { jitter: 0, scenarios: false } as const;

interface ViewHead {
  readonly view: string;
  readonly label: string;
  readonly table: TableHead;
  readonly claims: readonly ClaimHead[];
}

interface ByViewInput<T extends object> {
  readonly model: Model;
  readonly target: AskedTarget;
  readonly request: Request;
  readonly options: TableOptions;
  readonly lab: Lab;
  readonly shelf: TableShelf;
  readonly read: (table: Table, mind: Mind, sample: UnknownSample | null, answer: ComparisonFinding) => T;
}

/** A table and a sample of the unknowns for each view, and what `read` makes of them. */
async function byView<T extends object>({
  model,
  target,
  request,
  options,
  lab,
  shelf,
  read,
}: ByViewInput<T>): Promise<{
  readonly told: readonly (ViewHead & ConclusionContext & T)[];
  readonly tables: readonly ViewTable[];
  /** By view: what the runs found. */
  readonly answers: ReadonlyMap<string, ComparisonFinding>;
  readonly runs: number;
}> {
  checkExplained({ model, name: target.name, request, options, beside: nothingBeside, find: shelf.find });
  const tables = await tablesFor({ model, target, request, options, lab, shelf });
  // Of an outcome nothing is to be settled: it rests on the worlds that a run shows it on.
  const isSettled = target.kind === "outcome" ? { isSettled: (): boolean => true } : {};
  const questions = request.views.map((view) => ({ comparison: target.comparison, view, ...isSettled }));
  const answered = await answerComparisons(model, questions, askingOf(request), lab);
  const answers = new Map(request.views.map((view, i) => [view, answered.findings[i] as ComparisonFinding]));
  const told: (ViewHead & ConclusionContext & T)[] = [];
  let runs = answered.runs;
  for (const { view, table, asked, head, made } of tables) {
    const mind = mindOf(model, view);
    const { sample, runs: drawn } = await sampleFor({ model, asked, view, request, options, lab, shelf });
    runs += made + drawn;
    const top = { view, label: mind.label, table: head, claims: claimHeads(model, table, target.name, view) };
    const answer = answers.get(view) as ComparisonFinding;
    const turning = await turningOptions(
      model,
      [{ name: target.name, view, verdict: judgeComparison(answer) }],
      askingOf(request),
      lab,
    );
    runs += turning.runs;
    const beside = {
      builtIn: builtInto(model, target.comparison, standing(model, request.set), answer),
      ...(turning.found[0] ?? notTried),
    };
    told.push({ ...top, ...beside, ...read(table, mind, sample, answer) });
  }
  return { told, tables, answers, runs };
}

interface ViewTable {
  readonly view: string;
  readonly table: Table;
  /** What it was made of: the target, a quantile in it as chances. */
  readonly asked: AskedTarget;
  readonly head: TableHead;
  /** Runs made for it now. */
  readonly made: number;
}

interface TablesForInput {
  readonly model: Model;
  readonly target: AskedTarget;
  readonly request: Request;
  readonly options: TableOptions;
  readonly lab: Lab;
  readonly shelf: TableShelf;
}

/** A table for each view; views that believe the same of the unknowns share one. */
async function tablesFor({
  model,
  target,
  request,
  options,
  lab,
  shelf,
}: TablesForInput): Promise<readonly ViewTable[]> {
  const stand = standing(model, request.set);
  const found: ViewTable[] = [];
  for (const { wanted, views } of tablesOfRequest(model, [target], stand, request, options)) {
    const asked = await withQuantiles(model, target, stand, { views: wanted.serves, seed: wanted.seed }, lab);
    const known = shelf.find(wanted, asked);
    const made = known === null ? runsToMake(model, [asked], stand, wanted, lab) : 0;
    const table = known ?? (await buildTable(model, [asked], stand, wanted, lab));
    if (known === null) shelf.keep(wanted, asked, table);
    const head = tableHead(table, asked.name, runsOfTable(model, [asked], stand, wanted), known !== null);
    views.forEach((view, i) => found.push({ view, table, asked, head, made: i === 0 ? made : 0 }));
  }
  return request.views.flatMap((view) => found.filter((f) => f.view === view));
}

interface SampleForInput {
  readonly model: Model;
  readonly asked: AskedTarget;
  readonly view: string;
  readonly request: Request;
  readonly options: TableOptions;
  readonly lab: Lab;
  readonly shelf: TableShelf;
}

async function sampleFor({
  model,
  asked,
  view,
  request,
  options,
  lab,
  shelf,
}: SampleForInput): Promise<{ readonly sample: UnknownSample | null; readonly runs: number }> {
  if (options.unknowns === 0 || model.unknowns.length === 0) return { sample: null, runs: 0 };
  const wanted = { view, seed: request.seed, worlds: options.unknowns };
  const drawn = onceFor(lab, model, "samples of unknowns", () => new Map<string, UnknownSample>());
  const key = JSON.stringify([wanted, asked.comparison, request.set]);
  const known = drawn.get(key) ?? shelf.findSample(wanted, asked);
  const sample = known ?? (await unknownSample(model, asked, standing(model, request.set), wanted, lab));
  drawn.set(key, sample);
  if (known === null) shelf.keepSample(wanted, asked, sample);
  return { sample: sample.groups.length === 0 ? null : sample, runs: known === null ? sample.runs : 0 };
}

/** Of each claim; the credence of those alone that the target reads. */
function claimHeads(model: Model, table: Table, target: string, view: string): readonly ClaimHead[] {
  const read = new Set(gatesOf(table, targetOf(table, target)));
  return model.claims.map((c) => ({
    name: c.name,
    label: c.label,
    side: c.side,
    passages: c.locators.map((l) => `${l.source} ${locatorText(l)}`),
    credence: read.has(c.name) ? credenceOf(table, mindOf(model, view), c.name) : Number.NaN,
  }));
}

export function targetHead(model: Model, asked: AskedTarget): TargetHead {
  const declared = [...model.conclusions, ...model.outcomes].find((d) => d.name === asked.name);
  return {
    name: asked.name,
    label: declared?.label ?? asked.name,
    kind: asked.kind,
    text: asked.comparison.text,
    threshold: asked.comparison.threshold,
    unit: { label: asked.comparison.unit.label, factor: asked.comparison.unit.factor },
    givenIsInside: asked.comparison.figures.some((f) => f.givenIsInside),
  };
}
