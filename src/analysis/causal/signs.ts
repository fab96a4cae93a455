/** Finds, for each part of a model, which way each thing it reads moves it: up, down, or either. */

import { walk, type Expression } from "#model/expression.ts";
import type { Effect, Event, Model } from "#model/model.ts";
import { familyOf, groupOf, truthIn, type Part } from "./influences.ts";
import { rangesIn, signOf, type Ranges } from "./ranges.ts";

/** 1: more of the one makes for more of the other, all else as it is, wherever the model may be; −1: for less. Null: not determined, or a choice, of which there is no more or less. */
export type Sign = 1 | -1 | null;

type Slopes = ReadonlyMap<string, Sign>;

/** By id of a part, by id of what it reads. What is determined holds for every view's distributions and within every stock's range. */
export function slopesIn(model: Model): ReadonlyMap<string, Slopes> {
  const ranges = rangesIn(model);
  const found = new Map<string, Slopes>();
  const add = (id: string, slopes: Slopes): void => {
    const key = groupOf(model, id);
    const known = found.get(key);
    const own = new Map([...slopes].map(([from, sign]) => [groupOf(model, from), sign] as const));
    found.set(key, known === undefined ? own : joined(known, own));
  };
  for (const e of model.events) add(`event:${e.name}`, eventSlopes(model, ranges, e));
  for (const s of model.stocks) {
    const id = `stock:${familyOf(s.name)}`;
    add(id, joined(slopesOf(model, ranges, s.flow), slopesOf(model, ranges, s.initial)));
    for (const e of model.events)
      for (const effect of e.effects)
        if (effect.kind !== "stop" && effect.stock === s.name) add(id, effectSlopes(model, ranges, e, effect));
  }
  for (const l of model.lets) add(`let:${familyOf(l.name)}`, slopesOf(model, ranges, l.value));
  for (const o of model.outcomes) add(`outcome:${o.name}`, slopesOf(model, ranges, o.value));
  return found;
}

/** The sign of an arrow: of all ways from `from` to `to` past parts that are not drawn, where they agree. A way back to where it has been is not gone again. */
export function arrowSign(
  from: string,
  to: string,
  parts: ReadonlyMap<string, Part>,
  slopes: ReadonlyMap<string, Slopes>,
  isDrawn: (id: string) => boolean,
): Sign {
  const known = new Map<string, Sign | undefined>();
  const into = (id: string): Sign | undefined => {
    if (known.has(id)) return known.get(id);
    known.set(id, undefined);
    let sign: Sign | undefined;
    for (const read of parts.get(id)?.reads ?? []) {
      const rest = read === from ? 1 : isDrawn(read) ? undefined : into(read);
      if (rest === undefined) continue;
      const way = times(slopes.get(id)?.get(read) ?? null, rest);
      sign = sign === undefined || sign === way ? way : null;
    }
    known.set(id, sign);
    return sign;
  };
  return from.startsWith("choice:") || to.startsWith("choice:") ? null : (into(to) ?? null);
}

export function times(a: Sign, b: Sign): Sign {
  return a === null || b === null ? null : a === b ? 1 : -1;
}

function scaled(slopes: Slopes, by: Sign): Slopes {
  return by === 1 ? slopes : new Map([...slopes].map(([id, s]) => [id, times(s, by)]));
}

function joined(...all: readonly Slopes[]): Slopes {
  const out = new Map<string, Sign>();
  for (const slopes of all)
    for (const [id, sign] of slopes) out.set(id, !out.has(id) || out.get(id) === sign ? sign : null);
  return out;
}

/** Of an expression, in each part and claim that it reads. */
export function slopesOf(model: Model, ranges: Ranges, e: Expression): Slopes {
  const of = (x: Expression): Slopes => slopesOf(model, ranges, x);
  const sign = (x: Expression): Sign => signOf(ranges.of(x));
  switch (e.op) {
    case "stock":
    case "outcome":
      return new Map([[`${e.op}:${familyOf(e.name)}`, 1]]);
    case "let": {
      // As the parts are read: a let that is a bare truth is looked through.
      const truth = truthIn(model, e.name);
      return truth === null ? new Map([[`let:${familyOf(e.name)}`, 1]]) : of(truth);
    }
    case "claim":
      return new Map([[`claim:${e.name}`, 1]]);
    case "chosen":
      return new Map([[`choice:${e.choice}`, null]]);
    case "happened":
    case "count":
    case "exposure":
      return new Map([[`event:${e.event}`, 1]]);
    case "timeOf":
    case "since":
      return new Map([[`event:${e.event}`, null]]);
    case "first":
      return new Map(e.events.map((x) => [`event:${x}`, null]));
    case "delay":
    case "latch": {
      const input = (e.op === "delay" ? model.delays : model.latches).find((d) => d.name === e.name)?.input;
      return input === undefined ? new Map() : of(input);
    }
    case "unary":
      return unarySlopes(e.operator, of(e.operand), sign(e.operand));
    case "binary":
      return binarySlopes(e, of, sign);
    case "if": {
      const [a, b] = [ranges.of(e.then), ranges.of(e.else)];
      const rises: Sign = a.low >= b.high ? 1 : a.high <= b.low ? -1 : null;
      return joined(scaled(of(e.condition), rises), of(e.then), of(e.else));
    }
    case "lookup":
      return scaled(of(e.at), ranges.rises(e.table));
    case "over":
      return of(e.of);
    case "const":
    case "time":
    case "stepTime":
    case "unknown":
    case "shock":
    case "believed":
    case "figure":
    case "column":
      return new Map();
  }
}

