/** Reads a model in XMILE 1.0 (OASIS 2015), the older form of it that Stella and iThink wrote, and what Vensim exports. */

import type { Document, Span } from "#text/span.ts";
import { fileStemOf } from "../file-name.ts";
import { readEquation, readFigures, WrongEquation } from "./equation-text.ts";
import { cutOutflows } from "./empty-stocks.ts";
import { canonicalName, readableName } from "./names.ts";
import { checkModelText, UnreadableFile, type Loss } from "../problem.ts";
import {
  renameIn,
  type SdContent,
  type SdDimension,
  type SdEquation,
  type SdExpression,
  type SdMacro,
  type SdModel,
  type SdTable,
  type SdVariable,
} from "./tree.ts";
import { childNamed, childrenNamed, childText, readXml, type XmlElement } from "../xml.ts";

/** Whether stocks and flows are kept from falling below 0 where they do not say. */
interface Behaviour {
  readonly stock: boolean;
  readonly flow: boolean;
}

/** Modules within one another. */
const deepestModule = 20;
const mostVariables = 20_000;

/** Throws `UnreadableFile` where the text is no XMILE. */
export function readXmile(document: Document): [SdModel, readonly Loss[]] {
  checkModelText(document.name, document.text);
  const losses: Loss[] = [];
  const root = readXml(document, {
    mustEnd: (outer, inner) => isVariable(outer) && isVariable(inner),
    tell: (unended, before) =>
      losses.push({
        name: readableName(unended.attributes["name"] ?? unended.name),
        why: `its <${unended.name}> is not closed; it is read as ended before the <${before}> behind it`,
        span: unended.span,
        isChanged: true,
      }),
  });
  if (root.name !== "xmile")
    throw new UnreadableFile(
      `the outermost element is <${root.name}>, not <xmile>`,
      root.span,
      "give a model in XMILE (.xmile, .stmx, .itmx or .xml)",
    );
  const models = childrenNamed(root, "model");
  const main = models.find((m) => m.attributes["name"] === undefined) ?? models[0];
  if (main === undefined)
    throw new UnreadableFile("there is no <model> in it", root.span, "give a file that holds a model");
  const flattened = new Flattener(models, behaviourOf(root, { stock: false, flow: false }), losses);
  flattened.add(main, "", 0);
  const header = childNamed(root, "header");
  return [
    {
      format: "xmile",
      title: (header === null ? null : childText(header, "name")) ?? fileStemOf(document.name),
      time: timeOf(childNamed(main, "sim_specs") ?? childNamed(root, "sim_specs"), root.span),
      dimensions: dimensionsOf(root, main),
      variables: cutOutflows(flattened.variables(), losses),
      macros: [...childrenNamed(root, "macro"), ...childrenNamed(main, "macro")].map((m) => macroOf(m, losses)),
    },
    losses,
  ];
}

/** None of them holds another. */
function isVariable(element: string): boolean {
  return element === "stock" || element === "flow" || element === "aux" || element === "module";
}

function timeOf(specs: XmlElement | null, span: Span): SdModel["time"] {
  if (specs === null)
    throw new UnreadableFile(
      "there are no <sim_specs> in it",
      span,
      "write <sim_specs><start>0</start><stop>100</stop><dt>1</dt></sim_specs>",
    );
  const figure = (name: string, otherwise: number): number => {
    const written = childText(specs, name);
    const value = numberIn(written, otherwise);
    if (!Number.isFinite(value))
      throw new UnreadableFile(
        `<${name}> is '${written}', which is no number`,
        specs.span,
        `write a number between <${name}> and </${name}>`,
      );
    return value;
  };
  const dt = figure("dt", 1);
  const isReciprocal = childNamed(specs, "dt")?.attributes["reciprocal"] === "true";
  const every = specs.attributes["isee:save_interval"] ?? childText(specs, "savestep");
  const number = (value: number): SdExpression => ({ kind: "number", value });
  return {
    start: number(figure("start", 0)),
    stop: number(figure("stop", 100)),
    step: number(isReciprocal && dt !== 0 ? 1 / dt : dt),
    every: every === undefined || every === null || !(Number(every) > 0) ? null : number(Number(every)),
    unit: specs.attributes["time_units"] ?? childText(specs, "time_units"),
    method: /^rk/i.test((specs.attributes["method"] ?? childText(specs, "method") ?? "").trim()) ? "rk4" : "euler",
    span: specs.span,
  };
}

