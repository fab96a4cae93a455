/** What stocks, lets, delays and latches stand for at a run's different moments: before it starts, at a step's start, and in between. */

import type { Let } from "#model/model.ts";
import { inOrder } from "#model/order.ts";
import { found, type Frame } from "./frame.ts";
import type { WriterNames, Writer } from "./writer.ts";

/** Each name worked out once, when first asked for. Throws where a name needs itself. */
export function once(define: (name: string) => number): (name: string) => number {
  const known = new Map<string, number | null>();
  return (name) => {
    const slot = known.get(name);
    if (slot === null) throw new Error(`'${name}' needs its own value`);
    if (slot !== undefined) return slot;
    known.set(name, null);
    const fresh = define(name);
    known.set(name, fresh);
    return fresh;
  };
}

const notHere = (what: string) => (): never => {
  throw new Error(`${what} is read only when a run has ended`);
};
const noEnd = { outcome: notHere("an outcome"), over: notHere("a statistic over time") };

/**
 * Lets made when first asked for, what they need before them: without recursion, however long the chain. `fixed` holds those that never
 * change within a run.
 */
function lets(frame: Frame, writer: Writer, fixed: ReadonlyMap<string, number>): (name: string) => number {
  const made = new Set(fixed.keys());
  const make = once(letValue(frame, writer, fixed));
  return (name) => {
    if (!made.has(name)) {
      const { order } = inOrder([name], (one) => frame.letsReadBy(one).filter((other) => !made.has(other)));
      for (const one of order) {
        made.add(one);
        make(one);
      }
    }
    return make(name);
  };
}

/** A let's value with what is supposed of it. */
function letValue(frame: Frame, writer: Writer, fixed: ReadonlyMap<string, number>): (name: string) => number {
  return (name) => fixed.get(name) ?? supposedValue(writer, found(frame.lets, name, "let"));
}

/** The let's own value, or from some step on the one supposed, each seeing the one before under the let's name. */
function supposedValue(writer: Writer, one: Let): number {
  const { tape, frame } = writer;
  let slot = writer.value(one.value);
  for (const { value: expression, fromStep } of frame.supposed.lets.get(one.name) ?? []) {
    const before = slot;
    const value = writer.value(expression, { let: one.name, slot: before });
    const isSet = fromStep <= 0 ? writer.constant(1) : tape.binary("ge", frame.step, writer.constant(fromStep));
    slot = tape.choose(
      isSet,
      () => value,
      () => before,
    );
  }
  return slot;
}

/** Once a run, before anything moves: only claims, unknowns, choices and lets made of them. */
export function fixedNames(frame: Frame, writer: Writer): WriterNames {
  const moving = (what: string) => (): never => {
    throw new Error(`${what} is read where only what stands for a whole run may be`);
  };
  return {
    stock: moving("a stock"),
    delay: moving("a delay"),
    latch: moving("a past value"),
    ...noEnd,
    let: lets(frame, writer, new Map()),
  };
}

/** Before the first step: stocks and delays stand for their initial values, past values for the value now. `set` holds stocks already known. */
export function startNames(
  frame: Frame,
  writer: Writer,
  fixed: ReadonlyMap<string, number>,
  set: ReadonlyMap<string, number>,
): WriterNames {
  const stocks = new Map(frame.model.stocks.map((s) => [s.name, s]));
  const delays = new Map(frame.model.delays.map((d) => [d.name, d]));
  const latches = new Map(frame.model.latches.map((l) => [l.name, l]));
  return {
    ...noEnd,
    stock: once((name) => set.get(name) ?? writer.value(found(stocks, name, "stock").initial)),
    let: lets(frame, writer, fixed),
    delay: once((name) => writer.value(found(delays, name, "delay").initial)),
    latch: once((name) => writer.value(found(latches, name, "past value").input)),
  };
}

/** At a step's start: lets are worked out, latches follow their input until their step. */
export function readNames(frame: Frame, writer: Writer, fixed: ReadonlyMap<string, number>): WriterNames {
  const latches = new Map(frame.model.latches.map((l) => [l.name, l]));
  return {
    ...noEnd,
    stock: (name) => found(frame.stocks, name, "stock"),
    let: lets(frame, writer, fixed),
    delay: (name) => found(frame.delays, name, "delay"),
    latch: once((name) => {
      const latch = found(latches, name, "past value");
      const slot = found(frame.latches, name, "past value");
      const input = writer.value(latch.input);
      const isFollowing = writer.tape.binary("le", frame.step, writer.constant(latch.step));
      writer.tape.moveIf(isFollowing, slot, input);
      return slot;
    }),
  };
}

/** After the step's start was read and before the state has changed: what was read then. */
export function heldNames(frame: Frame, lets: ReadonlyMap<string, number>): WriterNames {
  return {
    ...noEnd,
    stock: (name) => found(frame.stocks, name, "stock"),
    let: (name) => found(lets, name, "let"),
    delay: (name) => found(frame.delays, name, "delay"),
    latch: (name) => found(frame.latches, name, "past value"),
  };
}

/** Within a step: stocks as they are then and lets made of them; delays, latches and shocks as at the step's start. */
export function liveNames(frame: Frame, writer: Writer, fixed: ReadonlyMap<string, number>): WriterNames {
  return { ...heldNames(frame, fixed), let: lets(frame, writer, fixed) };
}
