/** Moves everything in a case that is judged by up to twice or half, and finds how verdicts and ranks fare over many such variants. */

import type { Expression } from "#model/expression.ts";
import { binary, constant, one } from "#model/lowering/fold.ts";
import type { Distribution, Model, FigureProvenance, Unit } from "#model/model.ts";
import { askedOf, buildTable } from "#ensemble/table/build-table.ts";
import { withQuantiles } from "../carries/quantile-grid.ts";
import type { Lab } from "#ensemble/work/lab.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import { standing } from "#ensemble/profiles.ts";
import { exp } from "#kernel/math.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { attribution } from "../carries/attribution.ts";
import type { TableOptions } from "../carries/claims-table.ts";
import { jitterRequest } from "../carries/explain-cost.ts";
import type { Request } from "../findings/findings.ts";
import { verdicts, type Verdict } from "../verdicts/verdict.ts";

export interface JitterFinding {
  readonly view: string;
  readonly variants: number;
  /** What was varied: unknowns, stocks' starts, tables, shocks and constants that are judged. */
  readonly varied: readonly string[];
  /** In how many variants each verdict came out; `refused` where the table could not tell. */
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly refused: number;
  /** Least, middle and greatest margin, in base units. */
  readonly margins: readonly [number, number, number];
  /** By claim: in how many variants it leads by size, is among the first three, and has the sign it mostly has. */
  readonly ranks: readonly {
    readonly claim: string;
    readonly leads: number;
    readonly amongThree: number;
    readonly positive: number;
  }[];
  readonly runs: number;
}

/** Each judged thing by a factor 2ᵘ, u uniform on −1..1, keyed by its name and the variant; a share by its odds. */
export function jittered(model: Model, seed: number, variant: number): Model {
  const factor = (name: string): number => exp((2 * uniform(seed, keyOf(`jitter ${name}`), variant, 0) - 1) * Math.LN2);
  const unknowns = model.unknowns.map((u) =>
    isJudged(u.provenance) ? { ...u, distribution: moved(u.distribution, factor(u.name), isShare(u.unit)) } : u,
  );
  return {
    ...model,
    unknowns,
    views: model.views.map((v) => ({
      ...v,
      distributions: Object.fromEntries(
        model.unknowns.map((u) => {
          const own = v.distributions[u.name] ?? u.distribution;
          const isOwn = v.provenance[u.name];
          return [u.name, isJudged(isOwn ?? u.provenance) ? moved(own, factor(u.name), isShare(u.unit)) : own];
        }),
      ),
    })),
    stocks: model.stocks.map((s) =>
      isJudged(s.provenance) ? { ...s, initial: scaled(s.initial, factor(s.name), isShare(s.unit)) } : s,
    ),
    lets: model.lets.map((l) =>
      isJudged(l.provenance) ? { ...l, value: scaled(l.value, factor(l.name), isShare(l.unit)) } : l,
    ),
    tables: model.tables.map((t) => (isJudged(t.provenance) ? { ...t, y: t.y.map((y) => y * factor(t.name)) } : t)),
    shocks: model.shocks.map((s) =>
      isJudged(s.provenance) ? { ...s, distribution: moved(s.distribution, factor(s.name), false) } : s,
    ),
  };
}

/** Names of all that a variant moves. */
export function judgedIn(model: Model): readonly string[] {
  return [...model.unknowns, ...model.stocks, ...model.lets, ...model.tables, ...model.shocks]
    .filter((d) => isJudged(d.provenance))
    .map((d) => d.name);
}

function isJudged(provenance: readonly FigureProvenance[]): boolean {
  return provenance.length > 0 && provenance.every((p) => p.kind === "judged");
}

function isShare(unit: Unit): boolean {
  return unit.label === "share";
}

/** f·x; of a share f·x / (1 − x + f·x), its odds times f. */
function scaled(x: Expression, f: number, share: boolean): Expression {
  const times = binary("mul", constant(f), x);
  return share ? binary("div", times, binary("add", binary("sub", one, x), times)) : times;
}

