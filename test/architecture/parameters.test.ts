/** Functions take few parameters: what needs more than five takes an object with a name. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Of each function that is declared with its name: how many parameters it takes. */
function parametersIn(text: string): readonly (readonly [name: string, count: number])[] {
  const heads = text.matchAll(/\bfunction\*? ([A-Za-z_$][\w$]*)\s*(?:<[^(]*>)?\(/g);
  return [...heads].map((m) => [m[1] ?? "", countedFrom(text, m.index + m[0].length)]);
}

/** Commas at the top level between here and the bracket that closes the list, one more for a list that does not end in one. */
function countedFrom(text: string, start: number): number {
  let depth = 0;
  let count = 0;
  let isOpen = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i] as string;
    const isArrow = c === ">" && text[i - 1] === "=";
    if (depth === 0 && c === ")") break;
    if ("([{<".includes(c)) depth++;
    else if (")]}>".includes(c) && !isArrow) depth--;
    if (depth === 0 && c === ",") {
      count++;
      isOpen = false;
    } else if (c.trim() !== "") isOpen = true;
  }
  return isOpen ? count + 1 : count;
}

const most = 5;

it("counts parameters, not the commas inside one", () => {
  const planted = `
    export function few(a: Map<string, number>, { b, c }: { b: number; c: (x: number, y: number) => void }): void {}
    export async function many<T>(a: T, b = [1, 2], c: [T, T], d: () => void, e: 1, f: 2,): void {}
    function none() {}`;
  expect(parametersIn(planted)).toEqual([
    ["few", 2],
    ["many", 6],
    ["none", 0],
  ]);
});

/** Here a call is made for each run, each row or each instruction, and an object for each would cost time. */
const hot = /^src\/(?:kernel\/|ensemble\/(?:draws|work)\/|analysis\/carries\/(?:block-rows|path-shares)\.ts)/;

it(`outside the loops over runs, no function takes more than ${most}; inside them, no more than today do`, () => {
  const files = execFileSync("git", ["ls-files", "src"], { encoding: "utf8" })
    .split("\n")
    .filter((f) => /\.tsx?$/.test(f) && !f.endsWith(".d.ts"));
  const found = files.flatMap((path) =>
    parametersIn(readFileSync(path, "utf8")).flatMap(([name, count]) => (count > most ? [`${path} ${name}`] : [])),
  );
  expect(found.filter((f) => !hot.test(f))).toEqual([]);
  expect(found.filter((f) => hot.test(f)).length).toBeLessThanOrEqual(22);
});
