/** The functions of XMILE and Vensim, each as an expression of the language, with what has to be declared beside it. */

import { constantIn } from "./constants.ts";
import { NeedsElements, nameLongPiece, type TranslationScope, type Translating } from "./context.ts";
import type { Dialect } from "./equation-text.ts";
import {
  asNumber,
  asTruth,
  atom,
  both,
  bracketed,
  call,
  comparePieces,
  eitherPiece,
  figurePiece,
  gather,
  join,
  negative,
  powerOf,
  type Piece,
} from "./piece.ts";
import type { SdExpression } from "./tree.ts";
import { Untranslatable } from "./untranslatable.ts";

interface Given {
  /** As written; missing ones are undefined. */
  readonly at: (n: number) => SdExpression;
  readonly has: (n: number) => boolean;
  readonly count: number;
  readonly piece: (n: number) => Piece;
  readonly scope: TranslationScope;
  readonly t: Translating;
}

interface ForeignFunction {
  readonly least: number;
  readonly most: number;
  readonly write: (g: Given) => Piece;
}

/** Below it a divisor counts as 0, in Vensim. */
const least = 1e-6;
const tiny = figurePiece(least);
const zero = figurePiece(0);
const one = figurePiece(1);

function f(least: number, most: number, write: (g: Given) => Piece): ForeignFunction {
  return { least, most, write };
}

function direct(name: string): ForeignFunction {
  return f(1, 1, (g) => call(name, g.piece(0)));
}

/** A length of time, or a moment counted from the start, from a plain number of the model's unit. */
function duration(x: Piece, t: Translating): Piece {
  if (/^-?[\d.]+(?:e[+-]?\d+)?$/.test(x.text)) return { ...x, text: `${x.text} ${t.clock.unit}` };
  return join("*", x, atom(t.clock.unit));
}

function moment(x: Piece, t: Translating): Piece {
  return duration(t.clock.start === 0 ? x : join("-", x, figurePiece(t.clock.start)), t);
}

/** A moment the model names, as the first step that counts as at or after it. Vensim takes half a step before it for the moment itself; Stella takes the moment. */
function stepAt(e: SdExpression, g: Given): Piece {
  const { start, step } = g.t.clock;
  const isVensim = g.t.dialect === "mdl";
  if (e.kind === "number") {
    const exact = (e.value - start) / step;
    const k = isVensim ? Math.floor(exact - 0.5 + 1e-9) + 1 : Math.ceil(exact - 1e-9);
    return duration(figurePiece(clean(k * step)), g.t);
  }
  const at = g.t.express(e, g.scope);
  return moment(join("-", at, figurePiece(isVensim ? step / 2 : step * 1e-6)), g.t);
}

/** 0.30000000000000004 as 0.3. */
function clean(x: number): number {
  return Number(x.toPrecision(12));
}

/** Half a step on: so that a moment and the step that falls on it are never apart by a rounding. */
function soon(t: Translating): Piece {
  return join("+", t.now(), figurePiece(t.clock.step / 2));
}

function pulse(from: SdExpression, width: SdExpression | null, g: Given): Piece {
  const { step } = g.t.clock;
  const length = width === null ? figurePiece(step) : g.t.express(width, g.scope);
  const atLeast = /^[\d.]+$/.test(length.text)
    ? figurePiece(Math.max(step, Number(length.text)))
    : call("max", length, figurePiece(step));
  return call("pulse", stepAt(from, g), duration(atLeast, g.t));
}

function pulseTrain(g: Given): Piece {
  const [from, width, every, until] = [g.piece(0), g.piece(1), g.piece(2), g.piece(3)];
  const now = nameLongPiece(soon(g.t), "soon", g.scope, g.t);
  const start = nameLongPiece(from, "from", g.scope, g.t);
  const inside = comparePieces(
    "<",
    call("mod", join("-", now, start), every),
    call("max", width, figurePiece(g.t.clock.step)),
  );
  return eitherPiece(
    both("and", both("and", comparePieces(">=", now, start), comparePieces("<", now, until)), inside),
    one,
    zero,
  );
}

