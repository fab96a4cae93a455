/** Keeps gate tables in files, named by what they were made from. */

import { existsSync } from "node:fs";
import {
  BadTable,
  decodeTable,
  encodeTable,
  fromBytes,
  sha256Of,
  toBytes,
  type Model,
  type Table,
  type TableRequest,
  type TableShelf,
  type UnknownSample,
} from "#internal.ts";
import { readBytes } from "./files.ts";
import { mention } from "./notes.ts";
import { writeWhole } from "./writing.ts";

/** One file for each group of views that believe the same of the unknowns: `name`, `name.view`. */
export function tableShelf(model: Model, hash: string, file: string | undefined, set: object): TableShelf | undefined {
  if (file === undefined) return undefined;
  const place = (view: string): string => (view === model.views[0]?.name || view === "case" ? file : `${file}.${view}`);
  const keyOf = (...parts: readonly unknown[]): string => sha256Of(JSON.stringify([hash, set, ...parts]));
  // Looked for once: what is damaged is told of once.
  const looked = new Map<string, Table | null>();
  return {
    find: (request, asked) => {
      const key = keyOf(request, asked.name);
      const found = looked.has(key) ? (looked.get(key) ?? null) : look(request, key);
      looked.set(key, found);
      return found;
    },
    keep: (request, asked, table) => {
      writeWhole(place(request.view), encodeTable(table, keyOf(request, asked.name)));
    },
    findSample: (request, asked) => {
      const path = `${place(request.view)}.unknowns.${request.view}`;
      return existsSync(path)
        ? (fromBytes(keyOf(request, asked.name), readBytes(path, Infinity, "")) as UnknownSample | null)
        : null;
    },
    keepSample: (request, asked, sample) =>
      writeWhole(`${place(request.view)}.unknowns.${request.view}`, toBytes(keyOf(request, asked.name), sample)),
  };

  function look(request: TableRequest, wanted: string): Table | null {
    const path = place(request.view);
    if (!existsSync(path)) return null;
    try {
      const { table, key } = decodeTable(readBytes(path, Infinity, ""));
      return key === wanted ? table : null;
    } catch (error) {
      if (error instanceof BadTable) {
        mention(`${path}: ${error.message}; made anew`);
        return null;
      }
      throw error;
    }
  }
}
