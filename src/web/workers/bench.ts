/** Answers questions about a moved view of a case, from runs that are kept from one move to the next. */

import {
  engineNamed,
  referenceEngine,
  eventsOf,
  incidence,
  job,
  jobsOfConclusions,
  judgeConclusions,
  keyOfJob,
  looksFor,
  makeRoom,
  merged,
  needsAnotherLook,
  mindOf,
  onlyLook,
  outcomeFindings,
  plainSituation,
  checksumOf,
  standingRuns,
  withMoved,
  type ClaimEnds,
  type ConclusionFinding,
  type Engine,
  type Job,
  type Look,
  type Model,
  type Moved,
  type Sample,
  type Standing,
} from "#internal.ts";
import type { RunsAnswer, Course, RunsQuestion, RunsSettings } from "../messages.ts";

type Said =
  | { readonly kind: "answer"; readonly place: number; readonly answer: RunsAnswer; readonly isWhole: boolean }
  | { readonly kind: "progress"; readonly done: number; readonly total: number };

export interface Bench {
  readonly model: Model;
  readonly worlds: number;
  readonly jobsOf: (question: RunsQuestion) => readonly Job[];
  /** Pauses (yields) every few milliseconds; whoever asked may give up there. Throws `StoppedRun`. */
  readonly answers: (moved: Moved, questions: readonly RunsQuestion[]) => Generator<Said>;
}

/** A slice of work, in milliseconds, after which a newer question may come in. */
const slice = 12;
/** The first picture of a situation that was never run stands on so many worlds, the next on four times as many, and so on. */
const firstWorlds = 128;

export function answersTo(declared: Model, { seed, worlds, untilSettled }: RunsSettings): Bench {
  const engine = fastest();
  // A conclusion that the case tells under certain views only is asked here under the reader's.
  const model = { ...declared, conclusions: declared.conclusions.map((c) => ({ ...c, under: [] })) };
  const stand = new Map<string, Standing>();
  // The same watch for every question that reads a situation, so that one set of runs serves them all.
  const all = new Map(merged(jobsOfConclusions(model, [place], {})).map((j) => [keyOfJob({ ...j, view: place }), j]));
  const jobsOf = (question: RunsQuestion): readonly Job[] => {
    if (question.kind === "course")
      return [job(place, plainSituation(question.choices), { series: question.series, always: [] })];
    if (question.kind === "ends") return jobsOf({ kind: "conclusion", name: question.name, worlds });
    const only = { ...model, conclusions: model.conclusions.filter((c) => c.name === question.name) };
    return merged(jobsOfConclusions(only, [place], {})).map((j) => all.get(keyOfJob({ ...j, view: place })) ?? j);
  };
  /** The most worlds that a job may be asked for. */
  const mostOf = (j: Job): number =>
    Math.max(
      worlds,
      ...model.conclusions
        .filter((c) =>
          jobsOf({ kind: "conclusion", name: c.name, worlds }).some((own) => keyOfJob(own) === keyOfJob(j)),
        )
        .map((c) => looksFor(model, c.comparison, worlds).at(-1)?.worlds ?? worlds),
    );
  /** When a conclusion is looked at: on the worlds that are asked for, or on more and more until it is settled. */
  const looksOf = (question: RunsQuestion): readonly Look[] => {
    if (question.kind !== "conclusion" || question.worlds !== null)
      return [onlyLook(question.kind === "conclusion" ? (question.worlds ?? worlds) : worlds)];
    const comparison = model.conclusions.find((c) => c.name === question.name)?.comparison;
    return comparison === undefined || !untilSettled ? [onlyLook(worlds)] : looksFor(model, comparison, worlds);
  };
  /** `set` keeps what goes from one end of a claim to the other apart from what follows the reader. */
  const standingOf = (j: Job, set: "reader" | "ends" = "reader"): Standing => {
    const key = JSON.stringify([set, j.situation, j.series, j.finals]);
    const known = stand.get(key);
    if (known !== undefined) return known;
    const made = standingRuns(model, j, seed, set === "ends" ? worlds : mostOf(j), engine);
    stand.set(key, made);
    return made;
  };

  /** The finding on all worlds under a moved view; pauses as `answers` does. */
  function* findingUnder(
    moved: Moved,
    name: string,
    of: readonly Job[],
    runs: readonly Standing[],
  ): Generator<null, ConclusionFinding> {
    const seen = withMoved(model, moved);
    for (const r of runs) {
      let left = r.aim(seen, moved.name, worlds);
      let started = performance.now();
      while (left > 0) {
        left = r.step(8);
        if (performance.now() - started < slice) continue;
        yield null;
        started = performance.now();
      }
    }
    const answer = answerTo({
      model: seen,
      question: { kind: "conclusion", name, worlds },
      view: moved.name,
      jobs: of,
      runs,
      seed,
      look: onlyLook(worlds),
    });
    if (answer.kind !== "conclusion") throw new Error("no conclusion");
    return answer.finding;
  }

  function* endsOf(
    moved: Moved,
    question: RunsQuestion & { readonly kind: "ends" },
    at: number,
    tell: () => Said,
  ): Generator<Said> {
    const jobs = jobsOf({ kind: "conclusion", name: question.name, worlds });
    const runs = jobs.map((j) => standingOf(j, "ends"));
    const gates = model.claims.filter((c) => c.isGate).slice(0, mostEnds);
    const ends: ClaimEnds[] = [];
    for (const claim of gates) {
      const sides: ConclusionFinding[] = [];
      for (const value of [0, 1]) {
        const steps = findingUnder(withClaim(model, moved, claim.name, value), question.name, jobs, runs);
        let step = steps.next();
        for (; step.done !== true; step = steps.next()) yield tell();
        sides.push(step.value);
      }
      const [off, on] = sides as [ConclusionFinding, ConclusionFinding];
      ends.push({
        claim: claim.name,
        credence: credenceOf(model, moved, claim.name),
        off: off.comparison.margin,
        on: on.comparison.margin,
        se: Math.hypot(off.comparison.se, on.comparison.se),
      });
      const isWhole = ends.length === gates.length;
      if (isWhole || ends.length % 4 === 0)
        yield { kind: "answer", place: at, answer: { kind: "ends", ends: [...ends] }, isWhole };
    }
  }

  function* answers(moved: Moved, questions: readonly RunsQuestion[]): Generator<Said> {
    const seen = withMoved(model, moved);
    let done = 0;
    const total = questions.length;
    for (const [at, question] of questions.entries()) {
      if (question.kind === "ends") {
        yield* endsOf(moved, question, at, () => ({ kind: "progress", done: done + 0.5, total }));
        yield { kind: "progress", done: ++done, total };
        continue;
      }
      const jobs = jobsOf(question);
      const runs = jobs.map((j) => standingOf(j));
      const looks = looksOf(question);
      const [first = onlyLook(worlds)] = looks;
      const last = looks.at(-1) ?? first;
      const counts = stages(first.worlds, Math.min(...runs.map((r) => r.sample().runs)));
      for (const look of [...counts.slice(0, -1).map(onlyLook), ...looks]) {
        const count = look.worlds;
        for (const r of runs) {
          let left = r.aim(seen, moved.name, count);
          let started = performance.now();
          while (left > 0) {
            left = r.step(8);
            if (performance.now() - started < slice) continue;
            yield { kind: "progress", done: done + 0.5, total };
            started = performance.now();
          }
        }
        const answer = answerTo({ model: seen, question, view: moved.name, jobs, runs, seed, look });
        const isLast = look === last || (looks.includes(look) && isAnswered(answer, look, last));
        yield { kind: "answer", place: at, answer, isWhole: isLast };
        if (isLast) break;
      }
      done++;
      yield { kind: "progress", done, total };
    }
  }
  return { model, worlds, jobsOf, answers };
}

