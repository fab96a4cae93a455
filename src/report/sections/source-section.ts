/** Shows each claim next to its passage in a reader's copy of a source, in the order of the case. */

import type { SourceCheck } from "#model/verify-source.ts";
import { gap, heading, say, type Block } from "./blocks.ts";
import { plural } from "../words/numbers.ts";

/** Empty where the copy is no document of the case: the diagnostics say so. */
export function sourceBlocks(checks: readonly SourceCheck[]): readonly Block[] {
  return checks
    .filter((c) => c.located.length > 0)
    .flatMap(({ source, located }) => [
      heading(
        `${source}: the copy is the document the case names; ${plural(located.length, "claim")} next to their passages`,
      ),
      ...located.flatMap(({ claim, label, passages }) => [
        gap,
        say(`${claim}  ${label}`, { indent: 2, hang: 6, tone: "strong" }),
        ...passages.map((p) => say(`${p.locator}: ${p.text}`, { indent: 6 })),
      ]),
    ]);
}
