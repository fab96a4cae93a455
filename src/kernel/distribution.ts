/** A distribution whose parameters are numbers: what a model's `Distribution` becomes once claims and unknowns are known. */

import { Refused } from "#text/refused.ts";
import type { Expression } from "#model/expression.ts";
import type { Distribution } from "#model/model.ts";

/** As `Distribution` of the model, in base units; an unbounded end of a truncation is an infinity. */
export type Resolved =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "normal"; readonly mean: number; readonly sd: number }
  | { readonly kind: "lognormal"; readonly median: number; readonly sigma: number }
  | { readonly kind: "logitnormal"; readonly median: number; readonly sigma: number }
  | { readonly kind: "beta"; readonly a: number; readonly b: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  | { readonly kind: "triangular"; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly kind: "gamma"; readonly shape: number; readonly scale: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "bernoulli"; readonly chance: number }
  | { readonly kind: "discrete"; readonly values: readonly number[]; readonly chances: readonly number[] }
  | {
      readonly kind: "interval";
      readonly family: "normal" | "lognormal" | "logitnormal";
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: "truncated"; readonly of: Resolved; readonly low: number; readonly high: number };

/** The distribution with every parameter replaced by its value. */
export function resolve(d: Distribution, value: (e: Expression) => number): Resolved {
  switch (d.kind) {
    case "constant":
      return { kind: d.kind, value: value(d.value) };
    case "normal":
      return { kind: d.kind, mean: value(d.mean), sd: value(d.sd) };
    case "lognormal":
    case "logitnormal":
      return { kind: d.kind, median: value(d.median), sigma: value(d.sigma) };
    case "beta":
      return { kind: d.kind, a: value(d.a), b: value(d.b) };
    case "uniform":
      return { kind: d.kind, low: value(d.low), high: value(d.high) };
    case "triangular":
      return { kind: d.kind, low: value(d.low), mode: value(d.mode), high: value(d.high) };
    case "gamma":
      return { kind: d.kind, shape: value(d.shape), scale: value(d.scale) };
    case "exponential":
      return { kind: d.kind, mean: value(d.mean) };
    case "bernoulli":
      return { kind: d.kind, chance: value(d.chance) };
    case "discrete":
      return { kind: d.kind, values: d.values.map(value), chances: d.chances.map(value) };
    case "interval":
      return { kind: d.kind, family: d.family, low: value(d.low), high: value(d.high) };
    case "record":
      throw new Refused(`the record '${d.record}' has not been read: it must feed the model before it runs`);
    case "truncated":
      return {
        kind: d.kind,
        of: resolve(d.of, value),
        low: d.low === null ? -Infinity : value(d.low),
        high: d.high === null ? Infinity : value(d.high),
      };
  }
}

/** Every parameter's expression, for whoever must compile them. */
export function parameters(d: Distribution): readonly Expression[] {
  const found: Expression[] = [];
  resolve(d, (e) => {
    found.push(e);
    return 0;
  });
  return found;
}

/** As the language writes it, in base units, to six digits. */
export function describeResolved(d: Resolved): string {
  const short = (x: number): string => `${Number(x.toPrecision(6))}`;
  if (d.kind === "truncated")
    return `${describeResolved(d.of)} within ${d.low === -Infinity ? "" : short(d.low)}..${d.high === Infinity ? "" : short(d.high)}`;
  if (d.kind === "interval") return `${d.family}(${short(d.low)} to ${short(d.high)})`;
  if (d.kind === "discrete")
    return `discrete(${d.values.map((v, i) => `${short(v)}: ${short(d.chances[i] as number)}`).join(", ")})`;
  const { kind, ...values } = d;
  return `${kind}(${Object.values(values).map(short).join(", ")})`;
}
