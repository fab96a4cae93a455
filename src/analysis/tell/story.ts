/** Runs one world and gathers what happened in it: events in order of time with what drove them, the claims that were true, and the state as it went. */

import { drawsFor } from "#ensemble/draws/draws.ts";
import { itemsOf, type Situation } from "#ensemble/situation.ts";
import { prepare } from "#kernel/reference.ts";
import { children, walk, type Expression } from "#model/expression.ts";
import type { Event, Let, Model, Unit } from "#model/model.ts";

interface StoryRequest {
  readonly view: string;
  readonly situation: Situation;
  readonly seed: number;
  readonly world: number;
}

/** Times from the start, in the clock's unit; values in base units. */
export interface Story {
  readonly world: number;
  readonly view: string;
  readonly situation: Situation;
  readonly claims: readonly { readonly name: string; readonly isTrue: boolean }[];
  readonly happenings: readonly Happening[];
  /** A few things that build up, at some times. */
  readonly state: readonly {
    readonly name: string;
    readonly label: string;
    readonly unit: Unit;
    readonly at: readonly { readonly time: number; readonly value: number }[];
  }[];
  /** By outcome of the model. */
  readonly outcomes: readonly number[];
}

export interface Happening {
  readonly event: string;
  readonly label: string;
  readonly time: number;
  /** How often it has happened by then, this time included. */
  readonly times: number;
  readonly causes: readonly Cause[];
}

export type Cause =
  /** A part of a hazard: how much of its rate it was at that time, in what words the model has, and the true claims it stands on. */
  | {
      readonly kind: "hazard";
      readonly share: number;
      readonly words: readonly string[];
      readonly claims: readonly string[];
    }
  /** What had to happen before, and had. */
  | { readonly kind: "after"; readonly event: string; readonly label: string };

/** Names that no case can have. */
const watchName = (kind: string, event: string, part = 0): string => `told ${kind} ${event} ${part}`;

/** Parts of a rate that were less than this share of it are not told. */
const smallest = 0.08;
/** Things whose state is told, and at how many times. */
const mostSeries = 3;
const moments = 6;

/** The same draws as that world has in every other verb. Throws `RunFailure` as `Program.run` does, `Refused` for what the model does not have. */
export function tellStory(model: Model, { view, situation, seed, world }: StoryRequest): Story {
  const hazards = model.events.map((e) => (e.timing.kind === "hazard" ? addendsOf(e.timing.rate) : []));
  const watched = withWatches(model, hazards);
  const told = seriesOf(model);
  const series = [...watched.names, ...told.map((s) => s.name)];
  const setting = { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) };
  const program = prepare(watched.model, setting, { finals: [], always: [], series });
  const [draws] = drawsFor(watched.model, { view, situation }, program, seed, [world]);
  if (draws === undefined) throw new RangeError(`no draws for world ${world}`);
  const run = program.run({ ...draws, seed, world });
  const path = (name: string): Float64Array => run.series[series.indexOf(name)] ?? new Float64Array();
  const isTrue = (claim: string): boolean => draws.claims[model.claims.findIndex((c) => c.name === claim)] === 1;
  const steps = model.time?.steps ?? 0;
  const dt = model.time?.dt ?? 1;
  const happenings = model.events.flatMap((event, i) => {
    const counts = path(watchName("count", event.name));
    return Array.from({ length: steps }, (_, k) => k).flatMap((k): Happening[] => {
      const [before, after] = [counts[k] ?? 0, counts[k + 1] ?? 0];
      if (!(after > before)) return [];
      const first = run.firstTimes[i] ?? Number.NaN;
      const time = before === 0 && Number.isFinite(first) ? first : k * dt;
      const causes =
        event.timing.kind === "hazard"
          ? hazardCauses(
              model,
              event,
              hazards[i] ?? [],
              (part) => path(watchName("rate", event.name, part))[k] ?? 0,
              isTrue,
            )
          : afterCauses(
              model,
              event,
              (e) => (path(watchName("count", e))[k] ?? 0) > 0 || happensBefore(path(watchName("count", e)), k),
            );
      return [{ event: event.name, label: event.label, time, times: after, causes }];
    });
  });
  const times = Array.from({ length: moments }, (_, i) => Math.round((i * steps) / (moments - 1)));
  return {
    world,
    view,
    situation,
    claims: model.claims.map((c) => ({ name: c.name, isTrue: isTrue(c.name) })),
    happenings: happenings.toSorted((a, b) => a.time - b.time),
    state: told.map((s) => ({
      ...s,
      at: [...new Set(times)].map((k) => ({ time: k * dt, value: path(s.name)[k] ?? Number.NaN })),
    })),
    outcomes: [...run.outcomes],
  };
}

/** In the same step, on its way. */
function happensBefore(counts: Float64Array, step: number): boolean {
  return (counts[step + 1] ?? 0) > 0;
}

/** The model with auxiliaries that nothing reads but the teller: how often each event has happened, and each part of each rate. */
function withWatches(
  model: Model,
  hazards: readonly (readonly Expression[])[],
): { readonly model: Model; readonly names: readonly string[] } {
  const plain: Unit = { label: "number", factor: 1, dimension: {} };
  const watch = (name: string, value: Expression, like: Event): Let => ({
    name,
    label: name,
    span: like.span,
    unit: plain,
    value,
    provenance: [],
    isStatic: false,
  });
  const own = model.events.flatMap((e, i) => [
    watch(watchName("count", e.name), { op: "count", event: e.name }, e),
    ...(hazards[i] ?? []).map((part, k) => watch(watchName("rate", e.name, k), part, e)),
  ]);
  return { model: { ...model, lets: [...model.lets, ...own] }, names: own.map((l) => l.name) };
}

