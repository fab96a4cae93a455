/** Draws, for each claim, how far it is believed and where the verdict turns. */

import type { Verdict } from "#analysis/verdicts/verdict.ts";
import { ofHundred } from "../words/numbers.ts";
import { element, joined, type Element } from "../picture/element.ts";
import { keyLines } from "../picture/key.ts";
import { diamond, ring, verdictColour } from "../picture/marks.ts";
import { framed, type ChartHead, type Picture } from "../picture/picture.ts";
import { rowsIn } from "../picture/rows.ts";
import type { DataTable } from "../picture/table.ts";
import { stroke } from "../picture/theme.ts";
import { sizes, writeText, type TextBlock } from "../picture/write.ts";

export interface FlipData {
  readonly verdict: Verdict;
  readonly claims: readonly {
    readonly name: string;
    readonly label: string;
    /** How far it is believed now, within 0..1. */
    readonly credence: number;
    /** Where the verdict turns, with what it turns to on the far side; empty where it cannot turn it alone. */
    readonly turns: readonly { readonly at: number; readonly to: Verdict }[];
  }[];
}

export function flipStrips(data: FlipData, head: ChartHead, width: number): Picture {
  return framed(head, width, description(data), (x, y, inner) => drawing(data, x, y, inner));
}

function noteOf(claim: FlipData["claims"][number]): string {
  if (claim.turns.length === 0) return "cannot turn it alone";
  return claim.turns.map((t) => `${t.to} ${t.at > claim.credence ? "above" : "below"} ${ofHundred(t.at)}`).join("; ");
}

function description(data: FlipData): string {
  return `The verdict now: ${data.verdict}. ${data.claims.map((c) => `${c.name}, believed ${ofHundred(c.credence)} in 100: ${noteOf(c)}.`).join(" ")}`;
}

function drawing(data: FlipData, x: number, y: number, width: number): TextBlock {
  const key = keyLines(
    [
      { words: "how far it is believed now", wide: 12, draw: (a, b) => [ring(a + 6, b, "ink", 5)] },
      { words: "where the verdict turns", wide: 12, draw: (a, b) => [diamond(a + 6, b, "orange")] },
      {
        words: "where it stays as it is",
        wide: 22,
        draw: (a, b) => [
          element("line", joined({ x1: a, x2: a + 22, y1: b, y2: b }, stroke(verdictColour[data.verdict], 4))),
        ],
      },
    ],
    x,
    y,
    width,
  );
  const top = y + key.height + 18;
  const rows = rowsIn(
    data.claims.map((c) => ({ label: `${c.name}  ${c.label}`, note: noteOf(c) })),
    x,
    top,
    width,
    { least: 20 },
  );
  const place = (credence: number): number => rows.left + credence * (rows.right - rows.left);
  const ends = [0, 0.25, 0.5, 0.75, 1].map((c, i) =>
    writeText(place(c), top - 4, String(c * 100), {
      size: sizes.small,
      colour: "soft",
      anchor: i === 4 ? "end" : i === 0 ? "start" : "middle",
    }),
  );
  const strips = data.claims.flatMap((c, i) => strip(c, data.verdict, rows.middles[i] ?? 0, place));
  return { nodes: [...key.nodes, ...ends, ...rows.nodes, ...strips], height: rows.bottom - y };
}

/** The stretch around the present credence in which the verdict stays is drawn thick. */
function strip(
  claim: FlipData["claims"][number],
  verdict: Verdict,
  y: number,
  place: (credence: number) => number,
): readonly Element[] {
  const below = Math.max(0, ...claim.turns.map((t) => t.at).filter((t) => t <= claim.credence));
  const above = Math.min(1, ...claim.turns.map((t) => t.at).filter((t) => t > claim.credence));
  return [
    element("line", joined({ x1: place(0), x2: place(1), y1: y, y2: y }, stroke("grid", 4))),
    element("line", joined({ x1: place(below), x2: place(above), y1: y, y2: y }, stroke(verdictColour[verdict], 4))),
    ...claim.turns.map((t) => diamond(place(t.at), y, "orange")),
    ring(place(claim.credence), y, "ink", 5),
  ];
}

export function flipTable(data: FlipData): DataTable {
  return {
    caption: `What would reverse it: the verdict now is '${data.verdict}'`,
    columns: ["Claim", "In words", "Believed now, in 100", "What would turn it"],
    rows: data.claims.map((c) => [c.name, c.label, ofHundred(c.credence), noteOf(c)]),
  };
}
