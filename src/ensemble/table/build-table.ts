/** Builds the gate table: runs every pattern of claims that is needed on the same worlds. */

import { Refused } from "#text/refused.ts";
import type { Comparison, Figure, Model } from "#model/model.ts";
import type { Expression } from "#model/expression.ts";
import { makeColumn } from "#kernel/column.ts";
import { scalarMath } from "#kernel/column-math.ts";
import { keyOf } from "#kernel/philox.ts";
import { OverBudget } from "../budget.ts";
import { smoothed, type Smoothed } from "./exact-chance.ts";
import { readBy } from "./gates-read.ts";
import { worldsFrom } from "../draws/draws.ts";
import { onceFor, type Lab } from "../work/lab.ts";
import { mindOf } from "../draws/mind.ts";
import type { Profile } from "../profiles.ts";
import { keyOfSituation, situationOf, type Situation } from "../situation.ts";
import { stratified } from "./stratified.ts";
import { basesOf, fittedOn, halvesOf, type Bases } from "./surrogate.ts";
import type { SweepResult, SweepTask } from "../work/sweep-task.ts";
import { checkSize, driftUnits, driftOf } from "./drift.ts";
import { drawPatterns } from "./table-design.ts";
import { bitsOf, frameOf, gateLimit, gatesOf, type Fitted, type Reading, type Table, type Target } from "./table.ts";

export interface TableRequest {
  /** Whose distributions the unknowns have. */
  readonly view: string;
  /** The views a sampled table must serve well. */
  readonly serves: readonly string[];
  readonly seed: number;
  /** Worlds of each pattern of an exact table. */
  readonly worlds: number;
  /** Patterns of a sampled table, each on worlds ÷ 64 worlds of its own. */
  readonly patterns: number;
  /** The most gates of one setting for which every pattern is run. */
  readonly exact: number;
  /** Patterns, where they are sampled, on which the fits are checked so that they can answer alone; none unless said. */
  readonly checks?: number;
}

/** What a target asks for: a statement over figures, or one outcome where the choices stand. */
export interface AskedTarget {
  readonly name: string;
  readonly kind: Target["kind"];
  readonly comparison: Comparison;
}

/** A conclusion's own comparison; of an outcome, its chance or mean where the choices stand. Throws `Refused` for what is no single figure. */
export function askedOf(model: Model, name: string): AskedTarget {
  const conclusion = model.conclusions.find((c) => c.name === name);
  if (conclusion !== undefined) return { name, kind: "conclusion", comparison: conclusion.comparison };
  const outcome = model.outcomes.find((o) => o.name === name);
  if (outcome === undefined) throw new Refused(`the case has no conclusion or outcome '${name}'`);
  if (outcome.categories !== null)
    throw new Refused(`'${name}' is one of several words (${outcome.categories.join(", ")}), not one figure`);
  const figure: Figure = {
    statistic: outcome.isTruth ? "chance" : "mean",
    of: { op: "outcome", name },
    level: null,
    intervention: { choices: {}, claims: {}, suppositions: [] },
    given: null,
    givenIsInside: false,
    givenText: null,
    unit: outcome.unit,
    text: `${outcome.isTruth ? "chance" : "mean"}(${name})`,
  };
  return {
    name,
    kind: "outcome",
    comparison: {
      figures: [figure],
      margin: { op: "figure", index: 0 },
      threshold: 0,
      form: "difference",
      slack: 0,
      allowsEqual: false,
      unit: outcome.unit,
      text: figure.text,
    },
  };
}

interface TableSetting {
  readonly situation: Situation;
  readonly readings: {
    readonly of: Expression;
    readonly given: Expression | null;
    readonly place: number;
    readonly gates: readonly string[];
    readonly unknowns: readonly string[];
  }[];
}

/**
 * Runs what the targets need. Exact where no setting reads more than `exact` gates: every pattern of those a setting reads (rows that differ in others
 * only are equal, and run once), on the same worlds. Otherwise sampled. Rejects as `runJobs` does; throws `Refused` for quantiles.
 */