/** XMILE §3.5.4: so much at once, at a first time and, where there is an interval, again and again. */
function impulse(g: Given): Piece {
  const { start, step } = g.t.clock;
  const size = join("/", g.piece(0), figurePiece(step));
  const first: SdExpression = g.has(1) ? g.at(1) : { kind: "number", value: start };
  const interval = g.has(2) ? g.at(2) : null;
  if (
    interval === null ||
    g.t.constant(interval, g.scope) === 0 ||
    (g.t.constant(interval, g.scope) ?? 0) > g.t.clock.stop - start
  )
    return join("*", size, pulse(first, null, g));
  const now = nameLongPiece(soon(g.t), "soon", g.scope, g.t);
  const from = nameLongPiece(g.t.express(first, g.scope), "first", g.scope, g.t);
  const again = comparePieces(
    "<",
    call("mod", join("-", now, from), g.t.express(interval, g.scope)),
    figurePiece(step),
  );
  return eitherPiece(both("and", comparePieces(">=", now, from), again), size, zero);
}

function ramp(g: Given): Piece {
  const slope = asNumber(g.piece(0));
  if (g.t.dialect === "mdl" && !fallsOnStep(g.at(1), g)) {
    // Vensim begins half a step early, and counts from the moment all the same: the first figure may have the other sign.
    const start = nameLongPiece(g.piece(1), "from", g.scope, g.t);
    const until = g.has(2) ? call("min", g.t.now(), g.piece(2)) : g.t.now();
    return eitherPiece(comparePieces(">", soon(g.t), start), join("*", slope, join("-", until, start)), zero);
  }
  const perTime = atom(`${bracketed(slope, 6)} / ${g.t.clock.unit}`);
  const from = moment(g.piece(1), g.t);
  return g.has(2) ? call("ramp", perTime, from, moment(g.piece(2), g.t)) : call("ramp", perTime, from);
}

/** True for a moment that is known before the run, the same for all elements, and no moment between two steps. */
function fallsOnStep(e: SdExpression, g: Given): boolean {
  const { start, step } = g.t.clock;
  try {
    const at = g.t.constant(e, g.scope);
    if (at === null) return false;
    const exact = (at - start) / step;
    return Math.abs(exact - Math.round(exact)) < 1e-9 * Math.max(1, Math.abs(exact));
  } catch (error) {
    if (!(error instanceof NeedsElements)) throw error;
    return false;
  }
}

/** `n` equal stages of exponential smoothing, one after another. */
function smoothed(input: SdExpression, time: SdExpression, initial: SdExpression | null, n: number, g: Given): Piece {
  const x = g.t.express(input, g.scope);
  const start = initial === null ? g.t.atStart(input, g.scope) : g.t.express(initial, g.scope);
  const given = start === null ? [] : [start];
  const length = g.t.express(time, g.scope);
  if (n === 1) return call("smooth", x, duration(length, g.t), ...given);
  if (n === 3) return call("delay3", x, duration(length, g.t), ...given);
  const part = duration(join("/", length, figurePiece(n)), g.t);
  const first = given[0] ?? nameLongPiece(x, "input", g.scope, g.t);
  let stage = given.length === 0 ? first : x;
  for (let i = 1; i <= n; i++) {
    const { id, read } = g.t.hide(g.scope, `stage_${i}`);
    g.scope.beside.push(`let ${id} : number = ${call("smooth", stage, part, ...given).text}`);
    stage = read;
  }
  return stage;
}

interface DelayedInput {
  readonly input: SdExpression;
  readonly time: SdExpression;
  readonly initial: SdExpression | null;
  readonly n: number;
  readonly g: Given;
  readonly wanders?: boolean | undefined;
}

/**
 * What flows in comes out `n` equal stages later; where the time changes, what is under way is kept, so it is stocks and not smoothing.
 * In Vensim's DELAY N a change of the time wanders from stage to stage, a step each.
 */
