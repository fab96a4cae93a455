/** Reads a model in Vensim's text format (.mdl). */

import type { Document, Span } from "#text/span.ts";
import { fileStemOf } from "../file-name.ts";
import { readEquation, readFigures, readPoints, WrongEquation } from "./equation-text.ts";
import { canonicalName, readableName } from "./names.ts";
import { checkModelText, UnreadableFile, type Loss } from "../problem.ts";
import {
  walkSd,
  type SdContent,
  type SdDimension,
  type SdEquation,
  type SdExpression,
  type SdMacro,
  type SdModel,
  type SdVariable,
} from "./tree.ts";

/** One entry of the file: an equation, its units and its comment. */
interface MdlEntry {
  readonly equation: string;
  readonly units: string;
  readonly doc: string;
  readonly start: number;
  readonly end: number;
}

/** The left side of an equation, and what stands between it and the right side. */
interface LeftSide {
  readonly written: string;
  readonly name: string;
  readonly over: readonly string[];
  readonly spelling: readonly string[];
  readonly except: readonly (readonly string[])[];
  readonly sign: "=" | ":=" | "(" | ":" | "<->" | "none" | "check";
  /** Of data: what holds between two of its figures. */
  readonly between: "before" | "next" | "line";
  readonly right: string;
}

/** Throws `UnreadableFile` where the text is no model of Vensim's. */
export function readMdl(document: Document): [SdModel, readonly Loss[]] {
  checkModelText(document.name, document.text);
  const reader = new MdlReader(document);
  return reader.model();
}

class MdlReader {
  readonly #document: Document;
  readonly #losses: Loss[] = [];
  readonly #dimensions: SdDimension[] = [];
  readonly #aliases: [string, string, string, Span][] = [];
  readonly #macros: SdMacro[] = [];

  constructor(document: Document) {
    this.#document = document;
  }

  model(): [SdModel, readonly Loss[]] {
    const { name } = this.#document;
    // A line that goes on: blanks in place of the sign and the line's end, so that places stay what they are.
    const text = this.#document.text.replaceAll(/\\\r?\n[ \t]*/g, (sign) => " ".repeat(sign.length));
    const end = text.search(/^\\+---\/\/\//m);
    const variables = new Map<string, SdVariable>();
    const entries = [...entriesOf(text, end < 0 ? text.length : end)];
    let macro: { readonly head: MdlEntry; readonly variables: Map<string, SdVariable> } | null = null;
    for (const entry of entries) {
      const equation = entry.equation.trim();
      const opening = /^:MACRO:\s*/i.exec(equation);
      if (opening !== null) {
        macro = { head: { ...entry, equation: equation.slice(opening[0].length) }, variables: new Map() };
        continue;
      }
      if (/^:END OF MACRO:/i.test(equation)) {
        if (macro !== null) this.#addMacro(macro.head, macro.variables);
        macro = null;
        continue;
      }
      if (equation === "" || /^\*{4}/.test(equation)) continue;
      this.#entry({ ...entry, equation }, macro?.variables ?? variables);
    }
    this.#addAliases();
    this.#addResults(variables);
    if (variables.size === 0)
      throw new UnreadableFile(
        "no equation was found",
        this.#span(0, 1),
        "give a model that Vensim saved as text (.mdl); a binary .vmf must be exported first",
      );
    const time = this.#time(variables, text);
    for (const name of ["initial_time", "final_time", "time_step", "saveper"]) variables.delete(name);
    return [
      {
        format: "mdl",
        title: fileStemOf(name),
        time,
        dimensions: this.#dimensions,
        variables: [...variables.values()],
        macros: this.#macros,
      },
      this.#losses,
    ];
  }

  #span(start: number, end: number): Span {
    return {
      document: this.#document.name,
      start,
      end: Math.max(start + 1, Math.min(end, this.#document.text.length)),
    };
  }

  #lose(name: string, why: string, entry: MdlEntry): void {
    this.#losses.push({ name, why, span: this.#span(entry.start, entry.end), isChanged: false });
  }

  #entry(entry: MdlEntry, variables: Map<string, SdVariable>): void {
    let left: LeftSide;
    try {
      left = leftSide(entry.equation);
    } catch (error) {
      if (!(error instanceof WrongEquation)) throw error;
      this.#lose(
        readableName(entry.equation.split(/[=([:]/)[0] ?? "").slice(0, 60),
        `its equation cannot be read: ${error.message}`,
        entry,
      );
      return;
    }
    if (left.sign === ":" || left.sign === "<->") return this.#dimension(left, entry);
    if (left.sign === "check")
      return this.#lose(
        left.written,
        "it is a reality check, which is no part of the model: write it as 'expect … always …'",
        entry,
      );
    const equation: SdEquation = {
      over: left.over,
      except: left.except,
      part: null,
      content: this.#content(left),
      span: this.#span(entry.start, entry.end),
    };
    const before = variables.get(left.name);
    const kind =
      equation.content.kind === "stock"
        ? "stock"
        : equation.content.kind === "table" && equation.content.at === null
          ? "table"
          : "auxiliary";
    if (before === undefined)
      variables.set(left.name, {
        name: left.name,
        written: left.written,
        kind,
        units: entry.units === "" ? null : entry.units,
        doc: entry.doc === "" ? null : entry.doc,
        isNonNegative: false,
        equations: [equation],
        span: equation.span,
      });
    else
      variables.set(left.name, {
        ...before,
        kind: before.kind === "stock" || kind === "stock" ? "stock" : before.kind,
        units: before.units ?? (entry.units === "" ? null : entry.units),
        doc: before.doc ?? (entry.doc === "" ? null : entry.doc),
        equations: [...before.equations, equation],
      });
  }

