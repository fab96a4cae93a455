/** Translates equations of a system-dynamics model into expressions of the language: names, subscripts, tables, macros. */

import { quotedText } from "../quoted-text.ts";
import { canonicalName, type Namer } from "./names.ts";
import { constantIn } from "./constants.ts";
import {
  nameLongPiece,
  NeedsElements,
  type Bound,
  type TranslationScope,
  type SdClock,
  type Translating,
} from "./context.ts";
import { memberIndex, memberKey, tuples, type Dimensions } from "./dimensions.ts";
import { callOf } from "./functions.ts";
import {
  asNumber,
  asTruth,
  atom,
  both,
  bracketed,
  call,
  comparePieces,
  eitherPiece,
  figurePiece,
  join,
  negated,
  negative,
  powerOf,
  type Piece,
} from "./piece.ts";
import {
  walkSd,
  type SdEquation,
  type SdExpression,
  type SdMacro,
  type SdModel,
  type SdSubscript,
  type SdTable,
  type SdVariable,
} from "./tree.ts";
import { Untranslatable } from "./untranslatable.ts";

/** Macros within one another. */
const deepestMacro = 20;
/** Steps of a table that are written out as conditions; above, it is a table again. */
const mostSteps = 12;
/** Terms that one sum over elements may be written out into. */
const mostTerms = 2_000;

/** A variable with its elements: for every place, those that some equation gives. */
export interface ElementFamily {
  readonly variable: SdVariable;
  readonly id: string;
  /** By place; empty for a variable without subscripts. */
  readonly elements: readonly (readonly string[])[];
  /** The range of each place as the variable itself names it. */
  readonly ranges: readonly string[];
  /** The equation of each element, by its elements joined with commas. */
  readonly members: ReadonlyMap<string, SdEquation>;
}

export class Translator implements Translating {
  readonly dialect: SdModel["format"];
  readonly clock: SdClock;
  /** Declarations that other equations have asked for. */
  readonly asked: string[] = [];
  /** What was not as declared, and how it was read, by the variable's name. */
  readonly readings = new Map<string, string>();
  readonly #dimensions: Dimensions;
  readonly #families: ReadonlyMap<string, ElementFamily>;
  readonly #macros: ReadonlyMap<string, SdMacro>;
  readonly #namer: Namer;
  readonly #settings: ReadonlyMap<string, number>;
  readonly #tables = new Map<string, string>();
  /** Names of what was found not to be translatable: what needs it cannot be either. */
  readonly #failed: ReadonlySet<string>;
  readonly #differing: ReadonlySet<string>;
  readonly #constants = new Map<string, number | null>();
  readonly #begun = new Map<string, string>();
  #clockName: string | null = null;