function delayed({ input, time, initial, n, g, wanders = false }: DelayedInput): Piece {
  if (g.t.constant(time, g.scope) !== null) return smoothed(input, time, initial, n, g);
  const length = nameLongPiece(g.t.express(time, g.scope), "time", g.scope, g.t);
  const x = nameLongPiece(g.t.express(input, g.scope), "input", g.scope, g.t);
  const start = initial === null ? (g.t.atStart(input, g.scope) ?? x) : g.t.express(initial, g.scope);
  let inflow = x;
  for (let i = 1; i <= n; i++) {
    const own =
      wanders && i > 1 ? call("delay", length, duration(figurePiece(clean((i - 1) * g.t.clock.step)), g.t)) : length;
    const [part, firstPart] =
      n === 1 ? [own, length] : [join("/", own, figurePiece(n)), join("/", length, figurePiece(n))];
    const { id, read } = g.t.hide(g.scope, n === 1 ? "under_way" : `under_way_${i}`);
    const out = join("/", read, part);
    g.scope.beside.push(
      [
        `stock ${id} : number = ${join("*", start, firstPart).text}`,
        `  + ${bracketed(asNumber(inflow), 6)} / ${g.t.clock.unit}`,
        `  - ${bracketed(out, 6)} / ${g.t.clock.unit}`,
      ].join("\n"),
    );
    inflow = out;
  }
  return inflow;
}

/** How many stages; fixed when the run begins. Vensim takes no more than there are steps in the delay. */
function order(e: SdExpression, time: SdExpression, g: Given): number {
  const n = g.t.startValue(e, g.scope);
  if (n === null) throw new Untranslatable("the order of its delay is not a figure that is known before the run");
  const length = g.t.dialect === "mdl" ? g.t.startValue(time, g.scope) : null;
  const most = length === null ? Infinity : Math.floor(length / g.t.clock.step + 1e-9);
  const whole = Math.max(1, Math.min(Math.round(n), most));
  if (whole > 100) throw new Untranslatable(`its delay has ${whole} stages; at most 100 are carried over`);
  return whole;
}

/** A pipeline: so many steps later, the same. */
function pipeline(g: Given, initial: SdExpression | null): Piece {
  const { step } = g.t.clock;
  const length = g.t.startValue(g.at(1), g.scope);
  if (length === null) throw new Untranslatable("the length of its delay is not a figure that is known before the run");
  const steps = Math.max(1, Math.floor(length / step + 0.5 + 1e-9));
  const first = initial === null ? g.t.atStart(g.at(0), g.scope) : g.t.express(initial, g.scope);
  return call("delay", g.piece(0), duration(figurePiece(clean(steps * step)), g.t), ...(first === null ? [] : [first]));
}

/** Keeps what it was until the condition holds. */
function sample(g: Given): Piece {
  const kept = g.t.hide(g.scope, "kept");
  const value = g.t.hide(g.scope, "sampled");
  g.scope.beside.push(
    `let ${value.id} : number = ${eitherPiece(g.piece(0), g.piece(1), kept.read).text}`,
    [
      `stock ${kept.id} : number = ${asNumber(g.piece(2)).text}`,
      `  + (${value.read.text} - ${kept.read.text}) / ${figurePiece(g.t.clock.step).text} / ${g.t.clock.unit}`,
    ].join("\n"),
  );
  return value.read;
}

/** Growth of the input against its own average, a year or whatever the unit: Vensim and XMILE alike. */
function trend(input: Piece, time: Piece, initial: Piece, g: Given): Piece {
  const x = nameLongPiece(input, "input", g.scope, g.t);
  const length = nameLongPiece(time, "time", g.scope, g.t);
  const average = nameLongPiece(
    call("smooth", x, duration(length, g.t), join("/", x, join("+", one, join("*", initial, length)))),
    "average",
    g.scope,
    g.t,
  );
  const isNone = comparePieces("<", call("abs", average), tiny);
  return eitherPiece(isNone, zero, join("/", join("-", x, average), join("*", call("abs", average), length)));
}

function forecast(g: Given, initial: Piece): Piece {
  const x = nameLongPiece(g.piece(0), "input", g.scope, g.t);
  const growth = nameLongPiece(trend(x, g.piece(1), initial, g), "trend", g.scope, g.t);
  return join("*", x, join("+", one, join("*", growth, g.piece(2))));
}

