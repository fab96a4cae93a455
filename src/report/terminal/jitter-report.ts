/** Writes how verdicts and ranks fare when what is judged is moved. */

import type { TargetHead } from "#analysis/carries/explain.ts";
import type { JitterFinding } from "#analysis/scenarios/jitter.ts";
import { verdicts } from "#analysis/verdicts/verdict.ts";
import { fineScale, signedIn, unitOf } from "../words/explain-words.ts";
import { printable, wrap } from "../render/lines.ts";
import { listed, plural } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";
import { spaced } from "../words/words.ts";

export function jitterReport(
  found: readonly JitterFinding[],
  target: TargetHead,
  width: number,
  palette: Palette,
): string {
  const lines = found.flatMap((j) => {
    const scale = fineScale(j.margins, target);
    const told = verdicts.filter((v) => j.verdicts[v] > 0).map((v) => `${v} ${j.verdicts[v]}`);
    const leaders = j.ranks.filter((r) => r.leads > 0 || r.amongThree > 0).slice(0, 6);
    const [least, middle, most] = j.margins;
    return [
      ...wrap(
        `What is judged, moved (${spaced(j.view)}): in ${plural(j.variants, "variant")} each of ${plural(j.varied.length, "judged figure")} is multiplied by a factor from ½ to 2, a share by its odds.`,
        width,
      ).map(palette.strong),
      ...wrap(
        `Verdicts: ${listed(told) || "none"}${j.refused > 0 ? `, not told ${j.refused}` : ""}. Margin ${signedIn(least, scale)} to ${signedIn(most, scale)}${unitOf(scale)}, middle ${signedIn(middle, scale)}.`,
        width,
        "  ",
      ),
      ...wrap(
        `Leads, and among the first three: ${leaders.map((r) => `${printable(r.claim)} ${r.leads}, ${r.amongThree}`).join("; ") || "none"}. Structure matters more than sampling: a rank that does not hold here is no finding.`,
        width,
        "  ",
      ),
      "",
    ];
  });
  return `${lines.join("\n")}\n`;
}
