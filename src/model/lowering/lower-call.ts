/** Lowers calls of the functions in `functions.ts`. */

import { plainNumber, power } from "../units/dimension.ts";
import type { UnaryOperator } from "../expression.ts";
import { binary, unary } from "./fold.ts";
import { findFunction, functions, type FunctionEntry } from "../functions.ts";
import { commonType, lowerIn, requireDimension, requireNumber, type WrittenOperand } from "./lower-arithmetic.ts";
import { lowerEventCall } from "./lower-event.ts";
import { lowerFigure, lowerRecordFigure } from "./lower-figure.ts";
import { referFamily } from "./lower-name.ts";
import { isOverTime, lowerFamily, lowerOverFamily, lowerOverTime, openFamily } from "./lower-over.ts";
import { lowerMemoryCall } from "./lower-memory.ts";
import { lowerBelieved } from "./lower-believed.ts";
import type { CallNode, Lowering } from "./lowering.ts";
import { mayRead, type Place } from "../scope/places.ts";
import { dimensionOf, mistaken, numberType, type Type, type Typed } from "../scope/typed.ts";
import { unitWords } from "../scope/wording.ts";

export function lowerCall(node: CallNode, where: Place, use: Lowering): Typed {
  const name = node.callee.text;
  const entry = findFunction(name);
  if (entry === undefined) return lowerLookup(node, where, use);
  const isFigure =
    entry.place === "figure" || entry.place === "record" || (name === "mean" && where.kind === "statement");
  const part = node.if ?? node.given;
  if (part !== null && !isFigure) {
    use.tell("given-outside-figure", part.span, { name });
    return mistaken;
  }
  if (node.arguments.length < entry.least || node.arguments.length > entry.most) {
    use.tell("wrong-arguments", node.span, { name, usage: entry.usage, found: node.arguments.length });
    return mistaken;
  }
  return lowerKnown(entry, node, where, use);
}

function lowerKnown(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  switch (entry.name) {
    case "min":
    case "max":
    case "mean":
    case "sum":
    case "final":
    case "at":
    case "total":
      return lowerGathering(entry, node, where, use);
    case "clamp":
      return lowerClamp(node, where, use);
    case "mod":
      return lowerMod(node, where, use);
    case "abs":
    case "exp":
    case "log":
    case "sqrt":
    case "sin":
    case "cos":
    case "arctan":
    case "tanh":
    case "logistic":
    case "floor":
    case "round":
      return lowerUnaryCall(entry.name, node, where, use);
    case "step":
    case "ramp":
    case "pulse":
    case "delay":
    case "smooth":
    case "delay3":
      return lowerMemoryCall(entry, node, where, use);
    case "happened":
    case "time_of":
    case "since":
    case "count":
    case "first":
      return lowerEventCall(entry, node, where, use);
    case "believed":
      return lowerBelieved(node, where, use);
    case "share":
    case "rate":
    case "survival":
    case "incidence":
      return lowerRecordFigure(entry, node, where, use);
    default:
      return lowerFigure(entry, node, where, use);
  }
}

/** min, max, mean, sum: of several things, of a family, over the time of a run, or over runs, by where they stand and what they are given. */
function lowerGathering(entry: FunctionEntry, node: CallNode, where: Place, use: Lowering): Typed {
  const { name } = entry;
  if (name === "mean" && where.kind === "statement") return lowerFigure(entry, node, where, use);
  const first = node.arguments[0];
  if (node.arguments.length === 1 && first !== undefined && name !== "final" && name !== "at" && name !== "total") {
    const reference = referFamily(first, where, use);
    if (reference.kind === "mistaken") return mistaken;
    if (reference.kind === "family") return lowerFamily(name, reference, node, where, use);
    const open = openFamily(first, where, use);
    if (open !== null) return lowerOverFamily(name, open, node, where, use);
  }
  if (isOverTime(node, where, use)) return lowerOverTime(entry, node, where, use);
  if (name === "min" || name === "max") {
    if (node.arguments.length > 1) return lowerExtreme(name, node, where, use);
  }
  use.tell("needs-family", node.span, { name, isOutcome: mayRead(where, "overTime") });
  return mistaken;
}

function lowerExtreme(name: "min" | "max", node: CallNode, where: Place, use: Lowering): Typed {
  const parts = node.arguments.map((a): WrittenOperand => ({ value: use.lower(a, where), span: a.span, node: a }));
  return parts
    .slice(1)
    .reduce<WrittenOperand>(
      (all, next) => joinExtreme(name, all, next, use),
      parts[0] ?? { value: mistaken, span: node.span },
    ).value;
}

