/** The same equations in the npm package `simulation`. It has no hazards: their rates are worked out, their effects are left out. */

/** Initial stocks. */
export const start = { G: 0.3, L: 0.55, R: 0.25, E: 1, M: 0.05, C: 0.7, A: 0.75, P: 0.1 };
/** As `simulation` writes equations: names in brackets. */
export const lets = {
  a1: "Min(1, Max(0, (Years() - 24) / 24))",
  a2: "60 * (1 - 4 * 0.1 * [a1])",
  a3: "[a2] * (1 / 60) * [E]",
  a4: "0.28 * (1 + [P])",
  a5: "Max(0, [a4] + 0.35 + 0.5 * [R] - 0.6 * [a3])",
  a6: "0.6 * [a5] - 0.8 * [P]",
  a7: "0.08 + 0.25 * Max(0, 1 - [E])",
  a8: "1 / (1 + Exp(-(4 * ([P] - 0.25) + 6 * ([a7] - 0.12) - 3 * 0.28)))",
  a9: "1 - Exp(-2.5 * [R] * 0.5)",
  a10: "[R] * [R] * (1 - [a9])",
  a11: "Max(0, 0.6 - [L])",
  a12: "0.08 * ([a8] + 0.8 * [a10] + 0.5 * [a11])",
  a13: "[G] * (0.05 + 0.1 * [L])",
  a14: "0.45 + 0.3 * [a9]",
  a15: "1 / (1 + Exp(-(12 * ([G] + 0.8 * [M] - [a14]))))",
  a16: "0.25 * [a15] * (1 - [M])",
  a17: "[M] * (0.15 + 0.5 * [a9] * [A])",
  a18: "1 / (1 + Exp(-(5 * ([a5] - 0.3) + 3 * ([M] - 0.3))))",
  a19: "0.16 * [a18] * (1 - 0.7)",
  a20: "(0.4 * [C] + 0.4 * [L] + 0.2 * Min(1, [a3])) - [A]",
  a21: "Min(1, Max(0.05, 0.15 + 0.9 * [M] + 0.3 * (1 - [L])))",
  a22: "0.06 * (1 - [E]) - 0.02 * [M] - 0.015 * [P] + 0.004 * Exp(-3 * [a5])",
  a23: "0.05 * (1 - [L]) * Exp(-2 * [G])",
  a24: "[L] * (0.02 + 0.05 * [a8] + 0.04 * [R] * [a15])",
  a25: "0.5 * [M] + 0.3 * (1 - [C]) + 0.2 * (1 - [A])",
  h1: "0.0005 * Exp(3.5 * (1 - [C]) + 2 * (0.6 - [A]))",
  h2: "0.0005 * Exp(5 * [M] - 2 * [a9])",
  h3: "0.001 * Exp(2 * [a25] + 1.5 * [L])",
  h4: "0.001 * Exp(1.5 * (1 - [E]) + [a5])",
};
export const flows = {
  G: "[a12] - [a13]",
  L: "[a23] - [a24]",
  R: "0.25 * ([a21] - [R])",
  E: "[a22]",
  M: "[a16] - [a17]",
  C: "0.03 * (0.7 - [C]) - [a19]",
  A: "0.1 * [a20]",
  P: "0.1 * [a6]",
};

export async function simulationRun() {
  const { Model } = await import("simulation");
  const model = new Model({ timeStart: 0, timeLength: 120, timeStep: 1, timeUnits: "Years", algorithm: "Euler" });
  const parts = {};
  for (const [name, initial] of Object.entries(start)) parts[name] = model.Stock({ name, initial });
  for (const [name, value] of Object.entries(lets)) parts[name] = model.Variable({ name, value });
  const all = Object.values(parts);
  for (const [name, rate] of Object.entries(flows)) {
    const flow = model.Flow(null, parts[name], { name: `into ${name}`, rate, nonNegative: false });
    for (const part of all) model.Link(part, flow);
  }
  for (const [name, value] of Object.entries(lets))
    for (const read of new Set([...value.matchAll(/\[(\w+)\]/g)].map((m) => m[1])))
      model.Link(parts[read], parts[name]);
  return () => model.simulate();
}