export async function buildTable(
  model: Model,
  asked: readonly AskedTarget[],
  stand: Profile,
  request: TableRequest,
  lab: Lab,
): Promise<Table> {
  const made = planned(model, asked, stand);
  const plan: TablePlan = { ...made, runIn: sharedVariant(model, made.runIn, lab) };
  const { settings, targets } = plan;
  const gates = model.claims
    .map((c) => c.name)
    .filter((c) => settings.some((s) => s.readings.some((r) => r.gates.includes(c))));
  if (gates.length > gateLimit)
    throw new OverBudget({
      what: `${gates.length} claims that gate`,
      limit: `${gateLimit} in one table`,
      instead: "ask for fewer conclusions",
    });
  const widest = Math.max(0, ...settings.map((s) => gatesIn(model, s).length));
  const head = { frame: frameOf(model), view: request.view, seed: request.seed, gates, targets, rough: false };
  return widest <= request.exact
    ? { ...head, ...(await exactRows(plan, request, lab)) }
    : { ...head, ...(await sampledRows(plan, gates, request, lab)) };
}

/** A variant of the model as it was made first: tables make their own, many of them alike, and threads know a model by what it is and not by what it says. */
export function sharedVariant(model: Model, variant: Model, lab: Lab): Model {
  const added = variant.suppositions.slice(model.suppositions.length).map((s) => s.name);
  return added.length === 0 ? model : onceFor(lab, model, added.join(", "), () => variant);
}

/** Simulated runs that a table takes, known before the first. */
export function runsOfTable(
  model: Model,
  asked: readonly AskedTarget[],
  stand: Profile,
  request: TableRequest,
): number {
  const { settings } = planned(model, asked, stand);
  const sizes = settings.map((s) => gatesIn(model, s).length);
  if (Math.max(0, ...sizes) <= request.exact)
    return sizes.reduce((sum, gates) => sum + 2 ** gates, 0) * batchesOf(request) * batchSize;
  const checks = (request.checks ?? 0) * driftUnits * checkSize;
  return settings.length * (request.patterns * sizeOf(request) + checks);
}

function batchesOf({ worlds }: TableRequest): number {
  return Math.max(4, Math.round(worlds / batchSize));
}

/** Worlds of a sampled pattern. */
function sizeOf({ worlds }: TableRequest): number {
  return Math.max(1, Math.round(worlds / 64));
}

function gatesIn(model: Model, s: TableSetting): readonly string[] {
  return model.claims.map((c) => c.name).filter((c) => s.readings.some((r) => r.gates.includes(c)));
}

/** What a table runs. */
interface TablePlan {
  /** The case's model, with suppositions under which some hazards are read as chances. */
  readonly runIn: Model;
  readonly settings: readonly TableSetting[];
  readonly targets: readonly Target[];
  /** Readings in all. */
  readonly count: number;
}

/** Distinct settings and readings behind the targets' figures; `place` of a reading is its number among them. */
export function planned(model: Model, asked: readonly AskedTarget[], stand: Profile): TablePlan {
  const settings = new Map<string, TableSetting>();
  const known = new Map<string, number>();
  const softOf = (f: Figure): Smoothed | null =>
    f.given === null && f.statistic !== "quantile"
      ? smoothed(model, f.of, situationOf(model, f.intervention, stand).suppositions)
      : null;
  const silences = new Map(
    asked.flatMap(({ comparison }) =>
      comparison.figures.flatMap((f) => {
        const soft = softOf(f);
        return soft === null ? [] : [[soft.supposition.name, soft.supposition] as const];
      }),
    ),
  );
  const runIn: Model =
    silences.size === 0 ? model : { ...model, suppositions: [...model.suppositions, ...silences.values()] };
  const targets = asked.map(({ name, kind, comparison }): Target => ({
    name,
    kind,
    margin: comparison.margin,
    threshold: comparison.threshold,
    allowsEqual: comparison.allowsEqual,
    unit: { label: comparison.unit.label, factor: comparison.unit.factor },
    figures: comparison.figures.map((f) => {
      if (f.statistic === "quantile")
        throw new Refused(`${f.text}: a quantile is no mean over runs, so no table answers for it`);
      const { statistic } = f;
      const full = situationOf(model, f.intervention, stand);
      const plain = { ...full, claims: {} };
      const soft = softOf(f);
      const of = soft?.of(f.of) ?? f.of;
      const situation =
        soft === null ? plain : { ...plain, suppositions: [...plain.suppositions, soft.supposition.name] };
      const settingKey = keyOfSituation(situation);
      const setting: TableSetting = settings.get(settingKey) ?? { situation, readings: [] };
      settings.set(settingKey, setting);
      const key = `${settingKey} ${JSON.stringify([of, f.given])}`;
      let place = known.get(key);
      if (place === undefined) {
        place = known.size;
        known.set(key, place);
        const read = readBy(runIn, situation, f.given === null ? [of] : [of, f.given]);
        setting.readings.push({ of, given: f.given, place, gates: read.claims, unknowns: read.unknowns });
      }
      return { text: f.text, statistic, reading: place, pins: full.claims, givenIsInside: f.givenIsInside };
    }),
  }));
  return { runIn, settings: [...settings.values()], targets, count: known.size };
}

