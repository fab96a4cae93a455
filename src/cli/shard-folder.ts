/** Keeps the finished parts of one request in a folder, refuses the folder of another request, and never leaves half a file. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { storedLab, type Lab, type Provenance, type Store } from "#internal.ts";
import { onDisk, Usage } from "./disk.ts";
import { isFolder, readBytes, readText } from "./files.ts";
import { mention } from "./notes.ts";
import type { RunOptions } from "./options.ts";
import { packageVersion } from "./output.ts";
import { makeFolder, writeWhole } from "./writing.ts";

const manifestName = "manifest.json";
const schema = "casus/shards@1";

/** What a folder's parts are parts of. Engine and threads are not told: they change no bit. */
interface Work {
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
function openFolder(path: string, { verb, provenance, request }: Work): Store {
  const manifest = {
    schema,
    casus: packageVersion,
    verb,
    case: { name: provenance.case, sha256: provenance.hash },
    request: Object.fromEntries(Object.entries(request).filter(([name]) => name !== "budget")),
  };
  makeFolder(path);
  const file = join(path, manifestName);
  if (existsSync(file)) checkManifest(path, readText(file), manifest);
  else {
    const others = onDisk(path, () => readdirSync(path)).filter((name) => !name.endsWith(".tmp"));
    if (others.length > 0)
      throw new Usage(
        `${path} holds ${others.slice(0, 3).join(", ")}${others.length > 3 ? " …" : ""} and no ${manifestName}; name an empty or a new folder for --out`,
      );
    writeWhole(file, `${JSON.stringify(manifest, null, 2)}\n`);
  }
  return {
    read: (name) => (existsSync(join(path, name)) ? readBytes(join(path, name), Infinity, "") : null),
    write: (name, bytes) => writeWhole(join(path, name), bytes),
    found: (there, of, damaged) => {
      for (const name of damaged)
        mention(`${join(path, name)} is damaged (its checksum does not hold); it is run again`);
      if (there > 0) mention(`${there} of ${of} parts are there already, from ${path}`);
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
