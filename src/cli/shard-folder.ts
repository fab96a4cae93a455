/** A folder that holds the finished parts of one request: opened, or refused where it is of another; written so that no stop leaves half a file. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { storedLab, type Lab, type Provenance, type Store } from "#internal.ts";
import { isFolder, Usage } from "./files.ts";
import type { RunOptions } from "./options.ts";
import { version } from "./output.ts";

const manifestName = "manifest.json";
const schema = "casus/shards@1";

/** What a folder's parts are parts of. Engine and threads are not told: they change no bit. */
export interface Work {
  readonly verb: string;
  readonly provenance: Pick<Provenance, "case" | "hash">;
  /** Plain data; `budget` is left out, since it changes nothing that is run. */
  readonly request: object;
}

/** The lab itself, unless `--out` names a folder: then one that goes on from what is there, and keeps what it does. */
export function kept(lab: Lab, o: Pick<RunOptions, "out">, work: Work): Lab {
  return isFolder(o.out) ? storedLab(lab, openFolder(o.out, work)) : lab;
}

/** Throws `Usage` where the folder is of another request, or holds other things. */
export function openFolder(path: string, { verb, provenance, request }: Work): Store {
  const manifest = {
    schema,
    casus: version,
    verb,
    case: { name: provenance.case, sha256: provenance.hash },
    request: Object.fromEntries(Object.entries(request).filter(([name]) => name !== "budget")),
  };
  mkdirSync(path, { recursive: true });
  const file = join(path, manifestName);
  if (existsSync(file)) checkManifest(path, readFileSync(file, "utf8"), manifest);
  else {
    const others = readdirSync(path).filter((name) => !name.endsWith(".tmp"));
    if (others.length > 0)
      throw new Usage(
        `${path} holds ${others.slice(0, 3).join(", ")}${others.length > 3 ? " …" : ""} and no ${manifestName}; name an empty or a new folder for --out`,
      );
    writeWhole(path, manifestName, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  }
  return {
    read: (name) => (existsSync(join(path, name)) ? readFileSync(join(path, name)) : null),
    write: (name, bytes) => writeWhole(path, name, bytes),
    found: (there, of, damaged) => {
      for (const name of damaged)
        process.stderr.write(`casus: ${join(path, name)} is damaged (its checksum does not hold); it is run again\n`);
      if (there > 0) process.stderr.write(`casus: ${there} of ${of} parts are there already, from ${path}\n`);
    },
  };
}

function checkManifest(path: string, text: string, wanted: object): void {
  const found = differences(parsed(text), wanted, "");
  if (found.length === 0) return;
  throw new Usage(
    `${path} holds parts of another request: ${found.slice(0, 6).join("; ")}${found.length > 6 ? "; …" : ""}. Name another folder for --out`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `request.seed is 1 there, 2 asked`, for everything that differs. */
function differences(there: unknown, asked: unknown, path: string): readonly string[] {
  if (isRecord(there) && isRecord(asked))
    return [...new Set([...Object.keys(there), ...Object.keys(asked)])].flatMap((name) =>
      differences(there[name], asked[name], path === "" ? name : `${path}.${name}`),
    );
  const [a, b] = [JSON.stringify(there) ?? "nothing", JSON.stringify(asked) ?? "nothing"];
  return a === b ? [] : [`${path === "" ? "its manifest" : path} is ${a} there, ${b} asked`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Under another name first, on the disk before it takes its own. */
function writeWhole(folder: string, name: string, bytes: Uint8Array): void {
  const draft = join(folder, `${name}.${process.pid}.tmp`);
  const file = openSync(draft, "w");
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, join(folder, name));
  syncFolder(folder);
}

/** The new name is on the disk too; some systems cannot open a folder, and have no need to. */
function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
