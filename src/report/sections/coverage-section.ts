/** Says what an argument leaves uncovered. */

import type { Coverage } from "#model/coverage.ts";
import { heading, say, type Block } from "./blocks.ts";
import { listed, plural } from "../words/numbers.ts";
import { capital, sideText } from "../words/words.ts";

export function coverageBlocks(c: Coverage): readonly Block[] {
  const marks = Object.entries(c.byMark).map(([mark, n]) => `${mark} ${n}`);
  const sentences = [
    `Claims that switch nothing: ${c.idleClaims.join(", ") || "none"}.`,
    `Claims that point at no passage and cite nothing: ${c.unlocated.join(", ") || "none"}.`,
    ...c.sides.map(
      (s) =>
        `${capital(sideText(s.side))}: ${plural(s.claims, "claim")}, of which ${s.gates} ${s.gates === 1 ? "switches" : "switch"} ${plural(s.lines, "line")}.`,
    ),
    `Lines that depend on a claim: ${c.gated}. Lines by mark: ${listed(marks)}.`,
    ...Object.entries(c.uncovered).map(
      ([source, left]) =>
        `Sentences of ${source} that no claim points at: ${left.map((s) => `¶${s.paragraph} s${s.sentence}`).join(", ") || "none"}.`,
    ),
    `Lines with neither a claim nor a mark: ${c.unsupported.length}.`,
  ];
  return [
    heading("Coverage"),
    ...sentences.map((s) => say(s, { indent: 2, hang: 4 })),
    ...c.unsupported.map((t) => say(`${t.owner}: ${t.text}`, { indent: 4, hang: 6 })),
  ];
}