  constructor(
    model: SdModel,
    clock: SdClock,
    dimensions: Dimensions,
    families: ReadonlyMap<string, ElementFamily>,
    namer: Namer,
    failed: ReadonlySet<string>,
    every: number,
  ) {
    this.dialect = model.format;
    this.clock = clock;
    this.#dimensions = dimensions;
    this.#families = families;
    this.#macros = new Map(model.macros.map((m) => [m.name, m]));
    this.#namer = namer;
    this.#failed = failed;
    this.#differing = differingAtStart(families);
    this.#settings = new Map([
      ["initial_time", clock.start],
      ["starttime", clock.start],
      ["final_time", clock.stop],
      ["stoptime", clock.stop],
      ["time_step", clock.step],
      ["dt", clock.step],
      ["saveper", every],
      ["pi", Math.PI],
    ]);
  }

  now(): Piece {
    if (this.#clockName === null) {
      const id = this.#namer.nameFor("the running time", "clock");
      this.#clockName = id;
      const elapsed = `time / ${this.clock.unit}`;
      this.asked.push(
        `let ${id} : number "Time" = ${this.clock.start === 0 ? elapsed : `${this.clock.start} + ${elapsed}`}`,
      );
    }
    return atom(this.#clockName);
  }

  hide(scope: TranslationScope, what: string): { readonly id: string; readonly read: Piece } {
    const n = (scope.counts.get(what) ?? 0) + 1;
    scope.counts.set(what, n);
    const id = this.#namer.nameFor(`${scope.key}/${what}/${n}`, `${scope.wish}_${what}${n === 1 ? "" : `_${n}`}`);
    return { id, read: atom(id + scope.index) };
  }

  express(e: SdExpression, scope: TranslationScope): Piece {
    switch (e.kind) {
      case "number":
        return figurePiece(e.value);
      case "text":
        throw new Untranslatable(`it reads '${e.text}' from outside the model`);
      case "table":
        throw new Untranslatable("a table stands where a figure is wanted");
      case "name":
        return this.#name(e.name, e.subscripts, scope);
      case "unary":
        return e.operator === "-" ? negative(this.express(e.operand, scope)) : negated(this.express(e.operand, scope));
      case "binary":
        return this.#binary(e, scope);
      case "if":
        return eitherPiece(
          asTruth(this.express(e.condition, scope)),
          this.express(e.then, scope),
          this.express(e.else, scope),
        );
      case "call":
        return this.#call(e, scope);
    }
  }

  #binary(e: Extract<SdExpression, { kind: "binary" }>, scope: TranslationScope): Piece {
    const left = this.express(e.left, scope);
    const right = this.express(e.right, scope);
    switch (e.operator) {
      case "+":
      case "-":
      case "*":
        return join(e.operator, left, right);
      case "/":
        if (constantIn(e.right, () => null, null) === 0) throw new Untranslatable("it divides by 0");
        return join(e.operator, left, right);
      case "^":
        return powerOf(left, right);
      case "mod":
        return call("mod", left, right);
      case "and":
      case "or":
        return both(e.operator, left, right);
      case "<>":
        return comparePieces("!=", left, right);
      default:
        return comparePieces(e.operator, left, right);
    }
  }

  #call(e: Extract<SdExpression, { kind: "call" }>, scope: TranslationScope): Piece {
    const [first] = e.arguments;
    const family = this.#families.get(e.name);
    if (family !== undefined && first !== undefined && e.arguments.length === 1 && hasTable(family))
      return this.table(
        { kind: "name", name: e.name, subscripts: e.subscripts },
        this.express(first, scope),
        "own",
        scope,
      );
    if (first === undefined && (e.name === "time" || this.#settings.has(e.name)))
      return this.#name(e.name, null, scope);
    const macro = this.#macros.get(e.name);
    if (macro !== undefined) return this.#macro(macro, e, scope);
    if (e.name === "integ") return this.#integral(e.arguments, scope);
    return callOf(e.name, e.arguments, scope, this);
  }

  /** A stock within an expression. */
  #integral(given: readonly SdExpression[], scope: TranslationScope): Piece {
    const [flow, initial] = given;
    if (flow === undefined || initial === undefined) throw new Untranslatable("INTEG needs a flow and a start");
    const { id, read } = this.hide(scope, "level");
    const rate = asNumber(this.express(flow, scope));
    scope.beside.push(
      `stock ${id} : number = ${asNumber(this.express(initial, { ...scope, isInitial: true })).text}\n  + ${bracketed(rate, 6)} / ${this.clock.unit}`,
    );
    return read;
  }

  /** Written out where it is called: parameters become what is given, its variables stand beside. */
  #macro(macro: SdMacro, e: Extract<SdExpression, { kind: "call" }>, scope: TranslationScope): Piece {
    const given = e.arguments;
    if (scope.depth >= deepestMacro) throw new Untranslatable(`macros call one another more than ${deepestMacro} deep`);
    if (given.length !== macro.parameters.length)
      throw new Untranslatable(
        `the macro ${macro.written} is called with another number of arguments (${given.length}) than it has (${macro.parameters.length})`,
      );
    const locals = new Map<string, Piece>();
    for (const [i, parameter] of macro.parameters.entries())
      locals.set(
        parameter,
        nameLongPiece(this.express(given[i] as SdExpression, scope), canonicalName(parameter), scope, this),
      );
    const own = macro.variables.map((variable) => ({ variable, ...this.hide(scope, variable.name) }));
    for (const { variable, read } of own) locals.set(variable.name, read);
    const inner: TranslationScope = { ...scope, locals, depth: scope.depth + 1 };
    for (const { variable, id } of own) {
      const [equation] = variable.equations;
      if (equation === undefined || variable.equations.length > 1 || equation.over.length > 0)
        throw new Untranslatable(`'${variable.written}' in the macro ${macro.written} has subscripts`);
      const { content } = equation;
      if (content.kind === "expression")
        scope.beside.push(`let ${id} : number = ${asNumber(this.express(content.expression, inner)).text}`);
      else if (content.kind === "stock")
        scope.beside.push(
          `stock ${id} : number = ${asNumber(this.express(content.initial, { ...inner, isInitial: true })).text}\n  + ${bracketed(asNumber(this.express(content.flow, inner)), 6)} / ${this.clock.unit}`,
        );
      else throw new Untranslatable(`'${variable.written}' in the macro ${macro.written} is not carried over`);
    }
    const result = locals.get(e.result ?? macro.name);
    if (result === undefined) throw new Untranslatable(`the macro ${macro.written} gives no value`);
    return result;
  }

  #name(name: string, subscripts: readonly SdSubscript[] | null, scope: TranslationScope): Piece {
    const local = subscripts === null ? scope.locals.get(name) : undefined;
    if (local !== undefined) return local;
    if (name === "time") return this.now();
    const family = this.#families.get(name);
    if (family !== undefined) return this.#member(family, subscripts, scope);
    const setting = this.#settings.get(name);
    if (setting !== undefined) return figurePiece(setting);
    if (this.#dimensions.isDimension(name)) return figurePiece(this.#placeOf(name, scope));
    if (this.#dimensions.isElement(name)) return figurePiece(this.#dimensions.placeOf(name));
    throw new Untranslatable(
      name === ":na:"
        ? "it has a value that is missing (:NA:)"
        : name === "inf"
          ? "it reads what is infinite, which no figure of the language is"
          : `it needs '${name.replaceAll("_", " ")}', which ${this.#failed.has(name) ? "is not carried over" : "the file does not define"}`,
    );
  }

  /** Which element, counted from 1: a range read as a number. */
  #placeOf(dimension: string, scope: TranslationScope): number {
    const bound = scope.bindings.get(dimension);
    if (bound === undefined)
      throw new Untranslatable(
        `the range ${this.#dimensions.spell(dimension)} is read as a number outside its elements`,
      );
    if (bound.kind === "variable") throw new NeedsElements();
    return this.#dimensions.placeOf(bound.element);
  }

  #member(family: ElementFamily, subscripts: readonly SdSubscript[] | null, scope: TranslationScope): Piece {
    const { variable } = family;
    if (this.#failed.has(variable.name))
      throw new Untranslatable(`it needs '${variable.written}', which is not carried over`);
    if (variable.kind === "table")
      throw new Untranslatable(`the table '${variable.written}' stands where a figure is wanted`);
    const index = this.#indexOf(family, subscripts, scope);
    if (scope.isInitial && this.#differing.has(variable.name)) return atom(this.#begin(family) + index);
    return atom(family.id + index);
  }

  /** `[a][b]`: an element or a variable of `each` in each place. */
  #indexOf(family: ElementFamily, subscripts: readonly SdSubscript[] | null, scope: TranslationScope): string {
    const given = subscripts ?? family.ranges.map((name): SdSubscript => ({ kind: "name", name, isRunning: false }));
    if (given.length !== family.elements.length)
      throw new Untranslatable(
        `'${family.variable.written}' is read with another number of subscripts (${given.length}) than it has (${family.elements.length})`,
      );
    return given.map((s, place) => `[${this.#indexAt(family, place, s, scope)}]`).join("");
  }

  #indexAt(family: ElementFamily, place: number, s: SdSubscript, scope: TranslationScope): string {
    const elements = family.elements[place] as readonly string[];
    const write = (element: string): string => {
      if (!elements.includes(element))
        throw new Untranslatable(`'${family.variable.written}' has no element '${this.#dimensions.spell(element)}'`);
      return this.elementName(element);
    };
    if (s.kind === "all")
      throw new Untranslatable(`all elements of '${family.variable.written}' stand where one is wanted`);
    if (s.kind === "number") {
      const range = this.#dimensions.elementsOf(family.ranges[place] ?? "");
      return write(range.includes(String(s.value)) ? String(s.value) : (range[s.value - 1] ?? String(s.value)));
    }
    const bound = this.#boundFor(s.name, elements, scope);
    if (bound !== null) {
      if (bound.kind === "element") return write(bound.element);
      if (!this.#dimensions.elementsOf(bound.dimension).every((e) => elements.includes(e))) throw new NeedsElements();
      return bound.id;
    }
    if (this.#dimensions.isDimension(s.name))
      throw new Untranslatable(
        `the range ${this.#dimensions.spell(s.name)} of '${family.variable.written}' stands for no element here`,
      );
    const dotted = s.name.slice(s.name.lastIndexOf(".") + 1);
    const meant = elements.includes(dotted) ? null : this.#undeclaredRange(family, place, s.name, scope);
    if (meant !== null) return meant.kind === "variable" ? meant.id : write(meant.element);
    return write(elements.includes(s.name) ? s.name : dotted);
  }

  /** What a range stands for here: itself, or what is mapped to a range that does. */
  #boundFor(name: string, elements: readonly string[], scope: TranslationScope): Bound | null {
    const own = scope.bindings.get(name);
    if (own !== undefined) return own;
    if (!this.#dimensions.isDimension(name)) return null;
    for (const [dimension, bound] of scope.bindings) {
      if (bound.kind === "variable") {
        if (this.#related(name, dimension)) throw new NeedsElements();
        continue;
      }
      const element = this.#dimensions.counterpart(name, dimension, bound.element);
      if (element !== null) return { kind: "element", element };
    }
    // A part of a range, or the range of a part: the same element, where it has it.
    for (const bound of scope.bindings.values()) {
      if (bound.kind === "variable") throw new NeedsElements();
      if (this.#dimensions.elementsOf(name).includes(bound.element) && elements.includes(bound.element)) return bound;
    }
    return null;
  }

  /**
   * A converter to XMILE leaves out a range that is all of another, and its name stays in equations. Where a name is neither range nor element, and the array is read by
   * a variable of the very range it has there, that range is meant; a note says so.
   */
  #undeclaredRange(family: ElementFamily, place: number, name: string, scope: TranslationScope): Bound | null {
    if (this.dialect !== "xmile" || this.#dimensions.isElement(name)) return null;
    const range = family.ranges[place] ?? "";
    const bound = scope.bindings.get(range);
    if (bound === undefined || !this.#dimensions.isDimension(range)) return null;
    this.readings.set(
      scope.key,
      `the file has no range '${name.replaceAll("_", " ")}'; it is read as ${this.#dimensions.spell(range)}, the range of '${family.variable.written}'`,
    );
    return bound;
  }

  #related(a: string, b: string): boolean {
    const [first] = this.#dimensions.elementsOf(b);
    return first !== undefined && this.#dimensions.counterpart(a, b, first) !== null;
  }

  elementName(element: string): string {
    return this.#namer.nameFor(`element ${element}`, this.#dimensions.spell(element));
  }

  constant(e: SdExpression, scope: TranslationScope): number | null {
    return this.#evaluate(e, scope, false);
  }

  startValue(e: SdExpression, scope: TranslationScope): number | null {
    return this.#evaluate(e, scope, true);
  }

  #evaluate(e: SdExpression, scope: TranslationScope, isStart: boolean): number | null {
    const look = (name: Extract<SdExpression, { kind: "name" }>): number | null => {
      if (scope.locals.has(name.name)) return this.#localConstant(name.name, scope, isStart);
      const setting = this.#settings.get(name.name);
      const family = this.#families.get(name.name);
      if (family === undefined)
        return setting ?? (this.#dimensions.isDimension(name.name) ? this.#placeOf(name.name, scope) : null);
      const index = this.#elementsRead(family, name.subscripts, scope);
      return index === null ? null : this.#valueOf(family, index, isStart);
    };
    return constantIn(e, look, isStart ? this.clock.start : null);
  }

  /** Of a macro's parameter that is a plain figure. */
  #localConstant(name: string, scope: TranslationScope, isStart: boolean): number | null {
    const text = scope.locals.get(name)?.text ?? "";
    if (/^-?[\d.]+(?:e[+-]?\d+)?$/.test(text)) return Number(text);
    const family = [...this.#families.values()].find((f) => f.id === text && f.elements.length === 0);
    return family === undefined ? null : this.#valueOf(family, [], isStart);
  }

  #elementsRead(
    family: ElementFamily,
    subscripts: readonly SdSubscript[] | null,
    scope: TranslationScope,
  ): readonly string[] | null {
    const given = subscripts ?? family.ranges.map((name): SdSubscript => ({ kind: "name", name, isRunning: false }));
    if (given.length !== family.elements.length) return null;
    return given.map((s, place) => {
      if (s.kind !== "name") return s.kind === "number" ? String(s.value) : "";
      const bound = this.#boundFor(s.name, family.elements[place] as readonly string[], scope);
      if (bound?.kind === "variable") throw new NeedsElements();
      return bound?.element ?? s.name;
    });
  }

  #valueOf(family: ElementFamily, index: readonly string[], isStart: boolean): number | null {
    const key = `${family.variable.name}${memberKey(index)}${isStart ? " at start" : ""}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    // A ring of names is no constant.
    this.#constants.set(key, null);
    const equation = family.members.get(memberKey(index));
    const content = equation?.content;
    let value: number | null = null;
    if (equation !== undefined && content !== undefined) {
      const scope = this.scopeFor(family, equation, index);
      if (content.kind === "values") value = figureOf(equation, index, this.#dimensions);
      else if (content.kind === "expression") value = this.#evaluate(content.expression, scope, isStart);
      else if (content.kind === "stock" && isStart) value = this.#evaluate(content.initial, scope, true);
    }
    this.#constants.set(key, value);
    return value;
  }

  /** Where the equation of one element stands. */
  scopeFor(family: ElementFamily, equation: SdEquation, index: readonly string[]): TranslationScope {
    return {
      key: family.variable.name,
      wish: family.id,
      index: index.map((e) => `[${this.elementName(e)}]`).join(""),
      // An equation for one element knows it as that of the variable's own range, for names without subscripts.
      bindings: new Map(
        equation.over.map((name, i): [string, Bound] => [
          this.#dimensions.isDimension(name) ? name : (family.ranges[i] ?? name),
          { kind: "element", element: index[i] as string },
        ]),
      ),
      locals: new Map(),
      beside: [],
      counts: new Map(),
      isInitial: false,
      depth: 0,
    };
  }

  gather(e: SdExpression, scope: TranslationScope): readonly Piece[] {
    const running = this.#running(e);
    return this.#scopesOver(this.#axesOf(e), scope).map((inner) => this.express(running, inner));
  }

  gatherPairs(a: SdExpression, b: SdExpression, scope: TranslationScope): readonly (readonly [Piece, Piece])[] {
    const [first, second] = [this.#running(a), this.#running(b)];
    const scopes = this.#scopesOver(new Map([...this.#axesOf(a), ...this.#axesOf(b)]), scope);
    return scopes.map((inner) => [this.express(first, inner), this.express(second, inner)]);
  }

  /** The place of each combination of elements of the ranges that run. */
  #scopesOver(axes: ReadonlyMap<string, readonly string[]>, scope: TranslationScope): readonly TranslationScope[] {
    const all = tuples([...axes.values()]);
    if (all.length > mostTerms)
      throw new Untranslatable(`a sum over ${all.length} elements; at most ${mostTerms} are written out`);
    return all.map((elements) => {
      const bindings = new Map(scope.bindings);
      [...axes.keys()].forEach((name, i) => bindings.set(name, { kind: "element", element: elements[i] as string }));
      return { ...scope, bindings };
    });
  }

  /** The ranges that run in an argument: `range!` of Vensim, `*` and whole arrays of XMILE. */
  #axesOf(e: SdExpression): ReadonlyMap<string, readonly string[]> {
    const axes = new Map<string, readonly string[]>();
    walkSd(e, (part) => {
      if (part.kind !== "name" && part.kind !== "call") return;
      const family = this.#families.get(part.name);
      if (family === undefined) return;
      const given =
        part.subscripts ??
        (part.kind === "name" && this.dialect === "xmile"
          ? family.ranges.map((): SdSubscript => ({ kind: "all" }))
          : []);
      given.forEach((s, place) => {
        if (s.kind === "all") axes.set(family.ranges[place] ?? "", family.elements[place] ?? []);
        else if (s.kind === "name" && s.isRunning) axes.set(s.name, this.#dimensions.elementsOf(s.name));
      });
    });
    return axes;
  }

  /** The same with each `*` as the range of its place. */
  #running(e: SdExpression): SdExpression {
    const again = (inner: SdExpression): SdExpression => this.#running(inner);
    const plainly = (name: string, subscripts: readonly SdSubscript[] | null): readonly SdSubscript[] | null =>
      subscripts?.map((s, place): SdSubscript =>
        s.kind === "all" ? { kind: "name", name: this.#families.get(name)?.ranges[place] ?? "", isRunning: false } : s,
      ) ?? null;
    switch (e.kind) {
      case "name":
        return { ...e, subscripts: plainly(e.name, e.subscripts) };
      case "call":
        return { ...e, subscripts: plainly(e.name, e.subscripts), arguments: e.arguments.map(again) };
      case "unary":
        return { ...e, operand: again(e.operand) };
      case "binary":
        return { ...e, left: again(e.left), right: again(e.right) };
      case "if":
        return { ...e, condition: again(e.condition), then: again(e.then), else: again(e.else) };
      default:
        return e;
    }
  }

  wholeFamily(e: SdExpression, scope: TranslationScope): Piece | null {
    if (e.kind !== "name") return null;
    const family = this.#families.get(e.name);
    if (family === undefined || family.elements.length === 0 || this.#failed.has(e.name) || scope.isInitial)
      return null;
    const given =
      e.subscripts ?? (this.dialect === "xmile" ? family.ranges.map((): SdSubscript => ({ kind: "all" })) : []);
    const isRunning = (s: SdSubscript, place: number): boolean => {
      const elements = family.elements[place] as readonly string[];
      if (s.kind === "all") return true;
      const own = s.kind === "name" && s.isRunning ? this.#dimensions.elementsOf(s.name) : [];
      return own.length === elements.length && own.every((o) => elements.includes(o));
    };
    const firstRunning = given.findIndex((s, place) => isRunning(s, place));
    if (
      given.length !== family.elements.length ||
      firstRunning < 0 ||
      !given.slice(firstRunning).every((s, i) => isRunning(s, firstRunning + i))
    )
      return null;
    const fixed = given.slice(0, firstRunning).map((s, place) => `[${this.#indexAt(family, place, s, scope)}]`);
    return atom(family.id + fixed.join(""));
  }

  sizeOf(e: SdExpression): number | null {
    if (e.kind !== "name") return null;
    if (this.#dimensions.isDimension(e.name)) return this.#dimensions.elementsOf(e.name).length;
    const sizes = [...this.#axesOf(e).values()].map((elements) => elements.length);
    return sizes.length === 0 ? null : sizes.reduce((a, b) => a * b, 1);
  }

  table(
    e: SdExpression,
    at: Piece,
    form: "own" | "extrapolated" | "forward" | "backward",
    scope: TranslationScope,
  ): Piece {
    if (e.kind === "table") {
      const declare: DeclareTable = (table, suffix) =>
        this.#tableName(
          `${scope.key}${scope.index}/table/${JSON.stringify(table)}`,
          `${scope.wish}_table${suffix}`,
          table,
          scope.wish,
        );
      return this.readAt(declare, e.table, at, form, scope);
    }
    const family = e.kind === "name" ? this.#families.get(e.name) : undefined;
    if (family === undefined || e.kind !== "name") throw new Untranslatable("what is read as a table is none");
    if (this.#failed.has(family.variable.name))
      throw new Untranslatable(`it needs '${family.variable.written}', which is not carried over`);
    const index = this.#elementsRead(family, e.subscripts, scope);
    const content = family.members.get(memberKey(index ?? []))?.content;
    if (index === null || content?.kind !== "table")
      throw new Untranslatable(`'${family.variable.written}' has no table there`);
    return this.readAt(this.declareFor(family, index), content.table, at, form, scope);
  }

  /** Declares a table of one element, with a suffix to the names of further ones. */
  declareFor(family: ElementFamily, index: readonly string[]): DeclareTable {
    return (table, suffix) => this.tableOf(family, index, table, suffix);
  }

  /** The table's own name, declared once. */
  tableOf(family: ElementFamily, index: readonly string[], table: SdTable, further = ""): string {
    const key = `${family.variable.name}${memberKey(index)}${further}`;
    const suffix = index.map((e) => `_${e}`).join("");
    const label =
      index.length === 0
        ? family.variable.written
        : `${family.variable.written}[${index.map((e) => this.#dimensions.spell(e)).join(",")}]`;
    return this.#tableName(
      `table ${key}`,
      (family.variable.kind === "table" ? family.variable.written : `${family.variable.written}_table`) +
        suffix +
        further,
      table,
      label,
    );
  }

  #tableName(key: string, wish: string, table: SdTable, label: string): string {
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const id = this.#namer.nameFor(key, wish);
    this.#tables.set(key, id);
    const points = pointsOf(table);
    if (points.length === 0) throw new Untranslatable("its table has no points");
    // A table needs two points; one point is level.
    const [only] = points;
    const shown = points.length === 1 && only !== undefined ? [only, { x: only.x + 1, y: only.y }] : points;
    this.asked.push(
      `table ${id} : number over number ${quotedText(label)} = ${shown.map((p) => `${p.x} -> ${p.y}`).join(", ")}`,
    );
    return id;
  }

  /** The table at `at`; beyond its ends, or in steps, as it says. */
  readAt(
    declare: DeclareTable,
    table: SdTable,
    at: Piece,
    form: "own" | "extrapolated" | "forward" | "backward",
    scope: TranslationScope,
  ): Piece {
    const points = pointsOf(table);
    const [first, second] = points;
    const [last, before] = [points.at(-1), points.at(-2)];
    if (first === undefined || last === undefined) throw new Untranslatable("its table has no points");
    const own = form === "own" ? table.form : form;
    if (own === "continuous") return call(declare(table, ""), at);
    const x = nameLongPiece(asNumber(at), "at", scope, this);
    if (own === "discrete" || own === "backward" || own === "forward" || own === "ahead") {
      const isAhead = own === "forward" || own === "ahead";
      if (points.length > mostSteps) return call(declare(stepsOf(points, isAhead), "_in_steps"), x);
      // The value of the point before, or of the next one.
      const chain = points.slice(isAhead ? 0 : 1);
      return chain.reduceRight<Piece>(
        (rest, p, i) =>
          isAhead
            ? eitherPiece(comparePieces("<=", x, figurePiece(p.x)), figurePiece(p.y), rest)
            : eitherPiece(comparePieces("<", x, figurePiece(p.x)), figurePiece((points[i] as Point).y), rest),
        figurePiece(last.y),
      );
    }
    const id = declare(table, "");
    if (second === undefined || before === undefined) return call(id, x);
    const below = (second.y - first.y) / (second.x - first.x);
    const above = (last.y - before.y) / (last.x - before.x);
    const under = join("*", figurePiece(below), call("min", figurePiece(0), join("-", x, figurePiece(first.x))));
    const over = join("*", figurePiece(above), call("max", figurePiece(0), join("-", x, figurePiece(last.x))));
    return join("+", join("+", call(id, x), under), over);
  }

  atStart(e: SdExpression, scope: TranslationScope): Piece | null {
    let differs = false;
    walkSd(e, (part) => {
      if (part.kind === "name" && this.#differing.has(part.name)) differs = true;
    });
    return differs || scope.isInitial ? this.express(e, { ...scope, isInitial: true }) : null;
  }

  /** The name of a variable's value at the start, where its equations differ then; declared once. */
  #begin(family: ElementFamily): string {
    const known = this.#begun.get(family.variable.name);
    if (known !== undefined) return known;
    const id = this.#namer.nameFor(`at start ${family.variable.name}`, `${family.id}_at_start`);
    this.#begun.set(family.variable.name, id);
    for (const [key, equation] of family.members) {
      const index = memberIndex(key);
      if (equation.content.kind !== "expression")
        throw new Untranslatable(`'${family.variable.written}' has no value at the start`);
      const scope: TranslationScope = {
        ...this.scopeFor(family, equation, index),
        key: `at start ${family.variable.name}`,
        wish: id,
        isInitial: true,
      };
      const value = asNumber(this.express(equation.content.expression, scope));
      const label = quotedText(`${family.variable.written} at the start`);
      const lines = [...scope.beside, `let ${id} : number ${label} = ${value.text}`];
      const eachs = index
        .map((e, i) => `each ${this.rangeVariable(family, i, e)} in {${this.elementName(e)}} `)
        .join("");
      this.asked.push(...lines.map((line) => eachs + line));
    }
    return id;
  }

  /** What the `each` over a place of a family calls its element. */
  rangeVariable(family: ElementFamily, place: number, element: string): string {
    const range = family.ranges[place] ?? this.#dimensions.homeOf(element);
    const sameRange = family.ranges.slice(0, place).filter((r) => r === range).length;
    const wish = this.#dimensions.isDimension(range) ? this.#dimensions.spell(range) : "place";
    return this.#namer.nameFor(`range ${range} ${sameRange}`, `${wish}${sameRange === 0 ? "" : `_${sameRange + 1}`}`);
  }
}

/** Declares a table and gives its name; the suffix distinguishes tables that are made from one. */
type DeclareTable = (table: SdTable, suffix: string) => string;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A table in steps as one of lines: each jump is a line so steep, and so near its point, that no time of a run falls on it. */
function stepsOf(points: readonly Point[], isAhead: boolean): SdTable {
  const corners = points.flatMap((p, i): readonly Point[] => {
    const before = points[i - 1];
    if (before === undefined) return [p];
    const near = Math.max(1e-9, Math.abs(p.x) * 1e-12, Math.abs(before.x) * 1e-12);
    return isAhead
      ? [{ x: before.x + near, y: before.y }, { x: before.x + 2 * near, y: p.y }, p]
      : [{ x: p.x - 2 * near, y: before.y }, { x: p.x - near, y: p.y }, p];
  });
  return { x: corners.map((c) => c.x), y: corners.map((c) => c.y), form: "continuous" };
}

/** In order of x. Where two stand at one x the line jumps: a line so steep that only figures between the two last digits meet it. */
function pointsOf(table: SdTable): readonly Point[] {
  const points: Point[] = [];
  for (const p of table.x.map((x, i): Point => ({ x, y: table.y[i] ?? 0 })).toSorted((a, b) => a.x - b.x)) {
    const before = points.at(-1);
    points.push(
      before === undefined || p.x > before.x ? p : { x: before.x + Math.max(1e-9, Math.abs(before.x) * 1e-12), y: p.y },
    );
  }
  return points;
}

/** The figure of one element from an equation that lists them. */
export function figureOf(equation: SdEquation, index: readonly string[], dimensions: Dimensions): number | null {
  if (equation.content.kind !== "values") return null;
  const { values } = equation.content;
  const place = tuples(equation.over.map((name) => dimensions.elementsOf(name))).findIndex((t) =>
    t.every((e, i) => e === index[i]),
  );
  if (values.length === 1) return values[0] ?? null;
  return values[place] ?? null;
}

function hasTable(family: ElementFamily): boolean {
  return [...family.members.values()].some((e) => e.content.kind === "table");
}

/** Variables whose value at the start has an equation of its own, and auxiliaries that need one. */
function differingAtStart(families: ReadonlyMap<string, ElementFamily>): ReadonlySet<string> {
  const differing = new Set<string>();
  const reads = new Map<string, Set<string>>();
  for (const [name, family] of families) {
    const names = new Set<string>();
    for (const { content } of family.members.values()) {
      if (content.kind !== "expression") continue;
      walkSd(content.expression, (part) => {
        if (part.kind === "call" && part.name === "active_initial") differing.add(name);
        if (part.kind === "name") names.add(part.name);
      });
    }
    reads.set(name, names);
  }
  if (differing.size === 0) return differing;
  for (let grew = true; grew;) {
    grew = false;
    for (const [name, names] of reads)
      if (!differing.has(name) && [...names].some((n) => differing.has(n))) {
        differing.add(name);
        grew = true;
      }
  }
  return differing;
}
