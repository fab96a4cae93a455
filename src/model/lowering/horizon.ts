/** Says whether a case lasts until a time, and on which step it falls. */

import type { Span } from "#text/span.ts";
import { describeTime, horizon, toStep } from "../units/calendar.ts";
import type { Lowering } from "./lowering.ts";

/** Tells and gives false when a time lies before the start or after the end of the case. */
export function checkHorizon(what: string, time: number, span: Span, use: Lowering): boolean {
  const { clock } = use.scope;
  if (clock === null) return true;
  const end = horizon(clock);
  if (time >= -1e-9 && time <= end * (1 + 1e-12)) return true;
  use.tell("outside-horizon", span, {
    what,
    date: describeTime(clock, time),
    start: describeTime(clock, 0),
    end: describeTime(clock, end),
  });
  return false;
}

/** The step a time falls on; warns when it falls between two. Null without a clock. */
export function stepAt(what: string, time: number, span: Span, use: Lowering): number | null {
  const { clock } = use.scope;
  if (clock === null) return null;
  const { step, isWhole } = toStep(clock, time);
  if (!isWhole)
    use.tell("between-steps", span, {
      what,
      written: describeTime(clock, time),
      taken: describeTime(clock, step * clock.dt),
    });
  return step;
}

/** A length of time as a whole number of steps, at least one; warns when it was not whole. Null, told, when it is shorter than a step. */
export function stepsIn(what: string, length: number, span: Span, use: Lowering): number | null {
  const { clock } = use.scope;
  if (clock === null) return null;
  const { step, isWhole } = toStep(clock, length);
  const written = `${Number(length.toPrecision(6))} ${clock.unit}`;
  if (step < 1) {
    use.tell("too-short", span, { what, written, step: `${clock.dt} ${clock.unit}` });
    return null;
  }
  if (!isWhole)
    use.tell("between-steps", span, {
      what,
      written,
      taken: `${Number((step * clock.dt).toPrecision(6))} ${clock.unit}`,
    });
  return step;
}