  #content(left: LeftSide): SdContent {
    const { right, sign } = left;
    try {
      if (sign === "(") return tableContent(right);
      const outside: SdContent = {
        kind: "open",
        why: "it is data that the model takes from outside",
        between: left.between,
      };
      if (sign === "none") return outside;
      const tabbed = /^TABBED\s+ARRAY\s*\(([^)]*)\)$/i.exec(right);
      const values =
        tabbed === null ? readFigures(right) : readFigures((tabbed[1] ?? "").trim().replaceAll(/\s+/g, ","));
      if (values !== null && (values.length > 1 || (left.over.length === 0 && values.length === 1)))
        return values.length === 1
          ? { kind: "expression", expression: { kind: "number", value: values[0] as number } }
          : { kind: "values", values };
      const expression = readEquation(right, "mdl");
      if (expression.kind === "call") {
        const [first, second] = expression.arguments;
        if (
          expression.name === "integ" &&
          first !== undefined &&
          second !== undefined &&
          expression.arguments.length === 2
        )
          return { kind: "stock", flow: first, initial: second };
        if (expression.name === "with_lookup" && first !== undefined && second?.kind === "table")
          return { kind: "table", table: second.table, at: first };
        if (/^get_(?:xls|direct|vdf|123|data)/.test(expression.name)) {
          const why = `it is read from another file with ${expression.name.toUpperCase().replaceAll("_", " ")}`;
          return expression.name.includes("lookups")
            ? { kind: "foreign", why }
            : { kind: "open", why, between: left.between };
        }
      }
      if (sign === ":=") return outside;
      return { kind: "expression", expression };
    } catch (error) {
      if (!(error instanceof WrongEquation)) throw error;
      return { kind: "foreign", why: `its equation cannot be read: ${error.message}` };
    }
  }

  #dimension(left: LeftSide, entry: MdlEntry): void {
    const span = this.#span(entry.start, entry.end);
    if (left.sign === "<->") {
      this.#aliases.push([left.name, left.written, canonicalName(left.right), span]);
      return;
    }
    const [list = "", ...mappings] = left.right.split("->");
    if (/^\s*GET\s/i.test(list)) return this.#lose(left.written, "its elements are read from another file", entry);
    const elements: string[] = [];
    const spelling = new Map<string, string>();
    for (const part of list
      .split(",")
      .map((p) => p.trim())
      .filter((p) => p !== "")) {
      const range = /^\(\s*(.+?)(\d+)\s*-\s*(.+?)(\d+)\s*\)$/s.exec(part);
      const names = range === null ? [part] : numbered(range);
      if (names === null) return this.#lose(left.written, `'${part}' is no range of elements`, entry);
      for (const name of names) {
        elements.push(canonicalName(name));
        spelling.set(canonicalName(name), readableName(name));
      }
    }
    if (elements.length === 0) return this.#lose(left.written, "it is a range without elements", entry);
    this.#dimensions.push({
      name: left.name,
      written: left.written,
      elements,
      spelling,
      mappedTo: mappings.flatMap(mapping),
      span,
    });
  }

  /** `copy <-> range`: the same elements under another name. */
  #addAliases(): void {
    for (const [name, written, of, span] of this.#aliases) {
      const original = this.#dimensions.find((d) => d.name === of);
      if (original === undefined)
        this.#losses.push({ name: written, why: `there is no range '${of}'`, span, isChanged: false });
      else this.#dimensions.push({ ...original, name, written, span });
    }
  }

  #addMacro(head: MdlEntry, variables: Map<string, SdVariable>): void {
    const parts = /^([^(]+)\(([^)]*)\)/.exec(head.equation);
    const written = readableName(parts?.[1] ?? head.equation.slice(0, 40));
    if (parts === null) return this.#lose(written, "its head is no name with arguments", head);
    const [inputs = "", outputs = ""] = (parts[2] ?? "").split(":");
    this.#macros.push({
      name: canonicalName(written),
      written,
      parameters: inputs.split(",").map(canonicalName),
      results: outputs
        .split(",")
        .map(canonicalName)
        .filter((name) => name !== ""),
      variables: [...variables.values()],
      span: this.#span(head.start, head.end),
    });
  }

  /** What a call of a macro names behind its colon are variables too, each a further result of that call. */
  #addResults(variables: Map<string, SdVariable>): void {
    const macros = new Map(this.#macros.map((m) => [m.name, m]));
    for (const variable of variables.values())
      for (const equation of variable.equations) {
        if (equation.content.kind !== "expression") continue;
        walkSd(equation.content.expression, (part) => {
          if (part.kind !== "call" || part.outputs === undefined) return;
          const { outputs, ...call } = part;
          outputs.forEach((output, i) => {
            const result = macros.get(part.name)?.results[i];
            if (output.kind !== "name" || result === undefined || variables.has(output.name)) return;
            variables.set(output.name, {
              ...variable,
              name: output.name,
              written: readableName(output.name),
              units: null,
              doc: null,
              equations: [
                {
                  ...equation,
                  over: output.subscripts?.flatMap((s) => (s.kind === "name" ? [s.name] : [])) ?? [],
                  content: { kind: "expression", expression: { ...call, result } },
                },
              ],
            });
          });
        });
      }
  }

  #time(variables: ReadonlyMap<string, SdVariable>, text: string): SdModel["time"] {
    const of = (name: string): SdExpression | null => {
      const content = variables.get(name)?.equations[0]?.content;
      return content?.kind === "expression" ? content.expression : null;
    };
    const [start, stop, step] = [of("initial_time"), of("final_time"), of("time_step")];
    if (start === null || stop === null || step === null)
      throw new UnreadableFile(
        "INITIAL TIME, FINAL TIME and TIME STEP are wanted, each with an equation",
        this.#span(0, 1),
        "open the model in Vensim, set its time bounds and save it again",
      );
    return {
      start,
      stop,
      step,
      every: of("saveper"),
      unit: (variables.get("time_step") ?? variables.get("final_time"))?.units ?? null,
      method: isRungeKutta(text) ? "rk4" : "euler",
      span: variables.get("final_time")?.span ?? this.#span(0, 1),
    };
  }
}

