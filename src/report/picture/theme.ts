/** The colours and type of every picture, in light, dark, print and stand-alone. */

import type { Attributes } from "./element.ts";

/** In light, on paper, and where no style sheet is read; and in dark. Words in these reach 4.5 : 1 on `paper`, lines 3 : 1 but for `grid` and the washes. */
const colours = {
  paper: ["#ffffff", "#14171a"],
  ink: ["#1b1f24", "#eceef0"],
  soft: ["#555d66", "#a9b1ba"],
  rule: ["#868e96", "#7d868f"],
  grid: ["#e3e6e9", "#2b3036"],
  wash: ["#f3f4f6", "#1e2227"],
  blue: ["#2463a8", "#7db2ee"],
  orange: ["#b3521a", "#ef9f67"],
  teal: ["#167468", "#55c1b0"],
  purple: ["#73509c", "#bf9fe0"],
  blueWash: ["#d3e1f0", "#24384e"],
  blueTint: ["#9dbfe0", "#3a5f88"],
  orangeWash: ["#f5dccb", "#4a3020"],
  tealWash: ["#cfe6e2", "#1d3f3a"],
  purpleWash: ["#e4dbef", "#382c47"],
} as const;

export type Colour = keyof typeof colours;

/** For things that differ in a row of them; each has a dash and a label of its own. */
export const series: readonly Colour[] = ["blue", "orange", "teal", "purple"];
export const dashes: readonly string[] = ["", "7 3", "2 3", "9 3 2 3"];

/** The pale companion of a colour of `series`. */
export function washOf(colour: Colour): Colour {
  const wash = `${colour}Wash`;
  return wash in colours ? (wash as Colour) : "wash";
}

export function fill(colour: Colour): Attributes {
  return { class: `fill-${colour}`, fill: colours[colour][0] };
}

export function stroke(colour: Colour, width = 1): Attributes {
  return { class: `stroke-${colour}`, stroke: colours[colour][0], "stroke-width": width, fill: "none" };
}

export const fontFamily = "'Casus Sans', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";

function variables(which: 0 | 1): string {
  return Object.entries(colours)
    .map(([name, value]) => `--picture-${name}:${value[which]}`)
    .join(";");
}

/**
 * The style sheet that stand-alone pictures carry and pages load once. `data-theme` on an element above settles light or dark; without it the
 * reader's system does. Print is light.
 */
export function themeStyle(): string {
  const names = Object.keys(colours);
  return [
    `:root{${variables(0)}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables(1)}}}`,
    `@media screen{[data-theme=dark]{${variables(1)}}}`,
    ...names.map((n) => `.fill-${n}{fill:var(--picture-${n})}.stroke-${n}{stroke:var(--picture-${n})}`),
  ].join("\n");
}
