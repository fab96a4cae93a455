/** A file name and the case in; a shelf that keeps gate tables there, told apart by what they were made from, out. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { BadTable, decodeTable, encodeTable, sha256Of, type Model, type TableShelf } from "#casus.ts";

/** One file for each group of views that believe the same of the unknowns: `name`, `name.view`. */
export function tableShelf(model: Model, hash: string, file: string | undefined, set: object): TableShelf | undefined {
  if (file === undefined) return undefined;
  const place = (view: string): string => (view === model.views[0]?.name || view === "case" ? file : `${file}.${view}`);
  const keyOf = (...parts: readonly unknown[]): string => sha256Of(JSON.stringify([hash, set, ...parts]));
  return {
    find: (request, asked) => {
      const path = place(request.view);
      if (!existsSync(path)) return null;
      try {
        const { table, key } = decodeTable(readFileSync(path));
        return key === keyOf(request, asked.name) ? table : null;
      } catch (error) {
        if (error instanceof BadTable) {
          process.stderr.write(`casus: ${path}: ${error.message}; made anew\n`);
          return null;
        }
        throw error;
      }
    },
    keep: (request, asked, table) => writeFileSync(place(request.view), encodeTable(table, keyOf(request, asked.name))),
  };
}
