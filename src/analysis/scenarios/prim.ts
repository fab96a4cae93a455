/** Finds boxes in which failures crowd, by patient peeling (PRIM), and a tree that says the same another way. */

import { pickColumn } from "#kernel/column.ts";
import { keyOf, uniform } from "#kernel/philox.ts";

/** A number within 0..1 (an unknown's quantile), or a truth. */
export interface Feature {
  readonly name: string;
  readonly kind: "quantile" | "truth";
  readonly column: Float64Array;
}

export interface Restriction {
  readonly feature: string;
  readonly kind: Feature["kind"];
  /** Of a truth 0 or 1 for both. */
  readonly low: number;
  readonly high: number;
  /** Chance that so many failures would be in the box if this restriction said nothing (binomial, after Bryant & Lempert 2010). */
  readonly quasiP: number;
}

export interface Box {
  readonly restrictions: readonly Restriction[];
  /** Share of all failures that are inside. */
  readonly coverage: number;
  /** Share of what is inside that fails. */
  readonly density: number;
  /** Share of all cases that are inside. */
  readonly mass: number;
}

export interface ScenarioFinding {
  readonly cases: number;
  readonly failures: number;
  /** From everything to the last peel: nothing is hidden behind a threshold. */
  readonly trajectory: readonly Box[];
  /** The box with the greatest harmonic mean of coverage and density. */
  readonly chosen: Box;
  /** By feature: in how many of the resamples the chosen box restricts it. */
  readonly reproduced: readonly { readonly feature: string; readonly times: number }[];
  readonly resamples: number;
  /** Leaves of a tree of Gini splits, three deep, in which more than half fail. */
  readonly tree: readonly TreeLeaf[];
}

export interface TreeLeaf {
  readonly conditions: readonly {
    readonly feature: string;
    readonly kind: Feature["kind"];
    readonly above: boolean;
    readonly at: number;
  }[];
  readonly coverage: number;
  readonly density: number;
}

const peel = 0.05;
const leastMass = 0.05;
const resamples = 20;

/** The patient rule induction method (Friedman & Fisher 1999) as scenario discovery uses it (Bryant & Lempert 2010), with CART (Breiman et al. 1984) beside it. */
export function scenarios(features: readonly Feature[], fails: Uint8Array, seed: number): ScenarioFinding {
  const all = [...fails.keys()];
  const failures = count(fails, all);
  const peels = peeled(features, fails, all);
  const trajectory = peels.map((p) => boxOf(features, fails, p, failures));
  const key = keyOf("scenarios");
  const times = new Map<string, number>();
  for (let r = 0; r < resamples; r++) {
    const drawn = all.map((i) => Math.floor(uniform(seed, key, r, i) * all.length));
    const { ends } = bestOf(peeled(features, fails, drawn), count(fails, drawn));
    for (const at of ends.keys()) {
      const { name } = features[at] as Feature;
      times.set(name, (times.get(name) ?? 0) + 1);
    }
  }
  return {
    cases: fails.length,
    failures,
    trajectory,
    chosen: trajectory[peels.indexOf(bestOf(peels, failures))] as Box,
    reproduced: [...times].map(([feature, n]) => ({ feature, times: n })).toSorted((a, b) => b.times - a.times),
    resamples,
    tree: leaves(features, fails, all, [], failures).filter((l) => l.density > 0.5),
  };
}

function count(fails: Uint8Array, of: readonly number[]): number {
  let sum = 0;
  for (const i of of) sum += fails[i] as number;
  return sum;
}

/** Low and high by place of the feature, in the order in which they were first restricted. */
type Ends = ReadonlyMap<number, readonly [number, number]>;

/** One step of the peeling: what is restricted by then, how many cases are inside, and how many of them fail. */
interface Peel {
  readonly ends: Ends;
  readonly inside: number;
  readonly failing: number;
}

/** The harmonic mean of coverage and density is largest. `failures` of all cases. */
function bestOf(peels: readonly Peel[], failures: number): Peel {
  const score = ({ failing, inside }: Peel): number => (failing === 0 ? 0 : (2 * failing) / (failures + inside));
  return peels.reduce((best, p) => (score(p) > score(best) + 1e-12 ? p : best));
}

/** `drawn` names a case for each place; a case may stand at several. */
function peeled(features: readonly Feature[], fails: Uint8Array, drawn: readonly number[]): readonly Peel[] {
  const places = drawn.length;
  const failsAt = pickColumn(fails, drawn);
  const columns = features.map((f) => pickColumn(f.column, drawn));
  // By feature: the places inside, from the least value up. A peel takes some from an end, so nothing is sorted again.
  const inPlace = Int32Array.from(drawn.keys());
  let orders = columns.map((column) => inPlace.toSorted((a, b) => (column[a] as number) - (column[b] as number)));
  let now: Peel = { ends: new Map(), inside: places, failing: count(fails, drawn) };
  const peels = [now];
  while (now.inside > leastMass * places) {
    let best: Cut | null = null;
    for (const [feature, { kind }] of features.entries())
      for (const cut of cutsOf(feature, kind, columns[feature] as Float64Array, orders[feature] as Int32Array)) {
        const inside = cut.to - cut.from;
        if (inside === now.inside || inside < leastMass * places) continue;
        const order = orders[feature] as Int32Array;
        let gone = 0;
        for (let k = 0; k < cut.from; k++) gone += failsAt[order[k] as number] as number;
        for (let k = cut.to; k < now.inside; k++) gone += failsAt[order[k] as number] as number;
        const failing = now.failing - gone;
        // Gain for each case given up: a truth takes away more at once than a peel of a quantile.
        const gain = (failing / inside - now.failing / now.inside) / (now.inside - inside);
        if (best === null || gain > best.gain) best = { ...cut, gain, failing };
      }
    if (best === null || !(best.gain > 0)) break;
    const { feature, low, high, from, to, failing } = best;
    const old = now.ends.get(feature) ?? [0, 1];
    const ends = new Map([...now.ends, [feature, [Math.max(old[0], low), Math.min(old[1], high)]] as const]);
    const isLeft = new Uint8Array(places);
    for (const place of (orders[feature] as Int32Array).subarray(from, to)) isLeft[place] = 1;
    orders = orders.map((order) => {
      const left = new Int32Array(to - from);
      let count = 0;
      for (const place of order) if (isLeft[place] === 1) left[count++] = place;
      return left;
    });
    now = { ends, inside: to - from, failing };
    peels.push(now);
  }
  return peels;
}