function moved(d: Distribution, f: number, share: boolean): Distribution {
  const by = (x: Expression): Expression => scaled(x, f, share);
  switch (d.kind) {
    case "constant":
      return { ...d, value: by(d.value) };
    case "normal":
      return { ...d, mean: scaled(d.mean, f, false), sd: scaled(d.sd, f, false) };
    case "lognormal":
      return { ...d, median: scaled(d.median, f, false) };
    case "logitnormal":
      return { ...d, median: scaled(d.median, f, true) };
    case "beta": {
      const size = binary("add", d.a, d.b);
      const mean = scaled(binary("div", d.a, size), f, true);
      return { ...d, a: binary("mul", size, mean), b: binary("mul", size, binary("sub", one, mean)) };
    }
    case "uniform":
      return { ...d, low: by(d.low), high: by(d.high) };
    case "interval": {
      const odds = d.family === "logitnormal";
      return { ...d, low: scaled(d.low, f, odds), high: scaled(d.high, f, odds) };
    }
    case "triangular":
      return { ...d, low: by(d.low), mode: by(d.mode), high: by(d.high) };
    case "gamma":
      return { ...d, scale: scaled(d.scale, f, false) };
    case "exponential":
      return { ...d, mean: scaled(d.mean, f, false) };
    case "bernoulli":
      return { ...d, chance: scaled(d.chance, f, true) };
    case "discrete":
      return { ...d, values: d.values.map(by) };
    case "truncated":
      return { ...d, of: moved(d.of, f, share) };
    case "record":
      return d;
  }
}

interface JitterFindingsInput {
  readonly model: Model;
  readonly name: string;
  readonly request: Request;
  readonly variants: number;
  readonly options: Pick<TableOptions, "patterns" | "exact">;
  readonly lab: Lab;
}

/** A table for each variant, with a quarter of the worlds so that many can be made: ranks are rougher than in one explanation, and that is told by their spread. */
export async function jitterFindings({
  model,
  name,
  request,
  variants,
  options,
  lab,
}: JitterFindingsInput): Promise<readonly JitterFinding[]> {
  const found: JitterFinding[] = [];
  for (const view of request.views) {
    const counts = Object.fromEntries(verdicts.map((v) => [v, 0])) as Record<Verdict, number>;
    const margins: number[] = [];
    const ranks = new Map<string, { leads: number; amongThree: number; positive: number }>();
    let refused = 0;
    let runs = 0;
    for (let variant = 0; variant < variants; variant++) {
      const changed = jittered(model, request.seed, variant);
      const stand = standing(changed, request.set);
      const asked = await withQuantiles(
        changed,
        askedOf(changed, name),
        stand,
        { views: [view], seed: request.seed },
        lab,
      );
      const table = await buildTable(changed, [asked], stand, jitterRequest(request, view, options), lab);
      runs += table.runs;
      const { all, shares, refusal } = attribution(table, name, mindOf(changed, view));
      if (refusal !== null) {
        refused++;
        continue;
      }
      counts[all.verdict]++;
      margins.push(all.margin);
      shares.forEach((s, place) => {
        const known = ranks.get(s.claim) ?? { leads: 0, amongThree: 0, positive: 0 };
        if (place === 0) known.leads++;
        if (place < 3) known.amongThree++;
        if (s.share > 0) known.positive++;
        ranks.set(s.claim, known);
      });
    }
    const sorted = margins.toSorted((a, b) => a - b);
    const at = (p: number): number => sorted[Math.round(p * (sorted.length - 1))] ?? Number.NaN;
    found.push({
      view,
      variants,
      varied: judgedIn(model),
      verdicts: counts,
      refused,
      margins: [at(0), at(0.5), at(1)],
      ranks: [...ranks]
        .map(([claim, r]) => ({ claim, ...r }))
        .toSorted((a, b) => b.leads - a.leads || b.amongThree - a.amongThree),
      runs,
    });
  }
  return found;
}