/** Whether no more runs are made than at this look. */
function isAnswered(answer: RunsAnswer, look: Look, last: Look): boolean {
  return answer.kind === "conclusion" && !needsAnotherLook(answer.finding.comparison, look, last);
}

/** The compiled engine, or the reference where a browser has or allows no WebAssembly: the bits are the same. */
/** The compiled engine, or the reference where a browser compiles nothing. */
export function fastest(): Engine {
  try {
    return engineNamed("wasm", globalThis, () => {});
  } catch {
    return referenceEngine;
  }
}

/** Claims whose ends are told. */
const mostEnds = 60;

/** The view with one claim surely true or surely false; its rivals give way where they exclude it. */
function withClaim(model: Model, moved: Moved, claim: string, value: number): Moved {
  const rows = mindOf(model, moved.from).credences[claim] ?? [];
  const group = model.groups.find((g) => g.claims.includes(claim));
  const credences: Record<string, readonly number[]> = { ...moved.credences, [claim]: rows.map(() => value) };
  if (group !== undefined) {
    const now = Object.fromEntries(group.claims.map((c) => [c, credenceOf(model, moved, c)]));
    for (const [c, v] of Object.entries(makeRoom(group, now, claim, value))) credences[c] = [v];
  }
  return { ...moved, credences };
}

function credenceOf(model: Model, moved: Moved, claim: string): number {
  return moved.credences[claim]?.[0] ?? mindOf(model, moved.from).credences[claim]?.[0]?.credence ?? 0.5;
}

/** A view name that no case has; jobs are looked up under it. */
const place = "case";

/** Numbers of worlds to answer on, one after another: straight to all of them where they have been run before. */
function stages(worlds: number, done: number): readonly number[] {
  const counts: number[] = [];
  for (let n = firstWorlds; n < worlds; n *= 4) if (n > done) counts.push(n);
  return [...counts, worlds];
}

interface AnswerToInput {
  readonly model: Model;
  readonly question: RunsQuestion;
  readonly view: string;
  readonly jobs: readonly Job[];
  readonly runs: readonly Standing[];
  readonly seed: number;
  readonly look: Look;
}

function answerTo({ model, question, view, jobs, runs, seed, look }: AnswerToInput): RunsAnswer {
  const samples = new Map<string, Sample>(
    jobs.map((j, i) => [keyOfJob({ ...j, view }), (runs[i] as Standing).sample()]),
  );
  if (question.kind === "conclusion") {
    const only = {
      ...model,
      conclusions: model.conclusions.filter((c) => c.name === question.name),
    };
    const [finding] = judgeConclusions({
      model: only,
      asked: [view],
      set: {},
      ensemble: samples,
      seed,
      missed: look.missed,
    });
    if (finding === undefined) throw new Error(`the case has no conclusion '${question.name}'`);
    return { kind: "conclusion", finding };
  }
  if (question.kind === "ends") throw new Error("ends are told claim by claim");
  const [only] = runs;
  const sample = (only as Standing).sample();
  const firstTimes = (only as Standing).firstTimes();
  const course: Course = {
    choices: question.choices,
    runs: sample.runs,
    outcomes: outcomeFindings(model, sample),
    bands: sample.bands,
    incidence: Object.fromEntries(
      model.outcomes.flatMap((o) => {
        const events = eventsOf(o);
        return events === null ? [] : [[o.name, incidence(model, events, firstTimes)]];
      }),
    ),
    bits: checksumOf(sample.outcomes),
  };
  return { kind: "course", course };
}
