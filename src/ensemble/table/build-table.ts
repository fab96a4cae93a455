/** Builds the gate table: runs every pattern of claims that is needed on the same worlds. */

import { Refused } from "#text/refused.ts";
import type { Comparison, Figure, Model } from "#model/model.ts";
import type { Expression } from "#model/expression.ts";
import { makeColumn } from "#kernel/column.ts";
import { scalarMath } from "#kernel/column-math.ts";
import { keyOf } from "#kernel/philox.ts";
import { matrixMathOf } from "#kernel/wasm/matrix.ts";
import { OverBudget } from "../budget.ts";
import { smoothed, type Smoothed } from "./exact-chance.ts";
import { readBy } from "./gates-read.ts";
import { worldsFrom } from "../draws/draws.ts";
import { onceFor, type Lab } from "../work/lab.ts";
import { mindOf } from "../draws/mind.ts";
import { strung } from "../runs.ts";
import type { Profile } from "../profiles.ts";
import { keyOfSituation, situationOf, type Situation } from "../situation.ts";
import { stratified } from "./stratified.ts";
import { basesOf, fittedOn, halvesOf, type Bases } from "./surrogate.ts";
import type { SweepResult, SweepTask } from "../work/sweep-task.ts";
import { checkSize, driftUnits, driftOf } from "./drift.ts";
import { drawPatterns } from "./table-design.ts";
import {
  bitOf,
  bitsOf,
  frameOf,
  gateLimit,
  gatesOf,
  type Fitted,
  type Reading,
  type Table,
  type Target,
} from "./table.ts";

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
  /** Gates that sampled patterns vary, where more than the targets read: a reading is then the same whatever else is asked for. */
  readonly gates?: readonly string[];
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
 * only are equal, and run once), on the same worlds. Otherwise sampled. A reading that the lab has made before for the same request is not made again, and numbers are those that a file keeps
 * (`table-bytes.ts`): so a target reads the same, to the last digit, whatever else the table holds and wherever it comes from. Rejects as `runJobs` does; throws `Refused` for quantiles.
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
  const { settings, targets, count } = plan;
  const { isExact, gates, kept } = designOf(model, settings, request);
  if (gates.length > gateLimit)
    throw new OverBudget({
      what: `${gates.length} claims that gate`,
      limit: `${gateLimit} in one table`,
      instead: "ask for fewer conclusions",
    });
  const known = readingsMade(model, lab, kept);
  const rows = { model, plan, gates, request, known, lab };
  const design = isExact ? await exactRows(rows) : await sampledRows(rows);
  const readings = Array.from<Reading>({ length: count });
  for (const s of settings) for (const r of s.readings) readings[r.place] = known.get(keyOfReading(s, r)) as Reading;
  const sets = new Map(targets.map((t) => gatesOf({ gates, readings }, t)).map((own) => [own.join(" "), own]));
  return {
    frame: frameOf(model),
    view: request.view,
    seed: request.seed,
    gates,
    targets,
    rough: false,
    design: design([...sets.values()]),
    readings,
    runs: runsIn(model, settings, request, isExact),
  };
}

/** Whether every pattern is run, the gates that patterns vary, and all that a reading depends on besides itself. */
function designOf(
  model: Model,
  settings: readonly TableSetting[],
  request: TableRequest,
): { readonly isExact: boolean; readonly gates: readonly string[]; readonly kept: object } {
  const { view, seed, serves, patterns, exact } = request;
  const read = claimsIn(model, settings);
  const gates = request.gates ?? read;
  return widestOf(model, settings) <= exact
    ? { isExact: true, gates: read, kept: { view, seed, batches: batchesOf(request) } }
    : { isExact: false, gates, kept: { view, seed, serves, patterns, size: sizeOf(request), gates } };
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
  return runsIn(model, settings, request, designOf(model, settings, request).isExact);
}

/** Of those, the runs that the lab has not made before. Checks of fits are counted as made. */
export function runsToMake(
  model: Model,
  asked: readonly AskedTarget[],
  stand: Profile,
  request: TableRequest,
  lab: Lab,
): number {
  const { settings } = planned(model, asked, stand);
  const { isExact, kept } = designOf(model, settings, request);
  const known = readingsMade(model, lab, kept);
  const open = openIn(settings, (key) => !known.has(key));
  return runsIn(model, open, request, isExact);
}

