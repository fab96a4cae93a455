/** Takes figures that a model's file leaves open from a table of data: a run of the model, or a data set as Vensim reads them. */

import type { Document } from "#text/span.ts";
import { lineSpan, UnreadableFile, type Loss } from "../problem.ts";
import { fileNameOf } from "../file-name.ts";
import { Dimensions, tuples } from "./dimensions.ts";
import { canonicalName } from "./names.ts";
import type { SdContent, SdEquation, SdModel, SdVariable } from "./tree.ts";

/** A table with its cells: times down and a variable in each column, or times across and a variable in each row. */
export interface SuppliedTable {
  readonly document: Document;
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** What was observed or computed of one variable, in order of time. */
type Course = readonly { readonly time: number; readonly value: number }[];

/** How a table's header and a model name one figure alike: `stock_a[entry_1]`. */
export function seriesKey(written: string, elements: readonly string[]): string {
  const name = canonicalName(written.replaceAll('"', "").replaceAll("\\n", " "));
  return elements.length === 0 ? name : `${name}[${elements.map(canonicalName).join(",")}]`;
}

/** The key of a header such as `Stock A[Entry 1]`. */
export function headerKey(header: string): string {
  const bare = header.trim().replaceAll('"', "");
  const open = bare.endsWith("]") ? bare.lastIndexOf("[") : -1;
  return open < 0 ? seriesKey(bare, []) : seriesKey(bare.slice(0, open), bare.slice(open + 1, -1).split(","));
}

/** What a model took from tables: by `seriesKey`. */
interface SuppliedModel {
  readonly model: SdModel;
  readonly taken: ReadonlySet<string>;
}

/**
 * The model with every figure filled in that it leaves open and a table has, the first table first. A figure that never changes in the table is a constant.
 * Each is listed in `losses`. Throws `UnreadableFile` for a table without times, and for a cell that is no number.
 */
export function supplyModel(model: SdModel, tables: readonly SuppliedTable[], losses: Loss[]): SuppliedModel {
  const taken = new Set<string>();
  if (tables.length === 0) return { model, taken };
  const found = new Map<string, { readonly course: Course; readonly from: string }>();
  for (const table of tables)
    for (const [key, course] of coursesOf(table))
      if (course.length > 0 && !found.has(key)) found.set(key, { course, from: fileNameOf(table.document.name) });
  const dimensions = new Dimensions(model.dimensions);
  const supply = (variable: SdVariable): SdVariable => {
    const from = new Set<string>();
    const equations = variable.equations.flatMap((equation): readonly SdEquation[] => {
      const { content } = equation;
      if (content.kind !== "open") return [equation];
      const indexes = tuples(equation.over.map((name) => dimensions.elementsOf(name)));
      const meant = equation.part === null ? indexes : indexes.slice(equation.part, equation.part + 1);
      const given = meant.flatMap((index): readonly SdEquation[] => {
        const key = seriesKey(variable.name, index);
        const own = found.get(key);
        if (own === undefined) return [];
        taken.add(key);
        from.add(own.from);
        return [{ ...equation, over: index, part: null, content: contentOf(own.course, content.between) }];
      });
      return given.length === meant.length ? given : [equation, ...given];
    });
    if (from.size === 0) return variable;
    losses.push({
      name: variable.written,
      why: `the file leaves it open; its figures are those of ${[...from].join(" and ")}`,
      span: variable.span,
      isChanged: true,
    });
    return { ...variable, equations };
  };
  return { model: { ...model, variables: model.variables.map(supply) }, taken };
}

function contentOf(course: Course, between: "before" | "next" | "line"): SdContent {
  const first = course[0]?.value ?? 0;
  if (course.every((p) => p.value === first))
    return { kind: "expression", expression: { kind: "number", value: first } };
  const form = between === "line" ? "continuous" : between === "next" ? "ahead" : "discrete";
  return {
    kind: "table",
    table: { x: course.map((p) => p.time), y: course.map((p) => p.value), form },
    at: { kind: "name", name: "time", subscripts: null },
  };
}

function coursesOf({ document, rows }: SuppliedTable): ReadonlyMap<string, Course> {
  const [head, ...body] = rows;
  const corner = head?.cells[0] ?? "";
  const across = head?.cells.slice(1) ?? [];
  const isAcross = across.length > 0 && across.every((cell) => figureOf(cell) !== null);
  if (head === undefined || body.length === 0 || (!isAcross && across.length === 0))
    throw new UnreadableFile(
      `${fileNameOf(document.name)} is no table of data`,
      lineSpan(document, head?.line ?? 1),
      "give a table with a column of times first and then a column for each variable, names in the first line; or the same turned on its side",
    );
  const figure = (cell: string, line: number, of: string): number => {
    const value = figureOf(cell);
    if (value === null)
      throw new UnreadableFile(
        `'${cell.trim()}' is no number (${of})`,
        lineSpan(document, line),
        "write a number with a decimal point, or leave the cell blank",
      );
    return value;
  };
  const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === "";
  if (isAcross) {
    const times = across.map((cell) => figure(cell, head.line, corner));
    return new Map(
      body.map(({ cells, line }): [string, Course] => [
        headerKey(cells[0] ?? ""),
        inOrder(
          times.flatMap((time, i) => {
            const cell = cells[i + 1] ?? "";
            return isBlank(cell) ? [] : [{ time, value: figure(cell, line, cells[0] ?? "") }];
          }),
        ),
      ]),
    );
  }
  const timed = body.filter(({ cells }) => !cells.every((cell) => isBlank(cell)));
  const times = timed.map(({ cells, line }) => figure(cells[0] ?? "", line, corner));
  return new Map(
    head.cells.slice(1).map((header, place): [string, Course] => [
      headerKey(header),
      inOrder(
        timed.flatMap(({ cells, line }, i) => {
          const cell = cells[place + 1] ?? "";
          return isBlank(cell) ? [] : [{ time: times[i] as number, value: figure(cell, line, header) }];
        }),
      ),
    ]),
  );
}

function inOrder(course: Course): Course {
  return course.toSorted((a, b) => a.time - b.time);
}

function figureOf(cell: string): number | null {
  const bare = cell.trim();
  const value = bare === "" ? NaN : Number(bare);
  return Number.isFinite(value) ? value : null;
}
