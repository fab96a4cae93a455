/** Writes expressions as instructions on a tape, and says in which slot each value will lie. */

import { walk, type Expression } from "#model/expression.ts";
import { found, optionKey, type Frame } from "./frame.ts";
import { onStep } from "./moments.ts";
import { Tape } from "./tape.ts";

type Over = Extract<Expression, { readonly op: "over" }>;

/** What names that change their meaning with the moment stand for: slots whose values are there when the tape gets that far. */
export interface WriterNames {
  readonly stock: (name: string) => number;
  readonly let: (name: string) => number;
  readonly delay: (name: string) => number;
  readonly latch: (name: string) => number;
  readonly outcome: (name: string) => number;
  readonly over: (e: Over) => number;
}

/** A let that stands for another slot within its own supposed value: `set x = 2 * x`. */
interface Self {
  readonly let: string;
  readonly slot: number;
}

export class Writer {
  readonly frame: Frame;
  readonly #names: WriterNames;
  #tape: Tape;
  #self: Self | null = null;

  constructor(frame: Frame, names: (writer: Writer) => WriterNames) {
    this.frame = frame;
    this.#tape = new Tape(frame.memory);
    this.#names = names(this);
  }

  get tape(): Tape {
    return this.#tape;
  }

  /** The instructions so far; later ones go on a fresh tape. */
  finish(): Int32Array {
    const code = this.#tape.finish();
    this.#tape = new Tape(this.frame.memory);
    return code;
  }

  /** What `e` names is computed first and always, so that no name's value hangs on which branch of an `if` was taken. */
  value(e: Expression, self: Self | null = null): number {
    const outer = this.#self;
    this.#self = self;
    walk(e, (part) => this.#meet(part));
    const slot = this.#write(e);
    this.#self = outer;
    return slot;
  }

  constant(value: number): number {
    return this.frame.memory.constant(value);
  }

  #meet(e: Expression): void {
    if (e.op === "stock" || e.op === "delay" || e.op === "latch" || e.op === "outcome") this.#names[e.op](e.name);
    else if (e.op === "let" && e.name !== this.#self?.let) this.#names.let(e.name);
    else if (e.op === "over" && e.statistic !== "final") this.#names.over(e);
  }

  #write(e: Expression): number {
    const { frame, tape } = this;
    switch (e.op) {
      case "const":
        return this.constant(e.value);
      case "time":
        return frame.time;
      case "stepTime":
        return tape.binary("mul", frame.step, this.constant(frame.dt));
      case "stock":
      case "delay":
      case "latch":
      case "outcome":
        return this.#names[e.op](e.name);
      case "let":
        return e.name === this.#self?.let ? this.#self.slot : this.#names.let(e.name);
      case "unknown":
        return found(frame.unknowns, e.name, "unknown");
      case "shock":
        return found(frame.shocks, e.name, "shock");
      case "claim":
        return this.#claim(e.name);
      case "believed":
        return this.#believed(e);
      case "chosen":
        return this.#chosen(e.choice, e.option);
      case "happened":
        return this.#happened(e.event, e.by);
      case "timeOf": {
        const { count, first } = found(frame.events, e.event, "event");
        const otherwise = this.#write(e.otherwise);
        return tape.choose(
          this.#isMany(count),
          () => first,
          () => otherwise,
        );
      }
      case "since": {
        const { count, last } = found(frame.events, e.event, "event");
        const passed = tape.binary("max", this.constant(0), tape.binary("sub", frame.time, last));
        const otherwise = this.#write(e.otherwise);
        return tape.choose(
          this.#isMany(count),
          () => passed,
          () => otherwise,
        );
      }
      case "count":
        return found(frame.events, e.event, "event").count;
      case "exposure":
        return frame.exposureOf(e.event);
      case "first":
        return this.#first(e.events);
      case "unary":
        return tape.unary(e.operator, this.#write(e.operand));
      case "binary":
        return this.#binary(e);
      case "if": {
        const condition = this.#write(e.condition);
        return tape.choose(
          condition,
          () => this.#write(e.then),
          () => this.#write(e.else),
        );
      }
      case "lookup":
        return tape.lookup(found(frame.tables, e.table, "table"), this.#write(e.at));
      case "over":
        return e.statistic === "final" ? this.#write(e.of) : this.#names.over(e);
      case "figure":
      case "column":
        throw new Error(`a '${e.op}' has no value within a run`);
    }
  }

  #claim(name: string): number {
    const slot = found(this.frame.claims, name, "claim");
    const set = this.frame.supposed.claims.get(name);
    return set === undefined ? slot : this.constant(set ? 1 : 0);
  }

  #chosen(choice: string, option: string): number {
    const { supposed, options } = this.frame;
    const taken = supposed.choices.get(choice);
    if (taken === undefined && supposed.areGiven) return found(options, optionKey(choice, option), "option");
    return this.constant(found(supposed.choices, choice, "option taken for the choice") === option ? 1 : 0);
  }

