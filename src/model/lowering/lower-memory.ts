/** Lowers calls about time: step, ramp, pulse, delay, smooth and delay3, with their delays and hidden stocks. */

import { replaceBy } from "#text/fix.ts";
import { toStep } from "../units/calendar.ts";
import { plainNumber, product, timeDimension } from "../units/dimension.ts";
import type { Expression } from "../expression.ts";
import { binary, constant, constantOf, either, one, zero } from "./fold.ts";
import type { FunctionEntry } from "../functions.ts";
import { stepAt, stepsIn } from "./horizon.ts";
import { comparedTime, isOnStep, now, stepTime } from "./moments.ts";
import { commonType, lowerIn, requireNumber, type WrittenOperand } from "./lower-arithmetic.ts";
import { tellNotHere } from "./lower-name.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { dimensionOf, mistaken, numberType, type Type, type Typed } from "../scope/typed.ts";
import { sourceLine } from "../scope/wording.ts";

export function lowerMemoryCall(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  if (use.scope.isStatic) {
    use.tell("static-case", node.span, { what: `${entry.name}(…)` });
    return mistaken;
  }
  if (!mayRead(where, "memory")) return tellNotHere(`${entry.name}(…)`, node, where, use);
  switch (entry.name) {
    case "step":
      return lowerStep(node, where, use);
    case "ramp":
      return lowerRamp(node, where, use);
    case "pulse":
      return lowerPulse(node, where, use);
    case "delay":
      return lowerDelay(node, where, use);
    default:
      return lowerSmooth(entry.name === "smooth" ? 1 : 3, node, where, use);
  }
}

/** A moment; a constant one that falls on a step is counted as the engine counts that step's time, so that comparing them is exact. */
function momentOf(node: CallNode["arguments"][number] | undefined, where: Place, use: Lowering): Expression | null {
  const moment = node === undefined ? null : lowerIn(node, timeDimension, where, use, "a date");
  return moment === null ? null : onStep(moment, use);
}

function onStep(moment: Expression, use: Lowering): Expression {
  const value = constantOf(moment);
  const { clock } = use.scope;
  if (value === null || clock === null) return moment;
  const { step, isWhole } = toStep(clock, value);
  return isWhole ? constant(step * clock.dt) : moment;
}

function lowerStep(node: CallNode, where: Place, use: Lowering): Typed {
  const [date, height] = node.arguments;
  const moment = momentOf(date, where, use);
  const known = moment === null ? null : constantOf(moment);
  const step = known === null || date === undefined ? null : stepAt("the date", known, date.span, use);
  const { clock } = use.scope;
  const from = step === null || clock === null ? moment : constant(step * clock.dt);
  const value: Typed =
    height === undefined ? { expression: one, type: numberType(plainNumber) } : use.lower(height, where);
  if (from === null || !requireNumber({ value, span: (height ?? node).span }, use)) return mistaken;
  const isBegun = binary("ge", comparedTime(now, from, clock), from);
  return { expression: either(isBegun, value.expression, zero), type: asNumber(value.type) };
}

function lowerRamp(node: CallNode, where: Place, use: Lowering): Typed {
  const [slope, start, stop] = node.arguments;
  if (slope === undefined) return mistaken;
  const rise = use.lower(slope, where);
  const from = momentOf(start, where, use);
  const to = stop === undefined ? null : momentOf(stop, where, use);
  if (from === null || (stop !== undefined && to === null) || !requireNumber({ value: rise, span: slope.span }, use))
    return mistaken;
  const until = to === null ? now : binary("min", now, to);
  const length = binary("max", zero, binary("sub", until, from));
  return {
    expression: binary("mul", rise.expression, length),
    type: numberType(product(dimensionOf(rise.type) ?? plainNumber, timeDimension)),
  };
}

/**
 * Between two steps it is the share of the step ahead that the pulse covers. It is the same at every stage of a step, so what flows in while it lasts
 * is as much as lies within the run, by Euler's method and by Runge and Kutta's.
 */