function unarySlopes(operator: Extract<Expression, { op: "unary" }>["operator"], slopes: Slopes, sign: Sign): Slopes {
  switch (operator) {
    case "neg":
    case "not":
      return scaled(slopes, -1);
    case "abs":
      return scaled(slopes, sign);
    case "sin":
    case "cos":
      return scaled(slopes, null);
    case "exp":
    case "log":
    case "sqrt":
    case "arctan":
    case "tanh":
    case "logistic":
    case "floor":
    case "round":
      return slopes;
  }
}

function binarySlopes(
  { operator, left, right }: Extract<Expression, { op: "binary" }>,
  of: (e: Expression) => Slopes,
  sign: (e: Expression) => Sign,
): Slopes {
  switch (operator) {
    case "add":
    case "min":
    case "max":
    case "and":
    case "or":
      return joined(of(left), of(right));
    case "sub":
    case "gt":
    case "ge":
      return joined(of(left), scaled(of(right), -1));
    case "lt":
    case "le":
      return joined(scaled(of(left), -1), of(right));
    case "mul":
      return joined(scaled(of(left), sign(right)), scaled(of(right), sign(left)));
    case "div": {
      const under = sign(right);
      const falls = under === null ? null : times(sign(left), -1);
      return joined(scaled(of(left), under), scaled(of(right), falls));
    }
    case "pow": {
      const power = right.op === "const" && sign(left) === 1 ? right.value : null;
      return joined(scaled(of(left), power === null ? null : power >= 0 ? 1 : -1), scaled(of(right), null));
    }
    case "mod":
    case "eq":
    case "ne":
      return scaled(joined(of(left), of(right)), null);
  }
}

function eventSlopes(model: Model, ranges: Ranges, e: Event): Slopes {
  const when = e.when === null ? new Map() : slopesOf(model, ranges, e.when);
  const { timing } = e;
  switch (timing.kind) {
    case "hazard":
      return joined(slopesOf(model, ranges, timing.rate), when);
    case "after":
      return joined(new Map(timing.events.map((name) => [`event:${name}`, 1] as const)), when);
    case "chosen": {
      const policy = model.policies.find((p) => p.name === timing.policy);
      const options = (policy?.options ?? []).map((o) =>
        // What makes another option dearer makes this one likelier.
        scaled(slopesOf(model, ranges, o.utility), o.event === e.name ? 1 : -1),
      );
      return joined(...options, policy?.when ? slopesOf(model, ranges, policy.when) : new Map(), when);
    }
    default:
      return when;
  }
}

/** Which way an event moves a stock, and whatever the amount hangs on. */
function effectSlopes(
  model: Model,
  ranges: Ranges,
  e: Event,
  effect: Extract<Effect, { kind: "set" | "add" }>,
): Slopes {
  const { value } = effect;
  const amount = slopesOf(model, ranges, value);
  const self = `stock:${familyOf(effect.stock)}`;
  const moves = effect.kind === "add" ? signOf(ranges.of(value)) : setSign(ranges, effect.stock, value);
  return joined(new Map([[`event:${e.name}`, moves]]), new Map([...amount].filter(([id]) => id !== self)));
}

/** Set to the top of its range, or to itself and something more: up. */
function setSign(ranges: Ranges, stock: string, value: Expression): Sign {
  const [own, to] = [ranges.of({ op: "stock", name: stock }), ranges.of(value)];
  if (to.low >= own.high) return 1;
  if (to.high <= own.low) return -1;
  if (value.op !== "binary") return null;
  const isSelf = (x: Expression): boolean => x.op === "stock" && x.name === stock;
  const { operator, left, right } = value;
  if (operator === "add" && (isSelf(left) || isSelf(right))) return signOf(ranges.of(isSelf(left) ? right : left));
  if (operator === "sub" && isSelf(left)) return times(signOf(ranges.of(right)), -1);
  if (operator === "max" && (isSelf(left) || isSelf(right))) return 1;
  if (operator === "min" && (isSelf(left) || isSelf(right))) return -1;
  return null;
}

/** The claims that a ground reads. */
export function claimsOf(because: Expression): readonly string[] {
  const names = new Set<string>();
  walk(because, (e) => {
    if (e.op === "claim") names.add(e.name);
  });
  return [...names];
}
