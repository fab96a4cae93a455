/**
 * Who acts in a step, in what order, and what follows: the events and policies of a plan over the state of one run. Steps 1, 4 and 5 of
 * `docs/decisions/001-the-step.md`.
 */

import { exp, log } from "./math.ts";
import { RunFailure } from "./failure.ts";
import { uniform } from "./philox.ts";
import type { EventPlan, Formula, HappeningPlan, HazardPlan, PickPlan, Plan, StockPlan } from "./plan.ts";
import { execute } from "./tape.ts";

/** What the parts of one run share. */
export interface State {
  readonly v: Float64Array;
  seed: number;
  world: number;
  step: number;
  /** step · dt. */
  time: number;
}

/** Where a happening stands in a step. */
const IDLE = 0,
  EXPOSED = 1,
  CANCELLED = 2,
  DONE = 3;

export class Turns {
  readonly #plan: Plan;
  readonly #state: State;
  readonly #dt: number;
  /** By event: the last step in which it happened, or −2. */
  readonly #lastStep: Int32Array;
  /** By happening. */
  readonly #times: Int32Array;
  readonly #isArmed: Uint8Array;
  readonly #clocks: Float64Array;
  readonly #clockIndex: Int32Array;
  readonly #standing: Uint8Array;
  /** The rate, weighted over stages; then what the step uses up of the clock, rate · dt. */
  readonly #rates: Float64Array;
  /** The fraction of the step at which it is due, and at which its exposure began or was cut off. */
  readonly #fractions: Float64Array;
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  /** How often it has had its turn in the step. */
  readonly #turnsTaken: Int32Array;
  /** Indexes of those due, in the order of their turns; those before the head have had theirs. */
  readonly #due: Int32Array;
  #dueCount = 0;
  #head = 0;
  #lastFraction = 0;
  #hasFired = false;
  #isStopped = false;
  readonly #weights: Float64Array;

  constructor(plan: Plan, state: State) {
    const n = plan.happenings.length;
    this.#plan = plan;
    this.#state = state;
    this.#dt = plan.frame.dt;
    this.#lastStep = new Int32Array(plan.events.length);
    this.#times = new Int32Array(n);
    this.#isArmed = new Uint8Array(n);
    this.#clocks = new Float64Array(n);
    this.#clockIndex = new Int32Array(n);
    this.#standing = new Uint8Array(n);
    this.#rates = new Float64Array(n);
    this.#fractions = new Float64Array(n);
    this.#from = new Float64Array(n);
    this.#to = new Float64Array(n);
    this.#turnsTaken = new Int32Array(n);
    this.#due = new Int32Array(n);
    this.#weights = new Float64Array(Math.max(0, ...plan.happenings.map((h) => h.pick?.options.length ?? 0)));
  }

