/** Writes a system-dynamics model as a case: constants as unknowns to be given ranges, everything else as stocks, lets and tables. */

import { readModel } from "#model/check.ts";
import { quotedText } from "../quoted-text.ts";
import { clockOf } from "./clock.ts";
import { NeedsElements, type Bound, type TranslationScope } from "./context.ts";
import { Dimensions, memberIndex } from "./dimensions.ts";
import { findFamily } from "./families.ts";
import { Namer } from "./names.ts";
import { asNumber, bracketed, call, figurePiece, type Piece } from "./piece.ts";
import type { Loss } from "../problem.ts";
import { figureOf, Translator, type ElementFamily } from "./translator.ts";
import type { SdEquation, SdExpression, SdModel, SdVariable } from "./tree.ts";
import { Untranslatable } from "./untranslatable.ts";

/** One figure of the model that the case has, under its name there. */
export interface CarriedSeries {
  /** As the file names it. */
  readonly written: string;
  readonly elements: readonly string[];
  /** As the checked case names it: `stock_a[entry_1]`. */
  readonly name: string;
  readonly kind: "unknown" | "stock" | "let";
}

export interface ImportedCase {
  readonly name: string;
  readonly text: string;
  readonly losses: readonly Loss[];
  readonly series: readonly CarriedSeries[];
  /** What was taken from tables of data, by `seriesKey`. */
  readonly taken: ReadonlySet<string>;
}

/** Outcomes to begin with; a case should ask for what its claims are about. */
const outcomesShown = 12;

/** Losses grow by what cannot be written. */
export function writeCase(model: SdModel, fileName: string, readLosses: readonly Loss[]): Omit<ImportedCase, "taken"> {
  const losses = [...readLosses];
  const clock = clockOf(model, losses);
  const known = losses.length - readLosses.length;
  const dimensions = new Dimensions(model.dimensions);
  const failed = new Map<string, Loss>();
  // What cannot be carried over takes with it what needs it: again, until nothing more falls.
  for (;;) {
    const before = failed.size;
    const namer = new Namer();
    const name = namer.nameFor("the case", model.title);
    const families = new Map<string, ElementFamily>();
    for (const variable of model.variables) {
      const family = findFamily(variable, dimensions, namer);
      if (typeof family === "string")
        failed.set(variable.name, { name: variable.written, why: family, span: variable.span, isChanged: false });
      else families.set(variable.name, family);
    }
    const translator = new Translator(model, clock, dimensions, families, namer, new Set(failed.keys()), clock.every);
    const writer = new Writer(translator, dimensions);
    for (const family of families.values()) {
      if (failed.has(family.variable.name)) continue;
      try {
        writer.add(family);
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error;
        const { variable } = family;
        failed.set(variable.name, {
          name: variable.written,
          why: error.message,
          span: variable.span,
          isChanged: false,
        });
      }
    }
    if (failed.size > before) continue;
    losses.push(...failed.values());
    for (const { name: key, written, span } of model.variables) {
      const why = translator.readings.get(key);
      if (why !== undefined && !failed.has(key)) losses.push({ name: written, why, span, isChanged: true });
    }
    const text = writer.text(model, name, fileName, losses);
    const wrong = wrongIn(text, writer);
    if (wrong.size === 0) return { name, text, losses, series: writer.series };
    // What would not check is left out by name, like what cannot be written.
    for (const [variable, why] of wrong)
      failed.set(variable.name, { name: variable.written, why, span: variable.span, isChanged: false });
    losses.splice(readLosses.length + known);
  }
}

/** The variables whose declarations do not check, and why. */
function wrongIn(text: string, writer: Writer): ReadonlyMap<SdVariable, string> {
  const found = new Map<SdVariable, string>();
  const errors = readModel([{ name: "imported", text }])[1].filter((d) => d.severity === "error");
  for (const { message, span } of errors) {
    const owner = writer.ownerAt(text, span.start);
    if (owner !== null && !found.has(owner)) found.set(owner, `what it would be in the case is wrong: ${message}`);
  }
  return found;
}

class Writer {
  readonly series: CarriedSeries[] = [];
  readonly #t: Translator;
  readonly #dimensions: Dimensions;
  readonly #blocks: { readonly text: string; readonly of: SdVariable }[] = [];
  readonly #outcomes: string[] = [];

  constructor(translator: Translator, dimensions: Dimensions) {
    this.#t = translator;
    this.#dimensions = dimensions;
  }