function dimensionsOf(...places: readonly XmlElement[]): readonly SdDimension[] {
  return places
    .flatMap((place) => childrenNamed(place, "dimensions"))
    .flatMap((list) => childrenNamed(list, "dim"))
    .map((dim): SdDimension => {
      const written = dim.attributes["name"] ?? "";
      const named = childrenNamed(dim, "elem").map((e) => e.attributes["name"] ?? "");
      const size = Math.min(10_000, Math.floor(Number(dim.attributes["size"] ?? 0)));
      const elements = named.length > 0 ? named : Array.from({ length: size }, (_, i) => String(i + 1));
      return {
        name: canonicalName(written),
        written: readableName(written),
        elements: elements.map(canonicalName),
        spelling: new Map(elements.map((e) => [canonicalName(e), readableName(e)])),
        mappedTo: [],
        span: dim.span,
      };
    });
}

/** `<non_negative/>`, with `false` in it where it is not so; null where nothing is said. */
function saysNonNegative(element: XmlElement): boolean | null {
  const said = childNamed(element, "non_negative");
  return said === null ? null : said.text.trim().toLowerCase() !== "false";
}

function behaviourOf(element: XmlElement, outer: Behaviour): Behaviour {
  const behaviour = childNamed(element, "behavior");
  if (behaviour === null) return outer;
  const all = saysNonNegative(behaviour);
  const of = (name: "stock" | "flow"): boolean => {
    const own = childNamed(behaviour, name);
    return (own === null ? null : saysNonNegative(own)) ?? all ?? outer[name];
  };
  return { stock: of("stock"), flow: of("flow") };
}

/** Takes modules apart: each variable of a module under the module's name, each input as what it is connected to. */
class Flattener {
  readonly #models: readonly XmlElement[];
  readonly #losses: Loss[];
  readonly #behaviour: Behaviour;
  readonly #found = new Map<string, { readonly variable: SdVariable; readonly prefix: string }>();
  readonly #connected = new Map<string, string>();

  constructor(models: readonly XmlElement[], behaviour: Behaviour, losses: Loss[]) {
    this.#models = models;
    this.#behaviour = behaviour;
    this.#losses = losses;
  }

  add(model: XmlElement, prefix: string, depth: number): void {
    const behaviour = behaviourOf(model, this.#behaviour);
    const lists = childrenNamed(model, "variables");
    // Before XMILE 1.0, variables stood in the model itself, among its pictures.
    const isOlder = lists.length === 0;
    for (const list of isOlder ? [model] : lists)
      for (const element of list.children) {
        if (element.name === "module") this.#addModule(element, prefix, depth);
        else if (["stock", "flow", "aux", "gf"].includes(element.name)) {
          const variable = variableOf(element, behaviour);
          if (this.#found.size >= mostVariables)
            throw new UnreadableFile(
              `the model has more than ${mostVariables} variables`,
              element.span,
              "import part of it",
            );
          this.#found.set(prefix + variable.name, { variable, prefix });
        } else if (!isOlder && element.name !== "group" && !element.name.includes(":"))
          this.#losses.push({
            name: readableName(element.attributes["name"] ?? element.name),
            why: `<${element.name}> has no counterpart`,
            span: element.span,
            isChanged: false,
          });
      }
  }