function lowerPulse(node: CallNode, where: Place, use: Lowering): Typed {
  const [start, width] = node.arguments;
  const from = momentOf(start, where, use);
  const length = width === undefined ? null : lowerIn(width, timeDimension, where, use, "a length of time");
  const { clock } = use.scope;
  if (from === null || length === null || clock === null) return mistaken;
  const until = onStep(binary("add", from, length), use);
  const begun = stepTime(clock);
  if (isOnStep(from, clock) && isOnStep(until, clock)) {
    const inside = binary("and", binary("ge", begun, from), binary("lt", begun, until));
    return { expression: either(inside, one, zero), type: numberType(plainNumber) };
  }
  const ahead = binary("min", binary("add", begun, constant(clock.dt)), until);
  const covered = binary("max", zero, binary("sub", ahead, binary("max", begun, from)));
  return { expression: binary("div", covered, constant(clock.dt)), type: numberType(plainNumber) };
}

interface Given {
  readonly input: Expression;
  readonly initial: Expression;
  readonly type: Type;
}

/** The input and its value before time began, of one unit. */
function givenTo(node: CallNode, where: Place, use: Lowering): Given | null {
  const [of, , initial] = node.arguments;
  if (of === undefined) return null;
  const input: WrittenOperand = { value: use.lower(of, where), span: of.span, node: of };
  if (!requireNumber(input, use)) return null;
  if (initial === undefined)
    return { input: input.value.expression, initial: input.value.expression, type: asNumber(input.value.type) };
  const first: WrittenOperand = { value: use.lower(initial, where), span: initial.span, node: initial };
  const type = requireNumber(first, use) ? commonType(input, first, use) : null;
  return type === null ? null : { input: input.value.expression, initial: first.value.expression, type };
}

function lowerDelay(node: CallNode, where: Place, use: Lowering): Typed {
  const given = givenTo(node, where, use);
  const [, length] = node.arguments;
  if (length === undefined) return mistaken;
  const lag = lowerIn(length, timeDimension, where, use, "a length of time");
  const time = lag === null ? null : constantOf(lag);
  if (lag !== null && time === null) {
    const write = `delay3(${sourceLine(use.scope, node.span).replace(/^delay\s*\(/, "")}`;
    const fixes = [replaceBy(node.callee.span, "delay3", false)];
    use.tell("delay-not-fixed", length.span, { text: sourceLine(use.scope, length.span), write }, [], fixes);
  }
  if (given === null || time === null) return mistaken;
  const steps = stepsIn("the delay", time, length.span, use);
  if (steps === null) return mistaken;
  return {
    expression: use.memory.delay(textFor(node, where, use), given.input, steps, given.initial, node.span),
    type: given.type,
  };
}

/** One hidden stock, or three in a row, each following what is before it in an equal part of the time. */
function lowerSmooth(stages: 1 | 3, node: CallNode, where: Place, use: Lowering): Typed {
  const given = givenTo(node, where, use);
  const [, length] = node.arguments;
  const time = length === undefined ? null : lowerIn(length, timeDimension, where, use, "a length of time");
  if (given === null || time === null) return mistaken;
  const text = textFor(node, where, use);
  const step = use.scope.clock?.dt ?? 1;
  use.memory.smoothing({ stages, time, span: length?.span ?? node.span });
  // A time that is drawn, or moves, is known only when it runs: where it is too short it has no value, and the run says so.
  const least = constantOf(time) === null ? (stages * step * (1 - 1e-9)) / 2 : null;
  const valid = least === null ? time : either(binary("ge", time, constant(least)), time, rootBelowZero(time, least));
  const lag = stages === 1 ? valid : binary("div", valid, constant(3));
  let input = given.input;
  for (let stage = 1; stage <= stages; stage++) {
    const before = input;
    const flow = (self: Expression): Expression => binary("div", binary("sub", before, self), lag);
    input = use.memory.stock(
      stage === stages ? text : `${text}, stage ${stage}`,
      given.type,
      given.initial,
      flow,
      node.span,
    );
  }
  return { expression: input, type: given.type };
}

/** No number where x is less than `least`. */
function rootBelowZero(x: Expression, least: number): Expression {
  return { op: "unary", operator: "sqrt", operand: binary("sub", x, constant(least)) };
}

function textFor(node: CallNode, where: Place, use: Lowering): string {
  return sourceLine(use.scope, node.span) + [...where.bindings.values()].map((e) => ` for ${e}`).join("");
}

function asNumber(type: Type): Type {
  return type.kind === "truth" ? numberType(plainNumber) : type;
}
