/** A static formula in Squiggle and as a case: the cost of a crisis from five uncertain quantities. */

const runs = 10_000;

export const formula = `
case cost "What does it cost?"
unknown duration : number ~ lognormal(60, 0.6) judged
unknown intensity : number ~ lognormal(0.4, 0.5) judged
unknown share_hit : number ~ normal(0.3, 0.05) judged
unknown price : number ~ lognormal(90, 0.2) judged
unknown relief : number ~ uniform(0.1, 0.6) judged
outcome cost : number = duration * intensity * share_hit * price * exp(-relief)
`;

export const formulaRuns = runs;

export async function squiggleRun() {
  const { run } = await import("@quri/squiggle-lang");
  const code = `
days = Sym.lognormal({ mean: 72, stdev: 47 })
rate = Sym.lognormal({ mean: 0.45, stdev: 0.24 })
shareHit = Sym.normal(0.3, 0.05)
price = Sym.lognormal({ mean: 92, stdev: 18 })
chance = Sym.uniform(0.1, 0.6)
cost = SampleSet.fromDist(days) * SampleSet.fromDist(rate) * SampleSet.fromDist(shareHit) * SampleSet.fromDist(price) * exp(-SampleSet.fromDist(chance))
mean(cost)`;
  return async () => {
    const output = await run(code, {
      environment: { sampleCount: runs, xyPointLength: 1000, profile: false, seed: "1" },
    });
    if (!output.result.ok) throw new Error(String(output.result.value));
    return output.result.value.result;
  };
}
