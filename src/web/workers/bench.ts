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
  keyOfSituation,
  kinIn,
  looksFor,
  makeRoom,
  merged,
  needsAnotherLook,
  mindOf,
  onlyLook,
  outcomeFinding,
  outcomeFindings,
  outcomeSides,
  plainSituation,
  checksumOf,
  standing,
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

/** At most so many claims are tried at both ends. */
const mostEnds = 60;

/** A view name that no case has; jobs are looked up under it. */
const place = "case";

/** A slice of work, in milliseconds, after which a newer question may come in. */
const slice = 12;
/** The first picture of a situation that was never run stands on so many worlds, the next on four times as many, and so on. */
const firstWorlds = 128;

type Asked = RunsQuestion & { readonly kind: "conclusion" };
type AskedCourse = RunsQuestion & { readonly kind: "course" };

export function answersTo(declared: Model, { seed, worlds, untilSettled }: RunsSettings): Bench {
  const engine = fastest();
  // A conclusion that the case tells under certain views only is asked here under the reader's.
  const model = { ...declared, conclusions: declared.conclusions.map((c) => ({ ...c, under: [] })) };
  const kinOf = kinIn(model, standing(model, {}));
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
        .map((c) => looksFor(model, kinOf(c.comparison), worlds).at(-1)?.worlds ?? worlds),
    );
  /** The conclusions that one is looked at together with, itself among them: alone where the number of worlds was asked for. */
  const togetherWith = (question: Asked): readonly Asked[] => {
    const own = model.conclusions.find((c) => c.name === question.name);
    if (own === undefined || question.worlds !== null || !untilSettled) return [question];
    const kin = kinOf(own.comparison);
    return model.conclusions
      .filter((c) => kin.includes(c.comparison))
      .map(({ name }) => ({ kind: "conclusion", name, worlds: null }));
  };
  /** When conclusions are looked at: on the worlds that are asked for, or on more and more until they are settled. */
  const looksOf = (together: readonly Asked[]): readonly Look[] => {
    const [only] = together;
    if (only === undefined || only.worlds !== null || !untilSettled) return [onlyLook(only?.worlds ?? worlds)];
    const comparisons = model.conclusions.filter((c) => together.some((k) => k.name === c.name));
    return looksFor(
      model,
      comparisons.map((c) => c.comparison),
      worlds,
    );
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
    yield* runTo(seen, moved, runs, worlds);
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
        off: endOf(off),
        on: endOf(on),
      });
      const isWhole = ends.length === gates.length;
      if (isWhole || ends.length % 4 === 0)
        yield { kind: "answer", place: at, answer: { kind: "ends", ends: [...ends] }, isWhole };
    }
  }

  /** The worlds that a conclusion rests on once it is settled; pauses as `answers` does. */
  function* settledOn(moved: Moved, question: Asked): Generator<null, number> {
    const seen = withMoved(model, moved);
    const together = togetherWith(question);
    const looks = looksOf(together);
    const jobs = merged(together.flatMap(jobsOf));
    const runs = jobs.map((j) => standingOf(j));
    for (const look of looks) {
      yield* runTo(seen, moved, runs, look.worlds);
      if (isAnswered(together, look, looks, { model: seen, view: moved.name, jobs, runs, seed })) return look.worlds;
    }
    return worlds;
  }

  /** Makes runs under a moved view up to so many worlds. */
  function* runTo(seen: Model, moved: Moved, runs: readonly Standing[], count: number): Generator<null> {
    for (const r of runs) {
      let left = r.aim(seen, moved.name, count);
      let started = performance.now();
      while (left > 0) {
        left = r.step(8);
        if (performance.now() - started < slice) continue;
        yield null;
        started = performance.now();
      }
    }
  }

  /** By outcome, the worlds it is shown on in one profile of choices: those of a conclusion that has it as a side. */
  function* worldsByOutcome(moved: Moved, { choices, worlds: known }: AskedCourse): Generator<null, readonly number[]> {
    if (known !== null || !untilSettled) return known ?? model.outcomes.map(() => worlds);
    const key = keyOfSituation(plainSituation(choices));
    const found = new Map<string, number>();
    for (const { name, comparison } of model.conclusions)
      for (const side of outcomeSides(model, comparison, standing(model, {}))) {
        if (keyOfSituation(side.situation) !== key || found.has(side.outcome)) continue;
        found.set(side.outcome, yield* settledOn(moved, { kind: "conclusion", name, worlds: null }));
      }
    return model.outcomes.map((o) => found.get(o.name) ?? worlds);
  }

  /** The outcomes of a course that rest on more worlds than it does. */
  function* withSides(moved: Moved, question: AskedCourse, course: Course): Generator<null, Course> {
    const byOutcome = yield* worldsByOutcome(moved, question);
    const most = Math.max(worlds, ...byOutcome);
    if (most === worlds) return course;
    const [runs] = jobsOf(question).map((j) => standingOf(j));
    if (runs === undefined) return course;
    yield* runTo(withMoved(model, moved), moved, [runs], most);
    const { outcomes } = runs.sample();
    return {
      ...course,
      outcomes: model.outcomes.map((o, i) => outcomeFinding(o, (outcomes[i] as Float64Array).slice(0, byOutcome[i]))),
    };
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
      const together = question.kind === "conclusion" ? togetherWith(question) : [];
      const jobs = together.length === 0 ? jobsOf(question) : merged(together.flatMap(jobsOf));
      const runs = jobs.map((j) => standingOf(j));
      const looks = looksOf(together);
      const [first = onlyLook(worlds)] = looks;
      const last = looks.at(-1) ?? first;
      const counts = stages(first.worlds, Math.min(...runs.map((r) => r.sample().runs)));
      for (const look of [...counts.slice(0, -1).map(onlyLook), ...looks]) {
        const making = runTo(seen, moved, runs, look.worlds);
        while (making.next().done !== true) yield { kind: "progress", done: done + 0.5, total };
        const on = { model: seen, view: moved.name, jobs, runs, seed };
        const answer = answerTo({ ...on, question, look });
        const isLast = look === last || (looks.includes(look) && isAnswered(together, look, looks, on));
        const isCourse = question.kind === "course" && answer.kind === "course";
        yield { kind: "answer", place: at, answer, isWhole: isLast && !isCourse };
        if (!isLast) continue;
        if (isCourse) {
          const steps = withSides(moved, question, answer.course);
          let step = steps.next();
          for (; step.done !== true; step = steps.next()) yield { kind: "progress", done: done + 0.5, total };
          yield { kind: "answer", place: at, answer: { kind: "course", course: step.value }, isWhole: true };
        }
        break;
      }
      done++;
      yield { kind: "progress", done, total };
    }
  }
  return { model, worlds, jobsOf, answers };
}

function endOf({ comparison: { margin, se, low, high }, verdict }: ConclusionFinding): ClaimEnds["off"] {
  return { margin, se, low, high, verdict };
}

/** Whether no more runs are made of conclusions that are looked at together than at this look. */
function isAnswered(
  together: readonly Asked[],
  look: Look,
  looks: readonly Look[],
  on: Omit<AnswerToInput, "question" | "look">,
): boolean {
  const last = looks.at(-1) ?? look;
  return together.every((question) => {
    const answer = answerTo({ ...on, question, look });
    return answer.kind === "conclusion" && !needsAnotherLook(answer.finding.comparison, look, last);
  });
}

/** The compiled engine, or the reference where a browser compiles nothing. */
export function fastest(): Engine {
  try {
    return engineNamed("wasm", globalThis, () => {});
  } catch {
    return referenceEngine;
  }
}

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