/** Net present value (Vensim and XMILE: stream, rate, initial value, factor). */
function presentValue(g: Given): Piece {
  const factor = g.t.hide(g.scope, "discount");
  const sum = g.t.hide(g.scope, "discounted");
  const stream = nameLongPiece(g.piece(0), "stream", g.scope, g.t);
  const { step, unit } = g.t.clock;
  g.scope.beside.push(
    `stock ${factor.id} : number = 1\n  - ${factor.read.text} * ${bracketed(asNumber(g.piece(1)), 7)} / ${unit}`,
    `stock ${sum.id} : number = ${g.has(2) ? asNumber(g.piece(2)).text : "0"}\n  + ${stream.text} * ${factor.read.text} / ${unit}`,
  );
  const now = join("*", join("*", stream, figurePiece(step)), factor.read);
  return join("*", join("+", sum.read, now), g.has(3) ? g.piece(3) : one);
}

/** `below`: what counts as 0 below it, null where only 0 does. A divisor that is written out decides at once; one with a name may be given a range. */
function safeQuotient(g: Given, below: number | null, otherwise: Piece): Piece {
  const written = constantIn(g.at(1), () => null, null);
  if (written !== null)
    return Math.abs(written) < (below ?? Number.MIN_VALUE) ? otherwise : join("/", g.piece(0), g.piece(1));
  const divisor = nameLongPiece(g.piece(1), "divisor", g.scope, g.t);
  const isNone =
    below === null ? comparePieces("=", divisor, zero) : comparePieces("<", call("abs", divisor), figurePiece(below));
  return eitherPiece(isNone, otherwise, join("/", g.piece(0), divisor));
}

function truncated(g: Given): Piece {
  const x = nameLongPiece(g.piece(0), "whole", g.scope, g.t);
  return eitherPiece(comparePieces("<", x, zero), negative(call("floor", negative(x))), call("floor", x));
}

/** Arc sine by half the angle: finite at ±1. */
function arcsine(x: Piece): Piece {
  const root = call("sqrt", join("-", one, join("*", x, x)));
  return join("*", figurePiece(2), call("arctan", join("/", x, join("+", one, root))));
}

const halfPi = figurePiece(Math.PI / 2);

function gathered(how: "+" | "*" | "min" | "max", g: Given): Piece {
  const own = how === "*" ? null : g.t.wholeFamily(g.at(0), g.scope);
  if (own !== null) return call(how === "+" ? "sum" : how, own);
  return gather(how, g.t.gather(g.at(0), g.scope));
}

function mean(g: Given): Piece {
  if (g.count > 1) return join("/", gather("+", all(g)), figurePiece(g.count));
  const own = g.t.wholeFamily(g.at(0), g.scope);
  if (own !== null) return call("mean", own);
  const pieces = g.t.gather(g.at(0), g.scope);
  return join("/", gather("+", pieces), figurePiece(pieces.length));
}

/** XMILE: over the number of elements, as Stella has it. */
function deviation(g: Given): Piece {
  const pieces = g.t.gather(g.at(0), g.scope);
  const middle = nameLongPiece(join("/", gather("+", pieces), figurePiece(pieces.length)), "mean", g.scope, g.t);
  const squares = pieces.map((p) => powerOf(join("-", p, middle), figurePiece(2)));
  return call("sqrt", join("/", gather("+", squares), figurePiece(pieces.length)));
}

/** What Vensim's VECTOR SELECT does with what is selected, by its number: from weights that are not 0 and the figures they are weights of. */
const selections: readonly ((weight: Piece, x: Piece) => readonly ["+" | "*" | "min" | "max" | "mean", Piece])[] = [
  (w, x) => ["+", join("*", w, x)],
  (w, x) => ["*", join("*", w, x)],
  (w, x) => ["min", join("*", w, x)],
  (w, x) => ["max", join("*", w, x)],
  (w, x) => ["mean", join("*", w, x)],
  (w, x) => ["*", powerOf(w, x)],
  (_, x) => ["+", x],
  (_, x) => ["*", x],
  (_, x) => ["min", x],
  (_, x) => ["max", x],
  (_, x) => ["mean", x],
];

