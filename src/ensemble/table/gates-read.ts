/** Finds the claims, unknowns and choices that can have any effect on what is read of a set of runs. */

import { children, type Expression } from "#model/expression.ts";
import { binary, constant, constantOf, either, unary, zero } from "#model/lowering/fold.ts";
import type { Effect, Event, Model, SuppositionItem } from "#model/model.ts";
import { parametersOf } from "#model/world/quantities.ts";
import { itemsOf, type Situation } from "../situation.ts";

interface Read {
  /** In order of the model. */
  readonly claims: readonly string[];
  readonly unknowns: readonly string[];
}

/**
 * Folds the model with its options and suppositions, and follows what the finals read. Events that cannot happen and stocks that cannot move are found by
 * supposing that none can, and taking back each that could under the rest: sound by induction over time, since the first to move would
 * have to be one that was taken back. What is told may be too much, never too little.
 */
export function readBy(
  model: Model,
  situation: Pick<Situation, "choices" | "suppositions">,
  finals: readonly Expression[],
): Read {
  const folded = new Folded(model, situation.choices, itemsOf(model, situation.suppositions));
  const { claims, unknowns } = reach(model, folded, finals);
  return {
    claims: model.claims.filter((c) => claims.has(c.name)).map((c) => c.name),
    unknowns: model.unknowns.filter((u) => unknowns.has(u.name)).map((u) => u.name),
  };
}

/** Tells of finals whether it can matter to them which option a choice has, all else being as in the situation. As above: yes may be too much, no is certain. */
export function readerOfChoice(
  model: Model,
  { choices, suppositions }: Pick<Situation, "choices" | "suppositions">,
  choice: string,
): (finals: readonly Expression[]) => boolean {
  const others = Object.fromEntries(Object.entries(choices).filter(([name]) => name !== choice));
  const folded = new Folded(model, others, itemsOf(model, suppositions));
  return (finals) => reach(model, folded, finals).choices.has(choice);
}

/** The model with what is known of it: its options (a choice without one is left open), the events that cannot happen, the stocks that stand still. */
class Folded {
  readonly model: Model;
  readonly choices: ReadonlyMap<string, string>;
  readonly claims: ReadonlyMap<string, boolean>;
  readonly items: readonly SuppositionItem[];
  readonly possible = new Set<string>();
  readonly still = new Map<string, Expression>();
  readonly #lets = new Map<string, Expression>();
  readonly #open = new Set<string>();

  constructor(model: Model, choices: Readonly<Record<string, string>>, items: readonly SuppositionItem[]) {
    this.model = model;
    this.items = items;
    this.choices = new Map([
      ...Object.entries(choices),
      ...items.flatMap((i): [string, string][] => (i.kind === "setChoice" ? [[i.choice, i.option]] : [])),
    ]);
    this.claims = new Map(items.flatMap((i) => (i.kind === "setClaim" ? [[i.claim, i.value] as const] : [])));
    this.#settle();
  }

