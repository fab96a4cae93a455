/** Finds the credences at which a margin crosses a level, where its numerators and denominators are linear in one credence. */

import type { Expression } from "#model/expression.ts";
import { linearForm } from "./linear-form.ts";
import { marginValue } from "../figures/margin.ts";

/** N or D at credence 0 and at credence 1. */
interface CredenceLine {
  readonly zero: number;
  readonly one: number;
}

export interface FigureLines {
  readonly n: CredenceLine;
  /** Null where every run counts. */
  readonly d: CredenceLine | null;
}

export interface Crossings {
  /** Rising. */
  readonly at: readonly number[];
  /** A root of a polynomial of degree one or two, or of a scan where the arithmetic is neither. */
  readonly how: "root" | "quadratic" | "scan";
  /** By crossing: whether a third of all that the claim can do comes within .004 of credence there (a quantile at a gap, a decision that turns). */
  readonly jumps: readonly boolean[];
}

/**
 * Where `margin` over the figures equals `level` for credences in 0..1. Weighted sums of means and ratios are multiplied out by their denominators: one
 * ratio against a constant gives a root of N − τD, two a quadratic; both roots are told. Whatever is of higher degree or not linear in its
 * figures is scanned at 1,001 credences and bisected.
 */
export function crossings(margin: Expression, figures: readonly FigureLines[], level: number): Crossings {
  const polynomial = multipliedOut(margin, figures, level);
  if (polynomial !== null && polynomial.length <= 3) {
    const roots = rootsOf(polynomial).filter((c) => c >= 0 && c <= 1);
    return {
      at: roots.toSorted((a, b) => a - b),
      how: polynomial.length === 3 ? "quadratic" : "root",
      jumps: roots.map(() => false),
    };
  }
  const f = (c: number): number => marginAtCredence(margin, figures, c) - level;
  const { at, range } = scanned(f);
  // As good as a jump: the table knows a gap only as well as its runs fill both sides.
  const near = 2e-3;
  const jumps = at.map((c) => Math.abs(f(Math.min(1, c + near)) - f(Math.max(0, c - near))) > range / 3);
  return { at, how: "scan", jumps };
}

export function marginAtCredence(margin: Expression, figures: readonly FigureLines[], c: number): number {
  return marginValue(
    margin,
    figures.map(({ n, d }) => on(n, c) / (d === null ? 1 : on(d, c))),
  );
}

function on({ zero, one }: CredenceLine, c: number): number {
  return zero + c * (one - zero);
}

/** Coefficients from the constant up, without leading zeros; null where the margin is not linear in its figures. */
function multipliedOut(margin: Expression, figures: readonly FigureLines[], level: number): readonly number[] | null {
  const form = linearForm(margin, figures.length);
  if (form === null) return null;
  const line = ({ zero, one }: CredenceLine): readonly number[] => [zero, one - zero];
  const below = figures.map((f, i) => (f.d === null || form.weights[i] === 0 ? [1] : line(f.d)));
  const all = below.reduce<readonly number[]>(times, [1]);
  let sum = all.map((a) => a * (form.constant - level));
  figures.forEach((f, i) => {
    const weight = form.weights[i] ?? 0;
    if (weight === 0) return;
    const others = below.reduce<readonly number[]>((p, b, k) => (k === i ? p : times(p, b)), [1]);
    sum = plus(
      sum,
      times(line(f.n), others).map((a) => a * weight),
    );
  });
  const scale = Math.max(...sum.map(Math.abs));
  while (sum.length > 1 && Math.abs(sum.at(-1) ?? 0) <= 1e-12 * scale) sum = sum.slice(0, -1);
  return sum;
}

function times(a: readonly number[], b: readonly number[]): number[] {
  const out = Array.from({ length: a.length + b.length - 1 }, () => 0);
  a.forEach((x, i) => b.forEach((y, j) => (out[i + j] = (out[i + j] as number) + x * y)));
  return out;
}

function plus(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
}

/** Of degree two at most; the quadratic by the form without cancellation (Press et al. 2007, §5.6). */
function rootsOf(p: readonly number[]): readonly number[] {
  const [c = 0, b = 0, a = 0] = p;
  if (p.length === 2) return [-c / b];
  if (p.length < 2) return [];
  const inside = b * b - 4 * a * c;
  if (inside < 0) return [];
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(inside));
  return q === 0 ? [0] : inside === 0 ? [q / a] : [q / a, c / q];
}

function scanned(f: (c: number) => number): { readonly at: readonly number[]; readonly range: number } {
  const points = 1000;
  const found: number[] = [];
  let before = f(0);
  let [least, most] = [before, before];
  if (before === 0) found.push(0);
  for (let i = 1; i <= points; i++) {
    const now = f(i / points);
    [least, most] = [Math.min(least, now), Math.max(most, now)];
    if (now === 0) found.push(i / points);
    else if (before * now < 0) {
      let [low, high] = [(i - 1) / points, i / points];
      const sign = Math.sign(before);
      for (let k = 0; k < 50; k++) {
        const middle = (low + high) / 2;
        if (Math.sign(f(middle)) === sign) low = middle;
        else high = middle;
      }
      found.push((low + high) / 2);
    }
    before = now;
  }
  return { at: found, range: most - least };
}
