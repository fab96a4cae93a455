/** `casus/node`: what a program on Node has beside the public API, because it needs files. */

import { read, type Case } from "#casus.ts";
import { readBeside, readCase } from "./files.ts";

/**
 * Reads a case from a folder of `.casus` files, or from one file, with the CSV files that its records name.
 *
 * @param path - the folder, or the file
 * @throws `Refused` where a file is missing, is no text, or lies outside the folder; `CaseError` where the text is wrong
 * @example
 * ```ts
 * import { run } from "casus";
 * import { readFolder } from "casus/node";
 *
 * const answer = await run(readFolder("casebook/guarantee"));
 * ```
 */
export function readFolder(path: string): Case {
  return read(readCase(path), { records: (file) => readBeside(path, file).text });
}
