/**
 * exp, log, pow, sin, cos, arctan, tanh and their kin as graphs of exact operations: each follows the function of the same name in
 * `math.ts` operation by operation, so that both give the same bits. Branches become selections.
 */

import * as host from "../math.ts";
import { expTable } from "../exponential.ts";
import { arctanParts } from "../trigonometry.ts";
import { numberBits } from "./instruction.ts";
import type { Graph } from "./graph.ts";

/** A short hand for arithmetic on a graph. */
export class Arithmetic {
  readonly graph: Graph;
  /** Where the tables of `exp` lie in memory. */
  readonly tables: ExpTables;
  /** True: every function for every argument. False: `exp` for arguments of usual size, and `strayed` tells the others. */
  readonly isCareful: boolean;
  /** Arguments of `exp` since they were last asked for. */
  #expected = new Set<number>();
  /** The greatest of their sizes so far. */
  #greatest: number | null = null;

  constructor(graph: Graph, tables: ExpTables, isCareful: boolean) {
    this.graph = graph;
    this.tables = tables;
    this.isCareful = isCareful;
  }

  /** An argument that must be of usual size. */
  expect(x: number): void {
    if (this.#expected.has(x)) return;
    this.#expected.add(x);
    const size = this.graph.unary("abs", x);
    this.#greatest = this.#greatest === null ? size : this.graph.binary("max", this.#greatest, size);
  }

  get expected(): ReadonlySet<number> {
    return this.#expected;
  }

  /** The mask of runs in which an argument expected since the last call was not of usual size; null where none was expected. */
  strayed(): number | null {
    const greatest = this.#greatest;
    this.#greatest = null;
    this.#expected = new Set();
    // Told by what is not so, since the greatest is NaN where the first argument was; where another was, what `exp` gives is.
    return greatest === null ? null : this.graph.not(this.graph.compare("le", greatest, this.c(USUAL)));
  }

  c(value: number): number {
    return this.graph.const(value);
  }
  add(a: number, b: number): number {
    return this.graph.binary("add", a, b);
  }
  sub(a: number, b: number): number {
    return this.graph.binary("sub", a, b);
  }
  mul(a: number, b: number): number {
    return this.graph.binary("mul", a, b);
  }
  div(a: number, b: number): number {
    return this.graph.binary("div", a, b);
  }
  neg(a: number): number {
    return this.graph.unary("neg", a);
  }
  /** c0 + x(c1 + x(c2 + …)). */
  polynomial(x: number, coefficients: readonly number[]): number {
    return coefficients
      .slice(0, -1)
      .reduceRight((inner, c) => this.add(this.c(c), this.mul(x, inner)), this.c(coefficients.at(-1) as number));
  }
}

const MAGIC = 6755399441055744;
const MAGIC_BITS = numberBits(MAGIC);

/** Beyond it, the last product in `exp` may come near the subnormals, or infinity. */
const USUAL = 650;

export interface ExpTables {
  readonly absolute: number;
  readonly relative: number;
  readonly usual: number;
}

/** What `exp` reads: 2^(j/32) in 32 pairs of doubles; for usual arguments with j taken from the first one's exponent, which the sum of bits gives back. */
export function expTableBytes(kind: keyof ExpTables): Uint8Array {
  const table = expTable(kind === "absolute" ? "absolute" : "relative");
  const bytes = new Uint8Array(table.buffer);
  if (kind !== "usual") return bytes;
  const words = new DataView(table.buffer);
  for (let j = 0; j < 32; j++) words.setBigUint64(16 * j, words.getBigUint64(16 * j, true) - (BigInt(j) << 47n), true);
  return bytes;
}

/** 2^k for a whole number k of −540..513: the low bits of k + 1.5·2^52 hold k. */
function powerOfTwo(m: Arithmetic, k: number): number {
  const shifted = m.graph.shift("shiftLeft", m.graph.toBits(m.add(k, m.c(MAGIC))), 52);
  return m.graph.fromBits(m.graph.bitsWith("addBits", shifted, 1023n << 52n));
}

/** exp(r) − 1 for |r| ≤ ln 2 / 64. */
function near(m: Arithmetic, r: number): number {
  return m.add(r, m.mul(m.mul(r, r), m.polynomial(r, [0.5, 1 / 6, 1 / 24, 1 / 120, 1 / 720])));
}

interface Split {
  readonly steps: number;
  readonly top: number;
  readonly tail: number;
  readonly first: number;
  readonly second: number;
}

/** The whole steps of ln 2 / 32 in x, the table's pair for them, and the power of two in two factors. */
function split(m: Arithmetic, x: number, address: number): Split {
  const g = m.graph;
  const shifted = m.add(m.mul(x, m.c(46.16624130844683)), m.c(MAGIC));
  const steps = m.sub(shifted, m.c(MAGIC));
  const j = g.bitsWith("andBits", g.toBits(shifted), 31n);
  const exponent = g.unary("floor", m.mul(steps, m.c(1 / 32)));
  const half = g.unary("floor", m.mul(exponent, m.c(0.5)));
  return {
    steps,
    top: g.pair(j, address, false),
    tail: g.pair(j, address, true),
    first: powerOfTwo(m, half),
    second: powerOfTwo(m, m.sub(exponent, half)),
  };
}

const STEP_HIGH = 0.021660849391992087;
const STEP_LOW = 5.062034433330175e-13;

function expOfSum(m: Arithmetic, high: number, low: number | null): number {
  const x = m.graph.binary("max", m.graph.binary("min", high, m.c(710)), m.c(-746));
  const s = split(m, x, m.tables.relative);
  const reduced = m.sub(m.sub(x, m.mul(s.steps, m.c(STEP_HIGH))), m.mul(s.steps, m.c(STEP_LOW)));
  const r = low === null ? reduced : m.add(reduced, low);
  const y = m.add(s.top, m.mul(s.top, m.add(s.tail, near(m, r))));
  return m.mul(m.mul(y, s.first), s.second);
}

export function expGraph(m: Arithmetic, x: number): number {
  const known = m.graph.constantOf(x);
  if (known !== null) return m.c(host.exp(known));
  return m.isCareful ? expOfSum(m, x, null) : usualExp(m, x);
}

/** The same bits for arguments below `USUAL` in size, and NaN for NaN: the power of two is added to the exponent of the table's entry. */
function usualExp(m: Arithmetic, x: number): number {
  const g = m.graph;
  m.expect(x);
  const shifted = m.add(m.mul(x, m.c(46.16624130844683)), m.c(MAGIC));
  const steps = m.sub(shifted, m.c(MAGIC));
  const bits = g.toBits(shifted);
  const j = g.bitsWith("andBits", bits, 31n);
  const scale = g.fromBits(g.sumBits(g.toBits(g.pair(j, m.tables.usual, false)), g.shift("shiftLeft", bits, 47)));
  const r = m.sub(m.sub(x, m.mul(steps, m.c(STEP_HIGH))), m.mul(steps, m.c(STEP_LOW)));
  return m.add(scale, m.mul(scale, m.add(g.pair(j, m.tables.usual, true), near(m, r))));
}

function expm1(m: Arithmetic, x: number): number {
  const g = m.graph;
  // Outside this range the answer is selected below; inside it min and max change nothing.
  const y = g.binary("max", g.binary("min", x, m.c(709.9)), m.c(-45));
  const s = split(m, y, m.tables.absolute);
  const coarse = m.sub(y, m.mul(s.steps, m.c(STEP_HIGH)));
  const fine = m.mul(s.steps, m.c(STEP_LOW));
  const r = m.sub(coarse, fine);
  const lost = m.sub(m.sub(coarse, r), fine);
  const rest = m.add(m.add(s.tail, m.mul(s.top, lost)), m.mul(s.top, near(m, r)));
  const large = m.mul(m.mul(m.add(s.top, rest), s.first), s.second);
  const scaled = m.mul(m.mul(s.top, s.first), s.second);
  const sum = m.sub(scaled, m.c(1));
  const back = m.sub(sum, scaled);
  const error = m.add(m.sub(scaled, m.sub(sum, back)), m.sub(m.c(-1), back));
  const usual = m.add(sum, m.add(error, m.mul(m.mul(rest, s.first), s.second)));
  // exponent > 60 is steps ≥ 61·32, since the exponent is the floor of steps / 32.
  const value = g.select(g.compare("ge", s.steps, m.c(61 * 32)), large, usual);
  const small = g.select(g.compare("eq", s.steps, m.c(0)), near(m, r), value);
  return g.select(
    g.compare("gt", x, m.c(709.9)),
    m.c(Infinity),
    g.select(g.compare("lt", x, m.c(-45)), m.c(-1), small),
  );
}

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** The exponent of a positive finite x as a number, and its fraction within √½..√2. */
function takeApart(m: Arithmetic, x: number): { readonly k: number; readonly fraction: number } {
  const g = m.graph;
  const subnormal = g.compare("lt", x, m.c(2 ** -1022));
  const y = g.select(subnormal, m.mul(x, m.c(2 ** 54)), x);
  const shifted = g.bitsWith("addBits", g.toBits(y), BigInt(0x3ff00000 - 0x3fe6a09e) << 32n);
  const exponent = g.bitsWith("addBits", g.shift("shiftRight", shifted, 52), MAGIC_BITS - 0x3ffn);
  const whole = m.sub(g.fromBits(exponent), m.c(MAGIC));
  const fraction = g.fromBits(
    g.bitsWith("addBits", g.bitsWith("andBits", shifted, 0xfffffffffffffn), 0x3fe6a09en << 32n),
  );
  return { k: m.add(whole, g.select(subnormal, m.c(-54), m.c(0))), fraction };
}

export function logGraph(m: Arithmetic, x: number): number {
  const known = m.graph.constantOf(x);
  if (known !== null) return m.c(host.log(known));
  const g = m.graph;
  const { k, fraction } = takeApart(m, x);
  const f = m.sub(fraction, m.c(1));
  const halfSquare = m.mul(m.mul(m.c(0.5), f), f);
  const s = m.div(f, m.add(m.c(2), f));
  const z = m.mul(s, s);
  const w = m.mul(z, z);
  const odd = m.polynomial(
    w,
    [6.66666666666673513e-1, 2.857142874366239149e-1, 1.818357216161805012e-1, 1.479819860511658591e-1],
  );
  const even = m.polynomial(w, [3.999999999940941908e-1, 2.222219843214978396e-1, 1.531383769920937332e-1]);
  const r = m.add(m.mul(z, odd), m.mul(w, even));
  const low = m.add(m.mul(s, m.add(halfSquare, r)), m.mul(k, m.c(LN2_LOW)));
  const value = m.add(m.add(m.sub(low, halfSquare), f), m.mul(k, m.c(LN2_HIGH)));
  const finite = g.and(g.compare("gt", x, m.c(0)), g.compare("lt", x, m.c(Infinity)));
  const edge = g.select(g.compare("eq", x, m.c(0)), m.c(-Infinity), g.select(g.compare("gt", x, m.c(0)), x, m.c(NaN)));
  return g.select(finite, value, edge);
}

/** As `logarithm.ts` has it. */
export function log1pGraph(m: Arithmetic, x: number): number {
  const g = m.graph;
  const one = m.c(1);
  const sum = m.add(one, x);
  const lost = g.select(g.compare("gt", sum, m.c(2)), m.sub(one, m.sub(sum, x)), m.sub(x, m.sub(sum, one)));
  const value = m.add(logGraph(m, sum), m.div(lost, sum));
  const usual = g.and(g.compare("gt", x, m.c(-1)), g.compare("lt", x, m.c(Infinity)));
  const edge = g.select(g.compare("eq", x, m.c(-1)), m.c(-Infinity), g.select(g.compare("gt", x, m.c(0)), x, m.c(NaN)));
  return g.select(usual, value, edge);
}

export function logisticGraph(m: Arithmetic, x: number): number {
  const known = m.graph.constantOf(x);
  if (known !== null) return m.c(host.logistic(known));
  const g = m.graph;
  const below = g.compare("lt", x, m.c(0));
  const e = expGraph(m, m.neg(g.unary("abs", x)));
  return m.div(g.select(below, e, m.c(1)), m.add(m.c(1), e));
}

/** The body of the module's function `tanh`. */
export function tanhGraph(m: Arithmetic, x: number): number {
  const g = m.graph;
  const size = g.unary("abs", x);
  const t = expm1(m, m.mul(m.c(-2), size));
  const y = m.div(m.neg(t), m.add(t, m.c(2)));
  const below = g.compare("lt", x, m.c(0));
  const value = g.select(below, m.neg(y), g.select(g.compare("eq", x, m.c(0)), x, y));
  return g.select(g.compare("gt", size, m.c(22)), g.select(below, m.c(-1), m.c(1)), value);
}

/** The body of the module's function `arctan`. */
export function arctanGraph(m: Arithmetic, x: number): number {
  const g = m.graph;
  const { ends, high, low, odd, even } = arctanParts;
  const size = g.unary("abs", x);
  const one = m.c(1);
  const ways = [
    size,
    m.div(m.sub(m.mul(m.c(2), size), one), m.add(m.c(2), size)),
    m.div(m.sub(size, one), m.add(size, one)),
    m.div(m.sub(size, m.c(1.5)), m.add(one, m.mul(m.c(1.5), size))),
    m.div(m.c(-1), size),
  ];
  /** Of five, the one of the range that |x| lies in. */
  const choose = (of: readonly number[]): number =>
    ends.reduceRight(
      (rest, end, i) => g.select(g.compare("lt", size, m.c(end)), of[i] as number, rest),
      of[4] as number,
    );
  const t = choose(ways);
  const z = m.mul(t, t);
  const w = m.mul(z, z);
  const bend = m.mul(t, m.add(m.mul(z, m.polynomial(w, odd)), m.mul(w, m.polynomial(w, even))));
  const y = choose([
    m.sub(t, bend),
    ...high.map((h, i) => m.sub(m.c(h), m.sub(m.sub(bend, m.c(low[i] as number)), t))),
  ]);
  return g.select(g.compare("lt", x, m.c(0)), m.neg(y), g.select(g.compare("eq", x, m.c(0)), x, y));
}

/** Halves go up. */
export function roundGraph(m: Arithmetic, x: number): number {
  const floor = m.graph.unary("floor", x);
  return m.graph.select(m.graph.compare("ge", m.sub(x, floor), m.c(0.5)), m.add(floor, m.c(1)), floor);
}

export function modGraph(m: Arithmetic, a: number, b: number): number {
  return m.sub(a, m.mul(b, m.graph.unary("floor", m.div(a, b))));
}

/** The rounding error of a·b (Dekker). */
function productError(m: Arithmetic, a: number, b: number, product: number): number {
  const p = m.mul(m.c(134217729), a),
    q = m.mul(m.c(134217729), b);
  const a1 = m.sub(p, m.sub(p, a)),
    b1 = m.sub(q, m.sub(q, b));
  const a0 = m.sub(a, a1),
    b0 = m.sub(b, b1);
  return m.add(m.add(m.add(m.sub(m.mul(a1, b1), product), m.mul(a1, b0)), m.mul(a0, b1)), m.mul(a0, b0));
}

function positivePower(m: Arithmetic, x: number, y: number): number {
  const g = m.graph;
  const { k, fraction: z } = takeApart(m, x);
  const f = m.sub(z, m.c(1));
  const up = m.add(z, m.c(1));
  const upLow = m.sub(z, m.sub(up, m.c(1)));
  const s = m.div(f, up);
  const su = m.mul(s, up);
  const sLow = m.div(m.sub(m.sub(m.sub(f, su), productError(m, s, up, su)), m.mul(s, upLow)), up);
  const t = m.mul(s, s);
  const tLow = m.add(productError(m, s, s, t), m.mul(m.mul(m.c(2), s), sLow));
  const tail = m.mul(
    t,
    m.polynomial(t, [1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13, 1 / 15, 1 / 17, 1 / 19, 1 / 21, 1 / 23, 1 / 25, 1 / 27]),
  );
  const third = m.c(1 / 3);
  const inner = m.add(third, tail);
  const innerLow = m.add(m.add(m.sub(third, inner), tail), m.c(1.850371707708594e-17));
  const u = m.mul(t, inner);
  const uLow = m.add(productError(m, t, inner, u), m.add(m.mul(t, innerLow), m.mul(tLow, inner)));
  const twice = m.mul(m.c(2), s);
  const su2 = m.mul(twice, u);
  const su2Low = m.add(productError(m, twice, u, su2), m.add(m.mul(twice, uLow), m.mul(m.mul(m.c(2), sLow), u)));
  const logZ = m.add(twice, su2);
  const logZLow = m.add(m.add(m.sub(twice, logZ), su2), m.add(su2Low, m.mul(m.c(2), sLow)));
  const kLn2 = m.mul(k, m.c(0.6931471805598903));
  const logX = m.add(kLn2, logZ);
  const logXLow = m.add(m.add(m.sub(kLn2, logX), logZ), m.add(logZLow, m.mul(k, m.c(5.497923018708371e-14))));
  const n = g.binary("max", g.binary("min", y, m.c(2 ** 66)), m.c(-(2 ** 66)));
  const product = m.mul(n, logX);
  const productLow = m.add(productError(m, n, logX, product), m.mul(n, logXLow));
  const high = m.add(product, productLow);
  return expOfSum(m, high, m.add(m.sub(product, high), productLow));
}

/** The body of the module's function `pow`. */
export function powGraph(m: Arithmetic, x: number, y: number): number {
  const g = m.graph;
  const zero = m.c(0),
    one = m.c(1);
  const size = g.unary("abs", x);
  const integer = g.compare("eq", g.unary("floor", y), y);
  const halfY = m.div(y, m.c(2));
  const rest = m.sub(y, m.mul(m.c(2), g.unary("floor", halfY)));
  const odd = g.and(g.and(integer, g.compare("lt", g.unary("abs", y), m.c(2 ** 53))), g.compare("eq", rest, one));
  const isZero = g.compare("eq", x, zero);
  const negative = g.or(g.compare("lt", x, zero), g.and(isZero, g.compare("lt", m.div(one, x), zero)));
  const flip = g.and(negative, odd);
  const signed = (value: number): number => g.select(flip, m.neg(value), value);
  const above = g.compare("gt", y, zero);
  const endless = g.compare("eq", size, m.c(Infinity));
  const edge = g.select(g.or(g.and(isZero, above), g.and(g.not(isZero), g.not(above))), zero, m.c(Infinity));
  const grows = g.compare("gt", size, one);
  const limit = g.select(
    g.compare("eq", size, one),
    one,
    g.select(g.or(g.and(grows, above), g.and(g.not(grows), g.not(above))), m.c(Infinity), zero),
  );
  const usual = signed(g.select(g.compare("eq", size, one), one, positivePower(m, size, y)));
  const finite = g.select(g.and(negative, g.not(integer)), m.c(NaN), usual);
  const endlessY = g.compare("eq", g.unary("abs", y), m.c(Infinity));
  const value = g.select(g.or(isZero, endless), signed(edge), g.select(endlessY, limit, finite));
  const isNumber = g.and(g.compare("eq", x, x), g.compare("eq", y, y));
  const all = g.select(
    g.or(g.compare("eq", y, zero), g.compare("eq", x, one)),
    one,
    g.select(isNumber, value, m.c(NaN)),
  );
  return g.select(g.compare("eq", y, m.c(2)), m.mul(x, x), all);
}

function sinKernel(m: Arithmetic, x: number, low: number): number {
  const z = m.mul(x, x);
  const v = m.mul(z, x);
  const r = m.polynomial(
    z,
    [
      8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6, -2.50507602534068634195e-8,
      1.58969099521155010221e-10,
    ],
  );
  const inner = m.sub(
    m.sub(m.mul(z, m.sub(m.mul(m.c(0.5), low), m.mul(v, r))), low),
    m.mul(v, m.c(-1.66666666666666324348e-1)),
  );
  return m.sub(x, inner);
}

function cosKernel(m: Arithmetic, x: number, low: number): number {
  const z = m.mul(x, x);
  const w = m.mul(z, z);
  const first = m.mul(
    z,
    m.polynomial(z, [4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5]),
  );
  const second = m.mul(
    m.mul(w, w),
    m.polynomial(z, [-2.75573143513906633035e-7, 2.0875723212981748279e-9, -1.13596475577881948265e-11]),
  );
  const r = m.add(first, second);
  const half = m.mul(m.c(0.5), z);
  const one = m.sub(m.c(1), half);
  return m.add(one, m.add(m.sub(m.sub(m.c(1), one), half), m.sub(m.mul(z, r), m.mul(x, low))));
}

/** The bodies of the module's functions `sin` (shift 0) and `cos` (shift 1). Large arguments, whose reduction needs long integers, go to the host. */
export function turnFrom(m: Arithmetic, x: number, shift: 0 | 1): number {
  const g = m.graph;
  const limit = m.c(1647099);
  const size = g.unary("abs", x);
  const finite = g.compare("lt", size, m.c(Infinity));
  const large = g.and(finite, g.compare("gt", size, limit));
  const near = g.select(g.compare("le", size, limit), x, m.c(0));
  const shifted = m.add(m.mul(near, m.c(0.6366197723675814)), m.c(MAGIC));
  const quadrants = m.sub(shifted, m.c(MAGIC));
  const a = m.sub(near, m.mul(quadrants, m.c(1.5707963267341256)));
  const b = m.mul(quadrants, m.c(6.077100506303966e-11));
  const c = m.sub(a, b);
  const back = m.sub(c, a);
  const lost = m.sub(m.sub(a, m.sub(c, back)), m.add(b, back));
  const rest = m.sub(lost, m.mul(quadrants, m.c(2.0222662487959506e-21)));
  const high = m.add(c, rest);
  const low = m.add(m.sub(c, high), rest);
  const turns = g.bitsWith("addBits", g.toBits(shifted), BigInt(shift) - MAGIC_BITS);
  const bit = (mask: bigint, by: number): number =>
    g.compare(
      "eq",
      m.sub(
        g.fromBits(g.bitsWith("addBits", g.shift("shiftRight", g.bitsWith("andBits", turns, mask), by), MAGIC_BITS)),
        m.c(MAGIC),
      ),
      m.c(1),
    );
  const y = g.select(bit(1n, 0), cosKernel(m, high, low), sinKernel(m, high, low));
  const value = g.select(bit(2n, 1), m.neg(y), y);
  const reduced = g.select(finite, value, m.c(NaN));
  const all = g.rare(shift === 0 ? "sin" : "cos", large, x, reduced);
  return shift === 0 ? g.select(g.compare("eq", x, m.c(0)), x, all) : all;
}
