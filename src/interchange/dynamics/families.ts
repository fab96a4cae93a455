/** Each variable with the equation of each of its elements. */

import { memberIndex, memberKey, tuples, type Dimensions } from "./dimensions.ts";
import type { Namer } from "./names.ts";
import type { SdEquation, SdVariable } from "./tree.ts";
import type { ElementFamily } from "./translator.ts";

/** Elements one variable may have. */
const mostElements = 10_000;

/** Null where an equation names a range or an element that is not there, or too many. */
export function findFamily(variable: SdVariable, dimensions: Dimensions, namer: Namer): ElementFamily | string {
  const places = variable.equations[0]?.over.length ?? 0;
  const members = new Map<string, SdEquation>();
  for (const equation of variable.equations) {
    if (equation.over.length !== places) return "its equations have different numbers of subscripts";
    for (const name of equation.over)
      if (!dimensions.isDimension(name) && !dimensions.isElement(name))
        return `there is no range or element '${name.replaceAll("_", " ")}'`;
    const lists = equation.over.map((name) => dimensions.elementsOf(name));
    if (lists.reduce((n, list) => n * list.length, 1) > mostElements)
      return `it has more than ${mostElements} elements`;
    const all = tuples(lists);
    const meant = equation.part === null ? all : all.slice(equation.part, equation.part + 1);
    for (const index of meant) {
      if (equation.except.some((pattern) => isExcepted(index, pattern, dimensions))) continue;
      const key = memberKey(index);
      // An equation that is not carried over does not take the place of one that is.
      if (isLost(equation) && members.has(key)) continue;
      members.set(key, equation);
    }
  }
  const indexes = [...members.keys()].map(memberIndex);
  const ranges = Array.from({ length: places }, (_, place) => rangeOf(variable, place, dimensions));
  const elements = ranges.map((range, place) => {
    const own = new Set(indexes.map((index) => index[place] as string));
    const inOrder = dimensions.elementsOf(range).filter((e) => own.has(e));
    return [...inOrder, ...[...own].filter((e) => !inOrder.includes(e))];
  });
  return { variable, id: namer.nameFor(`variable ${variable.name}`, variable.written), elements, ranges, members };
}

function isLost({ content }: SdEquation): boolean {
  return content.kind === "foreign" || content.kind === "open";
}

/** The widest range that an equation has in that place; else the range its elements are of. */
function rangeOf(variable: SdVariable, place: number, dimensions: Dimensions): string {
  const named = variable.equations.map((e) => e.over[place] as string);
  const ranges = named.filter((name) => dimensions.isDimension(name));
  const [widest] = ranges.toSorted((a, b) => dimensions.elementsOf(b).length - dimensions.elementsOf(a).length);
  const isAll =
    widest !== undefined &&
    named.every((n) => dimensions.elementsOf(n).every((e) => dimensions.elementsOf(widest).includes(e)));
  return isAll ? widest : dimensions.homeOf(dimensions.elementsOf(named[0] ?? "")[0] ?? "");
}

function isExcepted(index: readonly string[], pattern: readonly string[], dimensions: Dimensions): boolean {
  return index.every((element, place) => dimensions.elementsOf(pattern[place] ?? "").includes(element));
}