function joinExtreme(
  operator: "min" | "max",
  left: WrittenOperand,
  right: WrittenOperand,
  use: Lowering,
): WrittenOperand {
  const areNumbers = [requireNumber(left, use), requireNumber(right, use)];
  const type = areNumbers.includes(false) ? null : commonType(left, right, use);
  const span = left.span;
  if (type === null) return { value: mistaken, span };
  return { value: { expression: binary(operator, left.value.expression, right.value.expression), type }, span };
}

function lowerClamp(node: CallNode, where: Place, use: Lowering): Typed {
  const [x, low, high] = node.arguments.map((a): WrittenOperand => ({
    value: use.lower(a, where),
    span: a.span,
    node: a,
  }));
  if (x === undefined || low === undefined || high === undefined) return mistaken;
  return joinExtreme("min", joinExtreme("max", x, low, use), high, use).value;
}

function lowerMod(node: CallNode, where: Place, use: Lowering): Typed {
  const [a, b] = node.arguments.map((n): WrittenOperand => ({ value: use.lower(n, where), span: n.span, node: n }));
  if (a === undefined || b === undefined || !requireNumber(a, use) || !requireNumber(b, use)) return mistaken;
  const type = commonType(a, b, use);
  if (type === null) return mistaken;
  return { expression: binary("mod", a.value.expression, b.value.expression), type };
}

function lowerUnaryCall(operator: UnaryOperator, node: CallNode, where: Place, use: Lowering): Typed {
  const [argument] = node.arguments;
  if (argument === undefined) return mistaken;
  const x = { value: use.lower(argument, where), span: argument.span, node: argument };
  const keepsUnit = operator === "abs" || operator === "sqrt";
  if (!(keepsUnit ? requireNumber(x, use) : requireDimension(x, plainNumber, use))) return mistaken;
  return { expression: unary(operator, x.value.expression), type: unaryType(operator, x.value.type) };
}

function unaryType(operator: UnaryOperator, type: Type): Type {
  if (operator === "abs") return type.kind === "truth" ? numberType(plainNumber) : type;
  if (operator === "sqrt") return numberType(power(dimensionOf(type) ?? plainNumber, 0.5));
  return numberType(plainNumber);
}

const functionSynonyms: ReadonlyMap<string, string> = new Map([
  ["average", "mean"],
  ["avg", "mean"],
  ["ceil", "round"],
  ["expected", "mean"],
  ["ln", "log"],
  ["p", "chance"],
  ["percentile", "quantile"],
  ["prob", "chance"],
  ["probability", "chance"],
]);

/** The function that another name of it was written for. */
function functionMeant(word: string): readonly string[] | null {
  const meant = functionSynonyms.get(word.toLowerCase());
  return meant === undefined ? null : [meant];
}

/** `bite(x)`: a table read at x. */
function lowerLookup(node: CallNode, where: Place, use: Lowering): Typed {
  const { names } = use.scope;
  const name = node.callee.text;
  const table = names.byName.get(name);
  if (table === undefined || table.node.kind !== "table") {
    const tables = names.entries.filter((e) => e.node.kind === "table").map((e) => e.name);
    const declared = table ?? names.families.get(name)?.members[0];
    if (declared === undefined)
      use.tell("unknown-name", node.callee.span, {
        wanted: "function or table",
        name,
        near: functionMeant(name) ?? use.near(name, () => [...functions.map((f) => f.name), ...tables]),
      });
    else use.tell("not-callable", node.callee.span, { name, kind: declared.node.kind });
    return mistaken;
  }
  const part = node.if ?? node.given;
  if (part !== null) use.tell("given-outside-figure", part.span, { name });
  const [argument] = node.arguments;
  if (argument === undefined || node.arguments.length !== 1) {
    use.tell("wrong-arguments", node.span, { name, usage: `${name}(x)`, found: node.arguments.length });
    return mistaken;
  }
  if (!mayRead(where, "table")) {
    use.tell("not-here", node.span, {
      what: `the table '${name}'`,
      place: "where a fixed figure is wanted",
      instead: "write the figure itself",
    });
    return mistaken;
  }
  const type = use.typeOf(table);
  const over = use.overOf(table);
  const at = over === null ? null : lowerIn(argument, over, where, use);
  if (at === null || type.kind === "mistaken") return mistaken;
  return {
    expression: { op: "lookup", table: name, at },
    type: type.kind === "number" ? numberType(type.dimension, unitWords(use.scope, type)) : type,
  };
}
