/** Lists the parts and templates that come with Casus, and says what a part is that was put into a case. */

import { gap, heading, say, type Block } from "./blocks.ts";

/** What the heading of a piece says of it. */
interface PieceHeading {
  readonly name: string;
  readonly title: string;
  /** Other lines, such as `Source` and `Not for`. */
  readonly heading: readonly (readonly [string, string])[];
}

export function shelfBlocks(parts: readonly PieceHeading[], templates: readonly PieceHeading[]): readonly Block[] {
  return [
    heading("Parts: put one into a case with casus add PART CASE"),
    ...pieceList(parts),
    gap,
    heading("Templates: begin a case from one with casus new FOLDER --template NAME"),
    ...pieceList(templates),
  ];
}

function pieceList(pieces: readonly PieceHeading[]): readonly Block[] {
  const wide = Math.max(...pieces.map((p) => p.name.length));
  return pieces.map((p) => say(p.title, { lead: `  ${p.name.padEnd(wide)}  ` }));
}

/** The file it was written to, what it is, where it comes from and what it is not for. */
export function addedBlocks(file: string, part: PieceHeading): readonly Block[] {
  return [
    say(file, { isWhole: true }),
    say(part.title),
    ...part.heading.filter(([key]) => key !== "Names").map(([key, value]) => say(`${key}: ${value}`)),
  ];
}