type Rows = Pick<Table, "design" | "readings" | "runs">;

/** Worlds in a batch: each batch is stratified on its own, and the error is had from how they differ. */
const batchSize = 16;

async function exactRows({ runIn, settings, count }: TablePlan, request: TableRequest, lab: Lab): Promise<Rows> {
  const batches = batchesOf(request);
  const size = batchSize;
  const readings = Array.from<Reading>({ length: count });
  let runs = 0;
  const tasks = settings.flatMap((s) => {
    const gates = gatesIn(runIn, s);
    const patterns = Float64Array.from({ length: 2 ** gates.length }, (_, p) => p);
    return Array.from({ length: batches }, (_, b): SweepTask => ({
      kind: "sweep",
      view: request.view,
      seed: request.seed,
      gates,
      patterns,
      firsts: new Float64Array(patterns.length).fill(b * size),
      size,
      settings: [{ situation: s.situation, readings: s.readings.map(({ of, given }) => ({ of, given })) }],
    }));
  });
  const results = await lab.perform(runIn, tasks);
  settings.forEach((s, i) => {
    const parts = results.slice(i * batches, (i + 1) * batches).map((r) => r.sums[0] ?? []);
    const gates = gatesIn(runIn, s);
    runs += 2 ** gates.length * batches * size;
    s.readings.forEach((r, k) => {
      const joined = (pick: "n" | "d"): Float64Array => {
        const whole = new Float64Array(batches * 2 ** gates.length);
        parts.forEach((part, b) =>
          whole.set(
            (part[k]?.[pick] ?? new Float64Array()).map((v) => v / size),
            b * 2 ** gates.length,
          ),
        );
        return whole;
      };
      readings[r.place] = { gates, n: joined("n"), d: r.given === null ? null : joined("d"), fits: null };
    });
  });
  return { design: { kind: "exact", batches, size }, readings, runs };
}

/** Units in a task. */
const shard = 128;
const checkShard = 16;

function columnsFor(count: number, units: number): readonly { readonly n: Float64Array; readonly d: Float64Array }[] {
  return Array.from({ length: count }, () => ({ n: new Float64Array(units), d: new Float64Array(units) }));
}