/** The settings at the end of the file: the fourth figure of line 15 is the method, 1 and 5 for Runge and Kutta's. */
function isRungeKutta(text: string): boolean {
  const figures = /^15:([\d,]+)/m.exec(text)?.[1]?.split(",") ?? [];
  return figures[3] === "1" || figures[3] === "5";
}

/** Cuts the file at `|`; an equation's quotes are heeded, those of a comment are not. */
function* entriesOf(text: string, end: number): Generator<MdlEntry> {
  let at = /^\uFEFF?\s*\{[^}]*\}/.exec(text)?.[0].length ?? 0;
  while (at < end) {
    const start = at;
    // The head and the foot of a macro end with their line's bracket or colon, not with a bar.
    const macro = /^\s*(?::MACRO:[^~|]*?\)|:END OF MACRO:)/i.exec(text.slice(at, Math.min(end, at + 5000)));
    if (macro !== null && isMacroHead(macro[0])) {
      at += macro[0].length;
      yield { equation: macro[0], units: "", doc: "", start: start + macro[0].search(/\S/), end: at };
      continue;
    }
    let inQuotes = false;
    for (; at < end; at++) {
      const c = text[at];
      if (c === '"' && text[at - 1] !== "\\") inQuotes = !inQuotes;
      else if (!inQuotes && (c === "~" || c === "|")) break;
    }
    const equation = text.slice(start, at);
    const fields: string[] = [];
    while (at < end && text[at] === "~") {
      const from = ++at;
      while (at < end && text[at] !== "~" && text[at] !== "|") at++;
      fields.push(text.slice(from, at));
    }
    at++;
    const [units = "", doc = ""] = fields;
    const lead = equation.search(/\S/);
    yield {
      equation,
      units: plain(units)
        .replace(/\s*\[[^\]]*\]\s*$/, "")
        .trim(),
      doc: plain(doc),
      start: start + Math.max(0, lead),
      end: Math.min(end, start + equation.trimEnd().length),
    };
  }
}

