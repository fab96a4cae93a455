/** The text of a case in; its model, or the codes of what is wrong with it, out. What every test of this room begins with. */

import { readModel } from "#model/check.ts";
import { children, type Expression } from "#model/expression.ts";
import type { Let, Model, Stock } from "#model/model.ts";
import type { Diagnostic } from "#text/diagnostic.ts";
import { printDiagnostics } from "#text/print.ts";

/** Two years by month, in which most examples live. */
export const twoYears = 'case example "Example?"\ntime 2024-01 to 2026-01 by month\n';

export const still = 'case example "Example?"\n';

export function checkText(text: string): {
  readonly model: Model | null;
  readonly found: readonly Diagnostic[];
  readonly printed: string;
} {
  const document = { name: "example.casus", text };
  const [model, found] = readModel([document]);
  return { model, found, printed: printDiagnostics(found, [document]) };
}

/** The model of a case in which nothing is wrong; a warning is let pass. */
export function checked(text: string): Model {
  const { model, printed } = checkText(text);
  if (model === null) throw new Error(`no model:\n${printed}`);
  return model;
}

/** The codes of what is told, in order of place. */
export function codesOf(text: string): readonly string[] {
  return checkText(text).found.map((d) => d.code);
}

export function letOf(model: Model, name: string): Let {
  return named(model.lets, name);
}

export function stockOf(model: Model, name: string): Stock {
  return named(model.stocks, name);
}

export function named<T extends { readonly name: string }>(things: readonly T[], name: string): T {
  const found = things.find((t) => t.name === name);
  if (found === undefined) throw new Error(`no '${name}' among ${things.map((t) => t.name).join(", ")}`);
  return found;
}

/** An expression as a line of text: `if A1 then (2 * x) else 0`. */
export function show(e: Expression | null): string {
  if (e === null) return "null";
  const signs: Readonly<Record<string, string>> = {
    add: "+",
    sub: "-",
    mul: "*",
    div: "/",
    lt: "<",
    le: "<=",
    gt: ">",
    ge: ">=",
    eq: "=",
    ne: "!=",
    and: "and",
    or: "or",
  };
  switch (e.op) {
    case "const":
      return String(e.value);
    case "time":
    case "stepTime":
      return "time";
    case "stock":
    case "let":
    case "unknown":
    case "claim":
    case "shock":
    case "delay":
    case "latch":
    case "outcome":
      return e.name;
    case "believed":
      return `${e.by.name}:${e.unknown}`;
    case "chosen":
      return `${e.choice}=${e.option}`;
    case "binary":
      return signs[e.operator] === undefined
        ? `${e.operator}(${show(e.left)}, ${show(e.right)})`
        : `(${show(e.left)} ${signs[e.operator] ?? ""} ${show(e.right)})`;
    case "unary":
      return `${e.operator}(${show(e.operand)})`;
    case "if":
      return `if ${show(e.condition)} then ${show(e.then)} else ${show(e.else)}`;
    case "happened":
      return e.by === null ? `happened ${e.event}` : `happened ${e.event} by ${show(e.by)}`;
    case "count":
    case "exposure":
      return `${e.op} ${e.event}`;
    case "first":
      return `first ${e.events.join(" ")}`;
    case "lookup":
      return `${e.table}(${show(e.at)})`;
    case "over":
      return [e.statistic, ...children(e).map(show)].join(" ");
    case "timeOf":
    case "since":
      return `${e.op} ${e.event} else ${show(e.otherwise)}`;
    case "figure":
      return `figure ${e.index}`;
    case "column":
      return `column ${e.name}`;
  }
}