  #addModule(module: XmlElement, prefix: string, depth: number): void {
    const written = module.attributes["name"] ?? "";
    const name = canonicalName(written);
    const wanted = canonicalName(module.attributes["model"] ?? written);
    const model = this.#models.find((m) => canonicalName(m.attributes["name"] ?? "") === wanted);
    const lose = (why: string): number =>
      this.#losses.push({ name: readableName(written), why, span: module.span, isChanged: false });
    if (model === undefined) {
      lose(
        module.attributes["resource"] === undefined
          ? `there is no model named '${wanted}' in the file`
          : "its model is in another file",
      );
      return;
    }
    if (depth >= deepestModule) {
      lose(`modules lie more than ${deepestModule} deep within one another`);
      return;
    }
    const inner = `${prefix}${name}.`;
    for (const connect of childrenNamed(module, "connect")) {
      const to = canonicalName(connect.attributes["to"] ?? "");
      const from = canonicalName(connect.attributes["from"] ?? "");
      const own = to.startsWith(`${name}.`) ? to.slice(name.length + 1) : to;
      this.#connected.set(inner + own, from.startsWith(".") ? from.slice(1) : prefix + from);
    }
    this.add(model, inner, depth + 1);
  }

  /** The variable a name in a module means, as the whole model knows it. */
  #resolve(name: string, prefix: string): string {
    let full = name.startsWith(".") ? name.slice(1) : this.#found.has(prefix + name) ? prefix + name : name;
    for (let hops = 0; hops < 100; hops++) {
      const next = this.#connected.get(full);
      if (next === undefined) break;
      full = next;
    }
    return full;
  }

  variables(): readonly SdVariable[] {
    const kept = [...this.#found].filter(([name]) => !this.#connected.has(name));
    return kept.map(([name, { variable, prefix }]) => {
      const rename = (e: SdExpression): SdExpression => renameIn(e, (n) => this.#resolve(n, prefix));
      return {
        ...variable,
        name,
        written: prefix === "" ? variable.written : `${prefix.replaceAll("_", " ")}${variable.written}`,
        equations: variable.equations.map((equation) => ({
          ...equation,
          content: renameContent(equation.content, rename),
        })),
      };
    });
  }
}

function renameContent(content: SdContent, rename: (e: SdExpression) => SdExpression): SdContent {
  switch (content.kind) {
    case "expression":
      return { ...content, expression: rename(content.expression) };
    case "stock":
      return { ...content, initial: rename(content.initial), flow: rename(content.flow) };
    case "table":
      return content.at === null ? content : { ...content, at: rename(content.at) };
    default:
      return content;
  }
}

function variableOf(element: XmlElement, behaviour: Behaviour): SdVariable {
  const written = element.attributes["name"] ?? "";
  const over = childrenNamed(element, "dimensions")
    .flatMap((d) => childrenNamed(d, "dim"))
    .map((d) => canonicalName(d.attributes["name"] ?? ""));
  const isStock = element.name === "stock";
  const isFlow = element.name === "flow";
  const equations = equationsOf(element, over, isStock);
  const isTable = equations.some((e) => e.content.kind === "table" && e.content.at === null);
  return {
    name: canonicalName(written),
    written: readableName(written),
    kind: isStock ? "stock" : isFlow ? "flow" : isTable ? "table" : "auxiliary",
    units: childText(element, "units"),
    doc: childText(element, "doc"),
    isNonNegative: (isStock || isFlow) && (saysNonNegative(element) ?? (isStock ? behaviour.stock : behaviour.flow)),
    equations,
    span: element.span,
  };
}

const foreignParts: Readonly<Record<string, string>> = {
  conveyor: "it is a conveyor, which the language has not",
  queue: "it is a queue, which the language has not",
  oven: "it is an oven, which the language has not",
  leak: "it is a leak of a conveyor, which the language has not",
  overflow: "it is the overflow of a queue, which the language has not",
};

function equationsOf(element: XmlElement, over: readonly string[], isStock: boolean): readonly SdEquation[] {
  const foreign = element.children.map((c) => foreignParts[c.name]).find((why) => why !== undefined);
  if (foreign !== undefined)
    return [{ over, except: [], part: null, content: { kind: "foreign", why: foreign }, span: element.span }];
  const flow = isStock ? flowOf(element) : null;
  const all = childrenNamed(element, "eqn");
  const own: SdEquation[] = [];
  if (all.length > 1 && over.length > 0)
    // As Vensim exports arrays: an equation for each element, in order.
    own.push(
      ...all.map((eqn, i): SdEquation => ({
        over,
        except: [],
        part: i,
        content: contentOf(element, eqn.text, flow),
        span: element.span,
      })),
    );
  else if (
    childrenNamed(element, "element").length === 0 ||
    childText(element, "eqn") !== null ||
    childNamed(element, "gf") !== null
  )
    own.push({
      over,
      except: [],
      part: null,
      content: contentOf(element, all[0]?.text ?? "", flow),
      span: element.span,
    });
  const single = childrenNamed(element, "element").map((e): SdEquation => ({
    over: (e.attributes["subscript"] ?? "").split(",").map(canonicalName),
    except: [],
    part: null,
    content: contentOf(e, childText(e, "eqn") ?? childText(element, "eqn") ?? "", flow, element),
    span: e.span,
  }));
  return [...own, ...single];
}

/** Inflows less outflows. */
function flowOf(stock: XmlElement): SdExpression {
  const named = (kind: string): readonly SdExpression[] =>
    childrenNamed(stock, kind).map((f): SdExpression => ({
      kind: "name",
      name: canonicalName(f.text),
      subscripts: null,
    }));
  const joined = (sum: SdExpression | null, next: SdExpression, operator: "+" | "-"): SdExpression =>
    sum === null
      ? operator === "+"
        ? next
        : { kind: "unary", operator: "-", operand: next }
      : { kind: "binary", operator, left: sum, right: next };
  const into = named("inflow").reduce<SdExpression | null>((sum, next) => joined(sum, next, "+"), null);
  return (
    named("outflow").reduce<SdExpression | null>((sum, next) => joined(sum, next, "-"), into) ?? {
      kind: "number",
      value: 0,
    }
  );
}

function contentOf(
  element: XmlElement,
  text: string,
  flow: SdExpression | null,
  outer: XmlElement = element,
): SdContent {
  const gf = element.name === "gf" ? element : (childNamed(element, "gf") ?? childNamed(outer, "gf"));
  const bare = text.replaceAll(/\{[^}]*\}/g, "").trim();
  try {
    const table = gf === null ? null : tableOf(gf);
    if (table !== null && bare === "") return { kind: "table", table, at: null };
    if (bare === "") return { kind: "open", why: "it has no equation", between: "before" };
    // As a converter writes what it could not carry over.
    if (/^\?+$/.test(bare))
      return { kind: "open", why: `its equation is lost: the file has ${bare} in its place`, between: "before" };
    const figures = flow === null && table === null ? readFigures(bare) : null;
    if (figures !== null && figures.length > 1) return { kind: "values", values: figures };
    const expression = readEquation(text, "xmile");
    if (table !== null) return { kind: "table", table, at: expression };
    if (flow !== null) return { kind: "stock", initial: expression, flow };
    const initial = childText(element, "init_eqn");
    return {
      kind: "expression",
      expression:
        initial === null
          ? expression
          : {
              kind: "call",
              name: "active_initial",
              subscripts: null,
              arguments: [expression, readEquation(initial, "xmile")],
            },
    };
  } catch (error) {
    if (!(error instanceof WrongEquation)) throw error;
    return { kind: "foreign", why: `its equation cannot be read: ${error.message}` };
  }
}

