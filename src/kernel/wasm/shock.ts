/** Writes the code that draws a plan's shocks for both runs of a pair. Unusual quantiles are worked out by the host. */

import type { Expression } from "#model/expression.ts";
import type { ShockPlan } from "../plan.ts";
import { logOdds, ofInterval } from "../families.ts";
import { Arithmetic, expGraph, log1pGraph, logisticGraph } from "./elementary.ts";
import type { Body } from "./emit.ts";
import { Graph } from "./graph.ts";
import { get, i32, type Instruction } from "./instruction.ts";
import { uniformOf } from "./luck.ts";
import type { Workshop } from "./workshop.ts";

/** Parameters and the value itself lie in memory, where the host finds them. */
export function keepShocks(w: Workshop): void {
  for (const s of w.plan.shocks) {
    w.keep(s.slot);
    for (const slot of s.parameters.values()) w.keep(slot);
  }
}

/** Shock number `at`, of an index of its own, for the pair whose place is in a local. */
export function drawShock(
  w: Workshop,
  body: Body,
  shock: ShockPlan,
  at: number,
  place: number,
  index: readonly Instruction[],
): void {
  const address = w.addressOf(shock.slot);
  const m = new Arithmetic(new Graph(), w.linker.tables, true);
  const value = quantileOf(w, m, shock);
  for (const lane of [0, 8]) {
    const drawn = uniformOf(w, shock.key, place, lane, index);
    body.emit(get(place));
    if (value !== null) body.emit(...drawn);
    else {
      body.emit(i32(at), get(place), i32(lane), { op: "i32.add" }, ...drawn);
      body.emit({ op: "call", index: w.functionIndex("host shock") });
    }
    body.emit({ op: "f64.store", offset: address + lane });
  }
  if (value === null) return;
  // The uniforms lie where the shock itself is to lie.
  const push = body.compute(m.graph, [value]);
  body.store(address, () => push(value));
}

/** The quantile, as `quantiles.ts` has it, of what lies in the shock's slot; null for a distribution that is left to the host. */
function quantileOf(w: Workshop, m: Arithmetic, { distribution: d, parameters, slot }: ShockPlan): number | null {
  const { constants } = w.plan.frame.memory;
  const g = m.graph;
  const known = (e: Expression): number | undefined => constants.get(parameters.get(e) as number);
  const read = (e: Expression): number => {
    const value = known(e);
    return value === undefined ? g.slot(parameters.get(e) as number) : m.c(value);
  };
  const u = g.slot(slot);
  const score = (): number => g.call("score", u);
  const where = (holds: number, value: number): number => g.select(holds, value, m.c(NaN));
  switch (d.kind) {
    case "uniform": {
      const [low, high] = [read(d.low), read(d.high)];
      return where(g.compare("le", low, high), m.add(low, m.mul(m.sub(high, low), u)));
    }
    case "normal": {
      const sd = read(d.sd);
      return where(g.compare("ge", sd, m.c(0)), m.add(read(d.mean), m.mul(sd, score())));
    }
    case "lognormal": {
      const [median, sigma] = [read(d.median), read(d.sigma)];
      const stands = g.and(g.compare("gt", median, m.c(0)), g.compare("ge", sigma, m.c(0)));
      return where(stands, m.mul(median, expGraph(m, m.mul(sigma, score()))));
    }
    case "exponential": {
      const mean = read(d.mean);
      return where(g.compare("ge", mean, m.c(0)), m.mul(m.neg(mean), log1pGraph(m, m.neg(u))));
    }
    case "interval": {
      const [low, high] = [known(d.low), known(d.high)];
      if (low === undefined || high === undefined) return null;
      const of = ofInterval({ ...d, low, high });
      switch (of.kind) {
        case "normal":
          return of.sd >= 0 ? m.add(m.c(of.mean), m.mul(m.c(of.sd), score())) : m.c(NaN);
        case "lognormal":
          return of.median > 0 && of.sigma >= 0
            ? m.mul(m.c(of.median), expGraph(m, m.mul(m.c(of.sigma), score())))
            : m.c(NaN);
        case "logitnormal":
          return of.median > 0 && of.median < 1 && of.sigma >= 0
            ? logisticGraph(m, m.add(m.c(logOdds(of.median)), m.mul(m.c(of.sigma), score())))
            : m.c(NaN);
      }
    }
    default:
      return null;
  }
}
