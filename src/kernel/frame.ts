/** Gives each named thing of a model its place in a run's memory. */

import { walk } from "#model/expression.ts";
import type { Let, Model } from "#model/model.ts";
import { RunMemory } from "./memory.ts";
import type { Supposed } from "./supposed.ts";

/** How often an event has happened, and its first and last times from the start; Infinity while it has not. */
export interface EventSlots {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

export interface Pair {
  readonly view: string;
  readonly unknown: string;
}

export class Frame {
  readonly model: Model;
  readonly supposed: Supposed;
  readonly memory = new RunMemory();
  /** 1 for a static case, which has no steps. */
  readonly dt: number;
  readonly steps: number;
  /** The time from the start and the number of the step. */
  readonly time: number;
  readonly step: number;
  readonly claims: ReadonlyMap<string, number>;
  /** By choice and option: 1 where it is taken. Empty where the setting names the options. */
  readonly options: ReadonlyMap<string, number>;
  readonly unknowns: ReadonlyMap<string, number>;
  readonly shocks: ReadonlyMap<string, number>;
  readonly delays: ReadonlyMap<string, number>;
  readonly latches: ReadonlyMap<string, number>;
  /** In a row, in order of the model. */
  readonly stocks: ReadonlyMap<string, number>;
  readonly events: ReadonlyMap<string, EventSlots>;
  readonly tables: ReadonlyMap<string, number>;
  readonly lets: ReadonlyMap<string, Let>;
  readonly #letsReadBy = new Map<string, readonly string[]>();
  /** Who believes what, as far as anything reads it; grows while expressions are compiled. */
  /** Where the first clocks that a supposition sets lie, once a run. */
  readonly clockSlots = new Map<string, number>();
  readonly #exposures = new Map<string, number>();
  readonly believed: Pair[] = [];
  readonly believedSlots: number[] = [];

  constructor(model: Model, supposed: Supposed) {
    this.model = model;
    this.supposed = supposed;
    this.dt = model.time?.dt ?? 1;
    this.steps = model.time?.steps ?? 0;
    const { memory } = this;
    const row = (named: readonly { readonly name: string }[]): ReadonlyMap<string, number> => {
      const start = memory.block(named.length);
      return new Map(named.map((one, i) => [one.name, start + i]));
    };
    this.time = memory.slot();
    this.step = memory.slot();
    this.claims = row(model.claims);
    this.options = row(
      supposed.areGiven
        ? model.choices.flatMap((c) => c.options.map((o) => ({ name: optionKey(c.name, o.name) })))
        : [],
    );
    this.unknowns = row(model.unknowns);
    this.shocks = row(model.shocks);
    this.delays = row(model.delays);
    this.latches = row(model.latches);
    this.stocks = row(model.stocks);
    this.events = new Map(
      model.events.map((e) => [e.name, { count: memory.slot(), first: memory.slot(), last: memory.slot() }]),
    );
    this.lets = new Map(model.lets.map((l) => [l.name, l]));
    this.tables = new Map(model.tables.map((t, i) => [t.name, i]));
  }

  /** The lets that a let names, itself aside. */
  letsReadBy(name: string): readonly string[] {
    const known = this.#letsReadBy.get(name);
    if (known !== undefined) return known;
    const names = new Set<string>();
    const values = [found(this.lets, name, "let").value, ...(this.supposed.lets.get(name) ?? []).map((s) => s.value)];
    for (const value of values)
      walk(value, (e) => {
        if (e.op === "let" && e.name !== name) names.add(e.name);
      });
    this.#letsReadBy.set(name, [...names]);
    return [...names];
  }

  /** The slot of what a hazard has run up; asking for it makes the runs keep it. */
  exposureOf(event: string): number {
    const known = this.#exposures.get(event);
    if (known !== undefined) return known;
    const slot = this.memory.slot();
    this.#exposures.set(event, slot);
    return slot;
  }

  /** −1 where nothing has asked. */
  exposureSlot(event: string): number {
    return this.#exposures.get(event) ?? -1;
  }

  /** The slot of an unknown as a view believes it. */
  believedBy(view: string, unknown: string): number {
    const known = this.believed.findIndex((p) => p.view === view && p.unknown === unknown);
    if (known >= 0) return this.believedSlots[known] as number;
    const slot = this.memory.slot();
    this.believed.push({ view, unknown });
    this.believedSlots.push(slot);
    return slot;
  }
}

export function optionKey(choice: string, option: string): string {
  return `${choice} = ${option}`;
}

/** What a map has for a name; throws where it has nothing, which no checked model meets. */
export function found<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`the model has no ${what} '${name}'`);
  return value;
}
