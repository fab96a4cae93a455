/** Estimates what each option is worth in each belief, with luck averaged out. */

import type { Model } from "#model/model.ts";
import { claimDrawer } from "#ensemble/draws/claims.ts";
import { hasLuck } from "#ensemble/draws/luck.ts";
import { mindOf } from "#ensemble/draws/mind.ts";
import type { Profile } from "#ensemble/profiles.ts";
import { mean, variance } from "#ensemble/statistics.ts";
import { keyOf, uniform } from "#kernel/philox.ts";
import { regress } from "./regression.ts";
import { meanError, type Worth } from "./worth-of-knowing.ts";

interface ExpectedUtilities {
  /** By option, then by run's belief. */
  readonly values: readonly Float64Array[];
  readonly explained: readonly number[];
  /** The worth of knowing each claim, as the regression has it. */
  readonly claims: readonly Worth[];
}

/**
 * Where nothing within a run is left to luck a run's own utility. Otherwise E[U | claims, unknowns] by least squares on the claims and on each unknown's
 * quantile, straight and squared (a metamodel, after Strong, Oakley & Brennan 2014): no report counts the luck of a single run as belief.
 */
export function expectedUtilities(
  model: Model,
  view: string,
  seed: number,
  options: readonly Profile[],
  utilities: readonly Float64Array[],
): ExpectedUtilities {
  const runs = utilities[0]?.length ?? 0;
  const draw = claimDrawer(model, mindOf(model, view), {});
  const truths = Array.from({ length: runs }, (_, w) => draw(seed, w));
  const gates = model.claims.flatMap((c, i) =>
    c.isGate ? [{ name: c.name, column: Float64Array.from(truths, (t) => t[i] as number) }] : [],
  );
  const varying = gates.filter((g) => variance(g.column) > 0);
  const claims = varying.map(({ name, column }) => worthFromRuns(name, column, utilities));
  if (!hasLuck(model)) return { values: utilities, explained: options.map(() => 1), claims };
  const unknowns = model.unknowns.map((u) => {
    const key = keyOf(`unknown ${u.name}`);
    return Float64Array.from({ length: runs }, (_, w) => 2 * uniform(seed, key, w, 0) - 1);
  });
  const squares = runs > 4 * (1 + varying.length + 2 * unknowns.length);
  const rows = truths.map((_, w) =>
    Float64Array.from([
      1,
      ...varying.map((g) => g.column[w] as number),
      ...unknowns.map((u) => u[w] as number),
      ...(squares ? unknowns.map((u) => (u[w] as number) ** 2 - 1 / 3) : []),
    ]),
  );
  const fits = utilities.map((u) => {
    const fit = regress(rows, u);
    return Float64Array.from(rows, (row) => fit.at(row).value);
  });
  return {
    values: fits,
    explained: fits.map((f, i) => variance(f) / variance(utilities[i] as Float64Array)),
    claims,
  };
}

/** Σ over true and false of its share times the best option's mean there, less the best option's mean. */
function worthFromRuns(name: string, column: Float64Array, utilities: readonly Float64Array[]): Worth {
  const side = (value: number): number => {
    const kept = utilities.map((u) => u.filter((_, w) => column[w] === value));
    const share = (kept[0]?.length ?? 0) / column.length;
    return share === 0 ? 0 : share * Math.max(...kept.map(mean));
  };
  const bestOf = (means: readonly number[]): number => means.indexOf(Math.max(...means));
  const usual = bestOf(utilities.map(mean));
  const chosen = [0, 1].map((value) => bestOf(utilities.map((u) => mean(u.filter((_, w) => column[w] === value)))));
  const gained = Float64Array.from(
    column,
    (value, w) => (utilities[chosen[value] ?? usual]?.[w] ?? 0) - (utilities[usual]?.[w] ?? 0),
  );
  return { name, worth: side(0) + side(1) - Math.max(...utilities.map(mean)), se: meanError(gained) };
}
