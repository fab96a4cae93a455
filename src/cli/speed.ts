/** Measures how fast this machine runs cases, in some hundredths of a second at most, so that it can be said how long runs may take. */

import { engineNamed, readModel, workOfRun, type Engine } from "#internal.ts";

const stocks = Array.from({ length: 20 }, (_, i) => i);
const text = `case speed "Twenty stocks"
time 0 to 100 by 1 day
${stocks.map((i) => `stock s${i} : number = 1\n  + 0.1 / 1 day\n  - 0.0${i + 1} * s${(i + 1) % 20} / 1 day`).join("\n")}
outcome last : number = final(s0)
`;
const worlds = Uint32Array.from({ length: 256 }, (_, w) => w);
/** The first runs are slow where a compiler follows them, and other programs break in. */
const times = { wasm: 9, reference: 3 };

/**
 * Seconds that one core of this machine takes for an equation as `workOfRun` counts them, the median of several times. `clock` gives milliseconds.
 */
export function secondsPerEquation(engine: Engine["name"], clock: () => number = () => performance.now()): number {
  const document = { name: "speed.casus", text };
  const [model] = readModel([document]);
  if (model === null) throw new Error("the case that measures the machine does not check");
  const setting = { choices: {}, suppositions: [] };
  const program = engineNamed(engine, globalThis, () => {}).compile(model, setting, {
    series: [],
    always: [],
    finals: [],
  });
  const spent = Array.from({ length: times[engine] }, () => {
    const started = clock();
    program.run({ seed: 1, worlds, claims: [], unknowns: [], believed: [] });
    return clock() - started;
  }).sort((a, b) => a - b);
  return (spent[(times[engine] - 1) / 2] ?? 0) / 1000 / (worlds.length * workOfRun(model));
}
