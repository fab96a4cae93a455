/** One hash over every number that a model's runs give: equal wherever the same case is run, on whatever engine. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Model } from "#model/model.ts";
import type { BatchResult, Engine } from "#kernel/engine.ts";
import { drawColumns, worldsFrom } from "./draws/draws.ts";
import { standing } from "./profiles.ts";
import { ownView } from "./draws/mind.ts";
import { plainSituation } from "./situation.ts";

/**
 * SHA-256, lower-case hex, of outcomes, all stocks' and lets' courses, first times and clamped steps of worlds 0 … `worlds` − 1 in the
 * case's own view, every choice at its first option: as little-endian doubles, column by column, every NaN as one.
 */
export function fingerprint(model: Model, engine: Engine, worlds: number, seed = 1): string {
  const choices = standing(model, {});
  const series = [...model.stocks, ...model.lets].map((s) => s.name);
  const program = engine.compile(model, { choices, suppositions: [] }, { finals: [], always: [], series });
  const list = worldsFrom(0, worlds);
  const draws = drawColumns(
    model,
    { view: ownView, situation: plainSituation(choices) },
    program,
    seed,
    list,
    engine.math,
  );
  const result = program.run({ seed, worlds: list, ...draws });
  const hash = sha256.create();
  for (const column of columnsOf(result)) hash.update(bytesOf(column));
  return bytesToHex(hash.digest());
}

function columnsOf(result: BatchResult): readonly ArrayLike<number>[] {
  return [...result.outcomes, ...result.series, ...result.firstTimes, result.clampedSteps];
}

function bytesOf(column: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * column.length));
  for (let i = 0; i < column.length; i++) {
    const x = column[i] as number;
    if (x === x) view.setFloat64(8 * i, x, true);
    else view.setBigUint64(8 * i, 0x7ff8000000000000n, true);
  }
  return new Uint8Array(view.buffer);
}
