/** Checks events and policies: what may happen, when, on what condition, and what it does. */

import type { EffectNode, EventNode, ExpressionNode, PolicyNode, TimingNode } from "#language/tree.ts";
import { keepTerm, lowerBody } from "../lowering/bodies.ts";
import { describeTime } from "../units/calendar.ts";
import { perTime, plainNumber, quotient, timeDimension } from "../units/dimension.ts";
import type { DeclaredEntry } from "../scope/expand.ts";
import { entryNamed } from "../lowering/entry-named.ts";
import { wordFor } from "../scope/expand.ts";
import { allOf, binary, constant, one } from "../lowering/fold.ts";
import { checkHorizon, stepAt, stepsIn } from "../lowering/horizon.ts";
import { lowerConstant, lowerIn, lowerTruth, requireDimension } from "../lowering/lower-arithmetic.ts";
import { eventsNamed } from "../lowering/lower-event.ts";
import { rangeOfFigures } from "../lowering/figure-range.ts";
import { withArticle } from "../lowering/lower-name.ts";
import type { Lowering } from "../lowering/lowering.ts";
import type { Effect, Event, Policy, Timing } from "../model.ts";
import { place, placeOfReasons, type Place } from "../scope/places.ts";
import { declaredOf } from "./quantities.ts";
import { resolveUnit } from "../units/units.ts";
import { dimensionOf } from "../scope/typed.ts";
import { shortText } from "../scope/wording.ts";
import { checkActor } from "../lowering/named.ts";
import type { Expression } from "../expression.ts";

interface Happenings {
  readonly events: readonly Event[];
  readonly policies: readonly Policy[];
}

export function lowerHappenings(use: Lowering): Happenings {
  const events: Event[] = [];
  const policies: Policy[] = [];
  for (const entry of use.scope.names.entries) {
    const { node } = entry;
    if (node.kind !== "event" && node.kind !== "policy") continue;
    if (use.scope.isStatic) {
      use.tell("static-case", node.span, { what: withArticle(wordFor(node.kind)) });
      continue;
    }
    if (node.kind === "event") {
      const event = lowerEvent({ ...entry, node }, null, use);
      if (event !== null) events.push(event);
    } else lowerPolicy({ ...entry, node }, events, policies, use);
  }
  return { events, policies };
}

/** The condition, with the claims the whole stands on. */
function conditionOf(
  entry: DeclaredEntry<EventNode | PolicyNode>,
  where: Place,
  use: Lowering,
): { readonly when: Expression | null; readonly isFine: boolean } {
  const { node } = entry;
  const when = node.when === null ? null : lowerTruth(node.when, where, use);
  const because = node.because === null ? null : lowerTruth(node.because, placeOfReasons(where), use);
  if (because !== null || node.mark !== null)
    keepTerm(
      {
        owner: `${node.kind} ${entry.name}`,
        because,
        mark: node.mark,
        sign: "*",
        node: nameNode(node),
        value: one,
        span: node.span,
      },
      use,
    );
  const isFine = (node.when === null || when !== null) && (node.because === null || because !== null);
  return { when: allOf([because, when]), isFine };
}

function nameNode(node: EventNode | PolicyNode): ExpressionNode {
  return { kind: "name", name: node.name, span: node.name.span };
}

function lowerEvent(
  entry: DeclaredEntry<EventNode | PolicyNode>,
  believer: string | null,
  use: Lowering,
): Event | null {
  const { node } = entry;
  const where = place("run", entry.bindings, believer);
  const timing = lowerTiming(node.timing, entry, where, use);
  const { when, isFine } = conditionOf(entry, where, use);
  const effects = lowerEffects(node.effects, `${node.kind} ${entry.name}`, place("run", entry.bindings), use);
  if (timing === null || !isFine || effects === null) return null;
  return { ...declaredOf(entry), timing, when, repeats: node.repeats || comesAgain(timing), effects, by: believer };
}

/** What is dated several times, or periodic, repeats without saying so. */
function comesAgain(timing: Timing): boolean {
  return timing.kind === "periodic" || (timing.kind === "scheduled" && timing.steps.length > 1);
}

function lowerPolicy(entry: DeclaredEntry<PolicyNode>, events: Event[], policies: Policy[], use: Lowering): void {
  const { node } = entry;
  const by = checkActor(node.by, use);
  if (by === null) return;
  if (node.options.length === 0) {
    const act = lowerEvent(entry, by, use);
    if (act !== null) events.push(act);
    return;
  }
  const where = place("run", entry.bindings, by);
  const timing = lowerTiming(node.timing, entry, where, use);
  const { when, isFine } = conditionOf(entry, where, use);
  const sharpness = node.sharpness === null ? one : lowerIn(node.sharpness, plainNumber, where, use);
  const options: Policy["options"][number][] = [];
  const seen = new Set<string>();
  for (const option of node.options) {
    const name = option.name.text;
    if (seen.has(name))
      use.tell("duplicate-item", option.name.span, { what: "option", name, of: `the policy '${entry.name}'` });
    seen.add(name);
    const owner = `policy ${entry.name}.${name}`;
    const utility = { value: lowerBody(option.utility, owner, where, use), span: option.utility.span };
    const effects = lowerEffects(option.effects, owner, place("run", entry.bindings), use);
    if (!requireDimension(utility, plainNumber, use) || effects === null) continue;
    const event = `${entry.name}.${name}`;
    const label = option.label?.text ?? name;
    options.push({ name, event, label, utility: utility.value.expression });
    events.push({
      name: event,
      label,
      span: option.span,
      timing: { kind: "chosen", policy: entry.name },
      when: null,
      repeats: true,
      effects,
      by,
    });
  }
  if (timing === null || !isFine || sharpness === null || options.length < node.options.length) return;
  policies.push({
    ...declaredOf(entry),
    by,
    timing,
    when,
    repeats: node.repeats || comesAgain(timing),
    sharpness,
    options,
  });
}

