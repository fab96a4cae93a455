/** Says of a case with which nothing is wrong what it holds. */

import type { Model } from "#model/model.ts";
import { conclusionsApart } from "#analysis/verdicts/conclusions.ts";
import { say, type Block } from "./blocks.ts";
import { plural } from "../words/numbers.ts";
import { withoutArgument } from "../words/words.ts";

export function soundBlocks(model: Model): readonly Block[] {
  const counts = [
    plural(model.claims.length, "claim"),
    plural(model.unknowns.length, "unknown"),
    plural(model.stocks.filter((s) => !s.hidden).length, "stock"),
    plural(model.events.length, "event"),
    plural(model.conclusions.length, "conclusion"),
  ];
  return [
    say(`${model.name}: ${counts.join(", ")}. Nothing is wrong with it.`),
    ...conclusionsApart(model).map((c) => say(withoutArgument(c.label))),
  ];
}
