/** Writes what a verb reports: where to, how wide, in which colours, and with which provenance. */

import { readFileSync } from "node:fs";
import {
  colourPalette,
  plainPalette,
  sha256Of,
  type Document,
  type Engine,
  type Model,
  terminalText,
  type Block,
  type Provenance,
  type TerminalLook,
} from "#internal.ts";
import { isFolder } from "./files.ts";
import type { RunOptions } from "./options.ts";
import { packageFolder } from "./package-folder.ts";
import { writeWhole } from "./writing.ts";

/** Of this package. */
export const packageVersion = (
  JSON.parse(readFileSync(new URL("package.json", packageFolder), "utf8")) as { version: string }
).version;

export function provenanceOf(
  model: Model,
  documents: readonly Document[],
  engine: Engine["name"] = "wasm",
): Provenance {
  return {
    case: model.name,
    title: model.title,
    hash: sha256Of(documents.map((d) => d.text).join("\n")),
    engine: `casus ${packageVersion} (${engine})`,
    version: model.version,
    modeller: model.modeller,
    asOf: model.asOf,
    leavesOut: model.leavesOut,
  };
}

/** Blocks as text for the screen it goes to, or for the file that `--out` names. */
export function screenText(blocks: readonly Block[], o: Pick<RunOptions, "color" | "out">): string {
  const width = Math.max(60, Math.min(100, process.stdout.columns ?? 100));
  return terminalText(blocks, { width, palette: paletteOf(o) });
}

function paletteOf(o: Pick<RunOptions, "color" | "out">): TerminalLook["palette"] {
  const isScreen = o.out === undefined || isFolder(o.out);
  const isWanted = o.color ?? (process.stdout.isTTY === true && isScreen && process.env["NO_COLOR"] === undefined);
  return isWanted ? colourPalette : plainPalette;
}

/** Where `--out` names a folder for finished parts, the report goes to the screen as ever. */
export function writeOutput(text: string, o: Pick<RunOptions, "out">): void {
  if (o.out === undefined || isFolder(o.out)) process.stdout.write(text);
  else writeWhole(o.out, text);
}