/** Of the elements whose weight is not 0: a sum, a product, the least, the greatest, or a mean; the third argument where there are none. */
function select(g: Given): Piece {
  const action = g.t.constant(g.at(3), g.scope);
  if (action === null) throw new Untranslatable("what its VECTOR SELECT does with the selected changes during the run");
  if (!Number.isFinite(action)) throw new Untranslatable("what its VECTOR SELECT does with the selected is no number");
  const way = selections[Math.round(action)];
  if (way === undefined) throw new Untranslatable(`VECTOR SELECT has no numerical action ${action}`);
  const pairs = g.t.gatherPairs(g.at(0), g.at(1), g.scope);
  const isIn = (weight: Piece): Piece => comparePieces("!=", weight, zero);
  const parts = pairs.map(([w, x]) => ({ w, part: way(w, x)[1] }));
  const how = way(one, one)[0];
  const idle = how === "*" ? one : how === "min" ? figurePiece(1e300) : how === "max" ? figurePiece(-1e300) : zero;
  const kept = parts.map(({ w, part }) => eitherPiece(isIn(w), part, idle));
  const count = gather(
    "+",
    pairs.map(([w]) => asNumber(isIn(w))),
  );
  const chosen =
    how === "mean" ? join("/", gather("+", kept), nameLongPiece(count, "selected", g.scope, g.t)) : gather(how, kept);
  const isAny = pairs.map(([w]) => isIn(w)).reduce((some, next) => both("or", some, next));
  return eitherPiece(isAny, chosen, g.piece(2));
}

function all(g: Given): readonly Piece[] {
  return Array.from({ length: g.count }, (_, i) => g.piece(i));
}

/** Of several figures, or of all elements of one thing. */
function extreme(how: "min" | "max"): ForeignFunction {
  return f(1, Infinity, (g) => (g.count === 1 ? gathered(how, g) : gather(how, all(g))));
}

function readTable(form: "own" | "extrapolated" | "forward" | "backward"): ForeignFunction {
  return f(2, 2, (g) => g.t.table(g.at(0), g.piece(1), form, g.scope));
}

const smooth1 = f(2, 3, (g) => smoothed(g.at(0), g.at(1), g.has(2) ? g.at(2) : null, 1, g));
const smooth3 = f(2, 3, (g) => smoothed(g.at(0), g.at(1), g.has(2) ? g.at(2) : null, 3, g));
const delay1 = f(2, 3, (g) => delayed({ input: g.at(0), time: g.at(1), initial: g.has(2) ? g.at(2) : null, n: 1, g }));
const delayOf3 = f(2, 3, (g) =>
  delayed({ input: g.at(0), time: g.at(1), initial: g.has(2) ? g.at(2) : null, n: 3, g }),
);
const same = f(1, 1, (g) => g.piece(0));
const atStart = f(1, 1, (g) => {
  const x = asNumber(g.piece(0));
  if (g.t.constant(g.at(0), g.scope) !== null) return x;
  return atom(`${x.level === 9 ? x.text : `(${x.text})`}[start]`);
});

