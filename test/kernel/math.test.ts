/** The functions of the language against references of some 280 bits, in units of the last place; exact results; edges. */

import { describe, expect, it } from "vitest";
import { keyOf, uniform } from "#kernel/philox.ts";
import { arctan, cos, exp, expm1, log, log1p, logistic, mod, pow, round, sin, tanh } from "#kernel/math.ts";
import {
  arctangent,
  exp as trueExp,
  fixed,
  log as trueLog,
  one,
  over,
  sine,
  ulps,
  type Scaled,
} from "./fixed-point.ts";

const key = keyOf("test of math");

/** Random doubles of a range, and both its ends. */
function sample(low: number, high: number, count = 1500): readonly number[] {
  return [low, high, ...Array.from({ length: count }, (_, i) => low + (high - low) * uniform(7, key, i, 0))];
}

/** Random doubles whose logarithms are spread evenly. */
function sizes(low: number, high: number, count = 1500): readonly number[] {
  return sample(low, high, count).map((e) => 2 ** Math.floor(e) * (1 + uniform(8, key, Math.floor(e * 1e6), 0)));
}

function worst(xs: readonly number[], found: (x: number) => number, truth: (x: number) => Scaled): number {
  return xs.reduce((most, x) => Math.max(most, ulps(found(x), truth(x))), 0);
}

const plain = (value: bigint): Scaled => ({ value, exponent: 0 });

/** exp as one number with the point where `plain` has it; for arguments up to some hundreds. */
function expPlain(x: bigint): bigint {
  const { value, exponent } = trueExp(x);
  return exponent >= 0 ? value << BigInt(exponent) : value >> BigInt(-exponent);
}

describe("accuracy, in ulp", () => {
  it("the reference itself knows π and e to sixty digits", () => {
    const digits = (x: bigint): string => ((x * 10n ** 60n) / one).toString();
    expect(digits(expPlain(one))).toBe("2718281828459045235360287471352662497757247093699959574966967");
    expect(digits(trueLog(10n * one))).toBe("2302585092994045684017991454684364207601101488628772976033327");
    // sin 1, from the tables of the OEIS (A049469).
    expect(digits(sine(one))).toBe("841470984807896506652502321630298999622563060798371065672751");
  });

  it("the measure sees a wrong last place", () => {
    expect(ulps(exp(1) + 2 ** -51, trueExp(one))).toBeGreaterThan(0.5);
    expect(ulps(exp(1), trueExp(one))).toBeLessThan(0.5);
  });

  it("exp: 0.55, and 1 among the subnormals", () => {
    expect(worst([...sample(-708, 709.7), ...sample(-1, 1)], exp, (x) => trueExp(fixed(x)))).toBeLessThan(0.55);
    expect(worst(sample(-744, -708.5, 400), exp, (x) => trueExp(fixed(x)))).toBeLessThan(1);
  });

  it("log: 0.9", () => {
    const scaled = (x: number): Scaled => plain(trueLog(fixed(x)));
    expect(worst([...sizes(-200, 250), ...sample(0.5, 2), ...sample(0.999, 1.001)], log, scaled)).toBeLessThan(0.9);
  });

  it("expm1 and log1p near 0: 3", () => {
    const small = [...sample(-1e-3, 1e-3), ...sizes(-60, -1), ...sizes(-60, -2).map((x) => -x), ...sample(-0.45, 2)];
    expect(worst(small, expm1, (x) => plain(expPlain(fixed(x)) - one))).toBeLessThan(3);
    expect(worst(small, log1p, (x) => plain(trueLog(one + fixed(x))))).toBeLessThan(3);
  });

  it("sin and cos: 0.8, however large the argument", () => {
    const xs = [
      ...sample(-10, 10),
      ...sample(-1e6, 1e6),
      ...sizes(20, 60),
      ...sizes(-40, 0),
      22,
      355,
      2 ** 60,
      6381956970095103 * 2 ** 20,
    ];
    expect(worst(xs, sin, (x) => plain(sine(fixed(x))))).toBeLessThan(0.8);
    expect(worst(xs, cos, (x) => plain(sine(fixed(x), 1n)))).toBeLessThan(0.8);
  });

  it("arctan: 0.86", () => {
    const xs = [...sample(-3, 3, 4000), ...sample(-1e4, 1e4), ...sizes(-30, 60)];
    expect(worst(xs, arctan, (x) => plain(arctangent(fixed(x))))).toBeLessThan(0.86);
    // At the ends of its ranges, and beyond all: π/4, π/2 (Abramowitz and Stegun, 4.4).
    expect([arctan(1), arctan(Infinity), arctan(-Infinity)]).toEqual([Math.PI / 4, Math.PI / 2, -Math.PI / 2]);
    expect([Object.is(arctan(-0), -0), arctan(NaN)]).toEqual([true, NaN]);
  });

  it("tanh: 3, logistic: 2", () => {
    const xs = [...sample(-20, 20), ...sample(-1, 1), ...sizes(-50, -1)];
    const tanhOf = (x: number): Scaled => {
      const e = expPlain(2n * fixed(x));
      return plain(over(e - one, e + one));
    };
    const logisticOf = (x: number): Scaled => {
      const e = expPlain(fixed(x));
      return plain(over(e, one + e));
    };
    expect(worst(xs, tanh, tanhOf)).toBeLessThan(3);
    expect(worst([...xs, ...sample(-80, 40)], logistic, logisticOf)).toBeLessThan(2);
  });

  it("pow: 0.53", () => {
    const bases = [...sizes(-30, 30, 700), ...sample(0.9, 1.1, 300)];
    const most = bases.reduce((so, x, i) => {
      const y = (uniform(9, key, i, 0) - 0.5) * 40;
      const exponent = (trueLog(fixed(x)) * fixed(y)) >> 320n;
      return Math.max(so, ulps(pow(x, y), trueExp(exponent)));
    }, 0);
    expect(most).toBeLessThan(0.53);
  });
});