  #settle(): void {
    const { model } = this;
    for (const stock of model.stocks) {
      const start = this.fold(stock.initial);
      if (start.op === "const") this.still.set(stock.name, start);
    }
    for (let isMoving = true; isMoving;) {
      isMoving = false;
      this.#lets.clear();
      for (const event of model.events)
        if (!this.possible.has(event.name) && this.#mayHappen(event)) {
          this.possible.add(event.name);
          isMoving = true;
        }
      for (const stock of model.stocks)
        if (this.still.has(stock.name) && this.#mayMove(stock.name)) {
          this.still.delete(stock.name);
          isMoving = true;
        }
      this.#lets.clear();
    }
  }

  isForced(event: string): boolean {
    return this.items.some((i) => i.kind === "forceEvent" && i.event === event);
  }

  #isForbidden(event: string): boolean {
    return this.items.some((i) => i.kind === "forbidEvent" && i.event === event) || this.isSilenced(event);
  }

  /** Whether it does not come as long as the case lasts, but runs up its risk all the same. */
  isSilenced(event: string): boolean {
    const steps = this.model.time?.steps ?? 0;
    return this.items.some((i) => i.kind === "quietEvent" && i.event === event && i.untilStep > steps);
  }

  #mayHappen(event: Event): boolean {
    if (this.isForced(event.name)) return true;
    if (this.#isForbidden(event.name)) return false;
    if (event.when !== null && isZero(this.fold(event.when))) return false;
    const { timing } = event;
    switch (timing.kind) {
      case "hazard":
        return !isZero(this.fold(timing.rate));
      case "scheduled":
        return timing.steps.length > 0;
      case "after":
        return timing.events.some((e) => this.possible.has(e));
      case "chosen": {
        const policy = this.model.policies.find((p) => p.name === timing.policy);
        if (policy === undefined) return true;
        if (policy.when !== null && isZero(this.fold(policy.when))) return false;
        if (policy.timing.kind === "after") return policy.timing.events.some((e) => this.possible.has(e));
        return policy.timing.kind !== "hazard" || !isZero(this.fold(policy.timing.rate));
      }
      case "periodic":
      case "trigger":
        return true;
    }
  }

  #mayMove(name: string): boolean {
    const stock = this.model.stocks.find((s) => s.name === name);
    const at = this.still.get(name);
    if (stock === undefined || at?.op !== "const") return true;
    if (this.items.some((i) => (i.kind === "setStock" || i.kind === "holdStock") && i.stock === name)) return true;
    if (!isZero(this.fold(stock.flow))) return true;
    const low = stock.low === null ? null : this.fold(stock.low);
    const high = stock.high === null ? null : this.fold(stock.high);
    if (low !== null && !(low.op === "const" && low.value <= at.value)) return true;
    if (high !== null && !(high.op === "const" && high.value >= at.value)) return true;
    return this.effectsOn(name).some(({ effect }) => {
      const value = "value" in effect ? this.fold(effect.value) : zero;
      return effect.kind === "add" ? !isZero(value) : !(value.op === "const" && value.value === at.value);
    });
  }

  /** Effects on a stock of events that may happen and whose ground may hold. */
  effectsOn(stock: string): readonly { readonly event: Event; readonly effect: Effect }[] {
    return this.model.events
      .filter((e) => this.possible.has(e.name))
      .flatMap((event) =>
        event.effects
          .filter((f) => f.kind !== "stop" && f.stock === stock)
          .filter((f) => f.because === null || !isZero(this.fold(f.because)))
          .map((effect) => ({ event, effect })),
      );
  }

  /** The expression with what is known put in. Nothing times zero is zero: what is not finite stops a run anyway. */
  fold(e: Expression): Expression {
    switch (e.op) {
      case "chosen": {
        const option = this.choices.get(e.choice);
        return option === undefined ? e : constant(option === e.option ? 1 : 0);
      }
      case "claim": {
        const pinned = this.claims.get(e.name);
        return pinned === undefined ? e : constant(pinned ? 1 : 0);
      }
      case "let":
        return this.#foldLet(e);
      case "stock":
        return this.still.get(e.name) ?? e;
      case "happened":
        return this.possible.has(e.event) ? (e.by === null ? e : { ...e, by: this.fold(e.by) }) : zero;
      case "count":
        return this.possible.has(e.event) ? e : zero;
      case "exposure":
        return this.possible.has(e.event) || this.isSilenced(e.event) ? e : zero;
      case "timeOf":
      case "since":
        return this.possible.has(e.event) ? { ...e, otherwise: this.fold(e.otherwise) } : this.fold(e.otherwise);
      case "first": {
        const events = e.events;
        return events.some((name) => this.possible.has(name)) ? e : zero;
      }
      case "unary":
        return unary(e.operator, this.fold(e.operand));
      case "binary": {
        const left = this.fold(e.left);
        const right = this.fold(e.right);
        if (e.operator === "mul" && (isZero(left) || isZero(right))) return zero;
        if (e.operator === "div" && isZero(left)) return zero;
        return binary(e.operator, left, right);
      }
      case "if": {
        const [then, otherwise] = [this.fold(e.then), this.fold(e.else)];
        const [a, b] = [constantOf(then), constantOf(otherwise)];
        return a !== null && a === b ? then : either(this.fold(e.condition), then, otherwise);
      }
      case "lookup":
        return { ...e, at: this.fold(e.at) };
      case "over": {
        const of = this.fold(e.of);
        return of.op === "const" && e.statistic !== "total" ? of : { ...e, of };
      }
      case "const":
      case "time":
      case "stepTime":
      case "unknown":
      case "shock":
      case "delay":
      case "latch":
      case "outcome":
      case "believed":
      case "figure":
      case "column":
        return e;
    }
  }

  /** A constant where the let is one; its name otherwise. */
  #foldLet(
    e: Expression & { readonly op: "let" | "stock" | "unknown" | "claim" | "shock" | "delay" | "latch" | "outcome" },
  ): Expression {
    if (this.items.some((i) => i.kind === "setLet" && i.let === e.name)) return e;
    const known = this.#lets.get(e.name);
    if (known !== undefined) return known;
    if (this.#open.has(e.name)) return e;
    this.#open.add(e.name);
    const value = this.model.lets.find((l) => l.name === e.name)?.value;
    const folded = value === undefined ? e : this.fold(value);
    this.#open.delete(e.name);
    const result = constantOf(folded) === null ? e : folded;
    this.#lets.set(e.name, result);
    return result;
  }
}

function isZero(e: Expression): boolean {
  return constantOf(e) === 0;
}

