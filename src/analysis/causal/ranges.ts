/** The range each expression of a model can take over all runs: it may be too wide, never too narrow. */

import type { Expression } from "#model/expression.ts";
import type { Distribution, Model } from "#model/model.ts";

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Ranges {
  readonly of: (e: Expression) => Range;
  /** Whether a table only rises (1), only falls (−1), or neither. */
  readonly rises: (table: string) => 1 | -1 | null;
}

/** 1 where it is never below zero, −1 where never above; null where it may be either. */
export function signOf({ low, high }: Range): 1 | -1 | null {
  return low >= 0 ? 1 : high <= 0 ? -1 : null;
}

const any: Range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const positive: Range = { low: 0, high: Number.POSITIVE_INFINITY };
const truth: Range = { low: 0, high: 1 };

/** What hangs on itself is taken to lie anywhere. Distributions are the case's own and every view's. */
export function rangesIn(model: Model): Ranges {
  const lets = new Map<string, Range>();
  const of = (e: Expression): Range => {
    switch (e.op) {
      case "const":
        return { low: e.value, high: e.value };
      case "time":
      case "stepTime":
      case "timeOf":
      case "since":
      case "count":
      case "exposure":
      case "first":
        return positive;
      case "stock": {
        const s = model.stocks.find((x) => x.name === e.name);
        return { low: s?.low ? of(s.low).low : any.low, high: s?.high ? of(s.high).high : any.high };
      }
      case "let": {
        const known = lets.get(e.name);
        if (known !== undefined) return known;
        lets.set(e.name, any);
        const value = model.lets.find((x) => x.name === e.name)?.value;
        const found = value === undefined ? any : of(value);
        lets.set(e.name, found);
        return found;
      }
      case "outcome": {
        const value = model.outcomes.find((x) => x.name === e.name)?.value;
        return value === undefined ? any : of(value);
      }
      case "unknown":
        return unknown(e.name);
      case "believed":
        return unknown(e.unknown);
      case "shock": {
        const shock = model.shocks.find((x) => x.name === e.name);
        return shock === undefined ? any : support(shock.distribution);
      }
      case "delay":
      case "latch": {
        const input = (e.op === "delay" ? model.delays : model.latches).find((x) => x.name === e.name)?.input;
        return input === undefined ? any : union(of(input), { low: 0, high: 0 });
      }
      case "claim":
      case "chosen":
      case "happened":
        return truth;
      case "unary":
        return unary(e.operator, of(e.operand));
      case "binary":
        return binary(e.operator, of(e.left), of(e.right));
      case "if":
        return union(of(e.then), of(e.else));
      case "lookup": {
        const y = model.tables.find((t) => t.name === e.table)?.y ?? [];
        return y.length === 0 ? any : { low: Math.min(...y), high: Math.max(...y) };
      }
      case "over": {
        const inner = of(e.of);
        return e.statistic === "total" ? grown(inner) : inner;
      }
      case "figure":
      case "column":
        return any;
    }
  };
  const unknown = (name: string): Range => {
    const own = model.unknowns.find((u) => u.name === name)?.distribution;
    const all = [own, ...model.views.map((v) => v.distributions[name])].flatMap((d) => (d === undefined ? [] : [d]));
    return all.length === 0 ? any : all.map(support).reduce(union);
  };
  const support = (d: Distribution): Range => {
    switch (d.kind) {
      case "constant":
        return of(d.value);
      case "normal":
        return any;
      case "lognormal":
      case "gamma":
      case "exponential":
        return positive;
      case "logitnormal":
      case "beta":
      case "bernoulli":
        return truth;
      case "uniform":
      case "triangular":
        return { low: of(d.low).low, high: of(d.high).high };
      case "interval":
        return d.family === "normal" ? any : d.family === "lognormal" ? positive : truth;
      case "discrete":
        return d.values.map(of).reduce(union);
      case "truncated": {
        const inner = support(d.of);
        return {
          low: Math.max(inner.low, d.low === null ? any.low : of(d.low).low),
          high: Math.min(inner.high, d.high === null ? any.high : of(d.high).high),
        };
      }
      case "record":
        return positive;
    }
  };
  return {
    of,
    rises: (name) => {
      const y = model.tables.find((t) => t.name === name)?.y ?? [];
      if (y.every((v, i) => i === 0 || v >= (y[i - 1] ?? v))) return 1;
      return y.every((v, i) => i === 0 || v <= (y[i - 1] ?? v)) ? -1 : null;
    },
  };
}

function union(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Added up over time, or multiplied by what is at least nothing: the sign stays. */
function grown({ low, high }: Range): Range {
  return { low: low >= 0 ? 0 : any.low, high: high <= 0 ? 0 : any.high };
}

function unary(operator: Extract<Expression, { op: "unary" }>["operator"], x: Range): Range {
  switch (operator) {
    case "neg":
      return { low: -x.high, high: -x.low };
    case "abs":
      return positive;
    case "exp":
    case "sqrt":
      return positive;
    case "not":
    case "logistic":
      return truth;
    case "sin":
    case "cos":
      return { low: -1, high: 1 };
    case "arctan":
      return { low: x.low >= 0 ? 0 : -Math.PI / 2, high: x.high <= 0 ? 0 : Math.PI / 2 };
    case "tanh":
      return { low: x.low >= 0 ? 0 : -1, high: x.high <= 0 ? 0 : 1 };
    case "log":
      return { low: x.low >= 1 ? 0 : any.low, high: x.high <= 1 ? 0 : any.high };
    case "floor":
    case "round":
      return { low: Math.floor(x.low), high: Math.ceil(x.high) };
  }
}

function binary(operator: Extract<Expression, { op: "binary" }>["operator"], a: Range, b: Range): Range {
  switch (operator) {
    case "add":
      return { low: a.low + b.low, high: a.high + b.high };
    case "sub":
      return { low: a.low - b.high, high: a.high - b.low };
    case "mul": {
      const ends = [a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => (x === 0 || y === 0 ? 0 : x * y)));
      return { low: Math.min(...ends), high: Math.max(...ends) };
    }
    case "div":
      return b.low >= 0 ? grown(a) : b.high <= 0 ? grown({ low: -a.high, high: -a.low }) : any;
    case "pow":
      return a.low >= 0 ? positive : any;
    case "mod":
      return any;
    case "min":
      return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case "max":
      return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
    case "and":
    case "or":
      return truth;
  }
}
