/** Lists everything in a model that moves or is decided, what each part depends on directly, and the claims that switch its lines. */

import { children, type Expression } from "#model/expression.ts";
import type { Event, Model } from "#model/model.ts";

type PartKind = "choice" | "stock" | "event" | "let" | "outcome";

/** One thing of the model. Members of a family (`resolve[west]`, `resolve[east]`) are one. */
export interface Part {
  /** `stock:crisis`. */
  readonly id: string;
  readonly kind: PartKind;
  readonly name: string;
  readonly label: string;
  /** Ids of the parts it reads, itself left out. */
  readonly reads: readonly string[];
  /** Claims that switch a line of its own. */
  readonly claims: readonly string[];
  /** Names of outcomes that tell of this part alone: whether it happened, its last or greatest value. */
  readonly outcomes: readonly string[];
  /** Labels of the events it stands for, where an outcome tells which of them comes first; empty otherwise. */
  readonly members: readonly string[];
}

/** A family's name without its element. */
export function familyOf(name: string): string {
  return name.replace(/\[.*\]$/, "");
}

/** In order of kind, then of declaration. Every id in `reads` is among them. Events that an outcome holds against one another are one part. */
export function partsOf(model: Model): readonly Part[] {
  const groups = groupsOf(model);
  const whole = (id: string): string => groupOf(model, id);
  const merged = new Map<string, Part>();
  for (const p of singleParts(model)) {
    const id = whole(p.id);
    if (p.kind === "outcome" && groups.some((g) => g.outcome === p.name)) continue;
    const group = groups.find((g) => g.id === id);
    const reads = [...new Set(p.reads.map(whole))].filter((r) => r !== id);
    const known = merged.get(id);
    if (group === undefined) merged.set(id, { ...p, reads });
    else
      merged.set(id, {
        id,
        kind: "event",
        name: group.outcome,
        label: group.label,
        reads: [...new Set([...(known?.reads ?? []), ...reads])],
        claims: [...new Set([...(known?.claims ?? []), ...p.claims])],
        outcomes: [...new Set([...(known?.outcomes ?? [group.outcome]), ...p.outcomes])],
        members: [...(known?.members ?? []), p.label],
      });
  }
  return [...merged.values()];
}

interface Group {
  readonly id: string;
  readonly label: string;
  readonly events: readonly string[];
  readonly outcome: string;
}

function groupsOf(model: Model): readonly Group[] {
  return model.outcomes.flatMap((o) =>
    o.value.op === "first" ? [{ id: `event:${o.name}`, label: o.label, events: o.value.events, outcome: o.name }] : [],
  );
}

/** The part that an event stands in, where an outcome holds it against others; any other id as it is. */
export function groupOf(model: Model, id: string): string {
  return groupsOf(model).find((g) => g.events.some((e) => `event:${e}` === id))?.id ?? id;
}

function singleParts(model: Model): readonly Part[] {
  const found = new Map<
    string,
    { part: Pick<Part, "id" | "kind" | "name" | "label">; reads: Set<string>; claims: Set<string>; outcomes: string[] }
  >();
  const add = (kind: PartKind, name: string, label: string, reads: Iterable<string>): void => {
    const id = `${kind}:${familyOf(name)}`;
    const known = found.get(id) ?? {
      part: { id, kind, name: familyOf(name), label: label === name ? familyOf(name).replaceAll("_", " ") : label },
      reads: new Set<string>(),
      claims: new Set<string>(),
      outcomes: [],
    };
    for (const r of reads) if (r !== id) known.reads.add(r);
    found.set(id, known);
  };
  const read = (...all: readonly (Expression | null)[]): ReadonlySet<string> => readsOf(model, all);
  for (const c of model.choices)
    add(
      "choice",
      c.name,
      c.label,
      c.knowing.map((k) => (model.choices.some((x) => x.name === k) ? `choice:${k}` : `event:${k}`)),
    );
  for (const e of model.events) add("event", e.name, e.label, eventReads(model, e));
  for (const s of model.stocks) {
    const effects = model.events.flatMap((e) =>
      e.effects.flatMap((f) => (f.kind !== "stop" && f.stock === s.name ? [`event:${e.name}`, ...read(f.value)] : [])),
    );
    add("stock", s.name, s.label, [...read(s.initial, s.flow), ...effects]);
  }
  for (const l of model.lets) add("let", l.name, l.label, read(l.value));
  for (const o of model.outcomes) {
    const told = toldOf(o.value);
    const part = told === null ? undefined : found.get(told);
    if (part !== undefined) part.outcomes.push(o.name);
    else add("outcome", o.name, o.label, read(o.value));
  }
  for (const t of model.terms) {
    const owner = found.get(ownerOf(model, t.owner));
    for (const claim of t.claims) owner?.claims.add(claim);
  }
  return [...found.values()].map(({ part, reads, claims, outcomes }) => ({
    ...part,
    reads: [...reads].filter((r) => found.has(r)),
    claims: [...claims],
    outcomes,
    members: [],
  }));
}

