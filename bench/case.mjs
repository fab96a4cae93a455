/** The text of a case in; its compiled program and draws to run it with, out. Reads the built package in `dist/`. */

import { readFileSync } from "node:fs";
import { parse } from "../dist/language/parser.js";
import { check } from "../dist/model/check.js";
import { drawsFor } from "../dist/ensemble/draws.js";
import { plain } from "../dist/ensemble/situation.js";
import { referenceEngine } from "../dist/kernel/engine.js";
import { engineNamed } from "../dist/kernel/wasm/engine.js";

export const wasm = engineNamed("wasm", globalThis, (note) => process.stderr.write(`${note}\n`));
export const reference = referenceEngine;
export const nothing = { finals: [], always: [], series: [] };

export function modelOf(text, name = "bench.casus") {
  return modelOfAll([{ name, text }]);
}

export function modelOfAll(documents) {
  const [model, problems] = check(
    documents.map((d) => parse(d)[0]),
    documents,
  );
  if (model === null) throw new Error(JSON.stringify(problems.slice(0, 3)));
  return model;
}

export const regime = () => modelOf(readFileSync(new URL("regime.casus", import.meta.url), "utf8"));

/** Columns for worlds 0 … runs − 1. */
export function drawn(model, program, runs, choices = {}, view = "case") {
  const rows = drawsFor(model, { view, situation: plain(choices) }, program, 1, runs);
  const by = (of, kind) => of.map((_, i) => Float64Array.from(rows, (row) => row[kind][i]));
  return {
    seed: 1,
    worlds: Uint32Array.from(rows, (_, w) => w),
    claims: by(model.claims, "claims"),
    unknowns: by(model.unknowns, "unknowns"),
    believed: by(program.believed, "believed"),
  };
}
