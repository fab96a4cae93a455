/** The text of a case in; its compiled program and draws to run it with, out. Reads the built package in `dist/`. */

import { readFileSync } from "node:fs";
import { parse } from "../dist/language/parser.js";
import { check } from "../dist/model/check.js";
import { drawColumns, worldsFrom } from "../dist/ensemble/draws/draws.js";
import { plainSituation } from "../dist/ensemble/situation.js";
import { referenceEngine } from "../dist/kernel/engine.js";
import { engineNamed } from "../dist/kernel/wasm/engine.js";

export const wasm = engineNamed("wasm", globalThis, (note) => process.stderr.write(`${note}\n`));
export const reference = referenceEngine;
export const nothing = { finals: [], always: [], series: [] };

export function modelOf(text, name = "bench.casus") {
  return modelOfAll([{ name, text }]);
}

function modelOfAll(documents) {
  const [model, problems] = check(
    documents.map((d) => parse(d)[0]),
    documents,
  );
  if (model === null) throw new Error(JSON.stringify(problems.slice(0, 3)));
  return model;
}

export const regime = () => modelOf(readFileSync(new URL("regime.casus", import.meta.url), "utf8"));

/** Columns for worlds 0 … runs − 1. */
export function drawn(model, program, runs, choices = {}, view = "case", math = wasm.math) {
  const worlds = worldsFrom(0, runs);
  return {
    seed: 1,
    worlds,
    ...drawColumns(model, { view, situation: plainSituation(choices) }, program, 1, worlds, math),
  };
}