/** What is added up in a rate; a factor of the whole goes with each part. */
function addendsOf(rate: Expression): readonly Expression[] {
  if (rate.op === "binary" && rate.operator === "add") return [...addendsOf(rate.left), ...addendsOf(rate.right)];
  if (rate.op === "binary" && rate.operator === "mul") {
    const [left, right] = [addendsOf(rate.left), addendsOf(rate.right)];
    if (left.length > 1) return left.map((part) => ({ ...rate, left: part }));
    if (right.length > 1) return right.map((part) => ({ ...rate, right: part }));
  }
  return [rate];
}

function hazardCauses(
  model: Model,
  event: Event,
  parts: readonly Expression[],
  valueOf: (part: number) => number,
  isTrue: (claim: string) => boolean,
): readonly Cause[] {
  const values = parts.map((_, k) => Math.max(0, valueOf(k)));
  const whole = values.reduce((sum, v) => sum + v, 0);
  if (!(whole > 0)) return afterCauses(model, event, () => true);
  return parts
    .map((part, k): Extract<Cause, { kind: "hazard" }> => {
      const read = readsOf(model, part);
      return {
        kind: "hazard",
        share: (values[k] as number) / whole,
        words: read.words,
        claims: read.claims.filter(isTrue),
      };
    })
    .filter((c) => c.share >= smallest)
    .toSorted((a, b) => b.share - a.share);
}

function afterCauses(model: Model, event: Event, hasHappened: (event: string) => boolean): readonly Cause[] {
  const needed = event.timing.kind === "after" ? event.timing.events : event.when === null ? [] : neededIn(event.when);
  return [...new Set(needed)].filter(hasHappened).map((name) => ({
    kind: "after",
    event: name,
    label: model.events.find((e) => e.name === name)?.label ?? name,
  }));
}

/** Events that must have happened. */
function neededIn(e: Expression): readonly string[] {
  if (e.op === "happened") return [e.event];
  return e.op === "binary" && (e.operator === "and" || e.operator === "or")
    ? [...neededIn(e.left), ...neededIn(e.right)]
    : [];
}

/** The model's words for what a part of a rate reads, and the claims it stands on: its own, and those of auxiliaries it reads at once. */
function readsOf(
  model: Model,
  part: Expression,
): { readonly words: readonly string[]; readonly claims: readonly string[] } {
  const words = new Set<string>();
  const claims = new Set<string>();
  // Told only where nothing that moves is read.
  const alone = new Set<string>();
  const look = (e: Expression, depth: number): void => {
    walk(e, (x) => {
      if (x.op === "claim") claims.add(x.name);
      const named =
        x.op === "stock"
          ? model.stocks.find((s) => s.name === x.name)
          : x.op === "let"
            ? model.lets.find((l) => l.name === x.name)
            : undefined;
      if (named !== undefined && depth === 0 && named.label !== named.name) words.add(named.label);
      const unknown = x.op === "unknown" && depth === 0 ? model.unknowns.find((u) => u.name === x.name) : undefined;
      if (unknown !== undefined && unknown.label !== unknown.name) alone.add(unknown.label);
      if (x.op === "let" && depth < 1) {
        const value = model.lets.find((l) => l.name === x.name)?.value;
        if (value !== undefined) for (const child of [value, ...children(value)]) look(child, depth + 1);
      }
    });
  };
  look(part, 0);
  return { words: [...(words.size > 0 ? words : alone)].slice(0, 3), claims: [...claims] };
}

/** What stands beside every verdict first, then what has words of its own. */
function seriesOf(model: Model): readonly { readonly name: string; readonly label: string; readonly unit: Unit }[] {
  if (model.time === null) return [];
  const shown = model.outcomes
    .filter((o) => o.alwaysShown)
    .flatMap((o) => (o.value.op === "over" && o.value.of.op === "stock" ? [o.value.of.name] : []));
  const named = model.stocks.filter((s) => !s.hidden && s.label !== s.name).map((s) => s.name);
  return [...new Set([...shown, ...named])]
    .flatMap((name) => model.stocks.filter((s) => s.name === name))
    .slice(0, mostSeries)
    .map(({ name, label, unit }) => ({ name, label, unit }));
}

/** The first world from `from` on, of at most `most`, in which `where` is true at the end; null where none is. */
export function findWorld(
  model: Model,
  { view, situation, seed }: Omit<StoryRequest, "world">,
  where: Expression,
  from: number,
  most: number,
): { readonly world: number; readonly tried: number } | null {
  const setting = { choices: situation.choices, suppositions: itemsOf(model, situation.suppositions) };
  const program = prepare(model, setting, { finals: [where], always: [], series: [] });
  const batch = 16;
  for (let tried = 0; tried < most; tried += batch) {
    const worlds = Array.from({ length: Math.min(batch, most - tried) }, (_, i) => from + tried + i);
    const draws = drawsFor(model, { view, situation }, program, seed, worlds);
    for (const [i, world] of worlds.entries()) {
      const own = draws[i];
      if (own !== undefined && program.run({ ...own, seed, world }).finals[0] === 1)
        return { world, tried: tried + i + 1 };
    }
  }
  return null;
}
