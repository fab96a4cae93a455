/** Cases of the casebook, checked. */

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "#language/parser.ts";
import { check } from "#model/check.ts";
import type { Model } from "#model/model.ts";

export function caseOf(name: string): Model {
  const folder = new URL(`../../casebook/${name}/`, import.meta.url);
  const documents = readdirSync(folder)
    .filter((f) => f.endsWith(".casus"))
    .toSorted()
    .map((f) => ({ name: f, text: readFileSync(new URL(f, folder), "utf8") }));
  const [model] = check(
    documents.map((d) => parse(d)[0]),
    documents,
  );
  if (model === null) throw new Error(`${name} does not check`);
  return model;
}
