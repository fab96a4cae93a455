/** Measures how fast this machine runs cases, in a few milliseconds, so that it can be said how long runs may take. */

import { engineNamed, readModel, workOfRun, type Engine } from "#internal.ts";

const stocks = Array.from({ length: 20 }, (_, i) => i);
const text = `case speed "Twenty stocks"
time 0 to 100 by 1 day
${stocks.map((i) => `stock s${i} : number = 1\n  + 0.1 / 1 day\n  - 0.0${i + 1} * s${(i + 1) % 20} / 1 day`).join("\n")}
outcome last : number = final(s0)
`;
const worlds = Uint32Array.from({ length: 256 }, (_, w) => w);
const times = 3;

/** Seconds that one core of this machine takes for an equation as `workOfRun` counts them: the mean of three, the first of which is as slow as the first runs of a case are. */
export function secondsPerEquation(engine: Engine["name"]): number {
  const document = { name: "speed.casus", text };
  const [model] = readModel([document]);
  if (model === null) throw new Error("the case that measures the machine does not check");
  const setting = { choices: {}, suppositions: [] };
  const program = engineNamed(engine, globalThis, () => {}).compile(model, setting, {
    series: [],
    always: [],
    finals: [],
  });
  const spent = Array.from({ length: times }, () => {
    const started = performance.now();
    program.run({ seed: 1, worlds, claims: [], unknowns: [], believed: [] });
    return performance.now() - started;
  });
  return spent.reduce((a, b) => a + b, 0) / times / 1000 / (worlds.length * workOfRun(model));
}