async function sampledRows(
  { runIn, settings, targets, count }: TablePlan,
  gates: readonly string[],
  request: TableRequest,
  lab: Lab,
): Promise<Rows> {
  const size = sizeOf(request);
  const minds = request.serves.map((v) => mindOf(runIn, v));
  const { patterns, density } = drawPatterns(frameOf(runIn), minds, gates, request.patterns, request.seed);
  const units = patterns.length;
  const kept = columnsFor(count, units);
  // Patterns of their own, on worlds that no unit has.
  const unseen = drawPatterns(
    frameOf(runIn),
    minds,
    gates,
    request.checks ?? 0,
    (request.seed ^ 0x2545f491) >>> 0,
  ).patterns;
  const repeated = makeColumn(unseen.length * driftUnits, (u) => unseen[Math.floor(u / driftUnits)] as number);
  const checks = unseen.length === 0 ? null : columnsFor(count, repeated.length);
  const firstCheck = Math.ceil((units * size) / checkSize);
  const checked = (fitted: Fitted, places: readonly number[], values: Float64Array | null): Fitted => ({
    ...fitted,
    drift: values === null ? Number.NaN : driftOf(fitted, unseen, places, values),
  });
  const task = (some: Float64Array, first: (unit: number) => number, each: number): SweepTask => ({
    kind: "sweep",
    view: request.view,
    seed: request.seed,
    gates,
    patterns: some,
    firsts: makeColumn(some.length, first),
    size: each,
    settings: settings.map((s) => ({
      situation: s.situation,
      readings: s.readings.map(({ of, given }) => ({ of, given })),
    })),
  });
  const stretches = (whole: Float64Array, most: number, first: number, each: number): readonly SweepTask[] =>
    Array.from({ length: Math.ceil(whole.length / most) }, (_, t) =>
      task(whole.slice(t * most, (t + 1) * most), (u) => (first + t * most + u) * each, each),
    );
  const sampled = stretches(patterns, shard, 0, size);
  const results = await lab.perform(runIn, [...sampled, ...stretches(repeated, checkShard, firstCheck, checkSize)]);
  const runs = settings.length * (units * size + repeated.length * checkSize);
  const take = (some: readonly SweepResult[], columns: typeof kept, most: number, each: number): void =>
    some.forEach((result, t) =>
      settings.forEach((s, i) =>
        s.readings.forEach((r, k) => {
          const part = result.sums[i]?.[k];
          const into = columns[r.place];
          if (part === undefined || into === undefined) return;
          into.n.set(
            part.n.map((v) => v / each),
            t * most,
          );
          if (part.d !== null)
            into.d.set(
              part.d.map((v) => v / each),
              t * most,
            );
        }),
      ),
    );
  take(results.slice(0, sampled.length), kept, shard, size);
  if (checks !== null) take(results.slice(sampled.length), checks, checkShard, checkSize);
  const unknowns = new Set(settings.flatMap((s) => s.readings.flatMap((r) => r.unknowns)));
  const known = onceFor(lab, runIn, `scores ${request.seed} ${units} ${size}`, () => new Map<string, Float64Array>());
  const scores = scoresOf([...unknowns], request.seed, units, size, known);
  const halves = halvesOf(patterns, gates.length, scores);
  const bases = new Map<string, Bases>();
  const readings = Array.from<Reading>({ length: count });
  for (const s of settings)
    for (const r of s.readings) {
      const places = r.gates.map((g) => gates.indexOf(g));
      const key = places.join(" ");
      const basis = bases.get(key) ?? basesOf(halves, places);
      bases.set(key, basis);
      const seen = checks?.[r.place];
      const { n, d } = kept[r.place] as (typeof kept)[number];
      const forN = fittedOn(basis, patterns, places, n);
      const forD = r.given === null ? null : fittedOn(basis, patterns, places, d);
      readings[r.place] = {
        gates: r.gates,
        n: new Float64Array(),
        d: forD === null ? null : new Float64Array(),
        fits: {
          n: checked(forN, places, seen?.n ?? null),
          d: forD === null ? null : checked(forD, places, seen?.d ?? null),
        },
      };
    }
  const sets = new Map(targets.map((t) => gatesOf({ gates, readings }, t)).map((own) => [own.join(" "), own]));
  const densities = [...sets.values()].map((own) => ({ gates: own, chances: density(own) }));
  return {
    design: { kind: "sampled", size, patterns, densities, bits: bitsOf(patterns, gates.length) },
    readings,
    runs,
  };
}

/** By unknown and unit, kept among those `known`: the mean of its uniforms over the unit's worlds, less ½, in standard deviations. Its mean is zero whatever the claims. */
function scoresOf(
  unknowns: readonly string[],
  seed: number,
  units: number,
  size: number,
  known: Map<string, Float64Array>,
): readonly Float64Array[] {
  const draw = stratified(size, scalarMath);
  const worlds = worldsFrom(0, units * size);
  return unknowns.map((name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const uniforms = draw(seed, keyOf(`unknown ${name}`), worlds);
    const means = makeColumn(
      units,
      (u) => uniforms.subarray(u * size, (u + 1) * size).reduce((sum, x) => sum + x, 0) / size - 0.5,
    );
    const spread = Math.sqrt(means.reduce((s, m) => s + m * m, 0) / units);
    const score = spread > 0 ? means.map((m) => m / spread) : means;
    known.set(name, score);
    return score;
  });
}