function isMacroHead(text: string): boolean {
  return /^\s*:(?:MACRO|END OF MACRO):/i.test(text);
}

/** One line, no continuation signs. */
function plain(text: string): string {
  return text
    .replaceAll(/\\\s*\n/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function tableContent(right: string): SdContent {
  const inner = right.trim().replace(/\)\s*$/, "");
  if (/^GET\s/i.test(inner.trim())) return { kind: "foreign", why: "its points are read from another file" };
  const flat = /^\s*\(?\s*[-+\d.]/.test(inner) && !/^\s*[[(]/.test(inner) ? readFigures(inner) : null;
  // The older form: all x, then all y.
  if (flat !== null && flat.length % 2 === 0)
    return {
      kind: "table",
      table: { x: flat.slice(0, flat.length / 2), y: flat.slice(flat.length / 2), form: "continuous" },
      at: null,
    };
  return { kind: "table", table: readPoints(inner), at: null };
}

/** `(sub1-sub9)` as its elements; null where the two do not count up. */
function numbered(range: RegExpExecArray): string[] | null {
  const [, first = "", from = "", last = "", to = ""] = range;
  const [low, high] = [Number(from), Number(to)];
  if (canonicalName(first) !== canonicalName(last) || !(low < high) || high - low > 10_000) return null;
  return Array.from({ length: high - low + 1 }, (_, i) => `${first}${low + i}`);
}

/** `PRODUCTS`, or `(range: a, b)`, after an arrow. */
function mapping(text: string): SdDimension["mappedTo"] {
  const whole = text.trim();
  const listed = /^\(\s*([^:]+):([^)]*)\)/.exec(whole);
  if (listed !== null)
    return [{ dimension: canonicalName(listed[1] ?? ""), elements: (listed[2] ?? "").split(",").map(canonicalName) }];
  return whole.split(",").map((d) => ({ dimension: canonicalName(d), elements: null }));
}

const signs: readonly (readonly [RegExp, LeftSide["sign"]])[] = [
  [/^(?::INTERPOLATE:|:RAW:|:HOLD BACKWARD:|:LOOK FORWARD:)?\s*:=/i, ":="],
  [/^(?::TEST INPUT:|:THE CONDITION:)/i, "check"],
  [/^<->/, "<->"],
  [/^==?/, "="],
  [/^\(/, "("],
  [/^:/, ":"],
  [/^(?::INTERPOLATE:|:RAW:|:HOLD BACKWARD:|:LOOK FORWARD:)?\s*$/i, "none"],
];

function leftSide(equation: string): LeftSide {
  let at = 0;
  const take = (pattern: RegExp): string => {
    const found = pattern.exec(equation.slice(at));
    if (found === null) throw new WrongEquation("a name is wanted before '='", at);
    at += found[0].length;
    return found[0];
  };
  const written = take(/^(?:"(?:[^"\\]|\\[^])*"|[^=([:<"]+)/);
  const blanks = /^(?:\s|\\(?=\s)|\{[^}]*\})*/;
  const list = (): string[] =>
    take(/^\[[^\]]*\]/)
      .slice(1, -1)
      .split(",");
  take(blanks);
  const spelling = equation[at] === "[" ? list() : [];
  take(blanks);
  const except: string[][] = [];
  if (/^:EXCEPT:/i.test(equation.slice(at))) {
    take(/^:EXCEPT:/i);
    for (take(blanks); equation[at] === "[" || equation[at] === ","; take(blanks))
      if (equation[at] === ",") at++;
      else except.push(list().map(canonicalName));
  }
  const rest = equation.slice(at);
  // Between quotes a backslash is a character of the name; elsewhere it continues a line.
  const bare = written.startsWith('"') ? written : written.replaceAll(/\\(?=\s)/g, " ");
  for (const [pattern, sign] of signs) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    const word = /^:(INTERPOLATE|RAW|HOLD BACKWARD|LOOK FORWARD):/i.exec(rest)?.[1]?.toUpperCase();
    return {
      written: readableName(bare),
      name: canonicalName(bare),
      over: spelling.map(canonicalName),
      spelling,
      except,
      sign: sign === ":" && word !== undefined ? "none" : sign,
      between: word === "INTERPOLATE" ? "line" : word === "LOOK FORWARD" ? "next" : "before",
      right: rest.slice(found[0].length).trim(),
    };
  }
  throw new WrongEquation("'=' is wanted after the name", at);
}
