/** Cuts what flows out of a stock that cannot be negative to what there is, as XMILE says: what does not flow out arrives nowhere. */

import type { Loss } from "../problem.ts";
import { walkSd, type SdExpression, type SdVariable } from "./tree.ts";

interface Flows {
  readonly into: readonly string[];
  /** The first listed comes first. */
  readonly out: readonly string[];
}

/**
 * `drain` out of `tank` alone becomes min(drain wanted, max(0, tank / dt + what flows in − what flows out before it)), and what was written becomes
 * `drain_wanted`. A flow out of two stocks, or with another form than an equation, stays as written; the stock itself is kept at 0 in any case.
 */
export function cutOutflows(variables: readonly SdVariable[], losses: Loss[]): readonly SdVariable[] {
  const byName = new Map(variables.map((v) => [v.name, v]));
  const flowsOf = new Map(variables.filter((v) => v.kind === "stock").map((v) => [v.name, listedFlows(v)]));
  const drains = new Map<string, string[]>();
  for (const [stock, { out }] of flowsOf)
    for (const flow of out) drains.set(flow, [...(drains.get(flow) ?? []), stock]);
  const needs = new Map(variables.map((v) => [v.name, v.kind === "stock" ? new Set<string>() : namesRead(v)]));
  const added: SdVariable[] = [];
  for (const [stock, { into, out }] of flowsOf)
    if (byName.get(stock)?.isNonNegative === true)
      out.forEach((name, i) => {
        const flow = byName.get(name);
        if (flow === undefined || drains.get(name)?.length !== 1) return;
        if (!flow.equations.every((e) => e.content.kind === "expression")) {
          losses.push({
            name: flow.written,
            why: `it goes on at its own rate where ${byName.get(stock)?.written ?? stock} is empty, because it is no equation that could be cut`,
            span: flow.span,
            isChanged: true,
          });
          return;
        }
        // What flows in at the same moment may hang on what flows out: then only what the stock has already is there to flow.
        const coming = into.filter((other) => !reaches(other, name, needs));
        const wanted = freeName(`${name}_wanted`, byName);
        const gone = out.slice(0, i).filter((other) => !reaches(other, name, needs));
        const cut = cutTo(wanted, stock, coming, gone);
        const asWritten: SdVariable = {
          ...flow,
          name: wanted,
          written: `${flow.written} wanted`,
          kind: "auxiliary",
          isNonNegative: false,
        };
        byName.set(wanted, asWritten);
        byName.set(name, {
          ...flow,
          equations: flow.equations.map((e) => ({ ...e, content: { kind: "expression", expression: cut } })),
        });
        needs.set(wanted, needs.get(name) ?? new Set());
        needs.set(name, new Set([wanted, ...coming, ...gone]));
        added.push(asWritten);
      });
  return [...variables.map((v) => byName.get(v.name) ?? v), ...added];
}

/** The flows that a stock lists, from the sum that its equation is. */
function listedFlows({ equations }: SdVariable): Flows {
  const [into, out] = [new Set<string>(), new Set<string>()];
  const add = (e: SdExpression, isOut: boolean): void => {
    if (e.kind === "name") (isOut ? out : into).add(e.name);
    else if (e.kind === "unary") add(e.operand, !isOut);
    else if (e.kind === "binary") {
      add(e.left, isOut);
      add(e.right, e.operator === "-" ? !isOut : isOut);
    }
  };
  for (const { content } of equations) if (content.kind === "stock") add(content.flow, false);
  return { into: [...into], out: [...out] };
}

function namesRead({ equations }: SdVariable): Set<string> {
  const found = new Set<string>();
  const read = (e: SdExpression): void => {
    walkSd(e, (part) => {
      if (part.kind === "name") found.add(part.name);
    });
  };
  for (const { content } of equations) {
    if (content.kind === "expression") read(content.expression);
    if (content.kind === "table" && content.at !== null) read(content.at);
  }
  return found;
}

/** True where `from` is worked out from `to` in the same moment. */
function reaches(from: string, to: string, needs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(needs.get(name) ?? []));
  }
  return false;
}

function freeName(wish: string, taken: ReadonlyMap<string, SdVariable>): string {
  let name = wish;
  for (let n = 2; taken.has(name); n++) name = `${wish}_${n}`;
  return name;
}

function cutTo(wanted: string, stock: string, coming: readonly string[], gone: readonly string[]): SdExpression {
  const read = (name: string): SdExpression => ({ kind: "name", name, subscripts: null });
  const call = (name: string, ...parts: readonly SdExpression[]): SdExpression => ({
    kind: "call",
    name,
    subscripts: null,
    arguments: parts,
  });
  const join = (operator: "+" | "-" | "/", left: SdExpression, right: SdExpression): SdExpression => ({
    kind: "binary",
    operator,
    left,
    right,
  });
  const held = join("/", read(stock), read("dt"));
  const there = [...coming.map((name) => ["+", name] as const), ...gone.map((name) => ["-", name] as const)].reduce(
    (sum, [operator, name]) => join(operator, sum, read(name)),
    held,
  );
  return call("min", read(wanted), call("max", { kind: "number", value: 0 }, there));
}
