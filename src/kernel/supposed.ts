/** What a run's setting supposes, sorted by what it touches. */

import type { Expression } from "#model/expression.ts";
import type { SuppositionItem } from "#model/model.ts";

export interface Setting {
  /**
   * Option by choice; every choice of the model has one, here or among the suppositions. `given`: choices that no supposition sets are inputs of
   * each run, so that one program serves all options; it is a little slower than one made for them.
   */
  readonly choices: Readonly<Record<string, string>> | "given";
  readonly suppositions: readonly SuppositionItem[];
}

/** All in written order; of two that touch the same thing at the same time the later counts. */
export interface Supposed {
  /** Whether choices that are not set are inputs. */
  readonly areGiven: boolean;
  readonly choices: ReadonlyMap<string, string>;
  readonly claims: ReadonlyMap<string, boolean>;
  readonly unknowns: readonly { readonly unknown: string; readonly value: Expression }[];
  readonly lets: ReadonlyMap<string, readonly { readonly value: Expression; readonly fromStep: number }[]>;
  /** Stocks set, or held from then on. */
  readonly stocks: readonly { readonly stock: string; readonly value: Expression; readonly fromStep: number }[];
  /** The first step from which a stock is held. */
  readonly heldFrom: ReadonlyMap<string, number>;
  readonly forced: ReadonlyMap<string, readonly number[]>;
  readonly forbidden: ReadonlySet<string>;
  /** The step before which a hazard does not come. */
  readonly quietUntil: ReadonlyMap<string, number>;
  /** First clocks. */
  readonly clocks: ReadonlyMap<string, Expression>;
}

export function sorted(setting: Setting): Supposed {
  const choices = new Map(setting.choices === "given" ? [] : Object.entries(setting.choices));
  const claims = new Map<string, boolean>();
  const unknowns: Supposed["unknowns"][number][] = [];
  const lets = new Map<string, { value: Expression; fromStep: number }[]>();
  const stocks: Supposed["stocks"][number][] = [];
  const heldFrom = new Map<string, number>();
  const forced = new Map<string, number[]>();
  const forbidden = new Set<string>();
  const quietUntil = new Map<string, number>();
  const clocks = new Map<string, Expression>();
  for (const item of setting.suppositions) {
    switch (item.kind) {
      case "setChoice":
        choices.set(item.choice, item.option);
        break;
      case "setClaim":
        claims.set(item.claim, item.value);
        break;
      case "setUnknown":
        unknowns.push(item);
        break;
      case "setLet":
        lets.set(item.let, [...(lets.get(item.let) ?? []), item]);
        break;
      case "setStock":
        stocks.push(item);
        break;
      case "holdStock":
        stocks.push(item);
        heldFrom.set(item.stock, Math.min(item.fromStep, heldFrom.get(item.stock) ?? Infinity));
        break;
      case "forceEvent":
        forced.set(item.event, [...(forced.get(item.event) ?? []), item.step]);
        break;
      case "forbidEvent":
        forbidden.add(item.event);
        break;
      case "quietEvent":
        quietUntil.set(item.event, Math.max(item.untilStep, quietUntil.get(item.event) ?? 0));
        break;
      case "setClock":
        clocks.set(item.event, item.value);
        break;
    }
  }
  return {
    areGiven: setting.choices === "given",
    choices,
    claims,
    unknowns,
    lets,
    stocks,
    heldFrom,
    forced,
    forbidden,
    quietUntil,
    clocks,
  };
}