function lowerTiming(
  node: TimingNode,
  entry: DeclaredEntry<EventNode | PolicyNode>,
  where: Place,
  use: Lowering,
): Timing | null {
  switch (node.kind) {
    case "trigger":
      return { kind: "trigger" };
    case "rate":
      return lowerRate(node, entry, where, use);
    case "at": {
      const steps = node.dates.map((date) => comingStep(date, entry, where, use));
      const known = steps.filter((s) => s !== null);
      return known.length < steps.length
        ? null
        : { kind: "scheduled", steps: [...new Set(known)].toSorted((a, b) => a - b) };
    }
    case "every": {
      const length = lowerConstant(node.period, timeDimension, where, use, "a length of time");
      const everySteps = length === null ? null : stepsIn("the period", length, node.period.span, use);
      const firstStep = node.from === null ? 0 : dateStep("the first date", node.from, where, use);
      return everySteps === null || firstStep === null ? null : { kind: "periodic", firstStep, everySteps };
    }
    case "on": {
      const events = node.events.map((event) => eventsNamed(event, where, use));
      const known = events.filter((e) => e !== null);
      return known.length < events.length ? null : { kind: "after", events: [...new Set(known.flat())] };
    }
  }
}

/** The step of a date on which something comes; warns of the very end, when no step follows in which it could. */
function comingStep(
  node: ExpressionNode,
  entry: DeclaredEntry<EventNode | PolicyNode>,
  where: Place,
  use: Lowering,
): number | null {
  const step = dateStep("the date", node, where, use);
  const { clock } = use.scope;
  if (step !== null && clock !== null && step >= clock.steps)
    use.tell("at-the-end", node.span, { name: entry.name, date: describeTime(clock, step * clock.dt) });
  return step;
}

/** The step of a date within the case; null, told, when it is none. */
export function dateStep(what: string, node: ExpressionNode, where: Place, use: Lowering): number | null {
  const time = lowerConstant(node, timeDimension, where, use, "a date");
  if (time === null || !checkHorizon(what, time, node.span, use)) return null;
  return stepAt(what, time, node.span, use);
}

function lowerRate(
  node: Extract<TimingNode, { readonly kind: "rate" }>,
  entry: DeclaredEntry<EventNode | PolicyNode>,
  where: Place,
  use: Lowering,
): Timing | null {
  const rate = { value: lowerBody(node.rate, `${entry.node.kind} ${entry.name}`, where, use), span: node.rate.span };
  if (rate.value.type.kind === "mistaken") return null;
  const range = rangeOfFigures(rate.value.expression);
  if (range !== null && range[1] < 0) {
    use.tell("negative-rate", rate.span, { rate: shortText(use.scope, rate.span) });
    return null;
  }
  if (node.per === null)
    return requireDimension(rate, perTime, use, `1/${use.scope.units.baseTime}`)
      ? { kind: "hazard", rate: rate.value.expression }
      : null;
  const [per, problems] = resolveUnit(use.scope.units, node.per);
  for (const p of problems) use.pass(p);
  if (per === null) return null;
  const own = dimensionOf(rate.value.type) ?? plainNumber;
  const whole = {
    value: {
      expression: binary("div", rate.value.expression, constant(per.factor)),
      type: { kind: "number", dimension: quotient(own, per.dimension), unit: null },
    },
    span: rate.span,
  } as const;
  return requireDimension(whole, perTime, use, `1/${use.scope.units.baseTime}`)
    ? { kind: "hazard", rate: whole.value.expression }
    : null;
}

function lowerEffects(
  nodes: readonly EffectNode[],
  owner: string,
  where: Place,
  use: Lowering,
): readonly Effect[] | null {
  const effects = nodes.map((node) => lowerEffect(node, owner, where, use));
  const good = effects.filter((e) => e !== null);
  return good.length < effects.length ? null : good;
}

function lowerEffect(node: EffectNode, owner: string, where: Place, use: Lowering): Effect | null {
  const because = node.because === null ? null : lowerTruth(node.because, placeOfReasons(where), use);
  const shared = { because, mark: node.mark, span: node.span };
  if (node.kind === "stop") {
    keepTerm(
      {
        owner,
        because,
        mark: node.mark,
        sign: "*",
        node: { kind: "missing", span: node.span },
        value: one,
        span: node.span,
      },
      use,
    );
    return node.because !== null && because === null ? null : { kind: "stop", ...shared };
  }
  const stock = entryNamed("stock", node.stock, where, use);
  if (stock === null) {
    use.lower(node.value, where);
    return null;
  }
  const dimension = dimensionOf(use.typeOf(stock)) ?? plainNumber;
  const value = lowerIn(node.value, dimension, where, use);
  if (value === null || (node.because !== null && because === null)) return null;
  keepTerm(
    {
      owner: `${owner} on ${stock.name}`,
      because,
      mark: node.mark,
      sign: node.kind === "add" ? "+" : "*",
      node: node.value,
      value,
      span: node.span,
    },
    use,
  );
  return { kind: node.kind, stock: stock.name, value, ...shared };
}
