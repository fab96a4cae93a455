/** Compiles single expressions into formulas, each a tape of its own. */

import type { Expression } from "#model/expression.ts";
import type { Frame } from "./frame.ts";
import { heldNames, liveNames } from "./names.ts";
import type { Formula } from "./plan.ts";
import { Writer } from "./writer.ts";

/** Slots of the lets that stand for a whole run; slots of all lets as read at a step's start. */
export interface Lets {
  readonly fixed: ReadonlyMap<string, number>;
  readonly read: ReadonlyMap<string, number>;
}

export function formula(writer: Writer, e: Expression): Formula {
  const slot = writer.value(e);
  return { code: writer.finish(), slot };
}

/** A tape on the state as it is within a step. */
export function liveWriter(frame: Frame, lets: Lets): Writer {
  return new Writer(frame, (w) => liveNames(frame, w, lets.fixed));
}

/** A tape on the state as it was read at the step's start. */
export function heldWriter(frame: Frame, lets: Lets): Writer {
  return new Writer(frame, () => heldNames(frame, lets.read));
}

export function indexOf(all: readonly { readonly name: string }[], name: string): number {
  const index = all.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`the model has no '${name}'`);
  return index;
}
