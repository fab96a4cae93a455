/** The questions a program may ask of a case, one function each. */

import { Refused } from "#text/refused.ts";
import { dateText, timeAt } from "#model/units/dates.ts";
import type { Actor, Choice, Model } from "#model/model.ts";
import type { ExplainGame } from "#analysis/carries/attribution.ts";
import { usualTable, type TableOptions } from "#analysis/carries/claims-table.ts";
import { checkExplained } from "#analysis/carries/explain-cost.ts";
import {
  explainFindings,
  flipFindings,
  noShelf,
  type ExplainFindings,
  type FlipFindings,
} from "#analysis/carries/explain.ts";
import { runFindings, testFindings, type RunFindings, type TestFindings } from "#analysis/findings/findings.ts";
import { notRunOf } from "#analysis/findings/not-run.ts";
import type { FurtherRequest } from "#analysis/findings/further.ts";
import { reportFindings, type ReportFindings } from "#analysis/findings/report-findings.ts";
import { chooserOf, compareFindings, type CompareFindings } from "#analysis/options/compare.ts";
import { playFindings, type PlayFindings } from "#analysis/play/play.ts";
import { firstRuns, worldsOf } from "#analysis/answers/looks.ts";
import { learnFindings, learnWorlds, type LearnFindings } from "#analysis/record/learn.ts";
import { recordTests, type RecordTestFinding } from "#analysis/record/record-tests.ts";
import { scoreFindings, type Frozen, type ScoreFindings } from "#analysis/record/score.ts";
import { caseReport, tellingChoice } from "#report/sections/case-report.ts";
import type { ReportDocument } from "#report/sections/blocks.ts";
import { documentHtml } from "#report/render/html.ts";
import { documentMarkdown } from "#report/render/markdown.ts";
import { compareJson } from "#report/json/compare-json.ts";
import { explainJson, flipJson } from "#report/json/explain-json.ts";
import { learnJson } from "#report/json/learn-json.ts";
import { playJson } from "#report/json/play-json.ts";
import { reportJson } from "#report/json/report-json.ts";
import { runJson } from "#report/json/run-json.ts";
import { scoreJson } from "#report/json/score-json.ts";
import { testJson } from "#report/json/test-json.ts";
import type { Provenance } from "#report/words/provenance.ts";
import { compareBlocks } from "#report/sections/compare-section.ts";
import { explainBlocks } from "#report/sections/explain-section.ts";
import { flipBlocks } from "#report/sections/flip-section.ts";
import { learnPage } from "#report/sections/learn-section.ts";
import { playBlocks } from "#report/sections/play-section.ts";
import { terminalText } from "#report/render/terminal.ts";
import { runBlocks } from "#report/sections/run-section.ts";
import { scorePage } from "#report/sections/score-section.ts";
import { testBlocks } from "#report/sections/test-section.ts";
import {
  answerOf,
  named,
  namesOf,
  onThreads,
  requestFor,
  wholeWithin,
  type Answer,
  type AskOptions,
} from "./answer.ts";
import type { Case } from "./case.ts";

/**
 * What follows: the outcomes under every combination of choices, and whether each conclusion holds.
 *
 * @example
 * ```ts
 * const answer = await run(argument);
 * for (const { label, verdict } of answer.findings.conclusions) console.log(label, verdict);
 * ```
 * @throws `Refused` for a view, choice or option that the case does not have, or more work than the budget allows
 */
export async function run(
  asked: Case,
  options: AskOptions & { readonly series?: readonly string[] } = {},
): Promise<Answer<RunFindings>> {
  const { model } = asked;
  const { series = [] } = options;
  for (const name of series) named("stock or let", name, namesOf([...model.stocks, ...model.lets]));
  const request = { ...requestFor(model, options), series };
  const findings = await onThreads(options, (lab) => runFindings(model, request, lab));
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(runBlocks(model, f, p, { figures: false, outcomes: false }), look),
    json: (f, p) => runJson(model, f, p, notRunOf(model)),
  });
}

/** What `explain` and `flip` may be asked with. */
export interface ExplainOptions extends AskOptions, Partial<TableOptions> {
  /** Shows every claim and unknown in the text. */
  readonly everything?: boolean;
}

/**
 * What a conclusion or an outcome rests on: the contribution of each claim (Shapley values) and of each unknown (Sobol indices).
 *
 * @param target - the name of a conclusion or of an outcome
 * @example
 * ```ts
 * const { findings } = await explain(argument, "heads_up");
 * ```
 * @throws `Refused` for a target that the case does not have, or that cannot be explained
 */