  /** `and` and `or` need not look at their other side where one side settles them; nothing else may skip, for the sake of NaN and −0. */
  #binary(e: Extract<Expression, { readonly op: "binary" }>): number {
    const { tape } = this;
    const settles = e.operator === "and" ? false : e.operator === "or" ? true : null;
    const left = this.#write(e.left);
    if (settles !== null && this.#isAlways(left, settles)) return this.constant(settles ? 1 : 0);
    const right = this.#write(e.right);
    if (settles !== null && this.#isAlways(right, settles)) return this.constant(settles ? 1 : 0);
    return tape.binary(e.operator, left, right);
  }

  #isAlways(slot: number, truth: boolean): boolean {
    const value = this.frame.memory.constants.get(slot);
    return value !== undefined && (value !== 0) === truth;
  }

  #believed(e: Extract<Expression, { readonly op: "believed" }>): number {
    const { frame, tape } = this;
    const own = found(frame.unknowns, e.unknown, "unknown");
    if (e.by.kind === "view") return frame.believedBy(e.by.name, e.unknown);
    const sees = frame.model.actors.find((a) => a.name === e.by.name)?.sees;
    if (sees === undefined || sees === null) return own;
    if (sees.because === null) return frame.believedBy(sees.view, e.unknown);
    const because = this.#write(sees.because);
    const { otherwise } = sees;
    return tape.choose(
      because,
      () => frame.believedBy(sees.view, e.unknown),
      () => (otherwise === null ? own : frame.believedBy(otherwise, e.unknown)),
    );
  }

  #isMany(count: number): number {
    return this.tape.binary("gt", count, this.constant(0));
  }

  #happened(event: string, by: Expression | null): number {
    const { count, first } = found(this.frame.events, event, "event");
    if (by === null) return this.#isMany(count);
    const moment = by.op === "const" ? this.constant(onStep(by.value, this.frame.dt)) : this.#write(by);
    return this.tape.binary("le", first, moment);
  }

  /** The place, from 1, of the event with the least first time; of two at the same moment the one declared before, which fired before. */
  #first(events: readonly string[]): number {
    const { tape, frame } = this;
    const order = [...frame.events.keys()];
    const places = events.map((event, i) => ({
      place: i + 1,
      declared: order.indexOf(event),
      ...found(frame.events, event, "event"),
    }));
    let time = this.constant(Infinity);
    let place = this.constant(0);
    for (const one of places.toSorted((a, b) => a.declared - b.declared)) {
      const isEarlier = tape.binary("lt", one.first, time);
      const before = { time, place };
      time = tape.choose(
        isEarlier,
        () => one.first,
        () => before.time,
      );
      place = tape.choose(
        isEarlier,
        () => this.constant(one.place),
        () => before.place,
      );
    }
    return place;
  }
}
