/** Writes what an argument leaves uncovered. */

import type { Coverage } from "#model/coverage.ts";
import { printable, wrap } from "../render/lines.ts";
import { listed, plural } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import { sideText } from "../words/words.ts";

export function coverageReport(c: Coverage, width: number, palette: Palette): string {
  const marks = Object.entries(c.byMark).map(([mark, n]) => `${mark} ${n}`);
  const sentences = [
    `Claims that switch nothing: ${c.idleClaims.join(", ") || "none"}.`,
    `Claims that point at no passage and cite nothing: ${c.unlocated.join(", ") || "none"}.`,
    ...c.sides.map(
      (s) =>
        `${sideText(s.side)}: ${plural(s.claims, "claim")}, of which ${s.gates} switch ${plural(s.lines, "line")}.`,
    ),
    `Lines that hang on a claim: ${c.gated}. Lines by mark: ${listed(marks)}.`,
    ...Object.entries(c.uncovered).map(
      ([source, left]) =>
        `Sentences of ${source} that no claim points at: ${left.map((s) => `¶${s.paragraph} s${s.sentence}`).join(", ") || "none"}.`,
    ),
    `Lines with neither a claim nor a mark: ${c.unsupported.length}.`,
  ];
  return [
    palette.strong("Coverage"),
    ...sentences.flatMap((s) => wrap(printable(s), width, "  ", "    ")),
    ...c.unsupported.flatMap((t) => wrap(printable(`${t.owner}: ${t.text}`), width, "    ", "      ")),
    "",
  ].join("\n");
}