export async function explain(
  asked: Case,
  target: string,
  options: ExplainOptions & { readonly game?: ExplainGame } = {},
): Promise<Answer<ExplainFindings>> {
  const { model } = asked;
  const { game = "removal", everything = false } = options;
  const { request, table } = explained(model, target, options);
  const findings = await onThreads(options, (lab) =>
    explainFindings({ model, name: target, request, game, options: table, lab }),
  );
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(explainBlocks(f, p, { everything }), look),
    json: (f, p) => explainJson(f, p, null),
  });
}

/**
 * What would reverse a conclusion: the credence of one claim or of two, the smallest set of claims, the value of an unknown, another view.
 *
 * @param conclusion - its name
 * @example
 * ```ts
 * const promise = read(`
 *   case promise "Does a promise deter?"
 *   claim kept premise "Promises are kept." { credence 60% }
 *   unknown temptation : share "What an attack promises" ~ 20% to 80%  judged "Nobody knows"
 *   let risk : share =
 *       30%
 *     + 40%  because kept
 *   outcome attack "An attack" = temptation > risk
 *   conclusion rare "Attacks are rare": chance(attack) < 50%
 * `);
 * const { findings } = await flip(promise, "rare");
 * ```
 * @throws `Refused` for a conclusion that the case does not have, or that cannot be reversed by a table of claims
 */
export async function flip(
  asked: Case,
  conclusion: string,
  options: ExplainOptions = {},
): Promise<Answer<FlipFindings>> {
  const { model } = asked;
  const { request, table } = explained(model, conclusion, options);
  const findings = await onThreads(options, (lab) =>
    flipFindings({ model, name: conclusion, request, options: table, lab }),
  );
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(flipBlocks(model, f, p, { everything: options.everything === true }), look),
    json: (f, p) => flipJson(f, p, null),
  });
}

function explained(
  model: Model,
  target: string,
  options: ExplainOptions,
): { request: ReturnType<typeof requestFor>; table: TableOptions } {
  named("conclusion or outcome", target, namesOf([...model.conclusions, ...model.outcomes]));
  const request = requestFor(model, options);
  const table = { ...usualTable, ...options };
  const { exact, patterns, unknowns } = table;
  if (exact !== null) wholeWithin("exact", exact, 0, 16);
  wholeWithin("patterns", patterns, 64, 1_000_000);
  wholeWithin("unknowns", unknowns, 0, 1_000_000);
  checkExplained({
    model,
    name: target,
    request,
    options: table,
    beside: { jitter: 0, scenarios: false },
    find: noShelf.find,
  });
  return { request, table };
}

/** What `compare` may be asked with. */
export interface CompareOptions extends AskOptions {
  /** Choices whose options are compared; the first without a default unless said. */
  readonly choices?: readonly string[];
  /** The actor whose values count; who makes the choice unless said. */
  readonly actor?: string;
  /** What an option must be worth to be good enough, in the actor's unit; the mean of all unless said. */
  readonly enough?: number;
  /** Claims gone through one by one for the worth of knowing them, at most. */
  readonly exact?: number;
}

/**
 * The options of a choice side by side: outcomes, worth to an actor, regret, and the worth of knowing more.
 *
 * @example
 * ```ts
 * const bakery = read(`
 *   case bakery "Is a second oven worth it?"
 *   actor baker "The baker" values gain
 *   unknown demand : number "Loaves more a day" ~ 10 to 60  judged "From the queue"
 *   choice oven "A second oven" by baker = buy "Buys it" | wait "Waits"
 *   outcome gain : number "Gain" = if oven = buy then demand - 30 else 0
 * `);
 * console.log((await compare(bakery)).text());
 * ```
 * @throws `Refused` where the case has no such choice, or no such actor with values
 */
export async function compare(asked: Case, options: CompareOptions = {}): Promise<Answer<CompareFindings>> {
  const { model } = asked;
  const request = requestFor(model, options);
  const compared = comparedIn(model, options);
  const actor = options.actor === undefined ? chooserOf(model, compared) : actorNamed(model, options.actor);
  const enough = options.enough === undefined ? null : options.enough * (actor?.valuesUnit?.factor ?? 1);
  const { exact = 12 } = options;
  const findings = await onThreads(options, (lab) =>
    compareFindings({ model, request, compared, actor, enough, options: { exact }, lab }),
  );
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(compareBlocks(f, p, { everything: false }), look),
    json: compareJson,
  });
}

function comparedIn(model: Model, { choices = [], set = {} }: CompareOptions): readonly Choice[] {
  for (const choice of choices) named("choice", choice, namesOf(model.choices));
  if (choices.length > 0) return model.choices.filter((c) => choices.includes(c.name));
  const first = model.choices.find((c) => c.default === null && !Object.hasOwn(set, c.name)) ?? model.choices[0];
  if (first === undefined) throw new Refused("the case has no choice to compare the options of");
  return [first];
}

