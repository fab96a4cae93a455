/** A small case that has everything a report tells: choices with values, evidence, forecasts, judged figures. */

import { readFileSync } from "node:fs";
import type { Model } from "#model/model.ts";
import { checked } from "../model/checked.ts";

/** `words` stands in every label. */
export function everything(words = "plain words"): Model {
  const text = readFileSync("test/web/panels-case/whole.casus", "utf8");
  return checked(text.replaceAll('"plain words"', () => JSON.stringify(words)));
}
