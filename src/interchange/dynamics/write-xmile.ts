/** Writes the deterministic part of a case as XMILE 1.0: stocks, lets and tables, with every unknown at its median, no event and no luck. */

import type { Expression } from "#model/expression.ts";
import type { Distribution, Model, Stock, Unit } from "#model/model.ts";
import { describeDimension } from "#model/units/dimension.ts";
import { resolve } from "#kernel/distribution.ts";
import { evaluate } from "#kernel/evaluate.ts";
import { curveOf } from "#kernel/operators.ts";
import { quantile } from "#kernel/quantiles.ts";
import { Refused } from "#text/refused.ts";

interface WrittenXmile {
  readonly text: string;
  /** What the file does not have, by name and reason. */
  readonly leftOut: readonly string[];
  /** What stocks and lets are called there, by their names in the case. */
  readonly names: ReadonlyMap<string, string>;
}

/** What the deterministic part takes for given. */
interface Settled {
  readonly claims: ReadonlyMap<string, number>;
  readonly unknowns: ReadonlyMap<string, number>;
  readonly shocks: ReadonlyMap<string, number>;
  readonly choices: Readonly<Record<string, string>>;
}

/**
 * `choices` names an option for each choice. A claim is true where its first credence is at least 50%. Throws `Refused` for a case without time, and for an
 * option that is not there.
 */
export function writeXmile(model: Model, choices: Readonly<Record<string, string>>): WrittenXmile {
  const { time } = model;
  if (time === null) throw new Refused("a static case has no course of time to export; give one with 'time'");
  const settled = settle(model, choices);
  const leftOut: string[] = [];
  const names = namesOf(model);
  const writer = new EquationWriter(model, settled, names, leftOut);
  const variables = [
    ...model.claims.map((c) => aux(names.of("claim", c.name), c.label, null, String(settled.claims.get(c.name) ?? 0))),
    ...model.unknowns.map((u) =>
      aux(names.of("unknown", u.name), u.label, unitText(u.unit, time.unit), figure(settled.unknowns.get(u.name) ?? 0)),
    ),
    ...model.shocks.map((s) =>
      aux(names.of("shock", s.name), s.label, unitText(s.unit, time.unit), figure(settled.shocks.get(s.name) ?? 0)),
    ),
    ...model.tables.map((t) => gf(names.of("table", t.name), t.label, t.x, t.y)),
    ...model.lets.map((l) => aux(names.of("let", l.name), l.label, unitText(l.unit, time.unit), writer.write(l.value))),
    ...model.stocks.flatMap((s) => stockAndFlow(s, names, writer, time.unit)),
  ];
  for (const e of model.events) leftOut.push(`event '${e.name}': it has not happened`);
  for (const p of model.policies) leftOut.push(`policy '${p.name}': nobody acts`);
  const stop = time.origin + time.steps * time.dt;
  const text = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">',
    "  <header>",
    `    <name>${escaped(model.title)}</name>`,
    "    <vendor>Casus</vendor>",
    '    <product version="1" lang="en">Casus</product>',
    "  </header>",
    `  <sim_specs method="${time.method === "rk4" ? "RK4" : "Euler"}" time_units="${time.unit}">`,
    `    <start>${figure(time.origin)}</start>`,
    `    <stop>${figure(Number(stop.toPrecision(15)))}</stop>`,
    `    <dt>${figure(time.dt)}</dt>`,
    "  </sim_specs>",
    "  <model>",
    "    <variables>",
    ...variables.map((v) => v.replaceAll(/^/gm, "      ")),
    "    </variables>",
    "  </model>",
    "</xmile>",
    "",
  ].join("\n");
  const own = [
    ...model.lets.map((l) => [l.name, names.of("let", l.name)] as const),
    ...model.stocks.map((s) => [s.name, names.of("stock", s.name)] as const),
  ];
  return { text, leftOut: [...new Set(leftOut)], names: new Map(own) };
}

