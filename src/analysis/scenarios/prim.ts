/** Cases with their features, and which of them fail, in; boxes in which failures crowd, by patient peeling, and a tree that says it another way, out. */

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
  readonly tree: readonly Leaf[];
}

export interface Leaf {
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
  const all = Array.from(fails, (_, i) => i);
  const trajectory = peeled(features, fails, all);
  const chosen = bestOf(trajectory);
  const key = keyOf("scenarios");
  const times = new Map<string, number>();
  for (let r = 0; r < resamples; r++) {
    const drawn = all.map((i) => Math.floor(uniform(seed, key, r, i) * all.length));
    for (const x of bestOf(peeled(features, fails, drawn)).restrictions)
      times.set(x.feature, (times.get(x.feature) ?? 0) + 1);
  }
  return {
    cases: fails.length,
    failures: count(fails, all),
    trajectory,
    chosen,
    reproduced: [...times].map(([feature, n]) => ({ feature, times: n })).toSorted((a, b) => b.times - a.times),
    resamples,
    tree: leaves(features, fails, all, [], count(fails, all)).filter((l) => l.density > 0.5),
  };
}

function count(fails: Uint8Array, of: readonly number[]): number {
  return of.reduce((n, i) => n + (fails[i] as number), 0);
}

function bestOf(boxes: readonly Box[]): Box {
  const score = (b: Box): number =>
    b.coverage + b.density > 0 ? (2 * b.coverage * b.density) / (b.coverage + b.density) : 0;
  return boxes.reduce((best, b) => (score(b) > score(best) + 1e-12 ? b : best));
}

type Ends = ReadonlyMap<string, readonly [number, number]>;

function peeled(features: readonly Feature[], fails: Uint8Array, all: readonly number[]): readonly Box[] {
  const whole = count(fails, all);
  let inside = all;
  let ends: Ends = new Map();
  const boxes = [boxOf(features, fails, all, inside, ends, whole)];
  while (inside.length > leastMass * all.length) {
    let best: { readonly left: readonly number[]; readonly ends: Ends; readonly gain: number } | null = null;
    const now = count(fails, inside) / inside.length;
    for (const f of features)
      for (const [low, high] of peelsOf(f, inside)) {
        const left = inside.filter((i) => (f.column[i] as number) >= low && (f.column[i] as number) <= high);
        if (left.length === inside.length || left.length < leastMass * all.length) continue;
        // Gain for each case given up: a truth takes away more at once than a peel of a quantile.
        const gain = (count(fails, left) / left.length - now) / (inside.length - left.length);
        if (best === null || gain > best.gain) {
          const old = ends.get(f.name) ?? [0, 1];
          best = { left, gain, ends: new Map([...ends, [f.name, [Math.max(old[0], low), Math.min(old[1], high)]]]) };
        }
      }
    if (best === null || !(best.gain > 0)) break;
    ({ left: inside, ends } = best);
    boxes.push(boxOf(features, fails, all, inside, ends, whole));
  }
  return boxes;
}

function peelsOf(f: Feature, inside: readonly number[]): readonly (readonly [number, number])[] {
  if (f.kind === "truth")
    return [
      [0, 0],
      [1, 1],
    ];
  const sorted = inside.map((i) => f.column[i] as number).toSorted((a, b) => a - b);
  const cut = Math.max(1, Math.floor(peel * sorted.length));
  return [
    [sorted[cut] ?? 0, 1],
    [0, sorted[sorted.length - 1 - cut] ?? 1],
  ];
}

function boxOf(
  features: readonly Feature[],
  fails: Uint8Array,
  all: readonly number[],
  inside: readonly number[],
  ends: Ends,
  whole: number,
): Box {
  const within = count(fails, inside);
  const holds = (i: number, but: string): boolean =>
    [...ends].every(([name, [low, high]]) => {
      const x = features.find((f) => f.name === name)?.column[i] as number;
      return name === but || (x >= low && x <= high);
    });
  return {
    coverage: whole === 0 ? 0 : within / whole,
    density: within / inside.length,
    mass: inside.length / all.length,
    restrictions: [...ends].map(([feature, [low, high]]) => {
      const without = all.filter((i) => holds(i, feature));
      const share = count(fails, without) / without.length;
      const kind = features.find((f) => f.name === feature)?.kind ?? "quantile";
      return { feature, kind, low, high, quasiP: binomialTail(within, inside.length, share) };
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
  conditions: Leaf["conditions"],
  whole: number,
): readonly Leaf[] {
  const within = count(fails, inside);
  const leaf: Leaf = { conditions, coverage: whole === 0 ? 0 : within / whole, density: within / inside.length };
  if (conditions.length === 3 || inside.length < 40 || within === 0 || within === inside.length) return [leaf];
  const gini = (of: readonly number[]): number => {
    const p = of.length === 0 ? 0 : count(fails, of) / of.length;
    return of.length * p * (1 - p);
  };
  let best: { readonly f: Feature; readonly at: number; readonly gain: number } | null = null;
  for (const f of features)
    for (const at of f.kind === "truth" ? [0.5] : [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      const above = inside.filter((i) => (f.column[i] as number) > at);
      const below = inside.filter((i) => (f.column[i] as number) <= at);
      if (above.length < 20 || below.length < 20) continue;
      const gain = gini(inside) - gini(above) - gini(below);
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
