/** Checks the times of smooth and delay3 against the step: one that is too short for it makes them swing, and then grow without bound. */

import { shortNumber } from "../units/calendar.ts";
import type { Expression } from "../expression.ts";
import { rangeOfFigures, type FigureRange } from "../lowering/figure-range.ts";
import type { Lowering, Smoothing } from "../lowering/lowering.ts";
import type { Distribution, Let, Unknown, View } from "../model.ts";

/** What is read by the times. */
interface TimesRead {
  readonly unknowns: readonly Unknown[];
  readonly views: readonly Pick<View, "distributions">[];
  readonly lets: readonly Let[];
}

/** What an exact number of steps may come out short by. */
const rounding = 1e-9;

/**
 * A stage of length T moves by dt ÷ T of the way to what it follows in each step: up to T = dt it nears it, up to T = dt ÷ 2 it goes past it and swings around it, ever less; below it swings ever
 * wider (Euler's method for x' = (input − x) ÷ T). So a time below half a step for each stage is refused, one below a step is reported. What nobody knows beforehand is found by the run.
 */
export function checkSmoothing(smoothings: readonly Smoothing[], figures: TimesRead, use: Lowering): void {
  const { clock } = use.scope;
  if (clock === null) return;
  for (const { stages, time, span } of smoothings) {
    const range = rangeOfFigures(time, leafIn(figures));
    if (range === null) continue;
    const [low, high] = range;
    const steps = stages * clock.dt * (1 - rounding);
    if (low >= steps) continue;
    const written =
      low === high
        ? `${shortNumber(low)} ${clock.unit}`
        : `which may be ${shortNumber(Math.max(0, low))} ${clock.unit}`;
    const told = {
      what: `the time of ${stages === 1 ? "smooth" : "delay3"}`,
      written,
      steps: stages === 1 ? "a step" : "three steps",
      step: `${shortNumber(clock.dt)} ${clock.unit}`,
    };
    use.tell(high < steps / 2 ? "too-short-smooth" : "overshoots", span, told);
  }
}

function leafIn(figures: TimesRead): (e: Expression) => FigureRange | null {
  const lets = new Map(figures.lets.map((l) => [l.name, l.value]));
  const unknowns = new Map(figures.unknowns.map((u) => [u.name, u.distribution]));
  const ofLet = (name: string): FigureRange | null => {
    const value = lets.get(name);
    return value === undefined ? null : rangeOfFigures(value, leaf);
  };
  const ofUnknown = (name: string): FigureRange | null => {
    const own = [unknowns.get(name), ...figures.views.map((v) => v.distributions[name])];
    return joined(own.flatMap((d) => (d === undefined ? [] : [usual(d, leaf)])));
  };
  const known = new Map<string, FigureRange | null>();
  const leaf = (e: Expression): FigureRange | null => {
    if (e.op !== "let" && e.op !== "unknown") return null;
    const before = known.get(e.name);
    if (before !== undefined) return before;
    // What reads itself has no range; names of lets and unknowns differ.
    known.set(e.name, null);
    const found = e.op === "let" ? ofLet(e.name) : ofUnknown(e.name);
    known.set(e.name, found);
    return found;
  };
  return leaf;
}

function joined(ranges: readonly (FigureRange | null)[]): FigureRange | null {
  const known = ranges.filter((r) => r !== null);
  if (known.length < ranges.length || known.length === 0) return null;
  return [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
}

/** Where a distribution mostly lies: its ends, or those of its 90 % interval; null where only its parameters say. */
function usual(d: Distribution, leaf: (e: Expression) => FigureRange | null): FigureRange | null {
  const between = (low: Expression, high: Expression): FigureRange | null => {
    const [a, b] = [rangeOfFigures(low, leaf), rangeOfFigures(high, leaf)];
    return a === null || b === null ? null : [a[0], b[1]];
  };
  switch (d.kind) {
    case "constant":
      return rangeOfFigures(d.value, leaf);
    case "uniform":
    case "triangular":
    case "interval":
      return between(d.low, d.high);
    case "discrete":
      return joined(d.values.map((v) => rangeOfFigures(v, leaf)));
    case "truncated": {
      const inner = usual(d.of, leaf);
      const low = d.low === null ? null : rangeOfFigures(d.low, leaf);
      const high = d.high === null ? null : rangeOfFigures(d.high, leaf);
      if (inner === null) return low === null || high === null ? null : [low[0], high[1]];
      return [Math.max(inner[0], low?.[0] ?? inner[0]), Math.min(inner[1], high?.[1] ?? inner[1])];
    }
    default:
      return null;
  }
}
