/** Writes the code that picks one option of a policy's choice for one run of a pair. */

import type { PickPlan } from "../plan.ts";
import type { Body } from "./emit.ts";
import { together, unlessFinite } from "./failing.ts";
import { f64, get, i32, set, type Instruction } from "./instruction.ts";
import { uniformAt } from "./luck.ts";
import type { Workshop } from "./workshop.ts";

export interface Pick {
  /** Indexes of the events of the options that may be taken. */
  readonly events: readonly number[];
  /** Gives the local with the place of the option taken among `events`; −1 where every option is forbidden. */
  readonly write: (body: Body, index: readonly Instruction[], lane: number) => number;
}

/** Weights exp(s·u − max s·u) in order of declaration; the first option whose running sum exceeds uniform · total. */
export function planPick(w: Workshop, pick: PickPlan): Pick {
  const s = w.symbols("single");
  s.run(pick.code);
  const sharpness = s.read(pick.sharpness);
  const options = pick.options.filter((o) => !o.isForbidden);
  const appeals = options.map((o) => s.arithmetic.mul(sharpness, s.read(o.utility)));
  const fails = together(
    s,
    appeals.map((a) => unlessFinite(s, a)),
  );
  const greatest = appeals.reduce((a, b) => s.graph.binary("max", a, b), s.graph.const(-Infinity));
  const weights = appeals.map((a) => s.graph.call("exp", s.arithmetic.sub(a, greatest)));
  const total = weights.reduce((a, b) => s.arithmetic.add(a, b), s.graph.const(0));
  const roots = [...weights, total, ...(fails === null ? [] : [fails])];
  return {
    events: options.map((o) => o.event),
    write: (body, index, lane) => {
      const taken = body.local("i32");
      const [sum, target] = [body.local("f64"), body.local("f64")];
      body.emit(i32(-1), set(taken));
      if (options.length === 0) return taken;
      const computation = body.begin(s.graph, roots);
      computation.need(roots);
      if (fails !== null) {
        const address = w.variable("failed");
        body.store(address, () => {
          body.load(address);
          computation.push(fails);
          body.emit({ op: "f64.add" });
        });
      }
      body.emit(...uniformAt(w, pick.key, [get(lane)], index));
      computation.push(total);
      body.emit({ op: "f64.mul" }, set(target), f64(0), set(sum));
      weights.forEach((weight, k) => {
        body.emit(get(sum), get(target), { op: "f64.gt" }, { op: "i32.eqz" });
        computation.push(weight);
        body.emit(f64(0), { op: "f64.ne" }, { op: "i32.and" });
        body.when(() => {
          body.emit(i32(k), set(taken), get(sum));
          computation.push(weight);
          body.emit({ op: "f64.add" }, set(sum));
        });
      });
      return taken;
    },
  };
}
