/** The quantile of the standard normal (AS241) for a pair of numbers: instructions, since what lies in the tails is worked out only where one of them does. */

import { as241, type Rational } from "../normal.ts";
import { logGraph, type Arithmetic } from "./elementary.ts";
import type { Body } from "./emit.ts";
import { get, set, type Instruction } from "./instruction.ts";

/** Puts a function of what a local holds on the stack. */
export function inlined(body: Body, m: Arithmetic, x: number, f: (m: Arithmetic, x: number) => number): void {
  const root = f(m, m.graph.slot(x));
  body.compute(m.graph, [root])(root);
}

function ratio(m: Arithmetic, { over, under }: Rational, r: number): number {
  return m.div(m.polynomial(r, over), m.polynomial(r, under));
}

/** The two sides of AS241's ratio in the centre, the upper one times q. */
export function scoreCentre(m: Arithmetic, u: number, side: keyof Rational): number {
  const q = m.sub(u, m.c(0.5));
  const value = m.polynomial(m.sub(m.c(0.180625), m.mul(q, q)), as241.centre[side]);
  return side === "over" ? m.mul(q, value) : value;
}

/** AS241: the centre for both, the tail where one of them lies in it, the far tail where one lies there. `above` is the centre's upper side. */
export function normalScore(body: Body, m: () => Arithmetic, u: number, above: readonly Instruction[]): void {
  const [z, t, q, beyond] = [body.local("v128"), body.local("v128"), body.local("v128"), body.local("v128")];
  inlined(body, m(), u, (c, x) => c.sub(x, c.c(0.5)));
  body.emit(set(q), ...above);
  inlined(body, m(), u, (c, x) => scoreCentre(c, x, "under"));
  body.emit({ op: "f64x2.div" }, set(z));
  const where = (local: number, holds: (c: Arithmetic, x: number) => number, then: () => void): void => {
    inlined(body, m(), local, holds);
    body.emit({ op: "local.tee", index: beyond }, { op: "v128.any_true" });
    body.when(then);
  };
  /** Where `beyond`, this in place of z. */
  const instead = (): void => body.emit(get(z), get(beyond), { op: "v128.bitselect" }, set(z));
  where(
    q,
    (c, x) => c.graph.compare("gt", c.graph.unary("abs", x), c.c(0.425)),
    () => {
      inlined(body, m(), u, (c, x) => {
        const rest = c.graph.select(c.graph.compare("lt", c.sub(x, c.c(0.5)), c.c(0)), x, c.sub(c.c(1), x));
        return c.graph.unary("sqrt", c.neg(logGraph(c, rest)));
      });
      body.emit(set(t));
      const signed = (which: Rational, from: number): void => {
        inlined(body, m(), t, (c, x) => ratio(c, which, c.sub(x, c.c(from))));
        // The sign of q: z is positive.
        body.emit(get(q), { op: "v128.const", lanes: [signBit, signBit] }, { op: "v128.and" }, { op: "v128.xor" });
      };
      signed(as241.tail, 1.6);
      instead();
      // In the centre t is below 2, so what lies far lies in the tail.
      where(
        t,
        (c, x) => c.graph.compare("gt", x, c.c(5)),
        () => {
          signed(as241.far, 5);
          instead();
        },
      );
    },
  );
  body.emit(get(z));
}

const signBit = 1n << 63n;