  add(family: ElementFamily): void {
    const blocks: string[] = [];
    const series: CarriedSeries[] = [];
    for (const equation of new Set(family.members.values())) {
      const indexes = [...family.members].filter(([, e]) => e === equation).map(([key]) => memberIndex(key));
      const { content } = equation;
      if (content.kind === "open")
        throw new Untranslatable(`${content.why}; a table that has its figures may be given with --data`);
      if (content.kind === "foreign") throw new Untranslatable(content.why);
      if (content.kind === "table" && content.at === null) {
        for (const index of indexes) this.#t.tableOf(family, index, content.table);
        continue;
      }
      blocks.push(...this.#equation(family, equation, indexes));
      const kind = content.kind === "stock" ? "stock" : isFigure(equation) ? "unknown" : "let";
      for (const index of indexes)
        series.push({
          written: family.variable.written,
          elements: index.map((e) => this.#dimensions.spell(e)),
          name: family.id + index.map((e) => `[${this.#t.elementName(e)}]`).join(""),
          kind,
        });
    }
    // A family is of one kind: figures among equations are equations too.
    const kinds = new Set(series.map((s) => s.kind));
    const isMixed = kinds.size > 1 && kinds.has("unknown");
    this.series.push(...series.map((s) => (isMixed && s.kind === "unknown" ? { ...s, kind: "let" as const } : s)));
    if (blocks.length > 0)
      this.#blocks.push({ text: commentOf(family.variable.doc) + blocks.join("\n"), of: family.variable });
    if (family.variable.kind === "stock" && family.elements.length === 0)
      this.#outcomes.push(
        `outcome ${family.id}_at_the_end : number ${quotedText(`${family.variable.written} at the end`)} = final(${family.id})`,
      );
  }

  /** Once for all its elements, where it can be; else for each. */
  #equation(family: ElementFamily, equation: SdEquation, indexes: readonly (readonly string[])[]): readonly string[] {
    if (indexes.length === 0) return [];
    const isWhole =
      equation.part === null &&
      indexes.length === equation.over.reduce((n, name) => n * this.#dimensions.elementsOf(name).length, 1);
    if (isWhole && equation.over.length > 0 && equation.content.kind !== "values") {
      try {
        return [this.#forAll(family, equation)];
      } catch (error) {
        if (!(error instanceof NeedsElements)) throw error;
      }
    }
    return indexes.map((index) => this.#forOne(family, equation, index));
  }

  #forAll(family: ElementFamily, equation: SdEquation): string {
    const places = equation.over.map((name, place) => {
      const elements = this.#dimensions.elementsOf(name);
      return { name, elements, id: this.#t.rangeVariable(family, place, elements[0] ?? "") };
    });
    const scope: TranslationScope = {
      ...this.#t.scopeFor(family, equation, equation.over),
      index: places.map((p) => `[${p.id}]`).join(""),
      bindings: new Map(
        places.map((p, place): [string, Bound] =>
          this.#dimensions.isDimension(p.name)
            ? [p.name, { kind: "variable", id: p.id, dimension: p.name }]
            : [family.ranges[place] ?? p.name, { kind: "element", element: p.name }],
        ),
      ),
    };
    const lines = this.#lines(family, equation, scope, null);
    return within(
      places.map((p) => `each ${p.id} in {${p.elements.map((e) => this.#t.elementName(e)).join(", ")}}`),
      lines,
    );
  }

  #forOne(family: ElementFamily, equation: SdEquation, index: readonly string[]): string {
    const lines = this.#lines(family, equation, this.#t.scopeFor(family, equation, index), index);
    return within(
      index.map((e, place) => `each ${this.#t.rangeVariable(family, place, e)} in {${this.#t.elementName(e)}}`),
      lines,
    );
  }

  /** The declaration, and what stands beside it. */
  #lines(
    family: ElementFamily,
    equation: SdEquation,
    scope: TranslationScope,
    index: readonly string[] | null,
  ): readonly string[] {
    const { variable, id } = family;
    const label = quotedText(variable.units === null ? variable.written : `${variable.written} (${variable.units})`);
    const { content } = equation;
    const isMixed = isFigure(equation) && ![...family.members.values()].every((e) => isFigure(e));
    const constant = (value: number): string =>
      isMixed
        ? `let ${id} : number ${label} = ${figurePiece(value).text}`
        : `unknown ${id} : number ${label} ~ constant(${figurePiece(value).text})`;
    switch (content.kind) {
      case "values": {
        const value = index === null ? null : figureOf(equation, index, this.#dimensions);
        if (value === null)
          throw new Untranslatable(`it does not list as many figures (${content.values.length}) as it has elements`);
        return [constant(value)];
      }
      case "expression": {
        if (content.expression.kind === "number") return [constant(content.expression.value)];
        const value = asNumber(this.#t.express(content.expression, scope));
        const kept = variable.isNonNegative ? call("max", figurePiece(0), value) : value;
        return [...scope.beside, `let ${id} : number ${label} = ${kept.text}`];
      }
      case "table": {
        if (content.at === null) return [];
        const at = this.#t.express(content.at, scope);
        const declare = this.#t.declareFor(family, index ?? equation.over);
        const value = this.#t.readAt(declare, content.table, at, "own", scope);
        return [...scope.beside, `let ${id} : number ${label} = ${asNumber(value).text}`];
      }
      case "stock": {
        const initial = asNumber(this.#t.express(content.initial, { ...scope, isInitial: true }));
        const flows = termsOf(content.flow, "+").flatMap(({ sign, e }) => this.#flow(sign, this.#t.express(e, scope)));
        const range = variable.isNonNegative ? "  within 0.." : "";
        return [...scope.beside, [`stock ${id} : number ${label} = ${initial.text}${range}`, ...flows].join("\n")];
      }
      case "open":
      case "foreign":
        throw new Untranslatable(content.why);
    }
  }

  #flow(sign: "+" | "-", piece: Piece): readonly string[] {
    return piece.text === "0" ? [] : [`  ${sign} ${bracketed(asNumber(piece), 6)} / ${this.#t.clock.unit}`];
  }

  /** The variable whose declaration stands at an offset of the whole text; null for what belongs to none. */
  ownerAt(text: string, offset: number): SdVariable | null {
    let from = 0;
    for (const block of this.#blocks) {
      const start = text.indexOf(block.text, from);
      if (start < 0) continue;
      from = start + block.text.length;
      if (start <= offset && offset <= from) return block.of;
    }
    return null;
  }

  text(model: SdModel, name: string, fileName: string, losses: readonly Loss[]): string {
    const { clock } = this.#t;
    const leftOut = losses.filter((l) => !l.isChanged).map((l) => `  leaves out ${quotedText(`${l.name}: ${l.why}`)}`);
    const changed = losses.filter((l) => l.isChanged).map((l) => `  note ${quotedText(`${l.name}: ${l.why}`)}`);
    const head = [
      `case ${name} ${quotedText(`What follows from ${model.title}?`)} {`,
      `  note ${quotedText(`Imported from ${fileName}. Its constants are unknowns that everyone agrees on: give each the range it deserves, and where it comes from.`)}`,
      ...changed,
      ...leftOut,
      "}",
      "",
      `time ${clock.start} to ${clock.stop} by ${clock.step} ${clock.unit}${model.time.method === "rk4" ? " using rk4" : ""}`,
    ].join("\n");
    const outcomes = this.#outcomes.slice(0, outcomesShown);
    return `${[head, ...(this.#t.asked.length === 0 ? [] : [this.#t.asked.join("\n")]), ...this.#blocks.map((b) => b.text), ...(outcomes.length === 0 ? [] : [outcomes.join("\n")])].join("\n\n")}\n`;
  }
}

/** True for an equation that is a plain figure, or a list of them. */
function isFigure(equation: SdEquation): boolean {
  const { content } = equation;
  return content.kind === "values" || (content.kind === "expression" && content.expression.kind === "number");
}

/** The terms of a sum, each with its sign. */
function termsOf(e: SdExpression, sign: "+" | "-"): readonly { readonly sign: "+" | "-"; readonly e: SdExpression }[] {
  const other = sign === "+" ? "-" : "+";
  if (e.kind === "binary" && e.operator === "+") return [...termsOf(e.left, sign), ...termsOf(e.right, sign)];
  if (e.kind === "binary" && e.operator === "-") return [...termsOf(e.left, sign), ...termsOf(e.right, other)];
  if (e.kind === "unary" && e.operator === "-") return termsOf(e.operand, other);
  const positive = withoutSign(e);
  return positive === null ? [{ sign, e }] : [{ sign: other, e: positive }];
}

/** A product that begins with a minus, without it; null for any other. */
function withoutSign(e: SdExpression): SdExpression | null {
  if (e.kind === "unary" && e.operator === "-") return e.operand;
  if (e.kind !== "binary" || (e.operator !== "*" && e.operator !== "/")) return null;
  const left = withoutSign(e.left);
  return left === null ? null : { ...e, left };
}

function within(eachs: readonly string[], lines: readonly string[]): string {
  if (eachs.length === 0) return lines.join("\n");
  if (lines.length === 1) return [...eachs, lines[0] as string].join(" ");
  return eachs.reduceRight((inner, each) => `${each} {\n${inner}\n}`, lines.join("\n"));
}

/** Documentation as comment lines of readable length. */
function commentOf(doc: string | null): string {
  if (doc === null) return "";
  const lines: string[] = [""];
  for (const word of doc.split(/\s+/).filter((w) => w !== "")) {
    const last = lines.at(-1) as string;
    if (last !== "" && last.length + word.length > 110) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines
    .filter((l) => l !== "")
    .map((l) => `// ${l}\n`)
    .join("");
}
