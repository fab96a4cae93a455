/** Cases of the casebook, checked and fed by their records. */

import { fileURLToPath } from "node:url";
import { load, withRecords } from "#cli/load.ts";
import type { Model } from "#model/model.ts";

export function caseOf(name: string): Model {
  const folder = fileURLToPath(new URL(`../../casebook/${name}/`, import.meta.url));
  const { model } = load(folder);
  if (model === null) throw new Error(`${name} does not check`);
  return withRecords(folder, model).model;
}
