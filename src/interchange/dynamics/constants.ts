/** Works out what is fixed before a run begins: step, ends, orders and lengths of delays. */

import type { SdExpression } from "./tree.ts";

/** What a name means, by its elements; null where it moves, or nothing is known. */
type ConstantLook = (e: Extract<SdExpression, { kind: "name" }>) => number | null;

const functions: Readonly<Record<string, (...x: number[]) => number>> = {
  abs: Math.abs,
  min: Math.min,
  max: Math.max,
  int: Math.floor,
  integer: Math.trunc,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  modulo: (a = 0, b = 1) => a - b * Math.floor(a / b),
  power: (a = 0, b = 1) => a ** b,
  zidz: (a = 0, b = 0) => (Math.abs(b) < 1e-6 ? 0 : a / b),
  xidz: (a = 0, b = 0, c = 0) => (Math.abs(b) < 1e-6 ? c : a / b),
  if_then_else: (c = 0, a = 0, b = 0) => (c === 0 ? b : a),
  initial: (a = 0) => a,
  init: (a = 0) => a,
  game: (a = 0) => a,
};

/** Of functions of time, what they are at the start. */
function startFunctions(start: number): typeof functions {
  return {
    step: (height = 0, from = 0) => (from <= start ? height : 0),
    ramp: () => 0,
    smooth: (x = 0) => x,
    smooth3: (x = 0) => x,
    smoothi: (_x = 0, _time = 0, initial = 0) => initial,
    smooth3i: (_x = 0, _time = 0, initial = 0) => initial,
    active_initial: (_x = 0, initial = 0) => initial,
  };
}

/** The value, or null where it is none that is known before the run. With `start`, the value that it has then, even where it moves later. */
export function constantIn(e: SdExpression, look: ConstantLook, start: number | null = null): number | null {
  const of = (inner: SdExpression): number | null => constantIn(inner, look, start);
  switch (e.kind) {
    case "number":
      return e.value;
    case "name":
      return start !== null && e.name === "time" ? start : look(e);
    case "unary": {
      const x = of(e.operand);
      return x === null ? null : e.operator === "-" ? -x : x === 0 ? 1 : 0;
    }
    case "binary": {
      const [a, b] = [of(e.left), of(e.right)];
      return a === null || b === null ? null : applied(e.operator, a, b);
    }
    case "if": {
      const c = of(e.condition);
      return c === null ? null : of(c === 0 ? e.else : e.then);
    }
    case "call": {
      const all = start === null ? functions : { ...functions, ...startFunctions(start) };
      const f = Object.hasOwn(all, e.name) ? all[e.name] : undefined;
      const given = e.arguments.map(of);
      return f === undefined || e.subscripts !== null || given.includes(null) ? null : f(...(given as number[]));
    }
    case "text":
    case "table":
      return null;
  }
}

function applied(operator: Extract<SdExpression, { kind: "binary" }>["operator"], a: number, b: number): number {
  const truth = (x: boolean): number => (x ? 1 : 0);
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "^":
      return a ** b;
    case "mod":
      return a - b * Math.floor(a / b);
    case "<":
      return truth(a < b);
    case "<=":
      return truth(a <= b);
    case ">":
      return truth(a > b);
    case ">=":
      return truth(a >= b);
    case "=":
      return truth(a === b);
    case "<>":
      return truth(a !== b);
    case "and":
      return truth(a !== 0 && b !== 0);
    case "or":
      return truth(a !== 0 || b !== 0);
  }
}
