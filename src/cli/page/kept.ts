/** Keeps what a page was made of between two starts, so that a case that has not changed opens complete at once. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { readPage, sha256Of, writePage, type Frozen, type PageData } from "#internal.ts";

/** What takes long to make: the page's data with its findings and, once they are there, its panels; and the files it loads with them. */
export interface KeptPage {
  readonly data: PageData;
  readonly table: Buffer | null;
  readonly evidence: Buffer | null;
}

/** Pages kept at a time; the one not opened for longest goes first. */
const most = 12;

function placeOfAll(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "casus", "pages");
}

/** Changes with the case, its records, the forecasts laid down for it, what is asked, and the software itself. */
function keyOf(bare: PageData, frozen: readonly Frozen[]): string {
  const { documents, records, seed, worlds, reply, provenance } = bare;
  const made = statSync(new URL(import.meta.url)).mtimeMs;
  return sha256Of(
    JSON.stringify([
      documents.map((d) => [basename(d.name), d.text]),
      records.tables,
      frozen,
      seed,
      worlds,
      reply,
      provenance?.engine,
      made,
    ]),
  ).slice(0, 32);
}

/** Null where nothing is kept of it, or what is kept cannot be read. `bare` is the page before anything was run. */
export function findKept(bare: PageData, frozen: readonly Frozen[]): KeptPage | null {
  try {
    const place = join(placeOfAll(), keyOf(bare, frozen));
    if (!existsSync(place)) return null;
    const file = (name: string): Buffer | null =>
      existsSync(join(place, name)) ? readFileSync(join(place, name)) : null;
    const now = new Date();
    utimesSync(place, now, now);
    return {
      data: readPage(readFileSync(join(place, "page.json"), "utf8")),
      table: file("table.bin"),
      evidence: file("evidence.json"),
    };
  } catch {
    // A cache that cannot be read is no cache.
    return null;
  }
}

/** Says nothing where it cannot be kept: a disk that is full or may not be written to costs the next start its time, nothing else. */
export function keepPage(bare: PageData, frozen: readonly Frozen[], page: KeptPage): void {
  try {
    const all = placeOfAll();
    const place = join(all, keyOf(bare, frozen));
    const begun = `${place}.${process.pid}`;
    try {
      writePages(begun, page);
      rmSync(place, { recursive: true, force: true });
      renameSync(begun, place);
    } finally {
      // Where it could not be finished, it does not fill the disk further.
      rmSync(begun, { recursive: true, force: true });
    }
    sweepOldest(all);
  } catch {
    // Nothing is lost but time.
  }
}

function writePages(folder: string, { data, table, evidence }: KeptPage): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "page.json"), writePage(data));
  if (table !== null) writeFileSync(join(folder, "table.bin"), table);
  if (evidence !== null) writeFileSync(join(folder, "evidence.json"), evidence);
}

function sweepOldest(all: string): void {
  const old = readdirSync(all)
    .map((name) => ({ name, at: statSync(join(all, name)).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
    .slice(most);
  for (const { name } of old) rmSync(join(all, name), { recursive: true, force: true });
}