function runsIn(model: Model, settings: readonly TableSetting[], request: TableRequest, isExact: boolean): number {
  if (isExact)
    return settings.reduce((sum, s) => sum + 2 ** claimsIn(model, [s]).length, 0) * batchesOf(request) * batchSize;
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

/** The claims that any reading of the settings reads, in order of the model. */
function claimsIn(model: Model, settings: readonly TableSetting[]): readonly string[] {
  const read = new Set(settings.flatMap((s) => s.readings.flatMap((r) => r.gates)));
  return model.claims.map((c) => c.name).filter((c) => read.has(c));
}

/** The most claims that one setting reads. */
export function widestOf(model: Model, settings: readonly TableSetting[]): number {
  return Math.max(0, ...settings.map((s) => claimsIn(model, [s]).length));
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

interface RowsInput {
  readonly model: Model;
  readonly plan: TablePlan;
  /** Those that patterns vary. */
  readonly gates: readonly string[];
  readonly request: TableRequest;
  /** By `keyOfReading`: readings that were made; those of the plan are added. */
  readonly known: Map<string, Reading>;
  readonly lab: Lab;
}

/** The design of a table with targets that read these sets of gates. */
type DesignFor = (sets: readonly (readonly string[])[]) => Table["design"];

function keyOfReading({ situation }: TableSetting, { of, given }: TableSetting["readings"][number]): string {
  return JSON.stringify([keyOfSituation(situation), of, given]);
}

/** Readings that were made with this lab, where nothing but the readings asked for differs. */
function readingsMade(model: Model, lab: Lab, request: object): Map<string, Reading> {
  return onceFor(lab, model, `readings ${JSON.stringify(request)}`, () => new Map<string, Reading>());
}

/** Settings with those of their readings that are `open`. */
function openIn(
  settings: readonly TableSetting[],
  open: (key: string) => boolean,
): readonly (TableSetting & { readonly keys: readonly string[] })[] {
  return settings.flatMap((s) => {
    const readings = s.readings.filter((r) => open(keyOfReading(s, r)));
    return readings.length === 0 ? [] : [{ ...s, readings, keys: readings.map((r) => keyOfReading(s, r)) }];
  });
}

function sweepsOf(settings: readonly TableSetting[]): SweepTask["settings"] {
  return settings.map(({ situation, readings }) => ({
    situation,
    readings: readings.map(({ of, given }) => ({ of, given })),
  }));
}

/** Worlds in a batch: each batch is stratified on its own, and the error is had from how they differ. */
const batchSize = 16;

async function exactRows({ plan: { runIn, settings }, request, known, lab }: RowsInput): Promise<DesignFor> {
  const { view, seed } = request;
  const batches = batchesOf(request);
  const size = batchSize;
  const open = openIn(settings, (key) => !known.has(key));
  const tasks = open.flatMap((s) => {
    const gates = claimsIn(runIn, [s]);
    const patterns = makeColumn(2 ** gates.length, (p) => p);
    return Array.from({ length: batches }, (_, b): SweepTask => ({
      kind: "sweep",
      view,
      seed,
      gates,
      patterns,
      firsts: new Float64Array(patterns.length).fill(b * size),
      size,
      settings: sweepsOf([s]),
    }));
  });
  const results = await lab.perform(runIn, tasks);
  for (const [i, s] of open.entries()) {
    const parts = results.slice(i * batches, (i + 1) * batches).map((r) => r.sums[0] ?? []);
    const gates = claimsIn(runIn, [s]);
    for (const [k, r] of s.readings.entries()) {
      // Rows that differ in claims without a say in this reading are equal.
      const places = r.gates.map((g) => gates.indexOf(g));
      const rows = makeColumn(2 ** places.length, (p) =>
        places.reduce((row, place, bit) => row + bitOf(p, bit) * 2 ** place, 0),
      );
      const joined = (pick: "n" | "d"): Float64Array =>
        makeColumn(batches * rows.length, (at) => {
          const part = parts[Math.floor(at / rows.length)]?.[k]?.[pick];
          return (part?.[rows[at % rows.length] as number] ?? Number.NaN) / size;
        });
      const d = r.given === null ? null : joined("d");
      known.set(s.keys[k] as string, { gates: r.gates, n: joined("n"), d, fits: null });
    }
  }
  return () => ({ kind: "exact", batches, size });
}

/** Units in a task. */
const shard = 128;
const checkShard = 16;

interface SweepInput {
  readonly settings: readonly TableSetting[];
  /** By unit. */
  readonly patterns: Float64Array;
  /** The first world, in units. */
  readonly first: number;
  /** Worlds of a unit. */
  readonly size: number;
  /** Units in a task. */
  readonly most: number;
}

/** By setting and reading: by unit, the means over its worlds. */
async function sweptMeans(
  { plan: { runIn }, gates, request: { view, seed }, lab }: RowsInput,
  { settings, patterns, first, size, most }: SweepInput,
): Promise<SweepResult["sums"]> {
  const tasks = Array.from({ length: Math.ceil(patterns.length / most) }, (_, t): SweepTask => {
    const some = patterns.slice(t * most, (t + 1) * most);
    const firsts = makeColumn(some.length, (u) => (first + t * most + u) * size);
    return { kind: "sweep", view, seed, gates, patterns: some, firsts, size, settings: sweepsOf(settings) };
  });
  const results = settings.length === 0 ? [] : await lab.perform(runIn, tasks);
  const means = (s: number, k: number, pick: "n" | "d"): Float64Array =>
    strung(results.map((r) => r.sums[s]?.[k]?.[pick] ?? new Float64Array())).map((v) => v / size);
  return settings.map(({ readings }, s) =>
    readings.map(({ given }, k) => ({ n: means(s, k, "n"), d: given === null ? null : means(s, k, "d") })),
  );
}

async function sampledRows(input: RowsInput): Promise<DesignFor> {
  const {
    model,
    plan: { runIn, settings },
    gates,
    request: { serves, seed, patterns: count, checks = 0 },
    known,
    lab,
  } = input;
  const size = sizeOf(input.request);
  const { patterns, density } = onceFor(lab, model, `patterns ${JSON.stringify({ serves, seed, count, gates })}`, () =>
    drawPatterns(
      frameOf(model),
      serves.map((v) => mindOf(model, v)),
      gates,
      count,
      seed,
    ),
  );
  const open = openIn(settings, (key) => !known.has(key));
  const means = await sweptMeans(input, { settings: open, patterns, first: 0, size, most: shard });
  const fit = fittingOn({ model: runIn, settings: open, gates, patterns, seed, size, lab });
  for (const [s, { readings, keys }] of open.entries())
    for (const [k, r] of readings.entries()) {
      const read = means[s]?.[k];
      if (read === undefined) throw new Error("a reading was not made");
      const fits = { n: fit(r, read.n), d: read.d === null ? null : fit(r, read.d) };
      const none = new Float64Array();
      known.set(keys[k] as string, { gates: r.gates, n: none, d: read.d === null ? null : none, fits });
    }
  if (checks > 0) await checkFits(input, Math.ceil((patterns.length * size) / checkSize));
  return (sets) => ({
    kind: "sampled",
    size,
    patterns,
    densities: sets.map((own) => ({ gates: own, chances: density(own).map(Math.fround) })),
    bits: bitsOf(patterns, gates.length),
  });
}

interface FittingInput {
  readonly model: Model;
  readonly settings: readonly TableSetting[];
  readonly gates: readonly string[];
  readonly patterns: Float64Array;
  readonly seed: number;
  readonly size: number;
  readonly lab: Lab;
}

/** Fits what was read on the claims and unknowns of its reading. Readings of the same ones share what the fits have in common. */
function fittingOn({
  model,
  settings,
  gates,
  patterns,
  seed,
  size,
  lab,
}: FittingInput): (r: TableSetting["readings"][number], values: Float64Array) => Fitted {
  const readings = settings.flatMap((s) => s.readings);
  const claims = claimsIn(model, settings).map((g) => gates.indexOf(g));
  const unknowns = [...new Set(readings.flatMap((r) => r.unknowns))];
  const key = `scores ${seed} ${patterns.length} ${size}`;
  const known = onceFor(lab, model, key, () => new Map<string, Float64Array>());
  const scores = scoresOf(unknowns, seed, patterns.length, size, known);
  const math = onceFor(lab, model, "matrix math", () => matrixMathOf(globalThis));
  const halves = halvesOf(patterns, claims, scores, math);
  const bases = new Map<string, Bases>();
  return (r, values) => {
    const places = r.gates.map((g) => gates.indexOf(g));
    const columns = r.unknowns.map((u) => unknowns.indexOf(u));
    const own = JSON.stringify([places, columns]);
    const basis = bases.get(own) ?? basesOf(halves, places, columns);
    bases.set(own, basis);
    return fittedOn(basis, patterns, places, values);
  };
}

/** Measures, of the readings of the plan where that was not done, how far their fits are off at patterns of their own, on worlds that no unit has. */
async function checkFits(input: RowsInput, first: number): Promise<void> {
  const { model, plan, gates, request, known } = input;
  const { serves, checks = 0, seed } = request;
  const open = openIn(plan.settings, (key) => Number.isNaN(known.get(key)?.fits?.n.drift));
  const minds = serves.map((v) => mindOf(model, v));
  const unseen = drawPatterns(frameOf(model), minds, gates, checks, (seed ^ 0x2545f491) >>> 0).patterns;
  const patterns = makeColumn(unseen.length * driftUnits, (u) => unseen[Math.floor(u / driftUnits)] as number);
  const means = await sweptMeans(input, { settings: open, patterns, first, size: checkSize, most: checkShard });
  for (const [s, { readings, keys }] of open.entries())
    for (const [k, r] of readings.entries()) {
      const [reading, seen] = [known.get(keys[k] as string), means[s]?.[k]];
      if (reading === undefined || reading.fits === null || seen === undefined) continue;
      const places = r.gates.map((g) => gates.indexOf(g));
      const checked = (fitted: Fitted, values: Float64Array): Fitted => ({
        ...fitted,
        drift: Math.fround(driftOf(fitted, unseen, places, values)),
      });
      const { n, d } = reading.fits;
      const fits = { n: checked(n, seen.n), d: d === null || seen.d === null ? null : checked(d, seen.d) };
      known.set(keys[k] as string, { ...reading, fits });
    }
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
