/** Names what this program is built of, so that machines that share work can tell whether they make the same figures. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Of } from "#internal.ts";
import { packageVersion } from "./output.ts";

/** The version and, since two builds of one version may differ, a hash of the script that runs here: `0.1.0+5f3a…`. */
export function buildName(): string {
  // A bundle's files lie next to this one; what the compiler wrote, in folders around it.
  const here = import.meta.dirname;
  const files = /[\\/]command$/.test(here) ? scriptsIn(here) : scriptsIn(join(here, ".."), ["command", "web"]);
  const hashes = files.map((file) => sha256Of(readFileSync(file)));
  return `${packageVersion}+${sha256Of(hashes.join("\n")).slice(0, 12)}`;
}

function scriptsIn(folder: string, without: readonly string[] = []): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !without.includes(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return scriptsIn(path);
      return /\.(js|ts)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
    });
}
