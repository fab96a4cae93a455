/** Finds what is read anywhere in a model: names, the claims that switch something, and those that make an actor's type. */

import type { Head } from "./argument/case-head.ts";
import { walk, type Expression } from "./expression.ts";
import type { Claim, Comparison, CredenceRow, Model } from "./model.ts";
import { parametersOf } from "./world/quantities.ts";

export interface Uses {
  /** Unknowns, shocks, tables and choices that something reads. */
  readonly read: ReadonlySet<string>;
  /** Claims that something in the model reads, or on which the credence of such a claim hangs. */
  readonly gates: ReadonlySet<string>;
  /** Claims on which what an actor sees hangs. */
  readonly types: ReadonlySet<string>;
}

/** What a model is made of, its claims not yet judged. */
type Parts = Omit<Model, "claims" | "schema" | "time" | keyof Head> & {
  readonly claims: readonly Pick<Claim, "name" | "credences">[];
};

export function usesOf(model: Parts): Uses {
  const read = new Set<string>();
  const gates = new Set<string>();
  const types = new Set<string>();
  const visit = (e: Expression | null): void => {
    if (e === null) return;
    walk(e, (part) => {
      if (part.op === "claim") gates.add(part.name);
      else if (part.op === "unknown" || part.op === "shock") read.add(part.name);
      else if (part.op === "believed") read.add(part.unknown);
      else if (part.op === "lookup") read.add(part.table);
      else if (part.op === "chosen") read.add(part.choice);
    });
  };
  const statement = (c: Comparison): void => {
    for (const f of c.figures) {
      visit(f.of);
      visit(f.given);
    }
  };
  for (const u of model.unknowns) parametersOf(u.distribution).forEach(visit);
  for (const view of model.views) for (const d of Object.values(view.distributions)) parametersOf(d).forEach(visit);
  for (const s of model.shocks) parametersOf(s.distribution).forEach(visit);
  for (const s of model.stocks) [s.initial, s.flow, s.low, s.high].forEach(visit);
  for (const l of model.lets) visit(l.value);
  for (const d of [...model.delays, ...model.latches]) visit(d.input);
  for (const d of model.delays) visit(d.initial);
  for (const e of model.events) {
    visit(e.when);
    if (e.timing.kind === "hazard") visit(e.timing.rate);
    for (const effect of e.effects) {
      visit(effect.because);
      if (effect.kind !== "stop") visit(effect.value);
    }
  }
  for (const p of model.policies) {
    visit(p.when);
    visit(p.sharpness);
    if (p.timing.kind === "hazard") visit(p.timing.rate);
    for (const o of p.options) visit(o.utility);
  }
  for (const o of model.outcomes) visit(o.value);
  for (const a of model.actors) {
    visit(a.values);
    if (a.sees !== null && a.sees.because !== null) {
      visit(a.sees.because);
      walk(a.sees.because, (e) => {
        if (e.op === "claim") types.add(e.name);
      });
    }
  }
  for (const c of model.conclusions) statement(c.comparison);
  for (const e of model.expectations) {
    if (e.check.kind === "always") visit(e.check.condition);
    else statement(e.check.comparison);
  }
  for (const s of model.suppositions)
    for (const i of s.items) if ("value" in i && typeof i.value === "object") visit(i.value);
  for (const e of model.evidence) {
    if (e.observation.kind === "observed") visit(e.observation.condition);
    else [e.observation.of, e.observation.error].forEach(visit);
  }
  for (const f of model.forecasts) visit(f.condition);
  addConditions(gates, model);
  return { read, gates, types };
}

/** A claim that nothing reads still counts where the credence of one that is read hangs on it. Conditions name earlier claims only. */
function addConditions(gates: Set<string>, { claims, views }: Parts): void {
  const add = (rows: readonly CredenceRow[]): void => {
    for (const row of rows)
      if (row.given !== null)
        walk(row.given, (e) => {
          if (e.op === "claim") gates.add(e.name);
        });
  };
  for (const { name, credences } of claims.toReversed()) {
    if (!gates.has(name)) continue;
    add(credences);
    for (const view of views) add(view.credences[name] ?? []);
  }
}