function settle(model: Model, choices: Readonly<Record<string, string>>): Settled {
  const claims = new Map(model.claims.map((c) => [c.name, (c.credences.at(-1)?.credence ?? 0.5) >= 0.5 ? 1 : 0]));
  const taken: Record<string, string> = {};
  for (const c of model.choices) {
    const option = choices[c.name] ?? c.default ?? c.options[0]?.name ?? "";
    if (!c.options.some((o) => o.name === option))
      throw new Refused(`the choice '${c.name}' has no option '${option}'`);
    taken[c.name] = option;
  }
  const unknowns = new Map<string, number>();
  const median = (d: Distribution): number =>
    quantile(
      resolve(d, (e) =>
        evaluate(
          e,
          (leaf) =>
            leaf.op === "unknown"
              ? (unknowns.get(leaf.name) ?? 0)
              : leaf.op === "claim"
                ? (claims.get(leaf.name) ?? 0)
                : 0,
          (table) => curveOf(model.tables.find((t) => t.name === table) as Model["tables"][number]),
        ),
      ),
      0.5,
    );
  // In an order in which each depends only on earlier ones.
  for (const u of model.unknowns) unknowns.set(u.name, median(u.distribution));
  return {
    claims,
    unknowns,
    shocks: new Map(model.shocks.map((s) => [s.name, median(s.distribution)])),
    choices: taken,
  };
}

interface Names {
  readonly of: (
    kind: "claim" | "unknown" | "shock" | "table" | "let" | "stock" | "delay" | "latch",
    name: string,
  ) => string;
  readonly fresh: (wish: string) => string;
}

/** A name for each thing, none twice: members of families and hidden stocks without their brackets. */
function namesOf(model: Model): Names {
  const given = new Map<string, string>();
  const taken = new Set<string>(["time", "dt", "pi", "starttime", "stoptime"]);
  const fresh = (wish: string): string => {
    const bare = wish.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "") || "unnamed";
    const begun = /^\p{L}/u.test(bare) ? bare : `v_${bare}`;
    let name = begun;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${begun}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  };
  const add = (kind: string, name: string): void => void given.set(`${kind} ${name}`, fresh(name));
  for (const c of model.claims) add("claim", c.name);
  for (const u of model.unknowns) add("unknown", u.name);
  for (const s of model.shocks) add("shock", s.name);
  for (const t of model.tables) add("table", t.name);
  for (const l of model.lets) add("let", l.name);
  for (const s of model.stocks) add("stock", s.name);
  return { of: (kind, name) => given.get(`${kind} ${name}`) ?? name, fresh };
}

/** Everything in brackets: no precedence to get wrong between one program and the next. */
class EquationWriter {
  readonly #model: Model;
  readonly #settled: Settled;
  readonly #names: Names;
  readonly #leftOut: string[];

  constructor(model: Model, settled: Settled, names: Names, leftOut: string[]) {
    this.#model = model;
    this.#settled = settled;
    this.#names = names;
    this.#leftOut = leftOut;
  }

  write(e: Expression): string {
    const again = (inner: Expression): string => this.write(inner);
    switch (e.op) {
      case "const":
        return e.value < 0 ? `(${figure(e.value)})` : figure(e.value);
      case "stepTime":
        this.#leftOut.push(
          "a pulse, a step and a comparison of time with a date hold for a whole step of Runge and Kutta's method here; there they may change within it",
        );
        return again({ op: "time" });
      case "time":
        return this.#model.time?.origin === 0 ? "TIME" : "(TIME - STARTTIME)";
      case "stock":
      case "let":
      case "unknown":
      case "claim":
      case "shock":
        return this.#names.of(e.op, e.name);
      case "chosen":
        return this.#settled.choices[e.choice] === e.option ? "1" : "0";
      case "believed":
        return this.#believed(e.unknown);
      case "delay": {
        const delay = this.#model.delays.find((d) => d.name === e.name);
        if (delay === undefined) return "0";
        return `DELAY(${again(delay.input)}, ${figure(Number((delay.steps * (this.#model.time?.dt ?? 1)).toPrecision(12)))}, ${again(delay.initial)})`;
      }
      case "latch": {
        const latch = this.#model.latches.find((l) => l.name === e.name);
        if (latch === undefined) return "0";
        if (latch.step > 0) this.#leftOut.push(`'${latch.name}': the value of that date is taken from the start`);
        return `INIT(${again(latch.input)})`;
      }
      // Nothing has happened.
      case "happened":
      case "count":
      case "first":
        return "0";
      case "timeOf":
      case "since":
        return again(e.otherwise);
      case "unary":
        return unaryText(e.operator, again(e.operand));
      case "binary":
        return binaryText(e.operator, again(e.left), again(e.right));
      case "if":
        return `(IF ${again(e.condition)} <> 0 THEN ${again(e.then)} ELSE ${again(e.else)})`;
      case "lookup":
        return `LOOKUP(${this.#names.of("table", e.table)}, ${again(e.at)})`;
      case "exposure":
      case "over":
      case "figure":
      case "column":
      case "outcome":
        throw new Error(`an expression of a run cannot hold '${e.op}'`);
    }
  }

  #believed(unknown: string): string {
    this.#leftOut.push(`'${unknown}' as an actor believes it: the case's own median stands for it`);
    return this.#names.of("unknown", unknown);
  }
}