const forms: Readonly<Record<string, SdTable["form"]>> = {
  extrapolate: "extrapolated",
  discrete: "discrete",
  continuous: "continuous",
};

/** NaN of what is no number; a blank is none. */
function numberIn(written: string | null, otherwise: number): number {
  if (written === null) return otherwise;
  return written.trim() === "" ? Number.NaN : Number(written);
}

function tableOf(gf: XmlElement): SdTable {
  const points = (name: string): readonly number[] | null => {
    const list = childNamed(gf, name);
    if (list === null || list.text.trim() === "") return null;
    const separator = list.attributes["sep"] ?? ",";
    const figures = list.text
      .split(separator === " " ? /\s+/ : separator)
      .map((p) => p.trim())
      .filter((p) => p !== "")
      .map(Number);
    if (!figures.every((n) => Number.isFinite(n)))
      throw new WrongEquation(`<${name}> holds something that is no number`, 0);
    return figures;
  };
  const y = points("ypts");
  if (y === null) throw new WrongEquation("a table without <ypts>", 0);
  const scale = childNamed(gf, "xscale");
  const end = (name: "min" | "max", otherwise: number): number => {
    const written = scale?.attributes[name];
    const value = numberIn(written ?? null, otherwise);
    if (!Number.isFinite(value)) throw new WrongEquation(`<xscale> has ${name} '${written}', which is no number`, 0);
    return value;
  };
  const [low, high] = [end("min", 0), end("max", 1)];
  if (!Number.isFinite(high - low)) throw new WrongEquation("<xscale> is wider than can be computed with", 0);
  const x = points("xpts") ?? y.map((_, i) => (y.length === 1 ? low : low + ((high - low) * i) / (y.length - 1)));
  if (x.length !== y.length) throw new WrongEquation(`a table of ${x.length} x and ${y.length} y`, 0);
  const type = gf.attributes["type"] ?? (gf.attributes["discrete"] === "true" ? "discrete" : "continuous");
  return { x, y, form: forms[type.trim().toLowerCase()] ?? "continuous" };
}

function macroOf(macro: XmlElement, losses: Loss[]): SdMacro {
  const written = macro.attributes["name"] ?? "";
  const behaviour = { stock: false, flow: false };
  const inside = childrenNamed(macro, "variables").flatMap((list) =>
    list.children.filter((c) => ["stock", "flow", "aux", "gf"].includes(c.name)),
  );
  const own: SdVariable = {
    ...variableOf({ ...macro, name: "aux", children: macro.children.filter((c) => c.name === "eqn") }, behaviour),
    span: macro.span,
  };
  if (childNamed(macro, "sim_specs") !== null)
    losses.push({
      name: readableName(written),
      why: "the macro's own <sim_specs> are left out; it runs with the model's step",
      span: macro.span,
      isChanged: true,
    });
  return {
    name: canonicalName(written),
    written: readableName(written),
    parameters: childrenNamed(macro, "parm").map((p) => canonicalName(p.text)),
    results: [],
    variables: [own, ...inside.map((v) => variableOf(v, behaviour))],
    span: macro.span,
  };
}
