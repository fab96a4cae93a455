/** Makes the JSON Schemas under docs/schema from the definitions of what `--json` writes. One line a verb. */

import { z } from "zod";
import { checkShape } from "./check-json.ts";
import { compareShape } from "./compare-json.ts";
import { reportShape } from "./report-json.ts";
import { explainShape, flipShape } from "./explain-json.ts";
import { learnShape } from "./learn-json.ts";
import { playShape } from "./play-json.ts";
import { runShape } from "./run-json.ts";
import { frozenFileShape, scoreShape } from "./score-json.ts";
import { tellShape } from "./tell-json.ts";
import { testShape } from "./test-json.ts";

/** By name of the file: `run-1.json` describes `casus/run@1`. */
const shapes: Readonly<Record<string, z.ZodType>> = {
  "check-1": checkShape,
  "compare-1": compareShape,
  "report-1": reportShape,
  "explain-1": explainShape,
  "flip-1": flipShape,
  "frozen-1": frozenFileShape,
  "learn-1": learnShape,
  "play-1": playShape,
  "run-1": runShape,
  "score-1": scoreShape,
  "tell-1": tellShape,
  "test-1": testShape,
};

/**
 * A JSON Schema (draft 2020-12) for each document, by its name and version. A document has no field that its schema does not name.
 *
 * @example
 * ```ts
 * const schema = jsonSchemas()["run-1"];
 * ```
 */
export function jsonSchemas(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { $id: `casus/${name.replace("-", "@")}`, title: name, ...z.toJSONSchema(shape) },
    ]),
  );
}
