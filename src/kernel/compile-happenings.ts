/** Compiles events and policies: how each comes due, what it asks at its turn, and what it does. */

import type { Expression } from "#model/expression.ts";
import type { Effect, Event, Policy, Timing } from "#model/model.ts";
import { found, type Frame } from "./frame.ts";
import { formula, heldWriter, indexOf, liveWriter, type Lets } from "./formulas.ts";
import { keyOf } from "./philox.ts";
import {
  mostFirings,
  type EffectPlan,
  type EventPlan,
  type HappeningPlan,
  type HazardPlan,
  type PickPlan,
} from "./plan.ts";

/** Where each hazard's rate lies on the tape of stages, by name. */
export type StageRates = ReadonlyMap<string, number>;

export function compileEvents(frame: Frame, lets: Lets): readonly EventPlan[] {
  return frame.model.events.map((e) => ({
    name: e.name,
    slots: found(frame.events, e.name, "event"),
    effects: e.effects.map((effect) => compileEffect(frame, lets, effect)),
  }));
}

function compileEffect(frame: Frame, lets: Lets, effect: Effect): EffectPlan {
  const writer = liveWriter(frame, lets);
  const because = effect.because === null ? writer.constant(1) : writer.value(effect.because);
  const value = effect.kind === "stop" ? writer.constant(0) : writer.value(effect.value);
  const stock = effect.kind === "stop" ? -1 : indexOf(frame.model.stocks, effect.stock);
  return { kind: effect.kind, stock, code: writer.finish(), because, value };
}

/** In order of declaration: a policy stands where its first option does. */
export function compileHappenings(frame: Frame, lets: Lets, stageRates: StageRates): readonly HappeningPlan[] {
  const { events, policies } = frame.model;
  return events.flatMap((event, index) => {
    const led = policies
      .filter((p) => p.options[0]?.event === event.name)
      .map((p) => compilePolicy(frame, lets, stageRates, p));
    return [
      ...led,
      { ...compileTiming(frame, lets, stageRates, event), equation: `event ${event.name}`, event: index, pick: null },
    ];
  });
}

function compilePolicy(frame: Frame, lets: Lets, stageRates: StageRates, policy: Policy): HappeningPlan {
  const writer = liveWriter(frame, lets);
  const sharpness = writer.value(policy.sharpness);
  const options = policy.options.map((o) => ({
    name: o.name,
    event: indexOf(frame.model.events, o.event),
    utility: writer.value(o.utility),
    isForbidden: frame.supposed.forbidden.has(o.event),
  }));
  const pick: PickPlan = { key: keyOf(`policy ${policy.name}`), code: writer.finish(), sharpness, options };
  return { ...compileTiming(frame, lets, stageRates, policy), equation: `policy ${policy.name}`, event: -1, pick };
}

function compileTiming(
  frame: Frame,
  lets: Lets,
  stageRates: StageRates,
  one: Event | Policy,
): Omit<HappeningPlan, "equation" | "event" | "pick"> {
  const { timing, name } = one;
  const { supposed } = frame;
  return {
    hazard: timing.kind === "hazard" ? compileHazard(frame, lets, stageRates, one, timing.rate) : null,
    dated: compileDates(frame, timing),
    after: timing.kind === "after" ? timing.events.map((event) => indexOf(frame.model.events, event)) : [],
    isTrigger: timing.kind === "trigger",
    when:
      one.when === null
        ? null
        : {
            atStart: formula(heldWriter(frame, lets), one.when),
            live: formula(liveWriter(frame, lets), one.when),
          },
    repeats: one.repeats,
    isForbidden: supposed.forbidden.has(name),
    forced: flags(frame.steps, supposed.forced.get(name)),
  };
}

function compileHazard(
  frame: Frame,
  lets: Lets,
  stageRates: StageRates,
  { name, repeats }: Event | Policy,
  rate: Expression,
): HazardPlan {
  return {
    limit: repeats ? mostFirings / frame.dt : Infinity,
    quietUntil: frame.supposed.quietUntil.get(name) ?? 0,
    exposure: frame.exposureSlot(name),
    clock: frame.clockSlots.get(name) ?? -1,
    key: keyOf(`event ${name}`),
    rate: formula(heldWriter(frame, lets), rate),
    stageRate: stageRates.get(name) ?? -1,
  };
}

function compileDates(frame: Frame, timing: Timing): Uint8Array | null {
  switch (timing.kind) {
    case "scheduled":
      return flags(frame.steps, timing.steps) ?? new Uint8Array(frame.steps);
    case "periodic": {
      const { firstStep, everySteps } = timing;
      return Uint8Array.from({ length: frame.steps }, (_, n) =>
        n >= firstStep && (n - firstStep) % everySteps === 0 ? 1 : 0,
      );
    }
    case "hazard":
    case "after":
    case "trigger":
    case "chosen":
      return null;
  }
}

/** 1 at each of these steps; null where there are none. */
function flags(steps: number, at: readonly number[] | undefined): Uint8Array | null {
  if (at === undefined || at.length === 0) return null;
  const set = new Set(at);
  return Uint8Array.from({ length: steps }, (_, n) => (set.has(n) ? 1 : 0));
}