function reach(
  model: Model,
  folded: Folded,
  finals: readonly Expression[],
): {
  readonly claims: ReadonlySet<string>;
  readonly unknowns: ReadonlySet<string>;
  readonly choices: ReadonlySet<string>;
} {
  const choices = new Set<string>();
  const claims = new Set<string>();
  const unknowns = new Set<string>();
  const seen = new Set<string>();
  const once = (what: string, visit: () => void): void => {
    if (seen.has(what)) return;
    seen.add(what);
    visit();
  };
  const all = (list: readonly (Expression | null)[]): void => {
    for (const e of list) if (e !== null) read(folded.fold(e));
  };
  const event = (name: string): void =>
    once(`event ${name}`, () => {
      const found = model.events.find((e) => e.name === name);
      if (found === undefined || !(folded.possible.has(name) || folded.isSilenced(name))) return;
      all([found.when]);
      const { timing } = found;
      if (timing.kind === "hazard") all([timing.rate]);
      if (timing.kind === "after") timing.events.forEach(event);
      if (timing.kind === "chosen") policy(timing.policy);
    });
  const policy = (name: string): void =>
    once(`policy ${name}`, () => {
      const found = model.policies.find((p) => p.name === name);
      if (found === undefined) return;
      all([found.when, found.sharpness, ...found.options.map((o) => o.utility)]);
      for (const option of found.options) all([model.events.find((e) => e.name === option.event)?.when ?? null]);
      if (found.timing.kind === "hazard") all([found.timing.rate]);
      if (found.timing.kind === "after") found.timing.events.forEach(event);
      // Within a policy an unknown named directly is read as its actor believes it.
      const actor = model.actors.find((a) => a.name === found.by);
      all([actor?.sees?.because ?? null]);
    });
  const distribution = (name: string): void => {
    const lists = [
      model.unknowns.find((u) => u.name === name)?.distribution,
      ...model.views.map((v) => v.distributions[name]),
    ];
    for (const d of lists) if (d !== undefined) all(parametersOf(d));
  };
  const read = (e: Expression): void => {
    switch (e.op) {
      case "claim":
        claims.add(e.name);
        return;
      case "chosen":
        choices.add(e.choice);
        return;
      case "unknown":
        return once(`unknown ${e.name}`, () => {
          const set = folded.items.findLast((i) => i.kind === "setUnknown" && i.unknown === e.name);
          if (set?.kind === "setUnknown") return all([set.value]);
          unknowns.add(e.name);
          distribution(e.name);
        });
      case "believed":
        unknowns.add(e.unknown);
        return once(`believed ${e.by.kind} ${e.by.name} ${e.unknown}`, () => {
          distribution(e.unknown);
          if (e.by.kind === "actor") all([model.actors.find((a) => a.name === e.by.name)?.sees?.because ?? null]);
        });
      case "let":
        return once(`let ${e.name}`, () => {
          all([model.lets.find((l) => l.name === e.name)?.value ?? null]);
          for (const i of folded.items) if (i.kind === "setLet" && i.let === e.name) all([i.value]);
        });
      case "outcome":
        return once(`outcome ${e.name}`, () => all([model.outcomes.find((o) => o.name === e.name)?.value ?? null]));
      case "stock":
        return once(`stock ${e.name}`, () => {
          const stock = model.stocks.find((s) => s.name === e.name);
          if (stock === undefined) return;
          all([stock.initial, stock.flow, stock.low, stock.high]);
          for (const i of folded.items)
            if ((i.kind === "setStock" || i.kind === "holdStock") && i.stock === e.name) all([i.value]);
          for (const { event: by, effect } of folded.effectsOn(e.name)) {
            event(by.name);
            all([effect.because, "value" in effect ? effect.value : null]);
          }
        });
      case "delay":
        return once(`delay ${e.name}`, () => {
          const delay = model.delays.find((d) => d.name === e.name);
          all([delay?.input ?? null, delay?.initial ?? null]);
        });
      case "latch":
        return once(`latch ${e.name}`, () => all([model.latches.find((l) => l.name === e.name)?.input ?? null]));
      case "shock":
        return once(`shock ${e.name}`, () => {
          const shock = model.shocks.find((s) => s.name === e.name);
          if (shock !== undefined) all(parametersOf(shock.distribution));
        });
      case "first":
        return e.events.forEach(event);
      case "happened":
      case "timeOf":
      case "since":
      case "count":
      case "exposure":
        event(e.event);
        return all(children(e));
      default:
        return all(children(e));
    }
  };
  all(finals);
  // Whatever stops a run is read by every final.
  for (const e of model.events)
    if (folded.possible.has(e.name))
      for (const effect of e.effects)
        if (effect.kind === "stop" && (effect.because === null || !isZero(folded.fold(effect.because)))) {
          event(e.name);
          all([effect.because]);
        }
  return { claims, unknowns, choices };
}
