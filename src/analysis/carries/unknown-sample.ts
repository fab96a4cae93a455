/** Samples a margin world by world, with two lucks for each belief and with each group of unknowns drawn again. */

import { walk } from "#model/expression.ts";
import type { Distribution, Model } from "#model/model.ts";
import { parametersOf } from "#model/world/quantities.ts";
import { planned, sharedVariant, type AskedTarget } from "#ensemble/table/build-table.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf, viewNames } from "#ensemble/draws/mind.ts";
import type { Picked, PickTask } from "#ensemble/work/pick-task.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { strung } from "#ensemble/runs.ts";
import type { Situation } from "#ensemble/situation.ts";
import { slopeAt } from "../figures/margin.ts";

/** The margin by world, to first order where it is no sum of means; in base units. */
export interface UnknownSample {
  readonly margin: number;
  /** Beliefs A with luck 1, with luck 2; beliefs B with luck 3. Luck draws the claims too. */
  readonly a1: Float64Array;
  readonly a2: Float64Array;
  readonly b3: Float64Array;
  /** By group: beliefs A but this group from B, with luck 2. */
  readonly mixed: readonly Float64Array[];
  readonly groups: readonly (readonly string[])[];
  readonly runs: number;
}

export interface SampleRequest {
  readonly view: string;
  readonly seed: number;
  readonly worlds: number;
}

const shard = 64;

/** Simulated runs that a sample takes, known before the first. */
export function runsOfSample(
  model: Model,
  asked: AskedTarget,
  stand: Profile,
  { view, worlds }: { readonly view: string; readonly worlds: number },
): number {
  const { settings } = planned(model, [asked], stand);
  const read = new Set(settings.flatMap((s) => s.readings.flatMap((r) => r.unknowns)));
  return asked.comparison.figures.length * worlds * (3 + dependentGroups(model, view, [...read]).length);
}

export async function unknownSample(
  model: Model,
  asked: AskedTarget,
  stand: Profile,
  request: SampleRequest,
  lab: Lab,
): Promise<UnknownSample> {
  const { settings, targets, runIn } = planned(model, [asked], stand);
  const [target] = targets;
  if (target === undefined) throw new Error("nothing was asked for");
  const read = new Set(settings.flatMap((s) => s.readings.flatMap((r) => r.unknowns)));
  const groups = dependentGroups(model, request.view, [...read]);
  const parts: Picked[][] = [];
  let runs = 0;
  for (const figure of target.figures) {
    const setting = settings.find((s) => s.readings.some((r) => r.place === figure.reading));
    const reading = setting?.readings.find((r) => r.place === figure.reading);
    if (setting === undefined || reading === undefined) throw new Error(`no reading ${figure.reading}`);
    const situation: Situation = { ...setting.situation, claims: figure.pins };
    const tasks = Array.from({ length: Math.ceil(request.worlds / shard) }, (_, t): PickTask => ({
      kind: "pick",
      view: request.view,
      seed: request.seed,
      first: t * shard,
      count: Math.min(shard, request.worlds - t * shard),
      groups,
      settings: [{ situation, readings: [{ of: reading.of, given: reading.given }] }],
    }));
    const results = await lab.perform(sharedVariant(model, runIn, lab), tasks);
    runs += request.worlds * (3 + groups.length);
    parts.push(
      Array.from({ length: 3 + groups.length }, (_, way) => ({
        n: strung(results.map((r) => r.picked[0]?.[0]?.[way]?.n ?? new Float64Array())),
        d: reading.given === null ? null : strung(results.map((r) => r.picked[0]?.[0]?.[way]?.d ?? new Float64Array())),
      })),
    );
  }
  return { ...linearised(target.margin, parts), groups, runs };
}

/** m + Σ slope·(n − R·d)/D by world, with R, D and the slopes from the three plain ways together. */
function linearised(
  margin: AskedTarget["comparison"]["margin"],
  parts: readonly (readonly Picked[])[],
): Omit<UnknownSample, "groups" | "runs"> {
  const overall = parts.map((ways) => {
    const plain = ways.slice(0, 3);
    const mean = (values: readonly Float64Array[]): number =>
      values.reduce((s, v) => s + v.reduce((a, b) => a + b, 0), 0) / values.reduce((s, v) => s + v.length, 0);
    const d = ways[0]?.d === null ? 1 : mean(plain.map((p) => p.d ?? new Float64Array()));
    return { value: mean(plain.map((p) => p.n)) / d, d };
  });
  const { value, by } = slopeAt(
    margin,
    overall.map((o) => o.value),
  );
  const way = (k: number): Float64Array => {
    const length = parts[0]?.[k]?.n.length ?? 0;
    return Float64Array.from({ length }, (_, w) =>
      parts.reduce((sum, ways, f) => {
        const { n, d } = ways[k] as Picked;
        const o = overall[f] as (typeof overall)[number];
        return sum + (by[f] as number) * (((n[w] as number) - o.value * (d === null ? 1 : (d[w] as number))) / o.d);
      }, value),
    );
  };
  const count = parts[0]?.length ?? 0;
  return {
    margin: value,
    a1: way(0),
    a2: way(1),
    b3: way(2),
    mixed: Array.from({ length: Math.max(0, count - 3) }, (_, j) => way(3 + j)),
  };
}

/** Unknowns whose distributions hang on one another are drawn anew together, whether in the view or in one that somebody of the case sees through. */
function dependentGroups(model: Model, view: string, names: readonly string[]): readonly (readonly string[])[] {
  const minds = [view, ...viewNames(model)].map((v) => mindOf(model, v).distributions);
  const readBy = new Map(names.map((name) => [name, mentioned(minds.map((all) => all[name]))]));
  const groups: string[][] = [];
  for (const name of names) {
    const joined = groups.filter((g) =>
      g.some((member) => readBy.get(name)?.has(member) === true || readBy.get(member)?.has(name) === true),
    );
    for (const g of joined) groups.splice(groups.indexOf(g), 1);
    groups.push([...joined.flat(), name]);
  }
  return groups;
}

/** The unknowns that any of the distributions reads. */
function mentioned(some: readonly (Distribution | undefined)[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const d of some)
    for (const e of d === undefined ? [] : parametersOf(d))
      walk(e, (part) => {
        if (part.op === "unknown") names.add(part.name);
      });
  return names;
}
