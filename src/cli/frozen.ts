/** Reads the forecasts that were laid down beside a case. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { frozenFileShape, type Frozen } from "#internal.ts";
import { folderOfCase, readText, Usage } from "./files.ts";

/** Beside the case's text. */
export const frozenName = "forecasts.frozen.json";

export function frozenFile(path: string): string {
  return join(folderOfCase(path), frozenName);
}

/** Empty where none were. Throws `Usage` for a file that is not ours. */
export function frozenBeside(path: string): readonly Frozen[] {
  const file = frozenFile(path);
  if (!existsSync(file)) return [];
  let data: unknown;
  try {
    data = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof Usage) throw error;
    throw new Usage(`${file} is not JSON; it is written by casus score --freeze alone`);
  }
  const found = frozenFileShape.safeParse(data);
  if (!found.success)
    throw new Usage(`${file} is no list of forecasts laid down; it is written by casus score --freeze alone`);
  return found.data.forecasts;
}
