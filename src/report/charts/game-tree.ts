/** Draws a solved game's tree: how often each move is made, and what each end is worth to whom, in whose eyes. */

import { grouped, ofHundred, plural } from "../words/numbers.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { clipped, widthAt } from "../picture/measure.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import type { DataTable } from "../picture/table.ts";
import { fill, series, stroke } from "../picture/theme.ts";
import { lineHeight, lines, sizes, writeText, writeMiddle, type TextBlock } from "../picture/write.ts";

export interface GameData {
  /** By place in `payoffs`. */
  readonly actors: readonly string[];
  readonly root: GameNode;
}

export type GameNode =
  | { readonly kind: "end"; readonly payoffs: readonly Payoff[] }
  | {
      readonly kind: "move";
      /** Place in `actors`. */
      readonly actor: number;
      readonly question: string;
      readonly options: readonly {
        readonly label: string;
        /** How often it is taken, in the solution told; null where the solution does not reach it. */
        readonly chance: number | null;
        readonly next: GameNode;
      }[];
    };

/** What an end is worth to an actor: as it expects, and as it comes in the view of whoever reads, where that is told. */
interface Payoff {
  readonly expected: number;
  readonly comes: number | null;
}

const indent = 22;

/** Drawn from the top down, moves indented under the move before them, so that it reads at any width. */
export function gameTree(data: GameData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function description(data: GameData): string {
  const all = linesOf(data.root, []);
  return `${plural(all.length, "way")} it can go. ${all.map((l) => `${l.path.join(", then ")}: ${data.actors.map((a, i) => `${a} ${payoffWords(l.payoffs[i])}`).join("; ")}.`).join(" ")}`;
}

function figure(value: number | null | undefined): string {
  return value === undefined || value === null || !Number.isFinite(value) ? "–" : grouped(value, 1);
}

function payoffText(p: Payoff): string {
  return p.comes === null ? figure(p.expected) : `${figure(p.expected)} → ${figure(p.comes)}`;
}

function payoffWords(p: Payoff | undefined): string {
  if (p === undefined) return "–";
  return p.comes === null ? `expects ${figure(p.expected)}` : `expects ${figure(p.expected)}, gets ${figure(p.comes)}`;
}

/** Whether any end tells also what comes. */
function tellsBoth(data: GameData): boolean {
  return linesOf(data.root, []).some((l) => l.payoffs.some((p) => p.comes !== null));
}

interface Line {
  readonly path: readonly string[];
  readonly chance: number | null;
  readonly payoffs: readonly Payoff[];
}

function linesOf(node: GameNode, path: readonly string[], chance: number | null = 1): readonly Line[] {
  if (node.kind === "end") return [{ path, chance, payoffs: node.payoffs }];
  return node.options.flatMap((o) =>
    linesOf(o.next, [...path, o.label], chance === null || o.chance === null ? null : chance * o.chance),
  );
}

function drawing(data: GameData, x: number, y: number, width: number): TextBlock {
  const column = Math.max(58, Math.min(110, width * 0.16));
  const isWide = width >= 560;
  const worth = tellsBoth(data) ? "Worth: as it expects → as it comes" : "Worth, as each expects";
  const ends = data.actors.length * column;
  const labelWidth = isWide ? width - ends : width;
  const nodes: Element[] = [];
  let top = y;
  const heads = data.actors.map((a) => clipped(a, sizes.small, column - 14, 3, true));
  if (isWide) {
    heads.forEach((words, i) => {
      words.forEach((w, k) =>
        nodes.push(
          writeText(x + labelWidth + (i + 1) * column, top + (k + 1) * lineHeight(sizes.small), w, {
            size: sizes.small,
            bold: true,
            anchor: "end",
            colour: colourOf(i),
          }),
        ),
      );
    });
    const tall = Math.max(...heads.map((h) => h.length)) * lineHeight(sizes.small);
    nodes.push(
      writeText(x, top + lineHeight(sizes.small), worth, {
        size: sizes.small,
        colour: "soft",
      }),
    );
    top += tall + 8;
  } else {
    nodes.push(writeText(x, top + 11, worth, { size: sizes.small, colour: "soft" }));
    top += 20;
  }
  const visit = (node: GameNode, depth: number): void => {
    if (node.kind === "end") return;
    const left = x + depth * indent;
    const colour = colourOf(node.actor);
    const actor = data.actors[node.actor] ?? "";
    const words = clipped(`${actor}: ${node.question}`, sizes.label, labelWidth - depth * indent - 12, 3, true);
    nodes.push(element("rect", joined({ x: left, y: top + 3, width: 9, height: 9 }, fill(colour))));
    nodes.push(...lines(left + 14, top, words, { colour, bold: true }).nodes);
    top += words.length * lineHeight(sizes.label) + 4;
    const first = top;
    let last = top;
    for (const option of node.options) {
      last = top + 9;
      top += optionRow(option, left + 4, top);
      visit(option.next, depth + 1);
    }
    nodes.push(element("line", joined({ x1: left + 4.5, x2: left + 4.5, y1: first - 2, y2: last }, stroke(colour))));
  };
  const optionRow = (
    option: Extract<GameNode, { kind: "move" }>["options"][number],
    left: number,
    at: number,
  ): number => {
    const chance = option.chance === null ? "" : `${ofHundred(option.chance)} in 100`;
    const chanceWidth = widthAt(sizes.small, "100 in 100") + 8;
    const room = x + labelWidth - left - 20 - 44 - chanceWidth;
    const words = clipped(option.label, sizes.label, Math.max(60, room), 3);
    const mid = at + 9;
    nodes.push(element("line", joined({ x1: left, x2: left + 12, y1: mid, y2: mid }, stroke("rule"))));
    if (option.chance !== null) {
      nodes.push(element("rect", joined({ x: left + 16, y: mid - 4, width: 36, height: 8 }, fill("grid"))));
      nodes.push(
        element(
          "rect",
          joined({ x: left + 16, y: mid - 4, width: Math.max(0.5, 36 * option.chance), height: 8 }, fill("ink")),
        ),
      );
    }
    nodes.push(writeMiddle(left + 58, mid, chance, { size: sizes.small, colour: "soft" }));
    const textLeft = left + 58 + chanceWidth;
    nodes.push(...lines(textLeft, at, words).nodes);
    let height = Math.max(18, words.length * lineHeight(sizes.label) + 2);
    if (option.next.kind === "end") {
      const payoffLeft = left + 16;
      const texts = option.next.payoffs.map((p) => `${payoffText(p)}`);
      if (isWide)
        texts.forEach((t, i) =>
          nodes.push(
            writeMiddle(x + labelWidth + (i + 1) * column, mid, t, {
              size: sizes.small,
              anchor: "end",
              colour: colourOf(i),
            }),
          ),
        );
      else {
        for (const [i, t] of texts.entries()) {
          nodes.push(
            writeText(payoffLeft, at + height + 11, `${data.actors[i] ?? ""}: ${t}`, {
              size: sizes.small,
              colour: colourOf(i),
            }),
          );
          height += lineHeight(sizes.small);
        }
      }
      height += 4;
    }
    return height;
  };
  visit(data.root, 0);
  return { nodes, height: top - y };
}

function colourOf(actor: number): (typeof series)[number] {
  return series[actor % series.length] ?? "blue";
}

export function gameTable(data: GameData): DataTable {
  const both = tellsBoth(data);
  return {
    caption: `Every way it can go: how often, and what it is worth to whom, as it expects${both ? " and as it comes" : ""}`,
    columns: [
      "Moves",
      "In 100",
      ...data.actors.flatMap((a) => (both ? [`${a} expects`, `${a} gets`] : [`${a} expects`])),
    ],
    rows: linesOf(data.root, []).map((l) => [
      l.path.join(", then "),
      l.chance === null ? "–" : ofHundred(l.chance),
      ...data.actors.flatMap((_, i) => {
        const p = l.payoffs[i];
        return both ? [figure(p?.expected), figure(p?.comes)] : [figure(p?.expected)];
      }),
    ]),
  };
}
