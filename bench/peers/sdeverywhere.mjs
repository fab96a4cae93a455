/** The same equations as for `simulation`, as a Vensim file, through SDEverywhere: the JavaScript that it writes, without what it has no word for (hazards, ranges). */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { flows, lets, start } from "./simulation.mjs";

const steps = 120;

/** Makes one run at each call. */
export async function sdeverywhereRun() {
  const { parseAndGenerate } = await import("@sdeverywhere/compile");
  const scratch = mkdtempSync(join(tmpdir(), "casus-sde-"));
  try {
    const spec = { outputVarNames: Object.keys(start).map(stockName) };
    const code = await parseAndGenerate(vensim(), "vensim", spec, ["generateJS"], scratch, "regime", scratch);
    const file = join(scratch, "regime.mjs");
    writeFileSync(file, code);
    const model = await (await import(pathToFileURL(file).href)).default();
    // What its runtime gives these equations.
    model.setModelFunctions({ EXP: Math.exp, MIN: Math.min, MAX: Math.max, INTEG: (value, rate) => value + rate });
    return () => {
      model.initConstants();
      model.initLevels();
      for (let t = 0; t < steps; t++) {
        model.setTime(t);
        model.evalAux();
        model.evalLevels();
      }
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Vensim's names know no capitals. */
function stockName(name) {
  return `stock ${name}`;
}

function vensim() {
  const written = (equation) =>
    equation
      .replace(/\[(\w+)\]/g, (_, name) => (name in start ? stockName(name) : name))
      .replace(/Years\(\)/g, "Time")
      .replace(/\b(Min|Max|Exp)\(/g, (f) => f.toUpperCase());
  return [
    "{UTF-8}",
    ...Object.entries(lets).map(([name, value]) => `${name} = ${written(value)} ~~|`),
    ...Object.entries(flows).map(([name, flow]) => `${stockName(name)} = INTEG(${written(flow)}, ${start[name]}) ~~|`),
    `INITIAL TIME = 0 ~~|\nFINAL TIME = ${steps} ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|`,
  ].join("\n");
}