  /** Ready for a run: first clocks drawn, nothing has happened. */
  reset(): void {
    const { events, happenings } = this.#plan;
    const { v } = this.#state;
    for (const { slots } of events) {
      v[slots.count] = 0;
      v[slots.first] = Infinity;
      v[slots.last] = Infinity;
    }
    this.#lastStep.fill(-2);
    this.#times.fill(0);
    this.#isArmed.fill(1);
    this.#clockIndex.fill(0);
    this.#isStopped = false;
    for (let i = 0; i < happenings.length; i++) {
      const { hazard, isForbidden } = happenings[i] as HappeningPlan;
      if (hazard === null || isForbidden) continue;
      this.#clocks[i] = hazard.clock < 0 ? this.#drawClock(hazard.key, 0) : (v[hazard.clock] as number);
      if (hazard.exposure >= 0) v[hazard.exposure] = 0;
    }
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Reads the step's start: who is due at once, which hazards run and at what rate. */
  read(): void {
    const { happenings } = this.#plan;
    this.#dueCount = 0;
    for (let i = 0; i < happenings.length; i++) this.#readOne(i, happenings[i] as HappeningPlan);
  }

  #readOne(i: number, h: HappeningPlan): void {
    const { step } = this.#state;
    this.#standing[i] = IDLE;
    this.#turnsTaken[i] = 0;
    this.#fractions[i] = Infinity;
    this.#from[i] = 0;
    this.#to[i] = 1;
    const canHappen = h.repeats || this.#times[i] === 0;
    const isForced = h.forced !== null && h.forced[step] === 1;
    if (isForced && canHappen) this.#makeDue(i, 0);
    if (h.isForbidden || !canHappen) return;
    if (h.hazard !== null) {
      if (!this.#holdsAtStart(h)) return;
      this.#standing[i] = EXPOSED;
      this.#rates[i] = this.#checked(h, this.#value(h.hazard.rate));
    } else if (h.isTrigger) {
      if (!this.#holdsAtStart(h)) this.#isArmed[i] = 1;
      else if (this.#isArmed[i] === 1 && !isForced) this.#makeDue(i, 0);
    } else if (!isForced && this.#isDated(h, step) && this.#holdsAtStart(h)) this.#makeDue(i, 0);
  }

  #isDated(h: HappeningPlan, step: number): boolean {
    if (h.dated !== null) return h.dated[step] === 1;
    return h.after.some((event) => this.#lastStep[event] === step - 1);
  }

  /** Adds a stage of Runge and Kutta's method to the rates of the hazards that run: weights 1, 2, 2, 1. */
  addStage(weight: number): void {
    const { happenings } = this.#plan;
    const { v } = this.#state;
    for (let i = 0; i < happenings.length; i++) {
      const { hazard } = happenings[i] as HappeningPlan;
      if (hazard !== null && this.#standing[i] === EXPOSED)
        this.#rates[i] = (this.#rates[i] as number) + weight * (v[hazard.stageRate] as number);
    }
  }

  /** After the flows: hazards due by their clocks join, and each has its turn. Stops where an effect says so. */
  take(totalWeight: number): void {
    const { happenings } = this.#plan;
    for (let i = 0; i < happenings.length; i++) {
      if (this.#standing[i] !== EXPOSED) continue;
      const h = happenings[i] as HappeningPlan;
      if (totalWeight !== 1) this.#checked(h, (this.#rates[i] = (this.#rates[i] as number) / totalWeight));
      const used = (this.#rates[i] = (this.#rates[i] as number) * this.#dt);
      if (this.#isQuiet(h.hazard as HazardPlan)) continue;
      const clock = this.#clocks[i] as number;
      // Compared before dividing: a rate of −0 uses nothing up.
      const fraction = clock <= 0 ? 0 : clock < used ? clock / used : Infinity;
      if (fraction < 1 && this.#fractions[i] === Infinity) this.#makeDue(i, fraction);
    }
    this.#lastFraction = 0;
    this.#hasFired = false;
    this.#head = 0;
    while (this.#head < this.#dueCount && !this.#isStopped) this.#takeTurn(this.#due[this.#head++] as number);
    if (this.#isStopped) this.#chargeStopped();
    else this.#charge();
  }

  /** Keeps those due in order of fraction, of equal ones in order of declaration. */
  #makeDue(i: number, fraction: number): void {
    this.#fractions[i] = fraction;
    let at = this.#dueCount++;
    for (; at > 0; at--) {
      const before = this.#due[at - 1] as number;
      const other = this.#fractions[before] as number;
      if (other < fraction || (other === fraction && before < i)) break;
      this.#due[at] = before;
    }
    this.#due[at] = i;
  }

  /** Gives one that has just had its turn another, at its place among those to come. */
  #makeDueAgain(i: number, fraction: number): void {
    this.#fractions[i] = fraction;
    let at = --this.#head;
    for (; at + 1 < this.#dueCount; at++) {
      const next = this.#due[at + 1] as number;
      const other = this.#fractions[next] as number;
      if (other > fraction || (other === fraction && next > i)) break;
      this.#due[at] = next;
    }
    this.#due[at] = i;
  }

  #takeTurn(i: number): void {
    const h = this.#plan.happenings[i] as HappeningPlan;
    const { step } = this.#state;
    const fraction = this.#fractions[i] as number;
    const isFirst = this.#turnsTaken[i] === 0;
    const isForced = isFirst && h.forced !== null && h.forced[step] === 1;
    if (!isForced && h.when !== null && this.#value(h.when.live) === 0) {
      this.#to[i] = this.#lastFraction;
      if (this.#standing[i] === EXPOSED) this.#standing[i] = CANCELLED;
      return;
    }
    const event = h.pick === null ? h.event : this.#pick(h.equation, h.pick, this.#turnsTaken[i] as number);
    this.#turnsTaken[i] = (this.#turnsTaken[i] as number) + 1;
    if (isFirst && event >= 0 && this.#lastStep[event] === step) return;
    this.#times[i] = (this.#times[i] as number) + 1;
    this.#isArmed[i] = 0;
    if (h.hazard !== null) this.#wind(i, h, h.hazard, fraction, isForced);
    if (event >= 0) this.#fire(this.#plan.events[event] as EventPlan, event, fraction);
  }

  /** A hazard that had its turn is done, or draws its next clock, which runs from here and may be used up in what is left of the step. */
  #wind(i: number, h: HappeningPlan, hazard: HazardPlan, fraction: number, isForced: boolean): void {
    if (!isForced) {
      this.#addExposure(hazard, (fraction - (this.#from[i] as number)) * (this.#rates[i] as number));
      this.#from[i] = fraction;
      if (!h.repeats) {
        this.#standing[i] = DONE;
        return;
      }
      const index = (this.#clockIndex[i] as number) + 1;
      this.#clockIndex[i] = index;
      this.#clocks[i] = this.#drawClock(hazard.key, index);
    }
    if (!h.repeats || this.#standing[i] !== EXPOSED || this.#isQuiet(hazard)) return;
    const clock = this.#clocks[i] as number;
    const next = clock <= 0 ? 0 : (this.#from[i] as number) + clock / (this.#rates[i] as number);
    if (next < 1) this.#makeDueAgain(i, next);
  }

  #isQuiet({ quietUntil }: HazardPlan): boolean {
    return this.#state.step < quietUntil;
  }

  #addExposure({ exposure }: HazardPlan, by: number): void {
    const { v } = this.#state;
    if (exposure >= 0) v[exposure] = (v[exposure] as number) + by;
  }

  /** The event has happened before its effects are seen to. */
  #fire(event: EventPlan, index: number, fraction: number): void {
    const { v, step, time } = this.#state;
    const { count, first, last } = event.slots;
    const at = time + fraction * this.#dt;
    this.#lastFraction = fraction;
    this.#hasFired = true;
    this.#lastStep[index] = step;
    if (v[count] === 0) v[first] = at;
    v[last] = at;
    v[count] = (v[count] as number) + 1;
    for (const effect of event.effects) {
      execute(effect.code, v, this.#plan.curves);
      if (v[effect.because] === 0) continue;
      if (effect.kind === "stop") {
        this.#isStopped = true;
        return;
      }
      const stock = this.#plan.stocks[effect.stock] as StockPlan;
      if (step >= stock.heldFrom) continue;
      const value = v[effect.value] as number;
      const result = effect.kind === "set" ? value : (v[stock.slot] as number) + value;
      if (result - result !== 0) throw this.#failure(`stock ${stock.name}`, result);
      v[stock.slot] = result;
    }
  }

  /**
   * The event of the option taken; −1 where every option is forbidden. Weights exp(s·u − max s·u) in order of declaration; the first
   * option whose running sum exceeds uniform · total is taken. The k-th pick of a step, from 0, has the uniform of index step + k · steps.
   */
  #pick(equation: string, pick: PickPlan, earlier: number): number {
    const { v, seed, world, step } = this.#state;
    const { options } = pick;
    const weights = this.#weights;
    execute(pick.code, v, this.#plan.curves);
    const sharpness = v[pick.sharpness] as number;
    let greatest = -Infinity;
    for (let k = 0; k < options.length; k++) {
      const { utility, isForbidden, name } = options[k] as PickPlan["options"][number];
      const appeal = isForbidden ? -Infinity : sharpness * (v[utility] as number);
      if (!isForbidden && appeal - appeal !== 0) throw this.#failure(`${equation}.${name}`, appeal);
      weights[k] = appeal;
      greatest = greatest < appeal ? appeal : greatest;
    }
    if (greatest === -Infinity) return -1;
    let total = 0;
    for (let k = 0; k < options.length; k++) {
      const weight = exp((weights[k] as number) - greatest);
      weights[k] = weight;
      total += weight;
    }
    const target = uniform(seed, pick.key, world, step + earlier * this.#plan.frame.steps) * total;
    let sum = 0;
    let taken = -1;
    for (let k = 0; k < options.length && !(sum > target); k++) {
      if (weights[k] === 0) continue;
      taken = (options[k] as PickPlan["options"][number]).event;
      sum += weights[k] as number;
    }
    return taken;
  }

  /**
   * Every hazard that ran is charged its rate · dt times the part of the step it ran for. What fired begins anew at its fraction. Where an
   * event fired, a hazard whose condition is now false ran until the last one that did.
   */
  #charge(): void {
    const { happenings } = this.#plan;
    for (let i = 0; i < happenings.length; i++) {
      const standing = this.#standing[i];
      if (standing !== EXPOSED && standing !== CANCELLED) continue;
      const { when, hazard } = happenings[i] as HappeningPlan;
      let to = this.#to[i] as number;
      if (standing === EXPOSED && this.#hasFired && when !== null && this.#value(when.live) === 0)
        to = this.#lastFraction;
      const used = (to - (this.#from[i] as number)) * (this.#rates[i] as number);
      this.#addExposure(hazard as HazardPlan, used);
      if (!this.#isQuiet(hazard as HazardPlan)) this.#clocks[i] = (this.#clocks[i] as number) - used;
    }
  }

  /** Where an event stopped the run, the others had run up their risk until then; what is left of their clocks nobody reads any more. */
  #chargeStopped(): void {
    const { happenings } = this.#plan;
    for (let i = 0; i < happenings.length; i++) {
      const standing = this.#standing[i];
      if (standing !== EXPOSED && standing !== CANCELLED) continue;
      const to = Math.min(this.#to[i] as number, this.#lastFraction);
      this.#addExposure(
        (happenings[i] as HappeningPlan).hazard as HazardPlan,
        (to - (this.#from[i] as number)) * (this.#rates[i] as number),
      );
    }
  }

  #holdsAtStart(h: HappeningPlan): boolean {
    return h.when === null || this.#value(h.when.atStart) !== 0;
  }

  #value(formula: Formula): number {
    const { v } = this.#state;
    execute(formula.code, v, this.#plan.curves);
    return v[formula.slot] as number;
  }

  #checked(h: HappeningPlan, rate: number): number {
    if (!(rate >= 0 && rate < (h.hazard as HazardPlan).limit)) throw this.#failure(h.equation, rate);
    return rate;
  }

  /** A unit exponential: −log of the uniform. */
  #drawClock(key: PickPlan["key"], index: number): number {
    return -log(uniform(this.#state.seed, key, this.#state.world, index));
  }

  #failure(equation: string, value: number): RunFailure {
    return new RunFailure(equation, this.#state.step, this.#state.world, value);
  }
}