const shared: Readonly<Record<string, ForeignFunction>> = {
  abs: direct("abs"),
  exp: direct("exp"),
  ln: direct("log"),
  sqrt: direct("sqrt"),
  sin: direct("sin"),
  cos: direct("cos"),
  tanh: direct("tanh"),
  arctan: direct("arctan"),
  tan: f(1, 1, (g) => {
    const x = nameLongPiece(g.piece(0), "angle", g.scope, g.t);
    return join("/", call("sin", x), call("cos", x));
  }),
  arcsin: f(1, 1, (g) => arcsine(nameLongPiece(g.piece(0), "sine", g.scope, g.t))),
  arccos: f(1, 1, (g) => join("-", halfPi, arcsine(nameLongPiece(g.piece(0), "cosine", g.scope, g.t)))),
  sinh: f(1, 1, (g) => {
    const x = nameLongPiece(g.piece(0), "x", g.scope, g.t);
    return join("/", join("-", call("exp", x), call("exp", negative(x))), figurePiece(2));
  }),
  cosh: f(1, 1, (g) => {
    const x = nameLongPiece(g.piece(0), "x", g.scope, g.t);
    return join("/", join("+", call("exp", x), call("exp", negative(x))), figurePiece(2));
  }),
  log10: f(1, 1, (g) => join("/", call("log", g.piece(0)), call("log", figurePiece(10)))),
  log: f(1, 2, (g) => join("/", call("log", g.piece(0)), call("log", g.has(1) ? g.piece(1) : figurePiece(10)))),
  power: f(2, 2, (g) => powerOf(g.piece(0), g.piece(1))),
  min: extreme("min"),
  max: extreme("max"),
  sum: f(1, 1, (g) => gathered("+", g)),
  prod: f(1, 1, (g) => gathered("*", g)),
  vmin: f(1, 1, (g) => gathered("min", g)),
  vmax: f(1, 1, (g) => gathered("max", g)),
  mean: f(1, Infinity, mean),
  stddev: f(1, 1, deviation),
  size: f(1, 1, (g) => figurePiece(sizeOf(g))),
  elmcount: f(1, 1, (g) => figurePiece(sizeOf(g))),
  if_then_else: f(3, 3, (g) => eitherPiece(asTruth(g.piece(0)), g.piece(1), g.piece(2))),
  zidz: f(2, 2, (g) => safeQuotient(g, least, zero)),
  xidz: f(3, 3, (g) => safeQuotient(g, least, g.piece(2))),
  safediv: f(2, 3, (g) => safeQuotient(g, null, g.has(2) ? g.piece(2) : zero)),
  sign: f(1, 1, (g) => {
    const x = nameLongPiece(g.piece(0), "x", g.scope, g.t);
    return eitherPiece(
      comparePieces("<", x, zero),
      figurePiece(-1),
      eitherPiece(comparePieces(">", x, zero), one, zero),
    );
  }),
  modulo: f(2, 2, (g) => call("mod", g.piece(0), g.piece(1))),
  mod: f(2, 2, (g) => call("mod", g.piece(0), g.piece(1))),
  integer: f(1, 1, truncated),
  int: f(1, 1, (g) => call("floor", g.piece(0))),
  round: f(1, 1, (g) => call("round", g.piece(0))),
  quantum: f(2, 2, (g) => {
    const size = nameLongPiece(g.piece(1), "quantum", g.scope, g.t);
    const ratio = nameLongPiece(join("/", g.piece(0), size), "quanta", g.scope, g.t);
    const whole = eitherPiece(
      comparePieces("<", ratio, zero),
      negative(call("floor", negative(ratio))),
      call("floor", ratio),
    );
    return join("*", size, whole);
  }),
  step: f(2, 2, (g) => call("step", stepAt(g.at(1), g), g.piece(0))),
  ramp: f(2, 3, ramp),
  smooth: smooth1,
  smoothi: smooth1,
  smth1: smooth1,
  smooth3,
  smooth3i: smooth3,
  smth3: smooth3,
  delay1,
  delay1i: delay1,
  delay3: delayOf3,
  delay3i: delayOf3,
  delay_fixed: f(2, 3, (g) => pipeline(g, g.has(2) ? g.at(2) : null)),
  delay: f(2, 3, (g) => pipeline(g, g.has(2) ? g.at(2) : null)),
  sample_if_true: f(3, 3, sample),
  trend: f(2, 3, (g) => trend(g.piece(0), g.piece(1), g.has(2) ? g.piece(2) : zero, g)),
  forecast: f(3, 3, (g) => forecast(g, zero)),
  forcst: f(3, 4, (g) => forecast(g, g.has(3) ? g.piece(3) : zero)),
  npv: f(2, 4, presentValue),
  previous: f(2, 2, (g) => call("delay", g.piece(0), duration(figurePiece(g.t.clock.step), g.t), g.piece(1))),
  initial: atStart,
  init: atStart,
  game: same,
  simultaneous: f(2, 2, (g) => g.piece(0)),
  active_initial: f(2, 2, (g) => g.piece(g.scope.isInitial ? 1 : 0)),
  lookup: readTable("own"),
  lookup_extrapolate: readTable("extrapolated"),
  tabxl: readTable("extrapolated"),
  lookup_forward: readTable("forward"),
  lookup_backward: readTable("backward"),
  with_lookup: f(2, 2, (g) => g.t.table(g.at(1), g.piece(0), "own", g.scope)),
};