function unaryText(operator: Extract<Expression, { op: "unary" }>["operator"], x: string): string {
  switch (operator) {
    case "neg":
      return `(-${x})`;
    case "not":
      return `(IF ${x} = 0 THEN 1 ELSE 0)`;
    case "log":
      return `LN(${x})`;
    case "floor":
      return `INT(${x})`;
    case "round":
      return `INT(${x} + 0.5)`;
    case "tanh":
      return `(1 - 2 / (EXP(2 * ${x}) + 1))`;
    case "logistic":
      return `(1 / (1 + EXP(-${x})))`;
    default:
      return `${operator.toUpperCase()}(${x})`;
  }
}

const signs = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  pow: "^",
  mod: "MOD",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  eq: "=",
  ne: "<>",
} as const;

function binaryText(operator: Extract<Expression, { op: "binary" }>["operator"], left: string, right: string): string {
  if (operator === "min" || operator === "max") return `${operator.toUpperCase()}(${left}, ${right})`;
  if (operator === "and" || operator === "or")
    return `(IF ${left} <> 0 ${operator.toUpperCase()} ${right} <> 0 THEN 1 ELSE 0)`;
  const sum = `(${left} ${signs[operator]} ${right})`;
  return ["lt", "le", "gt", "ge", "eq", "ne"].includes(operator) ? `(IF ${sum} THEN 1 ELSE 0)` : sum;
}

function stockAndFlow(stock: Stock, names: Names, writer: EquationWriter, time: string): readonly string[] {
  const name = names.of("stock", stock.name);
  const flow = names.fresh(`${name}_net_flow`);
  const low = stock.low === null ? null : writer.write(stock.low);
  const high = stock.high === null ? null : writer.write(stock.high);
  const own = writer.write(stock.flow);
  // A range that XMILE has no word for: the flow stops where the stock would leave it.
  const isPlain = (low === null || low === "0") && high === null;
  const after = `(${name} + DT * ${own})`;
  const above = low === null ? after : `MAX(${low}, ${after})`;
  const kept = isPlain ? own : `((${high === null ? above : `MIN(${high}, ${above})`} - ${name}) / DT)`;
  return [
    element("stock", name, [
      doc(stock.label),
      `<eqn>${escaped(writer.write(stock.initial))}</eqn>`,
      `<inflow>${flow}</inflow>`,
      ...(isPlain && low !== null ? ["<non_negative/>"] : []),
      ...units(unitText(stock.unit, time)),
    ]),
    element("flow", flow, [`<eqn>${escaped(kept)}</eqn>`]),
  ];
}

function aux(name: string, label: string, unit: string | null, equation: string): string {
  return element("aux", name, [doc(label), `<eqn>${escaped(equation)}</eqn>`, ...units(unit)]);
}

function gf(name: string, label: string, x: readonly number[], y: readonly number[]): string {
  return element("gf", name, [
    doc(label),
    `<xpts>${x.map(figure).join(",")}</xpts>`,
    `<ypts>${y.map(figure).join(",")}</ypts>`,
  ]);
}

function element(kind: string, name: string, parts: readonly string[]): string {
  return [`<${kind} name="${escaped(name)}">`, ...parts.map((p) => `  ${p}`), `</${kind}>`].join("\n");
}

function doc(label: string): string {
  return `<doc>${escaped(label)}</doc>`;
}

function units(text: string | null): readonly string[] {
  return text === null ? [] : [`<units>${escaped(text)}</units>`];
}

/** Figures are in base units, so that is what is named. */
function unitText(unit: Unit, time: string): string | null {
  const text = describeDimension(unit.dimension, time);
  return text === "1" ? null : text;
}

function figure(x: number): string {
  return String(x);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