function actorNamed(model: Model, name: string): Actor {
  const valued = model.actors.filter((a) => a.values !== null);
  named("actor with values", name, namesOf(valued));
  return valued.find((a) => a.name === name) as Actor;
}

/** What `learn` may be asked with. */
export interface LearnOptions extends AskOptions {
  /** Counts only what was seen by then, as `2023-06` or `2023-06-30`. */
  readonly until?: string;
  /** Updates motives too; an actor's own are otherwise left as each view holds them. */
  readonly motives?: boolean;
  /** Judges the conclusions too, before and after: most of the runs go there. True unless said. */
  readonly conclusions?: boolean;
}

/**
 * What has been seen since, and what each view then believes.
 *
 * @example
 * ```ts
 * const dam = read(`
 *   case dam "Is the dam leaking?"
 *   time 2024-01 to 2025-01 by month
 *   claim leaks causal "There is a crack." { credence 30% }
 *   stock level : share = 60%  within 0..1
 *     + 1 percent/month
 *     - 1.5 percent/month  because leaks
 *   outcome level_end : share = final(level)
 *   evidence summer "Level in July" of level error 1% discrepancy 1% = 2024-07 -> 57%
 * `);
 * const { findings } = await learn(dam, { conclusions: false });
 * ```
 * @throws `Refused` where the case has no evidence, or its evidence cannot be reproduced
 */
export async function learn(asked: Case, options: LearnOptions = {}): Promise<Answer<LearnFindings>> {
  const { model } = asked;
  if (model.evidence.length === 0)
    throw new Refused("the case has no evidence; say what has been seen with 'evidence'");
  const { until, motives = false, conclusions = true } = options;
  const time = until === undefined ? null : timeAt(model.time, until);
  if (until !== undefined && time === null)
    throw new Refused(`'${until}' is no date of this case's calendar; write 2023-06 or 2023-06-30`);
  // The last day it can mean, so that what was known by then counts as known.
  const untilDate = until === undefined ? null : until.length === 7 ? `${until}-31` : until;
  const { views, seed, worlds, set, budget } = requestFor(model, options, { worlds: learnWorlds });
  const before = worldsOf(options.worlds);
  const request = { views, seed, worlds, before, set, budget, until: time, untilDate, motives, conclusions };
  const findings = await onThreads(options, (lab) => learnFindings(model, request, lab));
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(learnPage(model, f, p), look),
    json: learnJson,
  });
}

/**
 * What the case foretells, how it has fared, and how that scores.
 *
 * Scores are Brier's (1950, Monthly Weather Review 78) and the logarithm of the chance.
 *
 * @param options - with the forecasts that were laid down earlier, if there are any
 * @example
 * ```ts
 * const weather = read(`
 *   case weather "Will it be wet?"
 *   time 2024-01 to 2024-12 by month
 *   claim wet prediction "It will be wet." { credence 70% }
 *   event rain rate 1 percent/month
 *     + 50 percent/month  because wet
 *   outcome rained "Rain" = happened(rain)
 *   forecast soon "Rain by June" of wet by 2024-06: happened(rain)  state came true on 2024-05-02
 * `);
 * const { findings } = await score(weather);
 * ```
 * @throws `Refused` for a view, choice or option that the case does not have, or more work than the budget allows
 */
export async function score(
  asked: Case,
  options: AskOptions & { readonly frozen?: readonly Frozen[] } = {},
): Promise<Answer<ScoreFindings>> {
  const { model } = asked;
  const { views, seed, worlds, set, budget } = requestFor(model, options, { worlds: firstRuns });
  const request = { views, seed, worlds, set, budget, frozen: options.frozen ?? [] };
  const findings = await onThreads(options, (lab) => scoreFindings(model, request, lab));
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(scorePage(model, f, p), look),
    json: (f, p) => scoreJson(f, p, dateIn(model)),
  });
}

/** Whether the case is what its modeller says it must be, and what past cases say of its claims. */
export interface TestAnswer extends TestFindings {
  /** What the case's records say of its claims. */
  readonly records: readonly RecordTestFinding[];
}

/**
 * Checks what the case expects of itself, and asks its records about its claims.
 *
 * @example
 * ```ts
 * const shares = read(`
 *   case shares "Do shares stay shares?"
 *   unknown part : share "A part" ~ 20% to 60%  judged "Nobody knows"
 *   outcome rest : share "The rest" = 1 - part
 *   expect most "The rest is usually more than half": chance(rest > 50%) > 50%
 * `);
 * const { findings } = await test(shares);
 * ```
 * @throws `Refused` for a view, choice or option that the case does not have, or more work than the budget allows
 */
