/** Numbers to solve games in: exact rationals for games typed in, doubles with a tolerance for simulated ones. */

import Fraction from "fraction.js";

/** An ordered field as the solvers need it. Which one decides whether 'equal' means equal or close. */
export interface Field<T> {
  readonly zero: T;
  readonly one: T;
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  /** `b` must not be zero. */
  div(a: T, b: T): T;
  /** −1, 0 or 1; 0 for what counts as zero. */
  sign(a: T): -1 | 0 | 1;
  /** Whether a is below b, whatever counts as zero. */
  less(a: T, b: T): boolean;
  toNumber(a: T): number;
  /** Exact for exact fields: every finite double is a rational. */
  of(a: number): T;
}

export type RationalNumber = Fraction;

export const exact: Field<RationalNumber> = {
  zero: new Fraction(0),
  one: new Fraction(1),
  add: (a, b) => a.add(b),
  sub: (a, b) => a.sub(b),
  mul: (a, b) => a.mul(b),
  div: (a, b) => a.div(b),
  sign: (a) => (a.n === 0n ? 0 : a.s > 0n ? 1 : -1),
  less: (a, b) => a.compare(b) < 0,
  toNumber: nearestDouble,
  of: rationalOf,
};

/** Values within `tolerance` of zero count as zero; meant for payoffs brought to a range of 1. */
export function approximate(tolerance: number): Field<number> {
  return {
    zero: 0,
    one: 1,
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    div: (a, b) => a / b,
    sign: (a) => (a > tolerance ? 1 : a < -tolerance ? -1 : 0),
    less: (a, b) => a < b,
    toNumber: (a) => a,
    of: (a) => a,
  };
}

/** Right to an ulp where numerator and denominator are too large for doubles, too. */
export function nearestDouble({ s, n, d }: RationalNumber): number {
  const excess = bitsOf(n) - bitsOf(d) - 64;
  const quotient = excess >= 0 ? n / (d << BigInt(excess)) : (n << BigInt(-excess)) / d;
  // In two steps, so that neither power is out of range where the number is not.
  const half = Math.trunc(excess / 2);
  const whole = bitsOf(n) < 53 && bitsOf(d) < 53;
  return Number(s) * (whole ? Number(n) / Number(d) : Number(quotient) * 2 ** half * 2 ** (excess - half));
}

function bitsOf(n: bigint): number {
  return n === 0n ? 0 : n.toString(16).length * 4;
}

/** The rational that a finite double is, without rounding to a nearby simple one. */
export function rationalOf(value: number): RationalNumber {
  let denominator = 1n;
  let numerator = value;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new Fraction(BigInt(numerator), denominator);
}

export function compareNumbers<T>(field: Field<T>, a: T, b: T): -1 | 0 | 1 {
  return field.sign(field.sub(a, b));
}

export function sumOf<T>(field: Field<T>, values: readonly T[]): T {
  return values.reduce((a, b) => field.add(a, b), field.zero);
}

/** The largest; `values` is not empty. */
export function largest<T>(field: Field<T>, values: readonly T[]): T {
  return values.reduce((a, b) => (compareNumbers(field, a, b) >= 0 ? a : b));
}