/** `let motive` is `let:motive`; `event refuse on crisis` is `stock:crisis`, since there the claim counts; `policy x` its first event. */
function ownerOf(model: Model, owner: string): string {
  const [kind = "", name = "", , stock] = owner.split(" ");
  if (stock !== undefined) return `stock:${familyOf(stock)}`;
  if (kind !== "policy") return `${kind}:${familyOf(name)}`;
  const event = model.events.find((e) => e.name === name || e.name.startsWith(`${name}.`));
  return `event:${event?.name ?? name}`;
}

/** The part that `happened(x)`, `final(x)`, `max(x)` … is about; null where it is about more. */
function toldOf(value: Expression): string | null {
  switch (value.op) {
    case "happened":
    case "count":
      return `event:${value.event}`;
    case "timeOf":
      return `event:${value.event}`;
    case "over":
      return value.of.op === "stock" || value.of.op === "let" ? `${value.of.op}:${familyOf(value.of.name)}` : null;
    case "binary":
      return value.right.op === "const" ? toldOf(value.left) : null;
    default:
      return null;
  }
}

function eventReads(model: Model, e: Event): ReadonlySet<string> {
  const found = new Set(e.when === null ? [] : guardsOf(model, e.when));
  if (e.timing.kind === "hazard") for (const r of readsOf(model, [e.timing.rate])) found.add(r);
  if (e.timing.kind === "after") for (const event of e.timing.events) found.add(`event:${event}`);
  if (e.timing.kind === "chosen") {
    const { policy } = e.timing;
    const chosen = model.policies.find((p) => p.name === policy);
    for (const option of chosen?.options ?? [])
      if (option.event === e.name) for (const r of readsOf(model, [option.utility])) found.add(r);
    const when = chosen?.when ?? null;
    for (const g of when === null ? [] : guardsOf(model, when)) found.add(g);
  }
  return found;
}

function readsOf(model: Model, all: readonly (Expression | null)[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const e of all) if (e !== null) collect(model, e, found);
  return found;
}

/** What must be so: as `readsOf`, without what must *not* have happened, which stands in nearly every guard and tells nothing. */
function guardsOf(model: Model, e: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  guard(model, e, true, found, 0);
  return found;
}

function guard(model: Model, e: Expression, wanted: boolean, found: Set<string>, depth: number): void {
  if (e.op === "unary" && e.operator === "not") return guard(model, e.operand, !wanted, found, depth);
  if (e.op === "binary" && (e.operator === "and" || e.operator === "or")) {
    guard(model, e.left, wanted, found, depth);
    return guard(model, e.right, wanted, found, depth);
  }
  if (e.op === "let" && depth < 8) {
    const value = model.lets.find((l) => l.name === e.name)?.value;
    if (value !== undefined && isTruth(value)) return guard(model, value, wanted, found, depth + 1);
  }
  if (e.op === "if") {
    guard(model, e.condition, isZero(e.then) ? !wanted : wanted, found, depth);
    for (const branch of [e.then, e.else]) collect(model, branch, found);
    return;
  }
  if (e.op === "happened" && !wanted) return;
  collect(model, e, found);
}

/** What a let that is a bare truth says; null for any other. */
export function truthIn(model: Model, name: string): Expression | null {
  const value = model.lets.find((l) => l.name === name)?.value;
  return value !== undefined && isTruth(value) ? value : null;
}

function isTruth(e: Expression): boolean {
  if (e.op === "happened") return true;
  if (e.op === "if") return e.then.op === "const" && e.else.op === "const";
  return (
    (e.op === "unary" && e.operator === "not") || (e.op === "binary" && (e.operator === "and" || e.operator === "or"))
  );
}

function isZero(e: Expression): boolean {
  return e.op === "const" && e.value === 0;
}

function collect(model: Model, e: Expression, found: Set<string>): void {
  switch (e.op) {
    case "stock":
    case "outcome":
      found.add(`${e.op}:${familyOf(e.name)}`);
      break;
    case "let": {
      // A let that is a bare truth is read for what must be so.
      const value = truthIn(model, e.name);
      if (value !== null) guard(model, value, true, found, 0);
      else found.add(`let:${familyOf(e.name)}`);
      break;
    }
    case "chosen":
      found.add(`choice:${e.choice}`);
      break;
    case "happened":
    case "timeOf":
    case "since":
    case "count":
    case "exposure":
      found.add(`event:${e.event}`);
      break;
    case "first":
      for (const event of e.events) found.add(`event:${event}`);
      break;
    case "delay":
    case "latch": {
      const inner = e.op === "delay" ? model.delays : model.latches;
      const input = inner.find((d) => d.name === e.name)?.input;
      if (input !== undefined) collect(model, input, found);
      break;
    }
    case "if":
      guard(model, e, true, found, 0);
      return;
    default:
      break;
  }
  for (const child of children(e)) collect(model, child, found);
}