describe("exact results", () => {
  it("a square is a product", () => {
    for (const x of [0, -0, 3, -1.1, 1e-170, 1e200, Infinity, -Infinity, 2 ** -1074])
      expect(Object.is(pow(x, 2), x * x)).toBe(true);
    expect(pow(NaN, 2)).toBeNaN();
  });
  it("whole powers come out whole", () => {
    for (const [x, y, wanted] of [
      [3, 4, 81],
      [2, 10, 1024],
      [10, 15, 1e15],
      [-3, 3, -27],
      [-2, 2, 4],
      [4, 0.5, 2],
      [27, -1, 1 / 27],
      [2, -1074, 5e-324],
    ] as const)
      expect(pow(x, y)).toBe(wanted);
  });

  it("exp 0, log 1, sin 0, cos 0, tanh 0, logistic 0", () => {
    expect([exp(0), log(1), cos(0), logistic(0), expm1(0), log1p(0)]).toEqual([1, 0, 1, 0.5, 0, 0]);
    expect(Object.is(sin(-0), -0)).toBe(true);
    expect(Object.is(tanh(-0), -0)).toBe(true);
  });

  it("round: halves go up; mod takes the divisor's sign", () => {
    expect([2.5, -2.5, 0.49999999999999994, 4503599627370497, -0.4].map(round)).toEqual(
      [3, -2, 0, 4503599627370497, 0].map((x) => x + 0),
    );
    expect([mod(-7, 3), mod(7, -3), mod(7, 3), mod(-6, 3)]).toEqual([2, -2, 1, 0]);
    expect(mod(1, 0)).toBeNaN();
  });
});

describe("edges", () => {
  it("overflow, underflow, infinities and NaN", () => {
    expect([exp(710), exp(Infinity), exp(-746), exp(-Infinity)]).toEqual([Infinity, Infinity, 0, 0]);
    // The largest double whose exp is finite and the smallest whose exp is not 0: ln of 2^1024(1 − 2^-54), ln 2^-1075.
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
    expect([log(0), log(Infinity), log1p(-1)]).toEqual([-Infinity, Infinity, -Infinity]);
    for (const x of [
      log(-1),
      log1p(-2),
      sin(Infinity),
      cos(-Infinity),
      exp(NaN),
      log(NaN),
      sin(NaN),
      tanh(NaN),
      logistic(NaN),
      pow(NaN, 1),
      pow(-8, 1 / 3),
    ])
      expect(x).toBeNaN();
    expect([tanh(1e300), tanh(-1e300), logistic(800), logistic(-800), expm1(-1e3), expm1(1e3)]).toEqual([
      1,
      -1,
      1,
      0,
      -1,
      Infinity,
    ]);
    expect(logistic(-700)).toBeGreaterThan(0);
  });

  it("pow at the edges, as C's Annex F.9.4.4 has it", () => {
    const cases: readonly (readonly [number, number, number])[] = [
      [NaN, 0, 1],
      [1, NaN, 1],
      [0, -1, Infinity],
      [-0, -1, -Infinity],
      [-0, -2, Infinity],
      [-0, 3, -0],
      [0, 2, 0],
      [-1, Infinity, 1],
      [-1, -Infinity, 1],
      [0.5, -Infinity, Infinity],
      [2, -Infinity, 0],
      [0.5, Infinity, 0],
      [2, Infinity, Infinity],
      [-Infinity, -3, -0],
      [-Infinity, -2, 0],
      [-Infinity, 3, -Infinity],
      [-Infinity, 2, Infinity],
      [Infinity, -1, 0],
      [Infinity, 1, Infinity],
      [2, 1024, Infinity],
      [2, -1100, 0],
      [1.5, 1e300, Infinity],
    ];
    for (const [x, y, wanted] of cases) expect([x, y, Object.is(pow(x, y), wanted)]).toEqual([x, y, true]);
  });

  it("tanh is odd; sin is odd; cos is even", () => {
    for (const x of sample(0, 30, 200)) {
      expect(tanh(-x)).toBe(-tanh(x));
      expect(sin(-x)).toBe(-sin(x));
      expect(cos(-x)).toBe(cos(x));
    }
  });
});
