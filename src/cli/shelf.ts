/** The parts and templates that come with the package. */

import { readdirSync, readFileSync } from "node:fs";
import { readPart, type ShelfPart } from "#internal.ts";
import { Usage } from "./disk.ts";
import { packageFolder } from "./package-folder.ts";

/** What a case can be begun from, and what can be added to one. */
type ShelfName = "parts" | "templates";

/** Every piece of a shelf, in order of name. */
export function readShelf(shelf: ShelfName): readonly ShelfPart[] {
  const folder = new URL(`${shelf}/`, packageFolder);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".casus"))
    .toSorted()
    .map((file) => readPart({ name: file, text: readFileSync(new URL(file, folder), "utf8") }));
}

/** One piece by its name, from the first of these shelves that has it. Throws `Usage` that lists those there are. */
export function takeFromShelf(name: string, ...shelves: readonly ShelfName[]): ShelfPart {
  const pieces = shelves.flatMap(readShelf);
  const found = pieces.find((p) => p.name === name);
  if (found !== undefined) return found;
  throw new Usage(
    `there is no ${name} among the ${shelves.join(" and ")}; there are ${pieces.map((p) => p.name).join(", ")}`,
  );
}
