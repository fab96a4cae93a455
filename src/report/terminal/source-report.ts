/** Writes each claim beside its passage in a reader's copy of a source, in the order of the case. */

import type { SourceCheck } from "#model/verify-source.ts";
import { printable, wrap } from "../render/lines.ts";
import { plural } from "../words/numbers.ts";
import type { Palette } from "../render/palette.ts";

/** Empty where the copy is no document of the case: the diagnostics say so. */
export function sourceReport(checks: readonly SourceCheck[], width: number, palette: Palette): string {
  return checks
    .filter((c) => c.located.length > 0)
    .map(({ source, located }) =>
      [
        palette.strong(
          `${printable(source)}: the copy is the document the case names; ${plural(located.length, "claim")} beside their passages`,
        ),
        ...located.flatMap(({ claim, label, passages }) => [
          "",
          ...wrap(`${printable(claim)}  ${printable(label)}`, width, "  ", "      ").map(palette.strong),
          ...passages.flatMap((p) => wrap(`${p.locator}: ${printable(p.text)}`, width, "      ")),
        ]),
        "",
      ].join("\n"),
    )
    .join("\n");
}