export async function test(asked: Case, options: AskOptions = {}): Promise<Answer<TestAnswer>> {
  const { model, tables } = asked;
  const request = requestFor(model, options);
  const found = await onThreads(options, (lab) => testFindings(model, request, lab));
  const records = { tests: recordTests(model, tables, request.seed), tables, fed: [] };
  return answerOf(
    asked,
    { ...found, records: records.tests },
    {
      text: (_, p, look) => terminalText(testBlocks(found, records, p), look),
      json: (f, p) => testJson(f, records, p),
    },
  );
}

/** What `play` may be asked with. */
export interface PlayOptions extends AskOptions {
  /** Patterns of types that are solved, the likeliest first; 2 unless said. */
  readonly patterns?: number;
  /** Beliefs solved one by one, to show what depends on what is not known; 40 unless said, 0 for none. */
  readonly beliefs?: number;
  /** λ × payoff range of the logit equilibrium shown first; 10 unless said. */
  readonly lambda?: number;
  /** Also works out what correcting each claim and unknown would be worth to an actor that sees it otherwise. */
  readonly correct?: boolean;
  /** Also solves the game in which this actor alone knows the types. */
  readonly informed?: string;
}

/**
 * The choices of the case solved as a game, each actor seeing through its own view; what each expected, and what comes.
 *
 * @example
 * ```ts
 * const meeting = read(`
 *   case meeting "Where do they meet?"
 *   actor anna "Anna" values met
 *   actor ben "Ben" values met
 *   choice goes "Where Anna goes" by anna = park | station
 *   choice follows "Where Ben goes" by ben knowing goes = park | station
 *   outcome met "They meet" = (goes = park and follows = park) or (goes = station and follows = station)
 * `);
 * console.log((await play(meeting, { beliefs: 0 })).text());
 * ```
 * @throws `Refused` where the case is no game
 */
export async function play(asked: Case, options: PlayOptions = {}): Promise<Answer<PlayFindings>> {
  const { model } = asked;
  const { patterns = 2, beliefs = 40, lambda = 10, correct = false, informed = null } = options;
  wholeWithin("patterns", patterns, 1, 1000);
  wholeWithin("beliefs", beliefs, 0, 100_000);
  if (informed !== null) named("actor", informed, namesOf(model.actors));
  const request = { ...requestFor(model, options, { worlds: 400 }), patterns, beliefs, lambda, correct, informed };
  const findings = await onThreads(options, (lab) => playFindings(model, request, lab, () => {}));
  return answerOf(asked, findings, {
    text: (f, p, look) => terminalText(playBlocks(model, f, p), look),
    json: playJson,
  });
}

/** What `report` may be asked with. */
export interface ReportOptions extends AskOptions {
  /** Conclusions that are explained under each view: the text's own unless said. */
  readonly explain?: FurtherRequest["explain"];
  /** Variants with everything judged moved by up to twice or half; 8 unless said, 0 for none. */
  readonly variants?: number;
  /** Reweighs every view by what has been seen since: as many runs again as all the rest. */
  readonly learn?: boolean;
  /** Forecasts that were laid down earlier. */
  readonly frozen?: readonly Frozen[];
}

/** An answer that is also a page. */
export interface ReportAnswer extends Answer<ReportFindings> {
  /** A page to print: one HTML document without script, its pictures in it. */
  html(): string;
  /** The same in Markdown, with the figures of its pictures as tables. */
  markdown(): string;
}

/**
 * The whole case as a page to print, all views unless said: verdicts, claims, pictures, and what it leaves out.
 *
 * @example
 * ```ts
 * const page = (await report(argument, { variants: 0 })).html();
 * ```
 * @throws `Refused` for a view, choice or option that the case does not have, or more work than the budget allows
 */
export async function report(asked: Case, options: ReportOptions = {}): Promise<ReportAnswer> {
  const { model, tables } = asked;
  const request = requestFor(model, { views: "all", ...options });
  const { explain: which = "text", variants = 8, learn: learns = false, frozen = [] } = options;
  wholeWithin("variants", variants, 0, 1000);
  const want = { explain: which, variants, learn: learns, frozen, tell: (): void => {} };
  const findings = await onThreads(options, (lab) => reportFindings(model, request, tellingChoice, want, lab));
  const answer = answerOf(asked, findings, {
    text: (f, p) => documentMarkdown(pageOf(f, p)),
    json: (f, p) => reportJson(model, f, p),
  });
  const pageOf = (f: ReportFindings, p: Provenance): ReportDocument =>
    caseReport(model, f, recordTests(model, tables, request.seed), p);
  const page = (): ReportDocument => pageOf(findings, answer.provenance);
  return { ...answer, html: () => documentHtml(page()), markdown: () => documentMarkdown(page()) };
}

function dateIn(model: Model): (time: number) => string {
  return (time) => dateText(model.time, time);
}