/** What stays of a feature: the values `low` … `high`, at `from` … `to` − 1 of those inside, in order of size. */
interface Stretch {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

interface Cut extends Stretch {
  readonly gain: number;
  readonly failing: number;
}

/** Of a truth each value alone; of a quantile a twentieth taken from below or from above, equal values left together. */
function cutsOf(
  feature: number,
  kind: Feature["kind"],
  column: Float64Array,
  order: Int32Array,
): readonly [Stretch, Stretch] {
  const size = order.length;
  const at = (k: number): number => column[order[k] as number] as number;
  if (kind === "truth") {
    let from = 0;
    while (from < size && at(from) === 0) from++;
    return [
      { feature, low: 0, high: 0, from: 0, to: from },
      { feature, low: 1, high: 1, from, to: size },
    ];
  }
  let from = Math.max(1, Math.floor(peel * size));
  let to = size - from;
  const [low, high] = [at(from), at(to - 1)];
  while (from > 0 && at(from - 1) === low) from--;
  while (to < size && at(to) === high) to++;
  return [
    { feature, low, high: 1, from, to: size },
    { feature, low: 0, high, from: 0, to },
  ];
}

function boxOf(features: readonly Feature[], fails: Uint8Array, { ends, inside, failing }: Peel, whole: number): Box {
  const limits = [...ends].map(([at, [low, high]]) => ({ ...(features[at] as Feature), low, high }));
  // Cases that hold all restrictions but at most one, and how many of them fail: by that one, those that hold all apart.
  const without = limits.map(() => ({ cases: 0, failing: 0 }));
  for (let i = 0; i < fails.length; i++) {
    let broken = 0;
    let which = 0;
    for (let k = 0; k < limits.length && broken < 2; k++) {
      const { column, low, high } = limits[k] as (typeof limits)[number];
      const x = column[i] as number;
      if (x >= low && x <= high) continue;
      broken++;
      which = k;
    }
    const alone = without[which];
    if (broken !== 1 || alone === undefined) continue;
    alone.cases++;
    alone.failing += fails[i] as number;
  }
  return {
    coverage: whole === 0 ? 0 : failing / whole,
    density: failing / inside,
    mass: inside / fails.length,
    restrictions: limits.map(({ name, kind, low, high }, k) => {
      const { cases, failing: others } = without[k] as (typeof without)[number];
      const share = (failing + others) / (inside + cases);
      return { feature: name, kind, low, high, quasiP: binomialTail(failing, inside, share) };
    }),
  };
}

/** P(X ≥ k) of a binomial, summed from the top. */
function binomialTail(k: number, n: number, p: number): number {
  if (p >= 1) return 1;
  if (p <= 0) return k === 0 ? 1 : 0;
  let log = n * Math.log(p);
  let sum = Math.exp(log);
  for (let i = n; i > k; i--) {
    log += Math.log(i) - Math.log(n - i + 1) + Math.log(1 - p) - Math.log(p);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

function leaves(
  features: readonly Feature[],
  fails: Uint8Array,
  inside: readonly number[],
  conditions: TreeLeaf["conditions"],
  whole: number,
): readonly TreeLeaf[] {
  const within = count(fails, inside);
  const leaf: TreeLeaf = { conditions, coverage: whole === 0 ? 0 : within / whole, density: within / inside.length };
  if (conditions.length === 3 || inside.length < 40 || within === 0 || within === inside.length) return [leaf];
  const gini = (size: number, failing: number): number => (size === 0 ? 0 : failing * (1 - failing / size));
  let best: { readonly f: Feature; readonly at: number; readonly gain: number } | null = null;
  for (const f of features)
    for (const at of f.kind === "truth" ? [0.5] : [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      let [above, failing] = [0, 0];
      for (const i of inside) {
        if (!((f.column[i] as number) > at)) continue;
        above++;
        failing += fails[i] as number;
      }
      const below = inside.length - above;
      if (above < 20 || below < 20) continue;
      const gain = gini(inside.length, within) - gini(above, failing) - gini(below, within - failing);
      if (best === null || gain > best.gain) best = { f, at, gain };
    }
  if (best === null || !(best.gain > 1e-9)) return [leaf];
  const { f, at } = best;
  return [true, false].flatMap((above) =>
    leaves(
      features,
      fails,
      inside.filter((i) => (f.column[i] as number) > at === above),
      [...conditions, { feature: f.name, kind: f.kind, above, at }],
      whole,
    ),
  );
}
