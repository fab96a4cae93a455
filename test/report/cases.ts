/** Cases of the casebook, checked and fed by their records. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { feed, readTable } from "#analysis/record/tables.ts";
import { columnsBeside } from "#cli/load.ts";
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
    columnsBeside(fileURLToPath(folder)),
  );
  if (model === null) throw new Error(`${name} does not check`);
  return feed(
    model,
    model.records.map((r) => readTable(r, readFileSync(new URL(r.file, folder), "utf8"))),
  ).model;
}