const ofXmile: Readonly<Record<string, ForeignFunction>> = {
  pulse: f(1, 3, impulse),
  delayn: f(3, 4, (g) =>
    delayed({ input: g.at(0), time: g.at(1), initial: g.has(3) ? g.at(3) : null, n: order(g.at(2), g.at(1), g), g }),
  ),
  smthn: f(3, 4, (g) => smoothed(g.at(0), g.at(1), g.has(3) ? g.at(3) : null, order(g.at(2), g.at(1), g), g)),
};

const ofVensim: Readonly<Record<string, ForeignFunction>> = {
  pulse: f(2, 2, (g) => pulse(g.at(0), g.at(1), g)),
  pulse_train: f(4, 4, pulseTrain),
  vector_select: f(5, 5, select),
  delay_n: f(4, 4, (g) =>
    delayed({ input: g.at(0), time: g.at(1), initial: g.at(2), n: order(g.at(3), g.at(1), g), g, wanders: true }),
  ),
  smooth_n: f(4, 4, (g) => smoothed(g.at(0), g.at(1), g.at(2), order(g.at(3), g.at(1), g), g)),
};

/** Other spellings of the same. */
const spellings: Readonly<Record<string, string>> = { acos: "arccos", asin: "arcsin", atan: "arctan", ceil: "ceiling" };

const known: Readonly<Record<string, Readonly<Record<string, ForeignFunction>>>> = {
  xmile: { ...shared, ...ofVensim, ...ofXmile },
  mdl: { ...shared, ...ofXmile, ...ofVensim },
};

/** As a model's file names them, in the spelling by which names are compared. */
export function knownFunctions(dialect: Dialect): readonly string[] {
  return [...Object.keys(known[dialect] as object), ...Object.keys(spellings)];
}

function sizeOf(g: Given): number {
  const size = g.t.sizeOf(g.at(0));
  if (size === null) throw new Untranslatable("the number of elements of something that has none");
  return size;
}

/** Throws `Untranslatable` for a function that is not carried over, or has other arguments. */
export function callOf(name: string, given: readonly SdExpression[], scope: TranslationScope, t: Translating): Piece {
  const spelled = spellings[name] ?? name;
  const own = known[t.dialect] as Readonly<Record<string, ForeignFunction>>;
  const found = Object.hasOwn(own, spelled) ? own[spelled] : undefined;
  const shown = name.toUpperCase().replaceAll("_", " ");
  if (found === undefined) throw new Untranslatable(whyNot(spelled, shown));
  if (given.length < found.least || given.length > found.most)
    throw new Untranslatable(
      `${shown} is called with ${given.length === 1 ? "1 argument" : `${given.length} arguments`}`,
    );
  const pieces = new Map<number, Piece>();
  const at = (n: number): SdExpression => given[n] as SdExpression;
  return found.write({
    at,
    has: (n) => n < given.length,
    count: given.length,
    piece: (n) => {
      const made = pieces.get(n) ?? t.express(at(n), scope);
      pieces.set(n, made);
      return made;
    },
    scope,
    t,
  });
}

function whyNot(name: string, shown: string): string {
  if (/^(?:random|normal$|uniform$|poisson|exprnd|lognormal|montecarlo|gamma$)/.test(name))
    return `${shown} draws at random: declare 'shock … ~ normal(…)' and read that`;
  if (/^get_|^history$/.test(name)) return `${shown} reads from outside the model`;
  return `the function ${shown} is not carried over`;
}
